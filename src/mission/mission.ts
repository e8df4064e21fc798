import { z } from 'zod'
import { durationSchema } from './duration.ts'
import { type DocumentFault, describeFaults } from './faults.ts'

export type { DocumentFault } from './faults.ts'

/** Name of a trigger or a step inside its mission; also the name under which later steps refer to its data. */
export const idSchema = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'small letters, digits and _ only, a letter first')

/** Names that data references use for something else than a step, so no step may be called so. */
export const reservedIds: readonly string[] = [
  'trigger',
  'run',
  'mission',
  'item',
  'now',
  'workspace',
  'forloop',
  'true',
  'false',
  'nil',
  'null',
  'empty',
  'blank',
  'and',
  'or',
  'not',
  'contains',
  'in',
]

const settingsSchema = z.record(z.string(), z.json())

const triggerSchema = z.strictObject({
  id: idSchema,
  type: z.string().min(1),
  name: z.string().max(120).optional(),
  settings: settingsSchema.default({}),
})

/** What a step with several links into it waits for. Without one: `all`. */
export const joinSchema = z.strictObject({
  wait: z.enum(['all', 'any', 'atLeast']),
  /** Only for `atLeast`: how many arrivals start the step. */
  count: z.int().min(1).max(50).optional(),
  /** Cancel steps that could now only lead to this join. */
  cancelRest: z.boolean().optional(),
})

/** How often a failed step is tried again before it leaves by `failed`. A Refused trouble is never retried. */
export const retrySchema = z.strictObject({
  times: z.int().min(0).max(20),
  first: durationSchema,
  factor: z.number().min(1).max(10).default(2),
})

const stepSchema = z.strictObject({
  id: idSchema,
  type: z.string().min(1),
  name: z.string().max(120).optional(),
  settings: settingsSchema.default({}),
  join: joinSchema.optional(),
  retry: retrySchema.optional(),
  maxVisits: z.int().min(1).max(1_000).optional(),
  /** The step that holds this one: it runs once per item there. */
  within: idSchema.optional(),
})

const linkSchema = z.strictObject({
  from: idSchema,
  /** By which exit the link leaves; `done` unless said. Triggers only have `done`. */
  exit: z.string().min(1).max(60).default('done'),
  to: idSchema,
})

const pointSchema = z.strictObject({ x: z.number(), y: z.number() })

/** What colours a note can have; the screen says how they look, light and dark. */
export const noteColours = ['yellow', 'green', 'blue', 'pink', 'grey'] as const

/** An id of a note: unlike any id of a card, so that both can be chosen, copied and deleted together. */
export const noteIdSchema = z.string().regex(/^note:[1-9]\d{0,5}$/)

/** A note for readers of the drawing. It means nothing to a run. */
const noteSchema = z.strictObject({
  id: noteIdSchema,
  text: z.string().max(4_000),
  colour: z.enum(noteColours),
  /** The card by which it lies, and with which it moves. */
  by: idSchema.optional(),
  /** Its upper left corner, from that of its card; without a card, on the canvas. */
  x: z.number(),
  y: z.number(),
  width: z.number().min(80).max(2_000),
  height: z.number().min(40).max(2_000),
})

/**
 * The mission document, format 1: what it means (`triggers`, `steps`, `links`) and, apart from it, where the cards lie
 * (`layout`) and what was noted beside them (`notes`). Kept as JSON in drafts, versions and templates; published as JSON Schema by {@link missionJsonSchema}.
 */
export const missionSchema = z.strictObject({
  format: z.literal(1),
  name: z.string().min(1).max(120),
  description: z.string().max(2_000).default(''),
  triggers: z.array(triggerSchema).max(20),
  steps: z.array(stepSchema).max(5_000),
  links: z.array(linkSchema).max(20_000),
  layout: z.record(z.string(), pointSchema).default({}),
  notes: z.array(noteSchema).max(200).optional(),
})

export type Mission = z.infer<typeof missionSchema>
export type Trigger = Mission['triggers'][number]
export type Step = Mission['steps'][number]
export type Link = Mission['links'][number]
export type Join = z.infer<typeof joinSchema>
export type Retry = z.infer<typeof retrySchema>
export type Note = z.infer<typeof noteSchema>
export type Point = z.infer<typeof pointSchema>

/** How often a step may be visited when it does not say so itself. */
export const defaultMaxVisits = 25

/** The exit by which every step leaves when it fails; every step has it, whatever its type. */
export const failedExit = 'failed'

/** An empty mission with a name. */
export function emptyMission(name: string): Mission {
  return { format: 1, name, description: '', triggers: [], steps: [], links: [], layout: {} }
}

/** The outcome of reading a document from outside. */
export type Reading = { mission: Mission } | { faults: DocumentFault[] }

/**
 * Reads a document from outside (a file, a paste, a row of the database) of any known format and brings it to the newest one.
 * Never throws: what is wrong comes back fault by fault.
 */
export function upgrade(document: unknown): Reading {
  const read = missionSchema.safeParse(document)
  if (read.success) return { mission: read.data }
  return { faults: describeFaults(read.error, document) }
}

/** The schema of the mission document as JSON Schema (draft 2020-12), for editors and other programs. */
export function missionJsonSchema(): unknown {
  return z.toJSONSchema(missionSchema, { io: 'input' })
}
