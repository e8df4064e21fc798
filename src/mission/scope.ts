import { enclosing } from './body.ts'
import { type Certainty, readCertainty } from './certainty.ts'
import { type Datum, type Kinds, titleOf } from './kinds.ts'
import type { Mission, Step, Trigger } from './mission.ts'
import { type Available, describeDatum, followPath } from './part.ts'
import type { Words } from './words.ts'

/** Where data comes from: the trigger, an earlier step, or what every run has. */
export interface Source {
  /** The first part of its references: `trigger`, a step's id, `run`, `mission`, `workspace` or `now`. The innermost item is `item`, too. */
  id: string
  /** `item`: the step around the bodies that it is in. `run`: what every run has. */
  of: 'trigger' | 'item' | 'step' | 'run'
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
  { id: 'now', of: 'run', title: { en: 'The present time', fr: 'L’heure actuelle' }, data: [now] },
]

function builtInSource(id: string, title: Words, data: readonly Datum[]): Source {
  return { id, of: 'run', title, data: data.map((datum) => describeDatum(datum, `${id}.${datum.name}`, false)) }
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
 * any trigger gives. Inside a *for each*: what there is at that step, and the item.
 */
export function scope(mission: Mission, stepId: string, kinds: Kinds): readonly Source[] {
  const certainty = survey(mission, kinds)
  const reached = certainty.triggersBefore(stepId)
  const triggers = mission.triggers.filter((trigger) => reached.length === 0 || reached.includes(trigger.id))
  const steps = new Map(mission.steps.map((step) => [step.id, step]))
  const earlier = certainty.stepsBefore(stepId).flatMap((id) => steps.get(id) ?? [])
  return [
    ...triggerSource(triggers, kinds),
    ...itemSources(mission, stepId, kinds),
    ...earlier.flatMap((step) => {
      const kind = kinds.step(step.type)
      if (!kind) return []
      const data = kind.gives(step.settings).map((datum) => {
        const maybeEmpty = datum.maybeEmpty === true || !certainty.surelyLeft(stepId, step.id, datum.exits)
        return describeDatum(datum, `${step.id}.${datum.name}`, maybeEmpty)
      })
      return [{ id: step.id, of: 'step' as const, title: titleOf(step, kind.title), data }]
    }),
    ...builtIn,
  ]
}

/** What the steps that hold a step give inside: the item and where it stands in the list. The outermost first. */
function itemSources(mission: Mission, stepId: string, kinds: Kinds): Source[] {
  const steps = new Map(mission.steps.map((step) => [step.id, step]))
  return enclosing(steps, stepId)
    .flatMap((id) => steps.get(id) ?? [])
    .map((holder, index) => ({
      id: holder.id,
      of: 'item' as const,
      title: titleOf(holder, kinds.step(holder.type)?.title),
      data: itemData(mission, holder, kinds).map((datum) =>
        // The innermost item has a short name; those around it go by their step's.
        describeDatum(datum, index === 0 && datum.name === 'item' ? 'item' : `${holder.id}.${datum.name}`, false),
      ),
    }))
    .toReversed()
}

/** What the steps of a body can use of the step that holds them. */
function itemData(mission: Mission, holder: Step, kinds: Kinds): Datum[] {
  return [
    itemOf(mission, holder, kinds),
    { name: 'position', label: { en: 'number in the list', fr: 'numéro dans la liste' }, kind: 'number', sample: 1 },
    { name: 'count', label: { en: 'how many there are', fr: 'nombre d’éléments' }, kind: 'number', sample: 3 },
  ]
}

const items = new WeakMap<Step, { mission: Mission; kinds: Kinds; datum: Datum }>()

/** What one item is, as far as the list says: one of several people is a person. */
function itemOf(mission: Mission, holder: Step, kinds: Kinds): Datum {
  const known = items.get(holder)
  if (known?.mission === mission && known.kinds === kinds) return known.datum
  const list = listOf(mission, holder, kinds)
  const [first]: unknown[] = Array.isArray(list?.sample) ? list.sample : []
  const datum: Datum = {
    name: 'item',
    label: { en: 'the item', fr: 'l’élément' },
    kind: list?.kind === 'people' ? 'person' : 'any',
    ...(first === undefined ? {} : { sample: first }),
  }
  items.set(holder, { mission, kinds, datum })
  return datum
}

/** The data that the list is taken from, when that is exactly one reference to something without anything behind it. */
function listOf(mission: Mission, holder: Step, kinds: Kinds): Available | undefined {
  const setting = kinds.step(holder.type)?.holds?.list
  const written = setting === undefined ? undefined : holder.settings[setting]
  const reference = typeof written === 'string' ? /^\s*\{\{\s*([\w.]+)\s*\}\}\s*$/.exec(written)?.[1] : undefined
  if (reference === undefined) return undefined
  const search = (data: readonly Available[]): Available | undefined => {
    for (const one of data) {
      const found = one.reference === reference ? one : search(one.parts)
      if (found) return found
    }
    return undefined
  }
  return search(scope(mission, holder.id, kinds).flatMap(({ data }) => data))
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
  return [{ id: 'trigger', of: 'trigger', title, data }]
}

/**
 * What a reference leads to at a step: `there`, perhaps empty (with the exits by which its step gives it, if not all do, or the
 * triggers that give it); `unknown`, for no step or anything else of that name; `later`, for a step from which there is no way here;
 * `inside`, for one that happens once per item of `holder`, seen from outside; `no-part`, for something that its source does not give.
 */
export type Resolution =
  | { is: 'there'; maybeEmpty: boolean; exits?: readonly string[] | undefined; triggers?: readonly string[] }
  | { is: 'unknown' }
  | { is: 'later' }
  | { is: 'inside'; holder: string }
  | { is: 'no-part' }

/** Follows one reference, without working out everything else that is in scope. */
export function resolve(mission: Mission, stepId: string, kinds: Kinds, path: readonly (string | number)[]): Resolution {
  const [root, name, ...rest] = path
  if (root === 'now') return follow(now, path.slice(1))
  const source = builtIn.find((one) => one.id === root)
  if (source) return followIn(source.data, `${source.id}.${name}`, name, rest)
  if (root === 'trigger') return resolveTrigger(mission, stepId, kinds, path)
  const steps = new Map(mission.steps.map((one) => [one.id, one]))
  const around = enclosing(steps, stepId)
  const holder = steps.get(root === 'item' ? (around[0] ?? '') : (around.find((id) => id === root) ?? ''))
  if (holder && root === 'item') return follow(describeDatum(itemOf(mission, holder, kinds), 'item', false), path.slice(1))
  if (holder) {
    const data = itemData(mission, holder, kinds).map((datum) => describeDatum(datum, `${holder.id}.${datum.name}`, false))
    return followIn(data, `${holder.id}.${name}`, name, rest)
  }
  const step = steps.get(String(root))
  if (!step) return { is: 'unknown' }
  const outside = enclosing(steps, step.id).findLast((id) => !around.includes(id))
  if (outside !== undefined) return { is: 'inside', holder: outside }
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
