import { holders } from './body.ts'
import type { Certainty } from './certainty.ts'
import { type Kinds, type StepKind, titleOf } from './kinds.ts'
import type { Link, Mission, Step, Trigger } from './mission.ts'
import { analyse, type Paths } from './paths.ts'
import { survey } from './scope.ts'
import type { Walk } from './walk.ts'
import { type Walks, walksOf } from './walks.ts'
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
  /** How a run gets there, or into the trouble. Nothing leads to what is not reached, to a link from nowhere, or to the mission as a whole. */
  walk?: Walk
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
  walks: Walks
}

/** Opens a mission for checking. */
export function inspect(mission: Mission, kinds: Kinds): Inspection {
  const steps = new Map(mission.steps.map((step) => [step.id, step]))
  const triggers = new Map(mission.triggers.map((trigger) => [trigger.id, trigger]))
  const leaving = Map.groupBy(mission.links, (link) => link.from)
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
    walks: walksOf(mission, kinds),
  }
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
export function withWalk(walk: Walk | undefined): Pick<Problem, 'walk'> {
  return walk ? { walk } : {}
}
