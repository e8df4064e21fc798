import { z } from 'zod'
import type { TroubleRecord } from '../catalogue/trouble.ts'

const wordsSchema = z.object({ en: z.string(), fr: z.string() })

/** A person as the journal names one: enough to show who it was after they have left. */
const whoSchema = z.object({ id: z.string(), name: z.string() })

const troubleSchema: z.ZodType<TroubleRecord> = z.object({
  kind: z.enum(['refused', 'unavailable', 'misconfigured']),
  what: wordsSchema,
  remedy: wordsSchema,
})

const record = z.record(z.string(), z.unknown())
const stepPart = { step: z.string(), visit: z.number() }

/**
 * The lines of a journal. `settings` are the step's settings as they were after references were filled in (its inputs),
 * `data` is what it gave (its outputs). Instants are ISO texts.
 */
export const entrySchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('started'), data: z.object({ trigger: z.string(), data: record }) }),
  /** A step was begun. */
  z.object({ what: z.literal('begun'), ...stepPart, data: z.object({}) }),
  /** A step waits for an instant, after which it leaves by `exit`. */
  z.object({ what: z.literal('waiting'), ...stepPart, data: z.object({ until: z.string(), settings: record }) }),
  /** A step asked people; `anyone` when everybody in the channel may answer. */
  z.object({
    what: z.literal('asked'),
    ...stepPart,
    data: z.object({
      ask: z.string(),
      people: z.array(whoSchema),
      channel: z.object({ id: z.string(), name: z.string() }).optional(),
      anyone: z.boolean(),
      until: z.string().optional(),
      settings: record,
    }),
  }),
  /** Somebody answered; `person` is missing when the answer is anonymous. */
  z.object({
    what: z.literal('answered'),
    ...stepPart,
    data: z.object({ person: whoSchema.optional(), picked: z.array(z.string()), values: record }),
  }),
  /** A trouble that will be tried again at an instant. */
  z.object({ what: z.literal('retrying'), ...stepPart, data: z.object({ trouble: troubleSchema, attempt: z.number(), at: z.string() }) }),
  /** A step left by an exit. `failed` with its trouble. */
  z.object({
    what: z.literal('left'),
    ...stepPart,
    data: z.object({ exit: z.string(), data: record, settings: record.optional(), trouble: troubleSchema.optional() }),
  }),
  /** A step will not happen: all links to it are dead. */
  z.object({ what: z.literal('skipped'), step: z.string(), data: z.object({}) }),
  /** A step was cancelled while it was active. */
  z.object({ what: z.literal('cancelled'), ...stepPart, data: z.object({}) }),
  z.object({
    what: z.literal('ended'),
    data: z.object({ status: z.enum(['completed', 'failed', 'cancelled']), by: whoSchema.optional() }),
  }),
])

/** One line of a journal, before the store gives it its number and time. */
export type Entry = z.infer<typeof entrySchema>

/** One line of a journal as it is kept. `number` counts from 1 without holes; `at` is an ISO instant. */
export type KeptEntry = Entry & { number: number; at: string }

/** Where a run stands. `waiting`: everything active in it waits for a time or for people. */
export type RunStatus = 'running' | 'waiting' | 'completed' | 'failed' | 'cancelled'
