import type { CompiledMission } from '../mission/machine.ts'
import type { Kinds } from '../mission/kinds.ts'
import type { Mission, Step } from '../mission/mission.ts'
import { sameValue } from '../mission/sameness.ts'
import type { Words } from '../mission/words.ts'
import type { Entry } from './journal.ts'
import type { RunState, Visit } from './progress.ts'
import { type Beside, refold } from './refold.ts'

/** A run under way, as it is kept. Items of a list are no runs to move: they go on with whoever holds them. */
export interface Moving {
  state: RunState
  entries: readonly Entry[]
}

/** Why a run cannot go on in another version. `step` is where it is now; absent when it is about the run as a whole. */
export interface Obstacle {
  step?: string
  why: Words
}

/** What stays as it was begun although the other version says it differently. */
export interface Remark {
  step: string
  stays: Words
}

/** Either the state in which the run goes on in the other version, or everything that is in the way. */
export type Move = { state: RunState; remarks: Remark[] } | { obstacles: Obstacle[] }

/** What a move is judged by besides the run: both versions, the machine of the other one for a trigger it has, and what steps are. */
export interface Ways {
  from: Mission
  to: Mission
  compile: (trigger: string) => CompiledMission
  kinds: Kinds
}

/** Which visits are under way follows from the journal alone; what is kept beside it stays with the visits, see {@link move}. */
const nothing: Beside = { posted: new Set(), next: new Map(), started: () => 0 }

/**
 * Whether a run can go on in another version of its mission, and in which state. It can when the trigger that started it is still there,
 * every step it is in is of the same type and can be left the same ways there, and its journal, folded anew with that version, leads to
 * exactly where it is now: what has happened is never undone, skipped or made up. What is under way (questions, waits, time limits, tries)
 * stays as it is. Changes nothing.
 *
 * @throws RangeError when the journal does not begin as one.
 */
export function move(run: Moving, { from, to, compile, kinds }: Ways): Move {
  const [first] = run.entries
  if (first?.what !== 'started') throw new RangeError('This journal has no beginning')
  const { trigger } = first.data
  const typeIn = (mission: Mission) => mission.triggers.find(({ id }) => id === trigger)?.type
  if (typeIn(to) === undefined)
    return obstacle({ en: 'The trigger that started it is no longer there.', fr: 'Le déclencheur qui l’a lancée n’existe plus.' })
  if (typeIn(to) !== typeIn(from))
    return obstacle({ en: 'The trigger that started it is another one now.', fr: 'Le déclencheur qui l’a lancée n’est plus le même.' })
  if (run.state.open.length === 0) return obstacle({ en: 'It has ended.', fr: 'Elle est terminée.' })
  const obstacles = run.state.open.flatMap((visit) => obstacleAt(visit, from, to, kinds))
  if (obstacles.length > 0) return { obstacles }
  const folded = refold(compile(trigger), to, run.entries, nothing)
  const strayed = strays(run.state.open, folded.open)
  if (strayed.length > 0) return { obstacles: strayed }
  return { state: { ...run.state, machine: folded.machine }, remarks: run.state.open.flatMap((visit) => remarkAt(visit, from, to)) }
}

function obstacle(why: Words): Move {
  return { obstacles: [{ why }] }
}

const stepOf = (mission: Mission, id: string): Step | undefined => mission.steps.find((step) => step.id === id)

function obstacleAt({ step, phase }: Visit, from: Mission, to: Mission, kinds: Kinds): Obstacle[] {
  const [was, is] = [stepOf(from, step), stepOf(to, step)]
  if (!is) return [{ step, why: { en: 'The step it is in is no longer there.', fr: 'L’étape où elle se trouve n’existe plus.' } }]
  if (is.type !== was?.type)
    return [
      { step, why: { en: 'The step it is in now does something else.', fr: 'L’étape où elle se trouve fait désormais autre chose.' } },
    ]
  const holds = [from, to].some((mission) => mission.steps.some(({ within }) => within === step))
  if (phase === 'calling' && holds)
    return [
      {
        step,
        why: {
          en: 'It is going through a list, whose items go on in the version they began with.',
          fr: 'Elle parcourt une liste, dont les éléments continuent dans la version où ils ont commencé.',
        },
      },
    ]
  return phase === 'performing' || phase === 'retrying' ? [] : closedExits(was, is, kinds)
}

/** What is under way may be left by an exit that is not there any more: whoever answers so would lead the run nowhere. */
function closedExits(was: Step, is: Step, kinds: Kinds): Obstacle[] {
  const kind = kinds.step(is.type)
  const open = new Set(kind?.exits(is.settings).map(({ name }) => name))
  const [closed] = kind?.exits(was.settings).filter(({ name }) => !open.has(name)) ?? []
  return closed
    ? [
        {
          step: is.id,
          why: {
            en: `It may yet leave this step by “${closed.label.en}”, which is no longer there.`,
            fr: `Elle peut encore quitter cette étape par «\u00a0${closed.label.fr}\u00a0», qui n’existe plus.`,
          },
        },
      ]
    : []
}

const stays: Partial<Record<Visit['phase'], Words>> = {
  asking: {
    en: 'The question stays as it was asked: the same people, the same buttons, the same time limit.',
    fr: 'La question reste telle qu’elle a été posée\u00a0: mêmes personnes, mêmes boutons, même délai.',
  },
  waiting: { en: 'It waits until the time it was given.', fr: 'Elle attend jusqu’au moment prévu à l’origine.' },
  calling: { en: 'What it has started goes on as it began.', fr: 'Ce qu’elle a lancé continue comme il a commencé.' },
}

function remarkAt({ step, phase }: Visit, from: Mission, to: Mission): Remark[] {
  const words = stays[phase]
  return words && !sameValue(stepOf(from, step)?.settings, stepOf(to, step)?.settings) ? [{ step, stays: words }] : []
}

/** Where the other version would have led the run by now, and where it would not. */
function strays(open: readonly Visit[], folded: readonly Visit[]): Obstacle[] {
  const name = ({ step, visit }: Visit) => `${step} ${visit}`
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
