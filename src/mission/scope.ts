import { type Certainty, readCertainty } from './certainty.ts'
import type { Datum, Kinds } from './kinds.ts'
import type { Mission, Step, Trigger } from './mission.ts'
import { type Available, describeDatum, followPath } from './part.ts'
import type { Words } from './words.ts'

/** Where data comes from: the trigger, an earlier step, or what every run has. */
export interface Source {
  /** The first part of its references: `trigger`, a step's id, `run`, `mission`, `workspace` or `now`. */
  id: string
  /** What people know it by: the step's name, or what kind of step it is. */
  title: Words
  data: readonly Available[]
}

const now = describeDatum(
  { name: 'now', label: { en: 'date and time', fr: 'date et heure' }, kind: 'instant', sample: '2026-12-01T09:00:00.000Z' },
  'now',
  false,
)

const builtIn: readonly Source[] = [
  builtInSource('run', { en: 'This run', fr: 'Cette exécution' }, [
    { name: 'id', label: { en: 'identifier', fr: 'identifiant' }, kind: 'text', sample: '1' },
    { name: 'started', label: { en: 'when it began', fr: 'début' }, kind: 'instant', sample: '2026-12-01T09:00:00.000Z' },
  ]),
  builtInSource('mission', { en: 'This mission', fr: 'Cette mission' }, [{ name: 'name', label: { en: 'name', fr: 'nom' }, kind: 'text' }]),
  builtInSource('workspace', { en: 'The workspace', fr: 'L’espace de travail' }, [
    { name: 'name', label: { en: 'name', fr: 'nom' }, kind: 'text' },
  ]),
  { id: 'now', title: { en: 'The present time', fr: 'L’heure actuelle' }, data: [now] },
]

function builtInSource(id: string, title: Words, data: readonly Datum[]): Source {
  return { id, title, data: data.map((datum) => describeDatum(datum, `${id}.${datum.name}`, false)) }
}

/** The words by which people know a trigger or step: its own name, else its kind's title, else its type. */
export function titleOf(placed: Step | Trigger, title: Words | undefined): Words {
  if (placed.name) return { en: placed.name, fr: placed.name }
  return title ?? { en: placed.type, fr: placed.type }
}

const surveyed = new WeakMap<Mission, { kinds: Kinds; certainty: Certainty }>()

/** What is known about a mission's order, worked out once per mission object (missions are never changed in place). */
export function survey(mission: Mission, kinds: Kinds): Certainty {
  const known = surveyed.get(mission)
  if (known?.kinds === kinds) return known.certainty
  const certainty = readCertainty(mission, kinds)
  surveyed.set(mission, { kinds, certainty })
  return certainty
}

/**
 * What data there is at a step: the trigger's, that of each step from which there is a way to it, and what every run has. A
 * piece that is not there on every way, from every trigger, is marked `maybeEmpty`. For a step that nothing leads to yet: what
 * any trigger gives.
 */
export function scope(mission: Mission, stepId: string, kinds: Kinds): readonly Source[] {
  const certainty = survey(mission, kinds)
  const reached = certainty.triggersBefore(stepId)
  const triggers = mission.triggers.filter((trigger) => reached.length === 0 || reached.includes(trigger.id))
  const steps = new Map(mission.steps.map((step) => [step.id, step]))
  const earlier = certainty.stepsBefore(stepId).flatMap((id) => steps.get(id) ?? [])
  return [
    ...triggerSource(triggers, kinds),
    ...earlier.flatMap((step) => {
      const kind = kinds.step(step.type)
      if (!kind) return []
      const data = kind.gives(step.settings).map((datum) => {
        const maybeEmpty = datum.maybeEmpty === true || !certainty.surelyLeft(stepId, step.id, datum.exits)
        return describeDatum(datum, `${step.id}.${datum.name}`, maybeEmpty)
      })
      return [{ id: step.id, title: titleOf(step, kind.title), data }]
    }),
    ...builtIn,
  ]
}

