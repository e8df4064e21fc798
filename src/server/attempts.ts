import type { MiddlewareHandler } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { z } from 'zod'
import { addressOf } from './network.ts'

/** Wrong passwords for one account from one address in 15 minutes. */
const perAccount = { points: 10, duration: 15 * 60 }
/** All attempts from one address in 15 minutes: many people may sit behind it. */
const perAddress = { points: 300, duration: 15 * 60 }

const emailSchema = z.object({ email: z.string().max(320) })
/** Ways of `/auth/v1` by which passwords or codes can be guessed, or mail be sent to others. */
const guessable = new Set(['/auth/v1/token', '/auth/v1/signup', '/auth/v1/verify', '/auth/v1/otp', '/auth/v1/recover', '/auth/v1/resend'])

/**
 * Limits attempts to sign in. The eleventh is told how long to wait, in the form in which supabase-js expects an error; a right
 * password clears the account's count.
 */
export function limitAttempts(): MiddlewareHandler {
  const accounts = new RateLimiterMemory(perAccount)
  const addresses = new RateLimiterMemory(perAddress)
  return async (c, next) => {
    const guess = c.req.method === 'POST' && guessable.has(c.req.path) && c.req.query('grant_type') !== 'refresh_token'
    if (!guess) return next()
    const address = addressOf(c)
    const read = emailSchema.safeParse(
      await c.req.raw
        .clone()
        .json()
        .catch(() => undefined),
    )
    const account = read.success ? `${read.data.email.trim().toLowerCase()} ${address}` : undefined
    try {
      await addresses.consume(address)
      if (account) await accounts.consume(account)
    } catch (limit) {
      if (!(limit instanceof RateLimiterRes)) throw limit
      const minutes = Math.ceil(limit.msBeforeNext / 60_000)
      const what = {
        en: `Too many attempts. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} and try again.`,
        fr: `Trop de tentatives. Attendez ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} avant de réessayer.`,
      }
      const remedy = { en: 'If it was not you, nobody got in.', fr: 'Si ce n’était pas vous, personne n’est entré.' }
      c.header('Retry-After', String(Math.ceil(limit.msBeforeNext / 1_000)))
      return c.json({ code: 'over_request_rate_limit', error_code: 'over_request_rate_limit', msg: what.en, error: { what, remedy } }, 429)
    }
    await next()
    if (account && c.res.ok && c.req.path === '/auth/v1/token') await accounts.delete(account)
  }
}
