import type { TriggerType, RunsRequest } from '../catalogue/define.ts'
import { parseSettings } from '../catalogue/catalogue.ts'
import { Misconfigured } from '../catalogue/trouble.ts'
import type { Mission } from '../mission/mission.ts'
import type { Entry } from './journal.ts'
import type { RunState, Visit } from './progress.ts'

/**
 * The runs that a visit starts, as far as the engine must know them to decide: how many, and which are under way. Never the items or
 * results, so that a run's state stays small however long its list is.
 */
export interface Children {
  count: number
  /** How many may be under way at once. */
  width: number
  /** How many have been started, in the list's order. */
  started: number
  /** Places in the list, from 1, of those that are under way. */
  running: number[]
  /** How many have ended otherwise than completed. */
  failed: number
  /** One failure is enough: no more are started, and the visit is over. */
  stopAtFailure: boolean
  /** Their ends are waited for. */
  wait: boolean
}

/** What the journal keeps when a step starts other runs. */
export type CalledData = Extract<Entry, { what: 'called' }>['data']

/** A run's distance from the first of its ancestors may not be greater: missions that run one another for ever are stopped by it. */
export const longestLine = 20

/** How the runs of a request begin: none is started yet. */
export function childrenOf(request: RunsRequest): Children {
  const base = { started: 0, running: [], failed: 0 }
  return 'items' in request
    ? { ...base, count: request.items.length, width: request.width, stopAtFailure: request.stopAtFailure, wait: true }
    : { ...base, count: 1, width: 1, stopAtFailure: false, wait: request.wait }
}

/** True when nothing more is waited for (a time limit aside), so that the visit is to be settled. */
export function isSettled({ count, started, running, failed, stopAtFailure, wait }: Children): boolean {
  return (stopAtFailure && failed > 0) || (started === count && (!wait || running.length === 0))
}

/** True when a visit has more runs to start now. */
export function hasRoom({ children }: Visit): boolean {
  return children !== undefined && roomOf(children) > 0
}

function roomOf(children: Children): number {
  return isSettled(children) ? 0 : Math.min(children.width - children.running.length, children.count - children.started)
}

/** One run to be started: for which visit, and its place in the list. */
export interface Start {
  step: string
  visit: number
  position: number
}

/**
 * Decides which runs are to be started next, up to each visit's width. The caller starts them in the transaction that keeps the
 * state, so that none is started twice.
 */
export function startMore(state: RunState): { state: RunState; starts: Start[] } {
  const starts: Start[] = []
  const open = state.open.map((visit): Visit => {
    const { children } = visit
    const room = children ? roomOf(children) : 0
    if (!children || room === 0) return visit
    const positions = Array.from({ length: room }, (_, index) => children.started + index + 1)
    starts.push(...positions.map((position) => ({ step: visit.step, visit: visit.visit, position })))
    return { ...visit, children: { ...children, started: children.started + room, running: [...children.running, ...positions] } }
  })
  return starts.length === 0 ? { state, starts } : { state: { ...state, open }, starts }
}

/** A visit's runs after one of them has ended; undefined when that one was not under way, because its end is told a second time. */
export function withoutChild(children: Children, position: number, failed: boolean): Children | undefined {
  if (!children.running.includes(position)) return undefined
  const running = children.running.filter((one) => one !== position)
  return { ...children, running, failed: children.failed + (failed ? 1 : 0) }
}

/** What an item's run is given: the item, its place in the list from 1, and how many there are. */
export interface ItemData extends Record<string, unknown> {
  item: unknown
  position: number
  count: number
}

/** What the steps of an item's run see besides their own data: what their holder saw, the item, and where it stands. */
export function dataAbove(
  holder: string,
  given: ItemData,
  parent: { above?: Record<string, unknown>; outputs: Record<string, Record<string, unknown>> },
): Record<string, unknown> {
  return { ...parent.above, ...parent.outputs, item: given.item, [holder]: given }
}

/** What the newest *end* step of a run said. `steps` is what its steps gave, in the order in which they were left. */
export function outcomeOf(mission: Mission, steps: Record<string, Record<string, unknown>>): string | null {
  const ends = new Set(mission.steps.flatMap(({ id, type }) => (type === 'end' ? [id] : [])))
  const said = Object.entries(steps)
    .findLast(([id, data]) => ends.has(id) && typeof data['outcome'] === 'string')
    ?.at(1)
  return typeof said === 'object' && typeof said['outcome'] === 'string' ? said['outcome'] : null
}

/**
 * Finds the trigger by which one mission is run by another, and what it gives.
 *
 * @throws Misconfigured when the mission has no such trigger, or is not given what that asks for.
 */
export function triggerOfCall(
  called: Mission,
  triggers: ReadonlyMap<string, TriggerType>,
  caller: { id: string; name: string },
  values: Record<string, unknown>,
): { trigger: string; data: Record<string, unknown> } {
  const listening = called.triggers.filter(({ type }) => triggers.get(type)?.listens === 'called')
  for (const { id, type, settings } of listening) {
    const kind = triggers.get(type)
    const read = kind && parseSettings(kind.settings, settings)
    const data = read?.success ? kind?.match(read.data, { kind: 'called', mission: caller, values }) : undefined
    if (data) return { trigger: id, data }
  }
  const name = called.name
  if (listening.length === 0)
    throw new Misconfigured(
      {
        en: `The mission “${name}” cannot be run by another one.`,
        fr: `La mission «\u00a0${name}\u00a0» ne peut pas être exécutée par une autre.`,
      },
      {
        en: 'Give it the trigger “Another mission runs it” and publish it.',
        fr: 'Donnez-lui le déclencheur «\u00a0Une autre mission l’exécute\u00a0» et publiez-la.',
      },
    )
  throw new Misconfigured(
    {
      en: `The mission “${name}” is not given everything that it needs.`,
      fr: `La mission «\u00a0${name}\u00a0» ne reçoit pas tout ce qu’il lui faut.`,
    },
    {
      en: 'Hand over what its trigger asks for, under the same names.',
      fr: 'Transmettez ce que demande son déclencheur, sous les mêmes noms.',
    },
  )
}

/** The trouble of a step that would make the line of ancestors too long. */
export function tooLong(): Misconfigured {
  return new Misconfigured(
    {
      en: `This run was started by ${longestLine} others in a row, so it starts no more of them.`,
      fr: `Cette exécution a été lancée par ${longestLine} autres à la suite\u00a0; elle n’en lance donc plus.`,
    },
    {
      en: 'Look which missions run one another, and let one of them stop.',
      fr: 'Cherchez quelles missions s’exécutent l’une l’autre, et faites en sorte que l’une d’elles s’arrête.',
    },
  )
}
