import { expect, test } from 'vitest'
import { readSettings } from '../../src/server/settings.ts'

const supabase = {
  DATABASE_URL: 'postgres://postgres:secret@db.example.com/postgres',
  SUPABASE_URL: 'https://project.example.com/',
  SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
  SUPABASE_SECRET_KEY: 'sb_secret_x',
}

test('without any setting the program runs on this machine alone', () => {
  expect(readSettings({})).toMatchObject({ port: 4545, host: '127.0.0.1', worker: true, supabase: undefined, publicUrl: undefined })
})

test('runs are kept for ever, or for so many days', () => {
  expect(readSettings({}).keepRuns).toBeUndefined()
  expect(readSettings({ MISSIONS_KEEP_RUNS: '365' }).keepRuns).toBe(365)
})

test('an empty setting counts as not set', () => {
  expect(readSettings({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 4545, supabase: undefined })
})

test('a Supabase is used when all that it needs is said', () => {
  expect(readSettings(supabase).supabase).toEqual({
    databaseUrl: 'postgres://postgres:secret@db.example.com/postgres',
    url: 'https://project.example.com',
    publishableKey: 'sb_publishable_x',
    secretKey: 'sb_secret_x',
  })
})

test.each([
  [{ PORT: 'four' }, 'The setting PORT must be a whole number (it is “four”). Correct it in the environment and start again.'],
  [{ PORT: '70000' }, 'The setting PORT must be 65535 or less (it is “70000”). Correct it in the environment and start again.'],
  [
    { WORKER: 'perhaps' },
    'The setting WORKER must be one of true, false (it is “perhaps”). Correct it in the environment and start again.',
  ],
  [
    { LOG_LEVEL: 'loud' },
    'The setting LOG_LEVEL must be one of trace, debug, info, warn, error, silent (it is “loud”). Correct it in the environment and start again.',
  ],
  [
    { PUBLIC_URL: 'missions' },
    'The setting PUBLIC_URL must be an address that begins with http:// or https:// (it is “missions”). Correct it in the environment and start again.',
  ],
  [
    { MISSIONS_KEEP_RUNS: '0' },
    'The setting MISSIONS_KEEP_RUNS must be 1 or more (it is “0”). Correct it in the environment and start again.',
  ],
  [
    { CALLS_ALLOWED: 'crm' },
    'The setting CALLS_ALLOWED must be a list such as crm.example.lan:443,10.0.0.5:8080 (it is “crm”). Correct it in the environment and start again.',
  ],
  [
    { SMTP_URL: 'smtp://mail.example.com' },
    'The setting MAIL_FROM must be set too: mail needs SMTP_URL and MAIL_FROM. Correct it in the environment and start again.',
  ],
  [
    { SUPABASE_URL: 'https://x.example.com' },
    'The setting DATABASE_URL must be set too, because SUPABASE_URL is set. Correct it in the environment and start again.',
  ],
])('a wrong setting names itself and says what it must be: %o', (environment, sentence) => {
  expect(() => readSettings(environment)).toThrow(sentence)
})

test('a wrong setting that may hold a password is not repeated', () => {
  expect(() => readSettings({ ...supabase, DATABASE_URL: 'mysql://root:hunter2@db/x' })).toThrow(
    /^(?!.*hunter2).*DATABASE_URL must be an address that begins with postgres/,
  )
})
