import { missionSchema } from '../../src/mission/mission.ts'
import { post } from './load.ts'
import type { Program } from './program.ts'

/** A program in which very many runs wait. */
export interface Waiting {
  runs: number
  /** Runs that began to wait per second. */
  perSecond: number
  /** Memory of the program in MB, before and with so many waiting runs. */
  memoryBefore: number
  memory: number
  /** Part of one processor that the program and Postgres use while nothing happens, before and with so many waiting runs. */
  idleBefore: number
  idle: number
  /** Milliseconds until a run that waits for an event of its own was taken up and had ended, the middle and the slowest of twenty. */
  woken: number
  wokenSlowest: number
  /** Bytes in the database for each waiting run, indexes included. */
  bytes: number
}

const hook = { id: 'hook', type: 'web-hook', settings: {} }
const month = missionSchema.parse({
  format: 1,
  name: 'A month',
  triggers: [hook],
  steps: [
    { id: 'note', type: 'set-data', settings: { data: { who: '{{ trigger.body.value }}' } } },
    { id: 'wait', type: 'wait', settings: { until: 'time', time: '30d' } },
  ],
  links: [
    { from: 'hook', to: 'note' },
    { from: 'note', to: 'wait' },
  ],
})

/** Lets so many runs wait for a month, then looks at what they cost, and cancels twenty of them, one by one. */
export async function measureWaiting(program: Program, runs: number, connections: number): Promise<Waiting> {
  const { pool } = program
  const { missionId, workspaceId, hook: address } = await program.publish('waiting', month)
  // Node's heap grows with the first load, whatever waits afterwards.
  await post(address, { connections, milliseconds: 10_000 })
  await settled()
  const memoryBefore = await program.memory()
  const idleBefore = await idleOf(program)
  const bytesBefore = await bytesOf(program)
  const counted = async () =>
    Number((await pool.query<{ n: string }>('select count(*) as n from runs where mission_id = $1', [missionId])).rows[0]?.n)
  const before = await counted()
  const at = performance.now()
  let there = before
  while (there - before < runs) {
    await post(address, { connections, milliseconds: 2_000 })
    there = await counted()
  }
  const perSecond = (there - before) / ((performance.now() - at) / 1_000)
  await settled()
  const bytes = ((await bytesOf(program)) - bytesBefore) / (there - before)
  const { rows } = await pool.query<{ id: string }>(
    'select id from runs where mission_id = $1 and ended_at is null order by random() limit 20',
    [missionId],
  )
  const took: number[] = []
  for (const { id } of rows) took.push(await wake(program, workspaceId, id))
  took.sort((one, other) => one - other)
  return {
    runs: there,
    perSecond: Math.round(perSecond),
    memoryBefore: Math.round(memoryBefore),
    memory: Math.round(await program.memory()),
    idleBefore,
    idle: await idleOf(program),
    woken: Math.round(took[Math.floor(took.length / 2)] ?? 0),
    wokenSlowest: Math.round(took.at(-1) ?? 0),
    bytes: Math.round(bytes),
  }
}

/** Time for what follows a load: garbage, vacuum, the last commits. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5_000))
}

async function idleOf(program: Program): Promise<number> {
  return Number((await program.processor(10)).toFixed(3))
}

async function bytesOf({ pool }: Program): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>(
    `select sum(pg_total_relation_size(oid)) as bytes from pg_class
     where relkind = 'r' and relname in ('runs', 'run_states', 'entries', 'inbox') or relname like 'job%' and relkind = 'r'`,
  )
  return Number(rows[0]?.bytes)
}

/** What an answer does to its run: a row of the inbox and a request to go on, in one transaction. Gives the milliseconds until the run is over. */
async function wake({ pool, drive }: Program, workspaceId: string, run: string): Promise<number> {
  const at = performance.now()
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(
      `insert into inbox (workspace_id, run_id, source, identity, kind, data) values ($1, $2, 'cancel', gen_random_uuid(), 'cancel', '{}')`,
      [workspaceId, run],
    )
    await drive(client, run)
    await client.query('commit')
  } finally {
    client.release()
  }
  for (;;) {
    const { rowCount } = await pool.query('select 1 from runs where id = $1 and ended_at is not null', [run])
    if (rowCount) return performance.now() - at
  }
}
