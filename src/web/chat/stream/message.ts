import * as z from 'zod/mini'

const fieldSchema = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.enum(['line', 'text', 'number', 'email', 'date', 'choice', 'choices', 'yesno']),
  required: z.boolean(),
  choices: z.optional(z.array(z.string())),
  help: z.optional(z.string()),
})

const formSchema = z.object({ title: z.string(), submit: z.string(), fields: z.array(fieldSchema) })

const buttonSchema = z.object({
  id: z.string(),
  label: z.string(),
  style: z.optional(z.enum(['primary', 'danger'])),
  form: z.optional(formSchema),
})

const barSchema = z.object({ label: z.string(), count: z.number(), names: z.optional(z.array(z.string())) })

const bodySchema = z.object({
  text: z.string(),
  buttons: z.optional(z.array(buttonSchema)),
  bars: z.optional(z.array(barSchema)),
  note: z.optional(z.string()),
})

const reactionSchema = z.object({ emoji: z.string(), people: z.array(z.string()) })

/** A message as the database shows it to whoever may read it. */
export const chatMessageSchema = z.object({
  id: z.string(),
  number: z.number(),
  channel_id: z.string(),
  thread_id: z.nullable(z.string()),
  /** Who wrote it; null when a mission did, whose name is then in `sender`. */
  person_id: z.nullable(z.string()),
  sender: z.nullable(z.string()),
  ask_id: z.nullable(z.string()),
  body: bodySchema,
  at: z.string(),
  edited_at: z.nullable(z.string()),
  deleted_at: z.nullable(z.string()),
  /** Grows with everything that changes what a reader sees of it. */
  changed_at: z.string(),
  replies: z.number(),
  replied_at: z.nullable(z.string()),
  reactions: z.array(reactionSchema),
})

export type ChatMessage = z.infer<typeof chatMessageSchema>
export type MessageBar = z.infer<typeof barSchema>
export type MessageButton = z.infer<typeof buttonSchema>
export type MessageForm = z.infer<typeof formSchema>
export type FormField = z.infer<typeof fieldSchema>
export type Reaction = z.infer<typeof reactionSchema>

/** The columns of `chat_messages` that {@link chatMessageSchema} reads. */
export const messageColumns =
  'id, number, channel_id, thread_id, person_id, sender, ask_id, body, at, edited_at, deleted_at, changed_at, replies, replied_at, reactions'
