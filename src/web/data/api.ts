import * as z from 'zod/mini'
import { m } from '#messages'
import { accessToken } from './account.ts'
import { ServerTrouble, troubleOfAnswer, troubleOffline } from './trouble.ts'

interface How<Answer extends z.core.$ZodType> {
  /** GET without a body and POST with one, unless said. */
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** What the answer must look like. */
  answer?: Answer
  signal?: AbortSignal
}

/**
 * Calls a route of the server as whoever is signed in: `await api('/api/missions/…/publish', { draftRev }, { answer: schema })`.
 *
 * @throws ServerTrouble in plain words: nobody answered, the route refused, or the answer is not what was expected.
 */
export async function api<Answer extends z.core.$ZodType = z.core.$ZodUnknown>(
  path: string,
  body?: unknown,
  how: How<Answer> = {},
): Promise<z.output<Answer>> {
  const response = await fetch(path, {
    method: how.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...(await credentials()), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(how.signal ? { signal: how.signal } : {}),
  }).catch((error: unknown) => {
    if (how.signal?.aborted) throw error
    throw troubleOffline()
  })
  const answer: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw troubleOfAnswer(response.status, answer)
  const read = z.safeParse(how.answer ?? z.unknown(), answer)
  if (!read.success) throw new ServerTrouble(m.shell_unreadable(), '', response.status, answer)
  // Parsed by the caller's own schema, or unknown without one.
  return read.data as z.output<Answer>
}

/** The header that says who is asking; empty when nobody is signed in. */
export async function credentials(): Promise<Record<string, string>> {
  const token = await accessToken()
  return token === null ? {} : { authorization: `Bearer ${token}` }
}
