import { pino } from 'pino'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openQueue } from '../../src/server/queue.ts'
import { answerAsk } from '../../src/server/store/answers.ts'
import { aDatabase } from '../making.ts'
import { anOffice, aProgram, askAna, mission, newestRun, pressed, published, startedByHand, until } from './program.ts'

const database = await aDatabase()
const { pool } = database

const asks = (within: string) => mission('Well', [askAna('well', within)], [{ from: 'start', to: 'well' }])

test('an answer that came in time counts as one, although nobody looked at it before the time was up', async () => {
  const office = await anOffice(database, ['Ana'])
  const program = await aProgram(database)
  const id = await published(database, office, asks('2s'))
  await startedByHand(database, office, id, 'Ana')
  await until('it is asked', async () => (await newestRun(database))?.status === 'waiting')
  await program.stop()

  const queue = await openQueue(database.url, pino({ level: 'silent' }))
  onTestFinished(() => queue.stop(0))
  const { rows } = await pool.query<{ id: string }>('select id from asks')
  const answer = { askId: rows[0]?.id ?? '', personId: office.people['Ana'] ?? '', press: { button: 'Yes', values: {} } }
  expect(await answerAsk({ pool, queue }, answer)).toMatchObject({ accepted: true })
  await until('the time is up', async () => (await pool.query('select 1 from asks where until < clock_timestamp()')).rows.length === 1)

  await aProgram(database)
  const run = await until('the run has ended', async () => newestRun(database).then((found) => found?.status === 'completed' && found))
  expect(run.journal).toEqual(['started', 'begun well', 'asked well', 'answered well', 'left well.done', 'ended completed'])
  expect((await pool.query('select over from asks')).rows).toEqual([{ over: 'answered' }])
  const texts = async () => (await pool.query<{ text: string }>('select text from messages')).rows.map(({ text }) => text)
  await until('its message says so', async () => (await texts()).some((text) => text.includes('Yes')))
  expect((await texts()).join()).not.toContain('Time is up')
})

test('the time for answering goes by the clock of the database, not by that of the machine at whose door the answer stands', async () => {
  const office = await anOffice(database, ['Ana'])
  const program = await aProgram(database)
  const id = await published(database, office, asks('30m'))
  await startedByHand(database, office, id, 'Ana')
  await until('it is asked', async () => (await newestRun(database))?.status === 'waiting')
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000, shouldAdvanceTime: true })
  onTestFinished(() => void vi.useRealTimers())
  expect(await pressed(program, office, 'Ana', 'well', 'Yes')).toMatchObject({ accepted: true })
})
