import { idSchema, type Mission, reservedIds, type Step } from './mission.ts'
import { roots } from './roots.ts'
import { mapTexts } from './texts.ts'

const longestId = 40

/** A text as an id: `Say hello, Zoë!` → `say_hello_zoe`; undefined when nothing of it can stand in one. */
function slug(text: string): string | undefined {
  const plain = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
  return plain === '' ? undefined : plain.slice(0, longestId).replace(/_+$/, '')
}

/** An id that nothing in the mission has, readable, made of the first of the wishes that can be one: a name, a type. */
export function freeId(mission: Mission, ...wishes: readonly (string | undefined)[]): string {
  return pickId(new Set([...mission.triggers, ...mission.steps].map((one) => one.id)), wishes)
}

/** Like {@link freeId}, against a set of ids, to which the new one is not added. */
export function pickId(taken: ReadonlySet<string>, wishes: readonly (string | undefined)[]): string {
  const base = wishes.map((wish) => slug(wish ?? '')).find((one) => one !== undefined) ?? 'step'
  for (let number = 1; ; number++) {
    const ending = number === 1 ? '' : `_${number}`
    const id = base.slice(0, longestId - ending.length) + ending
    if (!taken.has(id) && !reservedIds.includes(id)) return id
  }
}

/** Settings in which references to some steps refer to others instead. Unchanged parts stay the same objects. */
export function redirect(settings: Step['settings'], renamed: ReadonlyMap<string, string>): Step['settings'] {
  return mapTexts(settings, (text) => {
    let result = text
    for (const { name, start, end } of roots(text).toReversed()) {
      const id = renamed.get(name)
      if (id !== undefined) result = result.slice(0, start) + id + result.slice(end)
    }
    return result
  })
}

/**
 * Gives a step or trigger another id, in links, layout, what it holds, and all references to it. The mission stays as it is when the new id is not an id, is
 * reserved or taken, or when nothing has the old one.
 */
export function renameId(mission: Mission, id: string, newId: string): Mission {
  const placed = [...mission.triggers, ...mission.steps]
  const possible = idSchema.safeParse(newId).success && !reservedIds.includes(newId) && !placed.some((one) => one.id === newId)
  if (!possible || !placed.some((one) => one.id === id)) return mission
  const renamed = new Map([[id, newId]])
  const other = (known: string) => renamed.get(known) ?? known
  return {
    ...mission,
    triggers: mission.triggers.map((trigger) => (trigger.id === id ? { ...trigger, id: newId } : trigger)),
    steps: mission.steps.map((step) => {
      const settings = mission.triggers.some((trigger) => trigger.id === id) ? step.settings : redirect(step.settings, renamed)
      const held = step.within === id
      if (step.id !== id && settings === step.settings && !held) return step
      return { ...step, id: other(step.id), settings, ...(held ? { within: newId } : {}) }
    }),
    links: mission.links.map((link) =>
      link.from === id || link.to === id ? { ...link, from: other(link.from), to: other(link.to) } : link,
    ),
    ...(mission.notes ? { notes: mission.notes.map((note) => (note.by === id ? { ...note, by: newId } : note)) } : {}),
    layout:
      id in mission.layout ? Object.fromEntries(Object.entries(mission.layout).map(([key, point]) => [other(key), point])) : mission.layout,
  }
}
