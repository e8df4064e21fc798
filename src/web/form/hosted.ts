import * as z from 'zod/mini'
import { m } from '#messages'
import type { Field } from '../../mission/form.ts'
import { say, type Words } from '../../mission/words.ts'
import { getLocale } from '../paraglide/runtime.js'

// Written anew for zod/mini: the language's own schema would bring the whole of zod (22 KB) to a page of 10 KB.
const fieldSchema: z.ZodMiniType<Field> = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.enum(['line', 'text', 'number', 'email', 'date', 'choice', 'choices', 'yesno']),
  required: z.boolean(),
  choices: z.optional(z.array(z.string())),
  help: z.optional(z.string()),
})

const formSchema = z.object({
  title: z.string(),
  intro: z.string(),
  fields: z.array(fieldSchema),
  submit: z.optional(z.string()),
  language: z.catch(z.enum(['en', 'fr']), 'en'),
})

/** A form as the server tells it to strangers. */
export type HostedForm = z.infer<typeof formSchema>

const wordsSchema: z.ZodMiniType<Words> = z.object({ en: z.string(), fr: z.string() })
const troubleSchema = z.object({ error: z.object({ what: wordsSchema, remedy: wordsSchema }) })
const thanksSchema = z.object({ thanks: z.string() })
const wrongSchema = z.object({ wrong: z.record(z.string(), wordsSchema) })

/** The form at an address, or why it cannot be shown; `passing` when asking again may help. */
export async function loadForm(address: string): Promise<{ form: HostedForm } | { trouble: string; passing: boolean }> {
  const reached = await ask(address)
  if (!reached) return { trouble: m.form_not_loaded(), passing: true }
  const form = formSchema.safeParse(reached.answer)
  if (reached.ok && form.success) return { form: form.data }
  return { trouble: told(reached.answer) ?? m.form_not_loaded(), passing: reached.status >= 500 }
}

/** What somebody filled in. `website` is the trap for robots; `key` tells a second press from a second form. */
export interface Filled {
  values: Record<string, string | boolean | string[]>
  website: string
  key: string
}

/** Sends a filled form. */
export async function sendForm(
  address: string,
  filled: Filled,
): Promise<{ thanks: string } | { wrong: Record<string, Words> } | { trouble: string }> {
  const reached = await ask(address, filled)
  if (!reached) return { trouble: m.form_not_sent() }
  const thanks = thanksSchema.safeParse(reached.answer)
  if (reached.ok && thanks.success) return thanks.data
  const wrong = wrongSchema.safeParse(reached.answer)
  if (wrong.success) return wrong.data
  return { trouble: told(reached.answer) ?? m.form_not_sent() }
}

async function ask(address: string, body?: Filled): Promise<{ ok: boolean; status: number; answer: unknown } | undefined> {
  try {
    const response = await fetch(
      `/api/forms/${encodeURIComponent(address)}`,
      body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {},
    )
    const answer: unknown = await response.json()
    return { ok: response.ok, status: response.status, answer }
  } catch {
    return undefined
  }
}

function told(answer: unknown): string | undefined {
  const read = troubleSchema.safeParse(answer)
  return read.success ? `${say(read.data.error.what, getLocale())} ${say(read.data.error.remedy, getLocale())}` : undefined
}
