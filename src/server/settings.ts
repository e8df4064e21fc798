import { resolve } from 'node:path'
import { z } from 'zod'
import { StartFault } from './trouble.ts'

const port = z.coerce.number<string>().int().min(0).max(65_535)
const address = (...schemes: string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)), {
    error: `an address that begins with ${schemes.join(':// or ')}://`,
  })
const webAddress = address('http', 'https').transform((text) => text.replace(/\/+$/, ''))

/** Every setting of the program: names, what they may be, and what holds without them. */
const settingsSchema = z
  .object({
    PORT: port.default(4545),
    HOST: z.string().default('127.0.0.1'),
    MISSIONS_DATA: z.string().default('.missions'),
    DATABASE_URL: address('postgres', 'postgresql').optional(),
    SUPABASE_URL: webAddress.optional(),
    SUPABASE_PUBLISHABLE_KEY: z.string().optional(),
    SUPABASE_SECRET_KEY: z.string().optional(),
    SMTP_URL: address('smtp', 'smtps').optional(),
    MAIL_FROM: z.string().includes('@', { error: 'an e-mail address' }).optional(),
    PUBLIC_URL: webAddress.optional(),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    WORKER: z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(true),
    CONCURRENCY: z.coerce.number<string>().int().min(1).max(2_000).default(400),
    METRICS_PORT: port.optional(),
    MISSIONS_KEEP_RUNS: z.coerce.number<string>().int().min(1).max(36_500).optional(),
    CALLS_ALLOWED: z
      .string()
      .transform((text) => text.split(',').map((pair) => pair.trim()))
      .pipe(z.array(z.string().regex(/^[^\s:/]+:\d+$/, { error: 'a list such as crm.example.lan:443,10.0.0.5:8080' })))
      .default([]),
    /** Where Vite serves the web while somebody works on it (`npm run dev`). */
    WEB_FROM: webAddress.optional(),
  })
  .superRefine((given, context) => {
    const together = ['DATABASE_URL', 'SUPABASE_URL', 'SUPABASE_PUBLISHABLE_KEY', 'SUPABASE_SECRET_KEY'] as const
    const missing = together.filter((name) => given[name] === undefined)
    if (missing.length > 0 && missing.length < together.length)
      context.addIssue({
        code: 'custom',
        path: [missing[0] ?? ''],
        message: `set too, because ${together.filter((name) => given[name] !== undefined).join(', ')} is set`,
      })
    if ((given.SMTP_URL === undefined) !== (given.MAIL_FROM === undefined))
      context.addIssue({
        code: 'custom',
        path: [given.SMTP_URL === undefined ? 'SMTP_URL' : 'MAIL_FROM'],
        message: 'set too: mail needs SMTP_URL and MAIL_FROM',
      })
  })

/** The settings of this process. */
export interface Settings {
  /** 0: any free one. */
  port: number
  host: string
  /** Data folder, absolute. */
  data: string
  /** A Postgres and Supabase project of one's own; undefined: the embedded ones. */
  supabase: { databaseUrl: string; url: string; publishableKey: string; secretKey: string } | undefined
  smtpUrl: string | undefined
  mailFrom: string | undefined
  /** Where people reach the program, without a slash at the end; undefined: where it listens. */
  publicUrl: string | undefined
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Whether this process also does the work of runs. */
  worker: boolean
  /** How many steps this process performs at the same time. */
  concurrency: number
  /** Where a process that only works tells how it is, on `host`; undefined: nowhere. 0: any free port. */
  metricsPort: number | undefined
  /** Days that runs are kept after they have ended; undefined: for ever. */
  keepRuns: number | undefined
  /** `host:port` pairs of one's own network that missions may call. */
  callsAllowed: string[]
  webFrom: string | undefined
}

/**
 * Reads the settings from environment variables; an empty one counts as not set.
 *
 * @throws StartFault naming the first that is wrong, and what it must be.
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''))
  const read = settingsSchema.safeParse(given)
  if (!read.success) throw new StartFault(explain(read.error, given))
  const { data } = read
  return {
    port: data.PORT,
    host: data.HOST,
    data: resolve(data.MISSIONS_DATA),
    supabase:
      data.DATABASE_URL && data.SUPABASE_URL && data.SUPABASE_PUBLISHABLE_KEY && data.SUPABASE_SECRET_KEY
        ? {
            databaseUrl: data.DATABASE_URL,
            url: data.SUPABASE_URL,
            publishableKey: data.SUPABASE_PUBLISHABLE_KEY,
            secretKey: data.SUPABASE_SECRET_KEY,
          }
        : undefined,
    smtpUrl: data.SMTP_URL,
    mailFrom: data.MAIL_FROM,
    publicUrl: data.PUBLIC_URL,
    logLevel: data.LOG_LEVEL,
    worker: data.WORKER,
    concurrency: data.CONCURRENCY,
    metricsPort: data.METRICS_PORT,
    keepRuns: data.MISSIONS_KEEP_RUNS,
    callsAllowed: data.CALLS_ALLOWED,
    webFrom: data.WEB_FROM,
  }
}

/** Settings that may hold a password are named, never repeated. */
const telling = new Set([
  'PORT',
  'HOST',
  'PUBLIC_URL',
  'LOG_LEVEL',
  'WORKER',
  'CONCURRENCY',
  'MAIL_FROM',
  'SUPABASE_URL',
  'CALLS_ALLOWED',
  'METRICS_PORT',
  'MISSIONS_KEEP_RUNS',
])

function explain(error: z.ZodError, given: Record<string, string | undefined>): string {
  const [issue] = error.issues
  const name = String(issue?.path[0] ?? '')
  const value = telling.has(name) && given[name] !== undefined ? ` (it is “${given[name]}”)` : ''
  return `The setting ${name} must be ${expected(issue)}${value}. Correct it in the environment and start again.`
}

function expected(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case 'invalid_type':
      return 'a whole number'
    case 'too_small':
      return `${issue.minimum} or more`
    case 'too_big':
      return `${issue.maximum} or less`
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`
    default:
      return issue?.message ?? 'different'
  }
}
