import type { SupabaseClient } from '@supabase/supabase-js'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import type { Mission } from '../../src/mission/mission.ts'
import { makeApp } from '../../src/server/app.ts'
import { assemble } from '../../src/server/assemble.ts'
import { openSupabase, type SupabaseServer } from '../../src/server/database/supabase.ts'
import { readSettings } from '../../src/server/settings.ts'
import { aUser, type TestDatabase } from '../making.ts'

/** An account with its token, and who it is in a workspace. */
export interface Colleague {
  name: string
  id: string
  client: SupabaseClient
  token: string
  personId: string
}

/** The whole server on a test database, in this process: every route, the queue, and the work of runs. */
export interface TestServer {
  /** Calls a route; JSON both ways. */
  call(path: string, body?: unknown, as?: Colleague): Promise<{ status: number; answer: Record<string, unknown> }>
  /** Opens a stream that goes on until the server ends. */
  stream(path: string, as: Colleague): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>
  /** A new workspace whose owner is the first; the others join by invitation with their role. */
  team<Name extends string>(...names: [Name, ...Name[]]): Promise<{ workspaceId: string; people: Record<Name, Colleague>; general: string }>
}

/** Starts one; it ends with the test. */
export async function aServer(database: TestDatabase): Promise<TestServer> {
  const settings = { ...readSettings({ LOG_LEVEL: 'silent', CONCURRENCY: '4' }), publicUrl: 'http://127.0.0.1' }
  const embedded = { secrets: database.secrets, authenticatorUrl: database.authenticatorUrl }
  const assembly = await assemble(
    settings,
    { kind: 'embedded', url: database.url, embedded, close: async () => undefined },
    pino({ level: 'silent' }),
  )
  const supabase = await openSupabase({ url: database.authenticatorUrl, secrets: database.secrets, siteUrl: settings.publicUrl })
  await assembly.work()
  onTestFinished(async () => {
    await assembly.close(2_000)
    await supabase.close()
  })
  const app = makeApp(assembly.context, supabase)

  const call: TestServer['call'] = async (path, body, as) => {
    const response = await app.request(path, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', ...(as ? { authorization: `Bearer ${as.token}` } : {}) },
    })
    return { status: response.status, answer: z.record(z.string(), z.unknown()).parse(await response.json()) }
  }

  return {
    call,
    async stream(path, as) {
      const { body } = await app.request(path, { headers: { authorization: `Bearer ${as.token}` } })
      if (!body) throw new Error(`${path} is no stream.`)
      return body
    },
    async team<Name extends string>(...names: [Name, ...Name[]]) {
      const people: Partial<Record<Name, Colleague>> = {}
      let workspaceId = ''
      for (const name of names) {
        const colleague = await anAccount(supabase, database, name)
        const owner = people[names[0]]
        if (owner) {
          const role = name.startsWith('Builder') ? 'builder' : 'member'
          const invited = await call('/api/invitations', { workspaceId, role }, owner)
          const token = String(invited.answer['url']).split('/').at(-1)
          await call(`/api/invitations/${token}/accept`, { personName: name, timeZone: 'UTC', language: 'en' }, colleague)
        } else {
          const made = await call('/api/workspaces', { name: 'Office', personName: name, timeZone: 'UTC', language: 'en' }, colleague)
          workspaceId = String(made.answer['workspaceId'])
        }
        const { rows } = await database.pool.query<{ id: string }>('select id from people where workspace_id = $1 and user_id = $2', [
          workspaceId,
          colleague.id,
        ])
        people[name] = { ...colleague, personId: rows[0]?.id ?? '' }
      }
      const { rows } = await database.pool.query<{ id: string }>(`select id from channels where workspace_id = $1 and name = 'general'`, [
        workspaceId,
      ])
      // Every name was given an account above.
      return { workspaceId, people: people as Record<Name, Colleague>, general: rows[0]?.id ?? '' }
    },
  }
}

async function anAccount(supabase: SupabaseServer, database: TestDatabase, name: string): Promise<Colleague> {
  const { id, client } = await aUser(supabase, database, `${name.toLowerCase()}-${crypto.randomUUID()}@example.com`)
  const { data } = await client.auth.getSession()
  return { name, id, client, token: data.session?.access_token ?? '', personId: '' }
}

/** Begins a mission as somebody does in the browser: through supabase-js. */
export async function begun(by: Colleague, workspaceId: string, mission: Mission): Promise<{ id: string; draftRev: number }> {
  const { data, error } = await by.client
    .from('missions')
    .insert({ workspace_id: workspaceId, name: mission.name, draft: mission })
    .select('id, draft_rev')
    .single()
  if (error) throw new Error(error.message)
  return { id: z.string().parse(data.id), draftRev: z.number().parse(data.draft_rev) }
}
