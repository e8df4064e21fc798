import type { Catalogue } from '../../../catalogue/catalogue.ts'
import { eachExit } from '../../../mission/body.ts'
import type { Exit, TriggerKind } from '../../../mission/kinds.ts'
import { failedExit, type Join, type Link, type Mission, type Step, type Trigger } from '../../../mission/mission.ts'
import { type Language, say, typeset, type Words } from '../../../mission/words.ts'
import type { Mark } from '../desk.ts'
import { nameIds } from '../names.ts'
import { plainNames, titlesOfSteps } from '../review/plain.ts'
import { labelExit } from './exits.ts'

/** All cards have one size, so that nothing jumps when a sentence grows. Canvas units: CSS pixels at zoom 1. */
export const cardSize = { width: 272, height: 96 }
/** The button at an exit that leads nowhere yet. */
export const endSize = { width: 28, height: 28 }

/** The exit by which things usually go on: what follows stands straight below. */
export const mainExit = 'done'

/** One way out of a card, as drawn. */
export interface Port {
  exit: string
  label: string
  /** How many lines leave here; from two on they are followed at the same time. */
  lines: number
  /** Left aside until something is linked to it or the card has the attention: what to do when the step fails. */
  aside: boolean
  /** Leads to what the card holds in its frame. */
  inner: boolean
}

/** What a step with several live branches into it waits for. */
export interface Meeting {
  join: Join
  lines: number
}

/** A trigger or a step as a card shows it. */
export interface Card {
  id: string
  role: 'trigger' | 'step'
  type: string
  /** Place in reading order, from 1; 0 for triggers. */
  order: number
  /** What sentences about the mission call it: `3`, `3b2`; where they are not asked, its place in reading order. Empty for triggers. */
  number: string
  icon: string | undefined
  title: string
  sentence: string
  ports: Port[]
  /** Whether lines may lead here. */
  enters: boolean
  /** The card in whose frame it stands. */
  within: string | undefined
  meeting: Meeting | undefined
  /** What it holds. */
  frame: FrameOf | undefined
  /** Another mission that it runs, which its frame can show. */
  runs: string | undefined
}

/** What a card holds, in a frame that opens and closes. */
export interface FrameOf {
  open: boolean
  /** How many steps are in it, however deep. */
  count: number
  /** Where it shows another mission: whether that is there yet, or nothing of it is live. */
  lent?: 'loading' | 'there' | 'nothing'
  /** The mission it shows. */
  mission?: string
}

/** A line between two cards, or from an exit to its open end. */
export interface Line {
  id: string
  from: string
  exit: string
  to: string
  /** Empty where there is nothing to choose. */
  label: string
  kind: 'then' | 'and' | 'failed' | 'open'
  /** What it is, compared with how it was. */
  mark?: Mark
  /** Its mark stands in words on it: what it connects is in both. */
  told?: boolean
}

/** An exit that leads nowhere yet. */
export interface OpenEnd {
  id: string
  from: string
  exit: string
  /** The card in whose frame it stands. */
  within: string | undefined
}

/** A mission as the canvas draws it, positions apart. */
export interface Scene {
  cards: Card[]
  lines: Line[]
  ends: OpenEnd[]
}

/** Name of a link on the canvas. */
export const lineId = (link: Pick<Link, 'from' | 'exit' | 'to'>): string => `${link.from}:${link.exit}:${link.to}`
/** Name of the open end of an exit on the canvas. */
export const endId = (from: string, exit: string): string => `${from}:${exit}:`

/** What the scene needs beside the mission. */
export interface Surroundings {
  catalogue: Catalogue
  language: Language
  /** Steps at which branches that run at the same time really meet. */
  meetings: ReadonlySet<string>
  /** What sentences about the mission call each step. */
  numbers?: ReadonlyMap<string, string>
  /** Names of people and the like whose ids stand in settings. */
  names?: ReadonlyMap<string, string>
  /** Label of the exit by which a failed step leaves. */
  failed: string
  /** Title of a card whose type this program does not know. */
  unknown: string
}

