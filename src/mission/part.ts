import type { Datum, DatumKind } from './kinds.ts'
import type { Words } from './words.ts'

/** A piece of data as later steps can use it. */
export interface Available {
  /** What goes between `{{` and `}}`. */
  reference: string
  label: Words
  kind: DatumKind
  sample?: unknown
  /** True when it may be missing, so that a fallback is needed. */
  maybeEmpty: boolean
  /** What can be read inside it. */
  parts: readonly Available[]
}

const words = {
  id: { en: 'identifier', fr: 'identifiant' },
  name: { en: 'name', fr: 'nom' },
  first_name: { en: 'first name', fr: 'prénom' },
  email: { en: 'e-mail address', fr: 'adresse e-mail' },
  time_zone: { en: 'time zone', fr: 'fuseau horaire' },
  language: { en: 'language', fr: 'langue' },
  manager: { en: 'manager', fr: 'responsable' },
  buddy: { en: 'buddy', fr: 'binôme' },
  channel: { en: 'channel', fr: 'canal' },
  message: { en: 'message', fr: 'message' },
  link: { en: 'link', fr: 'lien' },
  first: { en: 'first one', fr: 'premier élément' },
  last: { en: 'last one', fr: 'dernier élément' },
  size: { en: 'how many', fr: 'nombre' },
} satisfies Record<string, Words>

const named = (name: keyof typeof words, kind: DatumKind = 'text', maybeEmpty = false): Datum => ({
  name,
  label: words[name],
  kind,
  maybeEmpty,
})

const aboutPerson: readonly Datum[] = [
  named('id'),
  named('name'),
  named('first_name'),
  named('email'),
  named('time_zone'),
  named('language'),
]
const somebodyNear = (name: 'manager' | 'buddy'): Datum => ({ ...named(name, 'person', true), parts: aboutPerson })
const ofPerson: readonly Datum[] = [...aboutPerson, somebodyNear('manager'), somebodyNear('buddy')]
const somebody = (name: 'first' | 'last'): Datum => ({ ...named(name, 'person', true), parts: aboutPerson })

/** What lies inside each kind of data, the same everywhere. A person's manager and buddy are people too, but theirs are not given. */
const inside: Partial<Record<DatumKind, readonly Datum[]>> = {
  person: ofPerson,
  people: [somebody('first'), somebody('last'), named('size', 'number')],
  channel: [named('id'), named('name')],
  message: [named('channel'), named('message'), named('link')],
  list: [named('first', 'any', true), named('last', 'any', true), named('size', 'number')],
}

/** Describes a piece of data under a reference, its parts included. What is inside something that may be missing may be missing too. */
export function describeDatum(datum: Datum, reference: string, maybeEmpty: boolean): Available {
  const parts = (datum.parts ?? inside[datum.kind] ?? []).map((part) => {
    const sample = part.sample ?? sampleOf(datum.sample, part.name)
    return describeDatum(
      sample === undefined ? part : { ...part, sample },
      `${reference}.${part.name}`,
      maybeEmpty || part.maybeEmpty === true,
    )
  })
  return {
    reference,
    label: datum.label,
    kind: datum.kind,
    maybeEmpty,
    parts,
    ...(datum.sample === undefined ? {} : { sample: datum.sample }),
  }
}

function sampleOf(whole: unknown, part: string): unknown {
  if (Array.isArray(whole)) return { first: whole[0], last: whole.at(-1), size: whole.length }[part]
  return typeof whole === 'object' && whole !== null ? Object.entries(whole).find(([key]) => key === part)?.[1] : undefined
}

/** What a path leads to inside described data: whether it may be missing; undefined when there can never be anything. */
export function followPath(start: Available, path: readonly (string | number)[]): { maybeEmpty: boolean } | undefined {
  let here = start
  for (const part of path) {
    // The people of a list are all alike: `people[0]` has the parts that `people.first` has.
    const name = here.kind === 'people' && typeof part === 'number' ? 'first' : part
    const next = here.parts.find((one) => one.reference === `${here.reference}.${name}`)
    if (next) {
      here = next
      continue
    }
    // Only people, channels and such have parts that are all known.
    const open = here.kind === 'any' || (here.kind === 'record' && here.parts.length === 0)
    if (open) return { maybeEmpty: here.maybeEmpty }
    if (here.kind === 'list' && typeof part === 'number') return { maybeEmpty: true }
    return here.kind === 'text' && part === 'size' ? { maybeEmpty: false } : undefined
  }
  return { maybeEmpty: here.maybeEmpty }
}
