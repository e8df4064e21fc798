import { z } from 'zod'
import type { Outcome } from '../catalogue/define.ts'
import { Refused } from '../catalogue/trouble.ts'

/** Characters of JSON that one step may be told or give: a run keeps all of it, and reads it again whenever it goes on. */
const largest = 1_000_000

const outcomeSchema = z
  .looseObject({ exit: z.string().optional(), waitUntil: z.date().optional(), data: z.record(z.string(), z.unknown()).optional() })
  .refine((outcome) => Object.keys(outcome).length > 0)

// Made once: making a schema takes longer than parsing with it.
const recordSchema = z.record(z.string(), z.unknown())

/**
 * Reads what an action gave back as anything from outside is read: actions are written by many hands, and what is odd in one
 * must harm neither the journal nor the database.
 *
 * @throws Refused when it is too large to be kept; Error when it is no outcome at all, a defect of the action.
 */
export function readOutcome(outcome: Outcome): Outcome {
  if (!outcomeSchema.safeParse(outcome).success) throw new Error('it did not say how the step is left')
  return 'data' in outcome && outcome.data ? { ...outcome, data: keepable(outcome.data) } : outcome
}

/**
 * The same data as plain JSON that Postgres can keep: without NUL and without halves of characters (`jsonb` refuses both),
 * without whatever JSON leaves out.
 *
 * @throws Refused when it is too large; TypeError when it is no JSON (a circle, a BigInt).
 */
export function keepable(data: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(data)
  if (text.length > largest)
    throw new Refused(
      {
        en: 'What the step works with is larger than 1 MB, and a run does not keep as much.',
        fr: 'Les données de l’étape dépassent 1 Mo ; une exécution n’en conserve pas autant.',
      },
      { en: 'Let it fetch or make less, or a link to it.', fr: 'Faites-lui chercher ou produire moins de données, ou un lien.' },
    )
  // JSON writes both as escapes. A text that only speaks of such an escape is read once more for nothing.
  const plain: unknown = JSON.parse(text, /\\u(?:0000|d[89a-f])/i.test(text) ? (_, value: unknown) => mended(value) : undefined)
  return recordSchema.parse(plain)
}

function mended(value: unknown): unknown {
  if (typeof value === 'string') return mendedText(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [mendedText(name), part]))
}

/** The text as Postgres can keep it. */
export function mendedText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}
