import * as z from 'zod/mini'
import { m } from '#messages'
import { say, type Words } from '../../mission/words.ts'
import { getLocale } from '../paraglide/runtime.js'

const wordsSchema = z.object({ en: z.string(), fr: z.string() })
const answerSchema = z.object({ error: z.object({ what: wordsSchema, remedy: wordsSchema }) })

/** Something that did not work on the way to the server or there, in the words of whoever reads it. */
export class ServerTrouble extends Error {
  override readonly name = 'ServerTrouble'
  /** HTTP status; 0 when nobody answered. */
  readonly status: number
  readonly remedy: string
  /** The whole answer, for routes that say more than what is wrong (`problems`, `wrong`). */
  readonly body: unknown

  constructor(what: string, remedy: string, status: number, body?: unknown) {
    super(what)
    this.remedy = remedy
    this.status = status
    this.body = body
  }
}

const picked = (words: Words) => say(words, getLocale())

/** Nobody answered. */
export function troubleOffline(): ServerTrouble {
  return new ServerTrouble(m.shell_offline(), '', 0)
}

/** What a route of ours said with a status of 400 or above. */
export function troubleOfAnswer(status: number, body: unknown): ServerTrouble {
  const read = answerSchema.safeParse(body)
  if (read.success) return new ServerTrouble(picked(read.data.error.what), picked(read.data.error.remedy), status, body)
  return new ServerTrouble(status >= 500 ? m.shell_offline() : m.shell_unexpected(), '', status, body)
}

/** What Supabase said. Its own texts are for programmers, so only its kind is told. */
export function troubleOfServer(error: { message: string; code?: string }): ServerTrouble {
  if (/fetch|network/i.test(error.message)) return troubleOffline()
  console.warn('The database refused a request:', error.code ?? '', error.message)
  return new ServerTrouble(error.code === '42501' ? m.shell_forbidden() : m.shell_unexpected(), '', 0, error)
}

/** One text for anything that was thrown: what happened, and what to do when that is known. */
export function wordsOf(error: unknown): string {
  if (error instanceof ServerTrouble) return [error.message, error.remedy].filter(Boolean).join(' ')
  console.error(error)
  return m.shell_unexpected()
}
