import type { z } from 'zod'
import { settingMeta } from '../../../../catalogue/catalogue.ts'

/** Settings in which people are written to or asked, by how they are drawn; with them, others change what is seen. */
const told: ReadonlySet<string> = new Set(['message', 'fields'])

/** The name of the setting below which the preview stands: the last that changes it. Undefined for a kind of which people see nothing. */
export function lastSeen(type: string, names: readonly (readonly [string, z.ZodType])[]): string | undefined {
  const widget = (schema: z.ZodType) => settingMeta(schema)?.widget ?? ''
  if (type === 'send-email') return names.findLast(([name]) => name === 'text')?.[0]
  // Its fields are filled in by another mission, not by people.
  if (type === 'run-by-mission' || !names.some(([, schema]) => told.has(widget(schema)))) return undefined
  return names.findLast(([name, schema]) => told.has(widget(schema)) || widget(schema) === 'choices' || name === 'answer')?.[0]
}