/** Draws up the cards, lines and open ends of a mission. */
export function drawScene(mission: Mission, around: Surroundings): Scene {
  const leaving = groupLinks(mission.links)
  const entering = countInto(mission.links)
  const titles = titlesOfSteps(mission, around.catalogue.kinds)
  const nameOf = (id: string) => titles(id)?.[around.language]
  const orders = new Map(readingOrder(mission).map((id, at) => [id, at + 1]))
  const scene: Scene = { cards: [], lines: [], ends: [] }
  for (const trigger of mission.triggers) {
    // What is done with each item of a list is drawn as a mission that the step with the list starts.
    const kind = around.catalogue.kinds.trigger(trigger.type) ?? around.catalogue.kinds.step(trigger.type)
    const card = describe(trigger, kind && { title: kind.title, summary: toldBy(kind, trigger.settings, around.names) }, around, nameOf)
    const ports = portsOf([done], leaving.get(trigger.id), around).filter((port) => !port.aside)
    scene.cards.push({
      ...card,
      role: 'trigger',
      order: 0,
      number: '',
      icon: (around.catalogue.triggers.get(trigger.type) ?? around.catalogue.actions.get(trigger.type))?.icon,
      ports,
      enters: false,
      within: undefined,
      meeting: undefined,
      frame: undefined,
      runs: undefined,
    })
    addLines(scene, trigger, ports, leaving.get(trigger.id))
  }
  for (const step of mission.steps) {
    const kind = around.catalogue.kinds.step(step.type)
    const card = describe(step, kind && { title: kind.title, summary: toldBy(kind, step.settings, around.names) }, around, nameOf)
    const exits = kind ? kind.exits(step.settings).map((exit) => ({ ...exit, label: labelExit(exit, kind, step.settings) })) : [done]
    const ports = portsOf(exits, leaving.get(step.id), around)
    const lines = entering.get(step.id) ?? 0
    const meeting = around.meetings.has(step.id) ? { join: step.join ?? waitForAll, lines } : undefined
    const icon = around.catalogue.actions.get(step.type)?.icon
    scene.cards.push({
      ...card,
      role: 'step',
      order: orders.get(step.id) ?? 0,
      number: around.numbers ? (around.numbers.get(step.id) ?? '') : String(orders.get(step.id) ?? ''),
      icon,
      ports,
      frame: undefined,
      runs: runBy(step),
      enters: true,
      within: step.within,
      meeting,
    })
    addLines(scene, step, ports, leaving.get(step.id))
  }
  return scene
}

const done: Exit = { name: mainExit, label: { en: '', fr: '' } }
const waitForAll: Join = { wait: 'all' }

/** The mission that a step runs, when it is a certain one. */
function runBy({ type, settings }: Step): string | undefined {
  const { mission } = settings
  return type === 'run-mission' && typeof mission === 'string' && mission !== '' && !mission.includes('{{') ? mission : undefined
}

const told = new WeakMap<object, { names: Surroundings['names']; summary: Words }>()

/** A kind's summary of settings. Remembered: with every letter typed, all cards but one have the settings they had. */
function toldBy(kind: TriggerKind, settings: Step['settings'], names: Surroundings['names']): Words {
  const known = told.get(settings)
  if (known && known.names === names) return known.summary
  const summary = kind.summary(nameIds(settings, names))
  told.set(settings, { names, summary })
  return summary
}

function describe(
  node: Trigger | Step,
  kind: { title: Words; summary: Words } | undefined,
  around: Surroundings,
  nameOf: (id: string) => string | undefined,
) {
  const title = kind ? say(kind.title, around.language) : around.unknown
  return {
    id: node.id,
    type: node.type,
    // French signs stay on the line of the word they belong to.
    title: typesetFor(around.language, node.name ?? title),
    sentence: kind ? typesetFor(around.language, plainNames(say(kind.summary, around.language), nameOf)) : node.type,
  }
}

