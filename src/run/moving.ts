import type { CompiledMission } from '../mission/machine.ts'
import type { Mission } from '../mission/mission.ts'
import type { Words } from '../mission/words.ts'
import type { Entry } from './journal.ts'
import type { RunState, Visit } from './progress.ts'
import { type Beside, refold } from './refold.ts'

/** A run under way, as it is kept. Items of a list are no runs to move: they go on with whoever holds them. */
export interface Moving {
  state: RunState
  entries: readonly Entry[]
  beside: Beside
}

/** Why a run cannot go on in another version. `step` is where it is now; absent when it is about the run as a whole. */
export interface Obstacle {
  step?: string
  why: Words
}

/** Either the state in which the run goes on in the other version, or everything that is in the way. */
export type Move = { state: RunState } | { obstacles: Obstacle[] }

/**
 * Whether a run can go on in another version of its mission, and in which state. It can when the trigger that started it is still there,
 * every step it is in is of the same type there, and its journal, folded anew with that version, leads to exactly where it is now: what
 * has happened is never undone, skipped or made up. Changes nothing.
 *
 * @param compile the machine of the other version for a trigger it has
 */
export function move(run: Moving, from: Mission, to: Mission, compile: (trigger: string) => CompiledMission): Move {
  const [first] = run.entries
  if (first?.what !== 'started') throw new RangeError('This journal has no beginning')
  const { trigger } = first.data
  if (!to.triggers.some(({ id }) => id === trigger))
    return obstacle({ en: 'The trigger that started it is no longer there.', fr: 'Le déclencheur qui l’a lancée n’existe plus.' })
  if (run.state.open.length === 0) return obstacle({ en: 'It has ended.', fr: 'Elle est terminée.' })
  const obstacles = run.state.open.flatMap((visit) => obstacleAt(visit, from, to))
  if (obstacles.length > 0) return { obstacles }
  const state = refold(compile(trigger), to, run.entries, run.beside)
  const strayed = strays(run.state.open, state.open)
  return strayed.length > 0 ? { obstacles: strayed } : { state }
}

function obstacle(why: Words): Move {
  return { obstacles: [{ why }] }
}

function obstacleAt({ step, phase }: Visit, from: Mission, to: Mission): Obstacle[] {
  const typeIn = (mission: Mission) => mission.steps.find(({ id }) => id === step)?.type
  const type = typeIn(to)
  if (type === undefined)
    return [{ step, why: { en: 'The step it is in is no longer there.', fr: 'L’étape où elle se trouve n’existe plus.' } }]
  if (type !== typeIn(from))
    return [
      { step, why: { en: 'The step it is in now does something else.', fr: 'L’étape où elle se trouve fait désormais autre chose.' } },
    ]
  const holds = [from, to].some((mission) => mission.steps.some(({ within }) => within === step))
  return phase === 'calling' && holds
    ? [
        {
          step,
          why: {
            en: 'It is going through a list, whose items go on in the version they began with.',
            fr: 'Elle parcourt une liste, dont les éléments continuent dans la version où ils ont commencé.',
          },
        },
      ]
    : []
}

/** Where the other version would have led the run by now, and where it would not. */
function strays(open: readonly Visit[], folded: readonly Visit[]): Obstacle[] {
  const name = ({ step, visit, phase }: Visit) => `${step} ${visit} ${phase}`
  const [is, would] = [new Set(open.map(name)), new Set(folded.map(name))]
  return [
    ...open
      .filter((visit) => !would.has(name(visit)))
      .map(({ step }) => ({
        step,
        why: {
          en: 'What has happened so far does not lead to this step there.',
          fr: 'Ce qui s’est passé jusqu’ici n’y mène pas à cette étape.',
        },
      })),
    ...folded
      .filter((visit) => !is.has(name(visit)))
      .map(({ step }) => ({
        step,
        why: { en: 'It would have to do this step first.', fr: 'Il lui faudrait d’abord passer par cette étape.' },
      })),
  ]
}
