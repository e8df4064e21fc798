import { pino, type Logger } from 'pino'
import type { Settings } from './settings.ts'

/** Opens the log: one line of JSON per happening on standard error, so that what is printed for people stays readable. */
export function openLog(settings: Pick<Settings, 'logLevel'>): Logger {
  return pino(
    {
      level: settings.logLevel,
      base: null,
      redact: {
        paths: ['authorization', 'password', 'token', 'apikey', '*.authorization', '*.password', '*.token', '*.apikey'],
        censor: '…',
      },
    },
    pino.destination({ dest: 2, sync: true }),
  )
}

export type { Logger } from 'pino'
