import type { Pool } from 'pg'
import { z } from 'zod'
import { missionSchema, type Mission } from '../../src/mission/mission.ts'

/** Somebody who signs in and answers. */
export interface Member {
  id: string
  name: string
  token: string
}

/** A workspace of the running program with two people in it, made as people make one. */
export interface Team {
  workspaceId: string
  ana: Member
  bo: Member
}

const tokenSchema = z.object({ access_token: z.string(), user: z.object({ id: z.string() }) })

/** Makes a workspace over HTTP: Ana owns it, Bo joins by her invitation. */
export async function aTeam(url: string, pool: Pool): Promise<Team> {
  const { publishableKey } = z.object({ publishableKey: z.string() }).parse(await (await fetch(`${url}/config.json`)).json())
  const ask = async (path: string, body: unknown, token?: string): Promise<unknown> => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', apikey: publishableKey, ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return response.json()
  }
  const account = async (name: string) => {
    const made = tokenSchema.parse(
      await ask('/auth/v1/signup', { email: `${name.toLowerCase()}@example.com`, password: 'correct horse battery' }),
    )
    return { userId: made.user.id, token: made.access_token }
  }
  const person = async (name: string, account: { userId: string; token: string }): Promise<Member> => {
    const { rows } = await pool.query<{ id: string }>('select id from people where user_id = $1', [account.userId])
    return { id: rows[0]?.id ?? '', name, token: account.token }
  }
  const [ana, bo] = [await account('Ana'), await account('Bo')]
  const newcomer = (personName: string) => ({ personName, timeZone: 'UTC', language: 'en' })
  const { workspaceId } = z
    .object({ workspaceId: z.string() })
    .parse(await ask('/api/workspaces', { name: 'Office', ...newcomer('Ana') }, ana.token))
  const invited = z.object({ url: z.string() }).parse(await ask('/api/invitations', { workspaceId, role: 'member' }, ana.token))
  await ask(`/api/invitations/${invited.url.split('/').at(-1)}/accept`, newcomer('Bo'), bo.token)
  return { workspaceId, ana: await person('Ana', ana), bo: await person('Bo', bo) }
}

/** Puts a mission into service behind a web hook; gives the path of its address. */
export async function inService(pool: Pool, { workspaceId }: Pick<Team, 'workspaceId'>, mission: Mission): Promise<string> {
  const one = async (text: string, values: unknown[]) => (await pool.query<{ id: string }>(text, values)).rows[0]?.id ?? ''
  const document = JSON.stringify(mission)
  const missionId = await one('insert into missions (workspace_id, name, draft) values ($1, $2, $3) returning id', [
    workspaceId,
    mission.name,
    document,
  ])
  const versionId = await one('insert into versions (workspace_id, mission_id, number, mission) values ($1, $2, 1, $3) returning id', [
    workspaceId,
    missionId,
    document,
  ])
  await pool.query('update missions set live_version_id = $2 where id = $1', [missionId, versionId])
  await pool.query(`insert into doors (address, workspace_id, mission_id, trigger, kind) values ($1, $2, $3, 'hook', 'hook')`, [
    `door-${missionId}`,
    workspaceId,
    missionId,
  ])
  return `/hooks/door-${missionId}`
}

/** The three missions of the storm. `stub`: the counting address they call. */
export function stormyMissions(stub: string, { ana, bo }: Team): Mission[] {
  const call = (id: string) => ({
    id,
    type: 'call-web-address',
    settings: { method: 'POST', url: stub, body: '{"n":{{ trigger.body.n }}}' },
  })
  const ask = (id: string, whom: Member[], choices: string[], needed: string) => ({
    id,
    type: 'ask',
    settings: { to: 'people', whom: whom.map((one) => one.id), question: `${id}?`, answer: 'choices', choices, needed, within: '1h' },
  })
  const row = { id: 'row', type: 'add-row', settings: { table: 'Storm', row: { n: '{{ trigger.body.n }}' } } }
  const made = (name: string, steps: unknown[], links: unknown[]) =>
    missionSchema.parse({ format: 1, name, triggers: [{ id: 'hook', type: 'web-hook', settings: {} }], steps, links })
  return [
    made(
      'Calls at once, then a row',
      [call('one'), call('two'), call('three'), { id: 'joined', type: 'set-data', settings: { data: { all: true } } }, row],
      [
        ...['one', 'two', 'three'].flatMap((id) => [
          { from: 'hook', to: id },
          { from: id, to: 'joined' },
        ]),
        { from: 'joined', to: 'row' },
      ],
    ),
    made(
      'Two are asked while one is called, and a pause',
      [
        ask('first', [ana, bo], ['Yes'], 'everybody'),
        ask('second', [bo], ['Yes', 'No'], 'first'),
        call('meanwhile'),
        { id: 'pause', type: 'wait', settings: { until: 'time', time: '1s' } },
        call('after'),
        { id: 'told', type: 'send-message', settings: { to: 'channel', channel: 'general', text: 'Done' } },
      ],
      [
        { from: 'hook', to: 'first' },
        { from: 'hook', to: 'second' },
        { from: 'hook', to: 'meanwhile' },
        { from: 'second', to: 'pause' },
        { from: 'pause', to: 'after' },
        { from: 'first', to: 'told' },
        { from: 'meanwhile', to: 'told' },
        { from: 'after', to: 'told' },
      ],
    ),
    made(
      'Called again until it is enough',
      [
        call('called'),
        ask('more', [ana], ['Again', 'Enough'], 'first'),
        {
          id: 'choice',
          type: 'choose-path',
          settings: { paths: [{ id: 'again', label: 'Again', when: [{ left: '{{ more.answer }}', is: 'is', right: ['Again'] }] }] },
        },
        row,
      ],
      [
        { from: 'hook', to: 'called' },
        { from: 'called', to: 'more' },
        { from: 'more', to: 'choice' },
        { from: 'choice', exit: 'again', to: 'called' },
        { from: 'choice', exit: 'otherwise', to: 'row' },
      ],
    ),
  ]
}