const typesetFor = (language: Language, text: string): string => (language === 'fr' ? typeset(text) : text)

function portsOf(exits: readonly Exit[], links: ReadonlyMap<string, readonly Link[]> | undefined, around: Surroundings): Port[] {
  const count = (exit: string) => links?.get(exit)?.length ?? 0
  const known = new Set([...exits.map((exit) => exit.name), failedExit])
  const ports = exits.filter((exit) => exit.name !== failedExit)
  // A link that leaves by an exit which the settings no longer give stays visible, or nobody could mend it.
  const lost = [...(links?.keys() ?? [])].filter((exit) => !known.has(exit)).map((exit) => ({ name: exit, label: { en: exit, fr: exit } }))
  const shown = [...ports, ...lost]
  return [
    ...shown.map((exit) => ({
      exit: exit.name,
      label: shown.length > 1 ? say(exit.label, around.language) : '',
      lines: count(exit.name),
      aside: false,
      inner: exit.name === eachExit,
    })),
    { exit: failedExit, label: around.failed, lines: count(failedExit), aside: true, inner: false },
  ]
}

function addLines(
  scene: Scene,
  { id: from, within }: Pick<Step, 'id' | 'within'>,
  ports: readonly Port[],
  links: ReadonlyMap<string, readonly Link[]> | undefined,
): void {
  for (const { exit, label, aside, lines } of ports) {
    if (lines === 0) {
      if (aside) continue
      const id = endId(from, exit)
      scene.ends.push({ id, from, exit, within: exit === eachExit ? from : within })
      scene.lines.push({ id, from, exit, to: id, label, kind: 'open' })
    }
    for (const link of links?.get(exit) ?? [])
      scene.lines.push({ id: lineId(link), from, exit, to: link.to, label, kind: aside ? 'failed' : lines > 1 ? 'and' : 'then' })
  }
}

function groupLinks(links: readonly Link[]): Map<string, Map<string, Link[]>> {
  const grouped = new Map<string, Map<string, Link[]>>()
  for (const link of links) {
    const exits = grouped.get(link.from) ?? new Map<string, Link[]>()
    grouped.set(link.from, exits)
    exits.set(link.exit, [...(exits.get(link.exit) ?? []), link])
  }
  return grouped
}

function countInto(links: readonly Link[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const link of links) counts.set(link.to, (counts.get(link.to) ?? 0) + 1)
  return counts
}

/**
 * Steps in the order in which one reads them: causes before effects, the arms of a choice one after the other, steps that
 * nothing leads to last. Reverse postorder of a depth-first walk that takes the last link first; without recursion.
 */
export function readingOrder(mission: Mission): string[] {
  const after = new Map<string, string[]>()
  for (const link of mission.links) after.set(link.from, [...(after.get(link.from) ?? []), link.to])
  const steps = new Set(mission.steps.map((step) => step.id))
  const seen = new Set<string>()
  const finished: string[] = []
  const visit = (start: string) => {
    if (seen.has(start)) return
    seen.add(start)
    const walk = [{ id: start, left: [...(after.get(start) ?? [])] }]
    for (let top = walk.at(-1); top !== undefined; top = walk.at(-1)) {
      const next = top.left.pop()
      if (next === undefined) {
        finished.push(top.id)
        walk.pop()
      } else if (!seen.has(next) && steps.has(next)) {
        seen.add(next)
        walk.push({ id: next, left: [...(after.get(next) ?? [])] })
      }
    }
  }
  const entered = new Set(mission.links.map((link) => link.to))
  // Walked last, read first.
  for (const step of [...mission.steps].reverse()) if (!entered.has(step.id)) visit(step.id)
  for (const trigger of [...mission.triggers].reverse()) visit(trigger.id)
  const ordered = finished.reverse().filter((id) => steps.has(id))
  // What is left lies on loops that nothing leads into.
  return [...ordered, ...mission.steps.map((step) => step.id).filter((id) => !seen.has(id))]
}
