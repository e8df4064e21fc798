import type { Need } from './abilities.ts'
import type { Step, Trigger } from './mission.ts'
import type { Words } from './words.ts'

/** What a piece of data is, so that menus show only what fits and a reference can be read further (`person.manager`). */
export type DatumKind = 'text' | 'number' | 'yesno' | 'instant' | 'person' | 'people' | 'channel' | 'message' | 'list' | 'record' | 'any'

/** One piece of data that a trigger or step gives to later steps, under `{{ id.name }}`. */
export interface Datum {
  name: string
  label: Words
  kind: DatumKind
  /** An example value, shown in the data menu and used by rehearsals. */
  sample?: unknown
  /** True when it may be missing even though the step was left (`by` after a time limit). */
  maybeEmpty?: boolean
  /** By which exits it is given; all of them when absent. */
  exits?: readonly string[]
  /** What lies inside a record. People, channels and messages have fixed parts: see `data.ts`. */
  parts?: readonly Datum[]
}

/** One exit of a step: its name in links and what the canvas calls it. `failed` is not listed: every step has it. */
export interface Exit {
  name: string
  label: Words
}

/** One thing wrong in settings: which setting (`choices.2`), why, and what to do. */
export interface SettingFault {
  setting: string
  why: Words
  remedy: Words
}

/** What the language needs to know of a kind of trigger. The catalogue provides it; tests may provide their own. */
export interface TriggerKind {
  title: Words
  gives(settings: Record<string, unknown>): readonly Datum[]
  check(settings: Record<string, unknown>): readonly SettingFault[]
  /** One plain sentence with the real settings ("when someone joins #general"). */
  summary(settings: Record<string, unknown>): Words
  /** What it needs of the platform it runs on; nothing when absent. */
  needs?(settings: Record<string, unknown>): readonly Need[]
}

/** What the language needs to know of a kind of step. */
export interface StepKind extends TriggerKind {
  exits(settings: Record<string, unknown>): readonly Exit[]
  /** Waits for people. */
  asks: boolean
  /** True when the step surely ends by itself: at once, or at a time limit. */
  bounded(settings: Record<string, unknown>): boolean
  /** Present for a kind that holds steps, which run once per item of the list in this setting. Its exit `each` leads to them. */
  holds?: { list: string } | undefined
}

/** Looks kinds up by type; undefined for a type nobody knows. */
export interface Kinds {
  trigger(type: string): TriggerKind | undefined
  step(type: string): StepKind | undefined
}

/** The words by which people know a trigger or step: its own name, else its kind's title, else its type. */
export function titleOf(placed: Step | Trigger, title: Words | undefined): Words {
  if (placed.name) return { en: placed.name, fr: placed.name }
  return title ?? { en: placed.type, fr: placed.type }
}
