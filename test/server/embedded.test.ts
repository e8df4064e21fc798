import { mkdtemp, rm, writeFile, readFile } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { type EmbeddedServer, startEmbedded } from '../../src/server/database/embedded.ts'

const ends: (() => unknown)[] = []
afterAll(async () => {
  for (const end of ends.toReversed()) await end()
})

/** A server of its own, and how to start it again. */
async function aServer() {
  const folder = await mkdtemp(join(tmpdir(), 'missions-embedded-'))
  ends.push(() => rm(folder, { recursive: true, force: true }))
  const start = () => startEmbedded({ folder, password: 'secret', notice: () => undefined })
  let server: EmbeddedServer = await start()
  ends.push(() => server.stop())
  const note = join(folder, 'database/postgres/postmaster.pid')
  return {
    note,
    get url() {
      return server.url('postgres')
    },
    postmaster: async () => Number((await readFile(note, 'utf8')).split('\n')[0]),
    again: async () => void (server = await start()),
  }
}

async function session(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  ends.push(() => client.end().catch(() => undefined))
  return client
}

test('a database that was killed comes back only when its last session is over: two servers on the same files would spoil them', async () => {
  const server = await aServer()
  const busy = await session(server.url)
  await busy.query('create table kept (n integer)')
  // Computes, so that it does not notice that its server is gone, and then writes.
  let told: 'written' | 'lost' | undefined
  const last = busy.query('do $$ begin perform sum(i) from generate_series(1, 20000000) i; insert into kept values (1); end $$').then(
    () => (told = 'written'),
    () => (told = 'lost'),
  )
  process.kill(await server.postmaster(), 'SIGKILL')
  await server.again()
  expect(told).toBeDefined()
  const { rows: kept } = await (await session(server.url)).query<{ n: number }>('select n from kept')
  expect(kept.length).toBe((await last) === 'written' ? 1 : 0)
})

test('a note whose number was given to another process since is no reason not to start', async () => {
  const server = await aServer()
  process.kill(await server.postmaster(), 'SIGKILL')
  const other = spawn('sleep', ['60'])
  ends.push(() => other.kill())
  const [, ...lines] = (await readFile(server.note, 'utf8')).split('\n')
  await writeFile(server.note, [other.pid, ...lines].join('\n'))
  await server.again()
  expect(await server.postmaster()).not.toBe(other.pid)
})
