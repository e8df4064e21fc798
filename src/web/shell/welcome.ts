import * as z from 'zod/mini'
import { api } from '../data/api.ts'

/** True while nobody has a workspace on this server: whoever comes first is led to sign up instead of in. */
export async function firstVisitor(): Promise<boolean> {
  const { first } = await api('/api/session', undefined, { answer: z.object({ first: z.boolean() }) })
  return first
}
