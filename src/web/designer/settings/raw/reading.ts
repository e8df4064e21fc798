import { z } from 'zod'
import { settingMeta } from '../../../../catalogue/catalogue.ts'
import type { Step } from '../../../../mission/mission.ts'
import type { Words } from '../../../../mission/words.ts'
import { describeSyntax } from '../../draft/file.ts'

/** What is wrong in a text of settings, and in which line; 0 when that is not known. */
export interface RawFault {
  line: number
  what: Words
}

/** A card's settings out of a text, or everything that is wrong with it. */
export type RawReading = { settings: Step['settings'] } | { faults: RawFault[] }

const recordSchema = z.record(z.string(), z.json())

/**
 * Reads settings as JSON. What the kind does not know is refused, and so is a value that it cannot take; one that stood there before may
 * stay, because settings that are still being filled in are seldom complete. Never throws.
 */
export function readRaw(text: string, before: Record<string, unknown>, schema: z.ZodObject | undefined): RawReading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const { where, what } = describeSyntax(text)
    return { faults: [{ line: Number(where) || 0, what }] }
  }
  const read = recordSchema.safeParse(value)
  if (!read.success || Array.isArray(value))
    return { faults: [{ line: 1, what: { en: 'settings stand between { and }', fr: 'les réglages s’écrivent entre { et }' } }] }
  const lines = linesOf(text)
  const faults = Object.entries(read.data).flatMap(([name, one]): RawFault[] => {
    const field: unknown = schema?.shape[name]
    const here = lines.get(name) ?? 0
    if (!schema || JSON.stringify(one) === JSON.stringify(before[name])) return []
    if (!(field instanceof z.ZodType))
      return [{ line: here, what: { en: `there is no setting “${name}” here`, fr: `il n’y a pas de réglage « ${name} » ici` } }]
    const checked = field.safeParse(one)
    if (checked.success) return []
    const path = checked.error.issues[0]?.path ?? []
    const label = settingMeta(field)?.label ?? { en: name, fr: name }
    return [
      {
        line: lines.get([name, ...path].map(String).join('.')) ?? here,
        what: { en: `“${label.en}” cannot have this value`, fr: `« ${label.fr} » ne peut pas prendre cette valeur` },
      },
    ]
  })
  return faults.length > 0 ? { faults } : { settings: read.data }
}

const token = /"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+|\n/g

/** In which line each value of a JSON text begins, by its dotted path. The text is known to be JSON. */
export function linesOf(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>()
  const path: (string | number)[] = []
  let line = 1
  let naming = false
  const note = () => {
    const name = path.join('.')
    if (!lines.has(name)) lines.set(name, line)
  }
  for (const [part] of text.matchAll(token)) {
    const last = path.length - 1
    const here = path[last]
    if (part === '\n') line += 1
    else if (part === '{' || part === '[') {
      note()
      path.push(part === '[' ? 0 : '')
      naming = part === '{'
    } else if (part === '}' || part === ']') {
      path.pop()
      naming = false
    } else if (part === ',') {
      if (typeof here === 'number') path[last] = here + 1
      else naming = true
    } else if (part === ':') naming = false
    else if (naming) {
      path[last] = String(JSON.parse(part))
      note()
    } else note()
  }
  return lines
}
