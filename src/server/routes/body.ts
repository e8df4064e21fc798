import type { Context } from 'hono'
import type { z } from 'zod'
import { notice } from '../notice.ts'

/** Reads a request's JSON body. @throws Notice (400) when it is not JSON, or not what the route takes. */
export async function readBody<Schema extends z.ZodType>(c: Pick<Context, 'req'>, schema: Schema): Promise<z.output<Schema>> {
  const sent: unknown = await c.req.json().catch(() => undefined)
  const read = schema.safeParse(sent)
  if (read.success) return read.data
  const where = read.error.issues[0]?.path.join('.') ?? ''
  throw notice(
    400,
    {
      en: `What was sent could not be read${where && ` (${where})`}.`,
      fr: `Ce qui a été envoyé n’a pas pu être lu${where && ` (${where})`}.`,
    },
    { en: 'Reload the page and try again.', fr: 'Rechargez la page et réessayez.' },
  )
}
