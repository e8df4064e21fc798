import { z } from 'zod'
import type { TroubleRecord } from '../catalogue/trouble.ts'

const wordsSchema = z.object({ en: z.string(), fr: z.string() })

/** A person as the journal names one: enough to show who it was after they have left. */
const whoSchema = z.object({ id: z.string(), name: z.string() })

/** A version as the journal names one. */
const versionSchema = z.object({ id: z.string(), number: z.number() })

/** A trouble as the journal keeps it. */
export const troubleSchema: z.ZodType<TroubleRecord> = z.object({
  kind: z.enum(['refused', 'unavailable', 'misconfigured']),
  what: wordsSchema,
  remedy: wordsSchema,
})

const record = z.record(z.string(), z.unknown())
const stepPart = { step: z.string(), visit: z.number() }

/**
 * The lines of a journal, and when each is written. What they mean to a reader is told by `story.ts`.
 *
 * | `what` | when | a visit that has it newest is |
 * |---|---|---|
 * | `started` | always the first: a trigger fired and gave `data` | – |
 * | `begun` | links led to a step and its join, if any, is complete | being performed |
 * | `waiting` | the step waits for an instant; `settings` as below | waiting |
 * | `asked` | the question is kept and about to be sent to `people`, or to a channel whose readers may all answer (`anyone`) | asking |
 * | `answered` | somebody answered or changed the answer; no `picked` and no `values`: took it back. Without `person`: anonymous | asking, still |
 * | `called` | the step starts `count` runs of its own: of its body once per item, or of another mission | calling |
 * | `returned` | one of those has ended; `position` is its place in the list | calling, still |
 * | `reminded` | `people`, or those in a channel, had not answered and were sent the question again, or only now that they work (`first`); with `trouble`: could not be | asking, still |
 * | `escalated` | others, `people`, were asked instead `for` some, who had not answered; nobody is there to ask `without` some, or `unknown` | asking, still |
 * | `retrying` | a try failed for a passing reason and is made again at the instant `at` | retrying |
 * | `left` | the step left by `exit` and gave `data`; by `failed` with its `trouble`. The links of that exit are taken, all others are dead | over |
 * | `skipped` | all links to a step are dead, so it will not happen | – |
 * | `cancelled` | the step was under way and is no longer needed, or the run was cancelled | over |
 * | `moved` | the run goes on in another version; `gone` are steps of it that this one does not have | – |
| `ended` | always the last: nothing is under way any more | – |
 *
 * `settings` are the step's settings as they were after references were filled in (its inputs), `data` of `left` is what it gave
 * (its outputs). They stand in the last of `waiting`, `asked`, `called` and `left` that carries them. Instants are ISO texts.
 */
export const entrySchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('started'), data: z.object({ trigger: z.string(), data: record }) }),
  /** A step was begun. */
  z.object({ what: z.literal('begun'), ...stepPart, data: z.object({}) }),
  /** A step waits for an instant, after which it leaves by `exit` (`done` in journals of earlier programs, which do not say it) and gives `data`. */
  z.object({
    what: z.literal('waiting'),
    ...stepPart,
    data: z.object({ until: z.string(), settings: record, exit: z.string().optional(), data: record.optional() }),
  }),
  /** A step asked people; `anyone` when everybody in the channel may answer. */
  z.object({
    what: z.literal('asked'),
    ...stepPart,
    data: z.object({
      ask: z.string(),
      people: z.array(whoSchema),
      channel: z.object({ id: z.string(), name: z.string() }).optional(),
      anyone: z.boolean(),
      /** Some get the question only once they work. */
      working: z.boolean().optional(),
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
  /** A step starts runs of its own. With `mission`: of that one's live version, by which trigger and with which data. */
  z.object({
    what: z.literal('called'),
    ...stepPart,
    data: z.object({
      count: z.number(),
      width: z.number().optional(),
      stopAtFailure: z.boolean().optional(),
      wait: z.boolean().optional(),
      until: z.string().optional(),
      mission: z.object({ id: z.string(), name: z.string(), version: z.string(), trigger: z.string(), data: record }).optional(),
      settings: record,
    }),
  }),
  /** One of the runs that a step started has ended. */
  z.object({
    what: z.literal('returned'),
    ...stepPart,
    data: z.object({ run: z.string(), position: z.number(), status: z.enum(['completed', 'failed', 'cancelled']) }),
  }),
  /** Who had not answered was reminded. In a channel that all may answer, or of an anonymous question, nobody is named. */
  z.object({
    what: z.literal('reminded'),
    ...stepPart,
    data: z.object({
      people: z.array(whoSchema),
      channel: whoSchema.optional(),
      /** The question was put to them for the first time: when it was asked they did not work. */
      first: z.boolean().optional(),
      trouble: troubleSchema.optional(),
    }),
  }),
  /** Others were asked instead of those who had not answered: their managers, or people by name. */
  z.object({
    what: z.literal('escalated'),
    ...stepPart,
    data: z.object({
      people: z.array(whoSchema),
      for: z.array(whoSchema),
      without: z.array(whoSchema),
      /** What was written for people who are not in the directory. */
      unknown: z.array(z.string()),
      manager: z.boolean(),
      trouble: troubleSchema.optional(),
    }),
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
  /** Somebody moved the run to another version of its mission, where it goes on. */
  z.object({
    what: z.literal('moved'),
    data: z.object({
      from: versionSchema,
      to: versionSchema,
      by: whoSchema,
      /** Steps that it has been through and that are not in the version it goes on in, so that they can be named. */
      gone: z.array(z.object({ id: z.string(), type: z.string(), name: z.string().optional() })),
    }),
  }),
  /** `by`: who cancelled it; `trouble`: why it could not go on, when no step says it. */
  z.object({
    what: z.literal('ended'),
    data: z.object({
      status: z.enum(['completed', 'failed', 'cancelled']),
      by: whoSchema.optional(),
      trouble: troubleSchema.optional(),
    }),
  }),
])

/** One line of a journal, before the store gives it its number and time. */
export type Entry = z.infer<typeof entrySchema>

/** One line of a journal as it is kept. `number` counts from 1 without holes; `at` is an ISO instant. */
export type KeptEntry = Entry & { number: number; at: string }

/** Where a run stands. `waiting`: everything active in it waits for a time or for people. */
export type RunStatus = 'running' | 'waiting' | 'completed' | 'failed' | 'cancelled'
