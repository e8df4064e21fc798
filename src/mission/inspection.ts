import { holders } from './body.ts'
import type { Certainty } from './certainty.ts'
import type { Kinds, StepKind } from './kinds.ts'
import type { Link, Mission, Step, Trigger } from './mission.ts'
import { analyse, type Paths } from './paths.ts'
import { survey, titleOf } from './scope.ts'
import type { Words } from './words.ts'

/** Where a problem is: a trigger, a step, one of their settings, or a link; nothing of it for the mission as a whole. */
export interface Place {
  trigger?: string
  step?: string
  /** Dotted path inside the settings: `text`, `choices.2`. */
  setting?: string
  link?: Link
}

/** One thing wrong in a mission. A mission with errors cannot be published; a warning may be meant. */
export interface Problem {
  /** The same for the same problem as long as it is there, whatever else changes. */
  id: string
  severity: 'error' | 'warning'
  where: Place
  why: Words
  remedy: Words
  /** How a run gets there, or into trouble: ids from the trigger on. */
  walk?: readonly string[]
}

/** A mission while it is being checked: what several checks need to know, each found out once. */
export interface Inspection {
  mission: Mission
  kinds: Kinds
  certainty: Certainty
  steps: ReadonlyMap<string, Step>
  triggers: ReadonlyMap<string, Trigger>
  /** How the mission nests, seen from each trigger, and the body of each step that holds others. */
  paths: readonly Paths[]
  /** Links that leave each trigger or step. */
  leaving: ReadonlyMap<string, readonly Link[]>
  /** What people call a step or trigger. */
  title(id: string): Words
  kindOf(step: Step): StepKind | undefined
  /** The shortest way from a trigger to a step, over links that `allowed` lets pass; undefined when there is none. */
  walk(step: string, allowed?: (link: Link) => boolean): string[] | undefined
}

/** Opens a mission for checking. */
export function inspect(mission: Mission, kinds: Kinds): Inspection {
  const steps = new Map(mission.steps.map((step) => [step.id, step]))
  const triggers = new Map(mission.triggers.map((trigger) => [trigger.id, trigger]))
  const leaving = Map.groupBy(mission.links, (link) => link.from)
  const trees = new Map<unknown, ReadonlyMap<string, string | undefined>>()
  return {
    mission,
    kinds,
    certainty: survey(mission, kinds),
    steps,
    triggers,
    paths: [...triggers.keys(), ...holders(mission)].map((id) => analyse(mission, id)),
    leaving,
    title(id) {
      const trigger = triggers.get(id)
      const step = steps.get(id)
      if (step) return titleOf(step, kinds.step(step.type)?.title)
      return trigger ? titleOf(trigger, kinds.trigger(trigger.type)?.title) : { en: id, fr: id }
    },
    kindOf: (step) => kinds.step(step.type),
    walk(step, allowed) {
      const tree = trees.get(allowed) ?? growTree([...triggers.keys()], leaving, allowed)
      if (!allowed) trees.set(allowed, tree)
      if (!tree.has(step)) return undefined
      const walk: string[] = []
      for (let at: string | undefined = step; at !== undefined; at = tree.get(at)) walk.unshift(at)
      return walk
    },
  }
}

/** Breadth first: by which step or trigger each is reached first. */
function growTree(
  roots: readonly string[],
  leaving: ReadonlyMap<string, readonly Link[]>,
  allowed: (link: Link) => boolean = () => true,
): ReadonlyMap<string, string | undefined> {
  const tree = new Map<string, string | undefined>(roots.map((root) => [root, undefined]))
  // A map may grow while it is read: what is added is read too.
  for (const [id] of tree) for (const link of leaving.get(id) ?? []) if (!tree.has(link.to) && allowed(link)) tree.set(link.to, id)
  return tree
}

/** Puts a text into words at the places marked NAME, in quotation marks. */
export function naming(words: Words, ...names: readonly Words[]): Words {
  let [{ en, fr }, at] = [words, 0]
  for (const name of names) {
    at += 1
    en = en.replaceAll(`$${at}`, () => `“${name.en}”`)
    fr = fr.replaceAll(`$${at}`, () => `« ${name.fr} »`)
  }
  return { en, fr }
}

/** A text that is the same in every language: an id, a reference, a number. */
export function asIs(text: string | number): Words {
  return { en: String(text), fr: String(text) }
}

/** The walk of a problem, if there is one. */
export function withWalk(walk: readonly string[] | undefined): Pick<Problem, 'walk'> {
  return walk ? { walk } : {}
}