/** What the triggers give, under one name; what not all of them give may be missing. */
function triggerSource(triggers: readonly Trigger[], kinds: Kinds): Source[] {
  const given = triggers.map((trigger) => kinds.trigger(trigger.type)?.gives(trigger.settings) ?? [])
  const names = new Map(given.flat().map((datum) => [datum.name, datum]))
  const [only] = triggers
  if (!only || names.size === 0) return []
  const several: Words = { en: 'What started it', fr: 'Ce qui l’a lancée' }
  const title = triggers.length === 1 ? titleOf(only, kinds.trigger(only.type)?.title) : several
  const data = [...names].map(([name, datum]) => {
    const always = given.every((one) => one.some((other) => other.name === name && other.maybeEmpty !== true))
    return describeDatum(datum, `trigger.${name}`, !always)
  })
  return [{ id: 'trigger', title, data }]
}

/**
 * What a reference leads to at a step: `there`, perhaps empty (with the exits by which its step gives it, if not all do, or the
 * triggers that give it); `unknown`, for no step or anything else of that name; `later`, for a step from which there is no way here; `no-part`, for something that its
 * source does not give.
 */
export type Resolution =
  | { is: 'there'; maybeEmpty: boolean; exits?: readonly string[] | undefined; triggers?: readonly string[] }
  | { is: 'unknown' }
  | { is: 'later' }
  | { is: 'no-part' }

/** Follows one reference, without working out everything else that is in scope. */
export function resolve(mission: Mission, stepId: string, kinds: Kinds, path: readonly (string | number)[]): Resolution {
  const [root, name, ...rest] = path
  if (root === 'now') return follow(now, path.slice(1))
  const source = builtIn.find((one) => one.id === root)
  if (source) return followIn(source.data, `${source.id}.${name}`, name, rest)
  if (root === 'trigger') return resolveTrigger(mission, stepId, kinds, path)
  const step = mission.steps.find((one) => one.id === root)
  if (!step) return { is: 'unknown' }
  const kind = kinds.step(step.type)
  if (!kind) return { is: 'there', maybeEmpty: false }
  const datum = kind.gives(step.settings).find((one) => one.name === name)
  if (name !== undefined && !datum) return { is: 'no-part' }
  const certainty = survey(mission, kinds)
  if (!certainty.comesBefore(stepId, step.id)) return { is: 'later' }
  const maybeEmpty = !certainty.surelyLeft(stepId, step.id, datum?.exits)
  if (!datum) return { is: 'there', maybeEmpty }
  const found = follow(describeDatum(datum, `${step.id}.${datum.name}`, maybeEmpty || datum.maybeEmpty === true), rest)
  return found.is === 'there' ? { ...found, exits: datum.exits } : found
}

function resolveTrigger(mission: Mission, stepId: string, kinds: Kinds, path: readonly (string | number)[]): Resolution {
  const [, name, ...rest] = path
  const reached = survey(mission, kinds).triggersBefore(stepId)
  const triggers = mission.triggers.filter((trigger) => reached.length === 0 || reached.includes(trigger.id))
  const found = followIn(triggerSource(triggers, kinds)[0]?.data ?? [], `trigger.${name}`, name, rest)
  if (found.is !== 'there') return found
  const giving = triggers.filter((trigger) =>
    kinds
      .trigger(trigger.type)
      ?.gives(trigger.settings)
      .some((datum) => datum.name === name),
  )
  return { ...found, triggers: giving.map((trigger) => trigger.id) }
}

function followIn(
  data: readonly Available[],
  reference: string,
  name: string | number | undefined,
  rest: readonly (string | number)[],
): Resolution {
  if (name === undefined) return { is: 'there', maybeEmpty: false }
  return follow(
    data.find((one) => one.reference === reference),
    rest,
  )
}

function follow(start: Available | undefined, rest: readonly (string | number)[]): Resolution {
  const found = start && followPath(start, rest)
  return found ? { is: 'there', maybeEmpty: found.maybeEmpty } : { is: 'no-part' }
}
