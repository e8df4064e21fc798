import { Hono } from 'hono'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { authenticateLocally } from '../../src/server/authenticate.ts'
import { tellErrors } from '../../src/server/errors.ts'
import { openLive } from '../../src/server/live.ts'
import { openMetrics } from '../../src/server/metrics.ts'
import liveRoutes from '../../src/server/routes/live.ts'
import { admit, createChannel, leaveChannel } from '../../src/server/store/channels.ts'
import { insertMessage } from '../../src/server/store/messages.ts'
import { createWorkspace } from '../../src/server/store/workspaces.ts'
import { aDatabase, aSupabase, aUser } from '../making.ts'

const database = await aDatabase()
const { pool } = database
const live = await openLive({ url: database.url, pool, log: pino({ level: 'silent' }) })
afterAll(() => live.close())

async function aWorkspace(): Promise<{ workspaceId: string; ana: string; bob: string }> {
  const workspace = await pool.query<{ id: string }>(`insert into workspaces (name) values ('Acme') returning id`)
  const workspaceId = workspace.rows[0]?.id ?? ''
  const people = await pool.query<{ id: string }>(`insert into people (workspace_id, name) values ($1, 'Ana'), ($1, 'Bob') returning id`, [
    workspaceId,
  ])
  return { workspaceId, ana: people.rows[0]?.id ?? '', bob: people.rows[1]?.id ?? '' }
}

/** Follows, and can wait until everything that happened so far was told: it announces a mark itself and waits to hear it. */
function follow(workspaceId: string, personId: string) {
  const events: unknown[] = []
  const marks = new Map<string, () => void>()
  let ended: () => void = () => undefined
  const end = new Promise<void>((resolve) => (ended = resolve))
  const stop = live.follow({
    workspaceId,
    personId,
    tell(event) {
      const read = z.looseObject({ mission: z.string().optional() }).parse(JSON.parse(event))
      const heard = marks.get(read.mission ?? '')
      if (heard) heard()
      else if (!read.mission) events.push(read)
    },
    end: () => ended(),
  })
  const caughtUp = async () => {
    const mark = crypto.randomUUID()
    const heard = new Promise<void>((resolve) => marks.set(mark, resolve))
    await pool.query(`select pg_notify('missions', $1)`, [JSON.stringify({ topic: 'mission', workspace: workspaceId, mission: mark })])
    await heard
  }
  return { events, end, stop, caughtUp }
}

test('what is said in a public channel is told to everybody in the workspace, and to nobody else', async () => {
  const here = await aWorkspace()
  const there = await aWorkspace()
  const channel = await createChannel(pool, { workspaceId: here.workspaceId, name: 'general', kind: 'public', topic: '' })
  await follow(here.workspaceId, here.bob).caughtUp()
  const ana = follow(here.workspaceId, here.ana)
  const stranger = follow(there.workspaceId, there.ana)
  await insertMessage(pool, { channel, sender: 'Welcome', message: { text: 'Hello' }, key: crypto.randomUUID() })
  await Promise.all([ana.caughtUp(), stranger.caughtUp()])
  expect(ana.events).toEqual([{ topic: 'chat', channel: channel.id, what: 'messages' }])
  expect(stranger.events).toEqual([])
})

test('of a private channel only those in it are told, from the moment they are let in to the moment they leave', async () => {
  const { workspaceId, ana, bob } = await aWorkspace()
  const channel = await createChannel(pool, { workspaceId, name: 'board', kind: 'private', topic: '' })
  await admit(pool, channel, [ana])
  await follow(workspaceId, ana).caughtUp()
  const anaHears = follow(workspaceId, ana)
  const bobHears = follow(workspaceId, bob)
  const speak = () => insertMessage(pool, { channel, sender: 'Welcome', message: { text: 'Hello' }, key: crypto.randomUUID() })
  for (const step of [speak, () => admit(pool, channel, [bob]), speak, () => leaveChannel(pool, channel.id, bob), speak]) {
    await step()
    await bobHears.caughtUp()
  }
  const said = { topic: 'chat', channel: channel.id, what: 'messages' }
  const moved = { topic: 'chat', channel: channel.id, what: 'channel_members' }
  expect(anaHears.events).toEqual([said, moved, said, moved, said])
  expect(bobHears.events).toEqual([moved, said, moved])
})

test('after the connection broke everybody is sent away, and can follow again', async () => {
  const { workspaceId, ana } = await aWorkspace()
  const before = follow(workspaceId, ana)
  await pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'missions-live' and datname = current_database()`,
  )
  await before.end
  let after = follow(workspaceId, ana)
  while (!after.stop) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    after = follow(workspaceId, ana)
  }
  await after.caughtUp()
  expect(after.stop).toBeDefined()
})

test('a browser of the workspace reads what happens as a stream; nobody else does', async () => {
  const supabase = await aSupabase(database)
  const app = new Hono()
  app.onError(tellErrors({ log: pino({ level: 'silent' }), metrics: openMetrics(), serving: () => true }))
  app.route('/', liveRoutes({ pool, live, authenticate: authenticateLocally(database.secrets.jwtSecret), serving: () => true }))
  const open = async (user: Awaited<ReturnType<typeof aUser>>, workspace: string, signal: AbortSignal) => {
    const token = (await user.client.auth.getSession()).data.session?.access_token
    return app.request(`/?workspace=${workspace}`, { headers: { authorization: `Bearer ${token}` }, signal })
  }
  const ended = new AbortController()
  const ana = await aUser(supabase, database, 'ana@example.com')
  const { workspaceId } = await createWorkspace(pool, 'Acme', { userId: ana.id, email: '', name: 'Ana', timeZone: 'UTC', language: 'en' })
  const eve = await aUser(supabase, database, 'eve@example.com')
  expect((await open(eve, workspaceId, ended.signal)).status).toBe(403)

  const stream = await open(ana, workspaceId, ended.signal)
  expect(stream.headers.get('content-type')).toBe('text/event-stream')
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  const event = JSON.stringify({ topic: 'mission', workspace: workspaceId, mission: 'laptops' })
  await pool.query(`select pg_notify('missions', $1)`, [event])
  let text = ''
  while (!text.includes('laptops')) text += (await reader?.read())?.value ?? ''
  ended.abort()
  await reader?.cancel()
  expect(text.match(/data: .*laptops.*/g)).toEqual(['data: {"topic":"mission","mission":"laptops"}'])
})
