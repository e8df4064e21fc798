import type { Sql } from './transaction.ts'

/** Something that arrived and may start runs, before anybody has looked at it. */
export interface Arrival {
  workspaceId: string
  /** Where from: `builtin`, `hand`, `form`, `hook`, `schedule`, `run`, or a connection's id. Unique together with `identity`. */
  source: string
  /** What makes a redelivery recognisable. */
  identity: string
  /** The kind of event, as in `MissionEvent`. */
  kind: string
  /** The event with the platform's own ids; for forms, web hooks, schedules and starts by hand also `mission` and `trigger`. */
  data: unknown
}

/**
 * Keeps an arrival in the caller's transaction; once that is committed it may be acknowledged. Listening workers are told
 * at the commit. A redelivery (same source and identity) changes nothing.
 *
 * @returns the inbox id, or undefined for a redelivery.
 */
export async function receive(sql: Sql, arrival: Arrival): Promise<number | undefined> {
  const { rows } = await sql.query<{ id: string }>(
    `with kept as (
       insert into inbox (workspace_id, source, identity, kind, data) values ($1, $2, $3, $4, $5)
       on conflict (source, identity) do nothing returning id)
     select id, pg_notify('missions_inbox', '') from kept`,
    [arrival.workspaceId, arrival.source, arrival.identity, arrival.kind, JSON.stringify(arrival.data)],
  )
  return rows[0] && Number(rows[0].id)
}

/** Keeps several arrivals in one statement, to be taken in later; listening workers are told at the commit. Redeliveries change nothing. */
export async function keepAll(sql: Sql, arrivals: readonly Arrival[]): Promise<void> {
  await sql.query({
    name: 'keep-arrivals',
    text: `with kept as (
       insert into inbox (workspace_id, source, identity, kind, data) ${given} on conflict (source, identity) do nothing returning id)
     select pg_notify('missions_inbox', '') from kept limit 1`,
    values: [JSON.stringify(arrivals)],
  })
}

/** Keeps several arrivals as dealt with, in the transaction that writes what they led to. Gives the new ones. */
export async function receiveAll(sql: Sql, arrivals: readonly Arrival[]): Promise<OpenArrival[]> {
  const { rows } = await sql.query<InboxRow>({
    name: 'receive-arrivals',
    text: `insert into inbox (workspace_id, source, identity, kind, data, done_at) ${given.replace('data\n', 'data, now()\n')}
       on conflict (source, identity) do nothing returning id, workspace_id, source, kind, data, at`,
    values: [JSON.stringify(arrivals)],
  })
  return rows.map(toArrival)
}

const given = `select "workspaceId", source, identity, kind, data
  from jsonb_to_recordset($1::jsonb) as g("workspaceId" uuid, source text, identity text, kind text, data jsonb)`

/**
 * SQL that tells missions which are started by ends of runs that are over, where any listens in the workspace. `over` names rows with
 * `id, workspace_id, mission_id, name` (of the mission), `status, depth`.
 */
export function tellMissions(over: string): string {
  return `insert into inbox (workspace_id, source, identity, kind, data)
    select workspace_id, 'run', id::text, 'mission-ended', jsonb_build_object(
      'kind', 'mission-ended', 'mission', jsonb_build_object('id', mission_id, 'name', name),
      'run', jsonb_build_object('id', id, 'status', status), 'depth', depth + 1)
    from ${over} where exists (
      select 1 from missions m join versions v on v.id = m.live_version_id
      where m.workspace_id = ${over}.workspace_id and m.archived_at is null and v.mission @> '{"triggers": [{"type": "mission-ended"}]}')
    on conflict (source, identity) do nothing returning id`
}

/** Something that arrived for one run. */
export interface RunArrival extends Arrival {
  runId: string
}

/** Keeps an arrival for a run in the caller's transaction. The caller asks the queue to drive the run, in the same transaction. */
export async function receiveForRun(sql: Sql, arrival: RunArrival): Promise<void> {
  await sql.query(
    `insert into inbox (workspace_id, run_id, source, identity, kind, data) values ($1, $2, $3, $4, $5, $6)
     on conflict (source, identity) do nothing`,
    [arrival.workspaceId, arrival.runId, arrival.source, arrival.identity, arrival.kind, JSON.stringify(arrival.data)],
  )
}

/** An arrival that nobody has dealt with. */
export interface OpenArrival {
  id: number
  workspaceId: string
  source: string
  kind: string
  data: unknown
  at: Date
}

interface InboxRow {
  id: string
  workspace_id: string
  source: string
  kind: string
  data: unknown
  at: Date
}

const toArrival = (row: InboxRow): OpenArrival => ({
  id: Number(row.id),
  workspaceId: row.workspace_id,
  source: row.source,
  kind: row.kind,
  data: row.data,
  at: row.at,
})

/** Where the next look at the inbox begins, and which lanes it leaves alone. */
export interface Turns {
  /** The lane that was served last; undefined for the first look. */
  after: string | undefined
  /** Lanes that have enough under way. */
  full: readonly string[]
}

/** An open arrival and the lane it stood in. */
export interface TakenArrival extends OpenArrival {
  lane: string
}

/**
 * Takes arrivals that may start runs: the oldest of each lane, lane after lane, so that ten thousand for one mission do not keep one for
 * another waiting. They stay locked until the caller's transaction ends, so no two workers take the same.
 *
 * The lanes are found by a loose index scan (https://wiki.postgresql.org/wiki/Loose_indexscan): one look into the index each.
 */
export async function takeArrivals(sql: Sql, most: number, { after, full }: Turns): Promise<TakenArrival[]> {
  const { rows } = await sql.query<InboxRow & { lane: string }>({
    name: 'take-arrivals',
    text: `with recursive lanes as (
       (select lane from inbox where done_at is null and run_id is null order by lane limit 1)
       union all
       select (select i.lane from inbox i where i.done_at is null and i.run_id is null and i.lane > lanes.lane order by i.lane limit 1)
       from lanes where lane is not null),
     turns as materialized (
       select lane, count(*) over () as lanes from (
         select lane from lanes where lane is not null and lane <> all($3::uuid[]) order by lane <= $2, lane limit $1) next)
     select t.* from turns, lateral (
       select i.id, i.workspace_id, i.source, i.kind, i.data, i.at, i.lane from inbox i
       where i.done_at is null and i.run_id is null and i.lane = turns.lane
       order by i.id limit greatest(1, $1 / turns.lanes) for update skip locked) t`,
    values: [most, after ?? '00000000-0000-0000-0000-000000000000', full],
  })
  return rows.map((row) => ({ ...toArrival(row), lane: row.lane }))
}

/** What has arrived for a run and was not yet taken in. */
export async function arrivalsFor(sql: Sql, runId: string): Promise<OpenArrival[]> {
  const { rows } = await sql.query<InboxRow>(
    'select id, workspace_id, source, kind, data, at from inbox where done_at is null and run_id = $1 order by id',
    [runId],
  )
  return rows.map(toArrival)
}

/** Marks what has come too late for runs that are over as dealt with. */
export async function finishLate(sql: Sql, runIds: readonly string[]): Promise<void> {
  await sql.query(
    `update inbox set done_at = now() from runs
     where runs.id = any($1) and runs.ended_at is not null and inbox.run_id = runs.id and inbox.done_at is null`,
    [runIds],
  )
}

/** Marks arrivals as dealt with, in the transaction that keeps what they led to. */
export async function finishArrivals(sql: Sql, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await sql.query('update inbox set done_at = now() where id = any($1)', [ids])
}

/** How long identities are kept to recognise redeliveries: Slack redelivers for up to 24 hours, so three days leave room. */
const keepIdentities = '3 days'

/** Deletes arrivals that were dealt with long ago. */
export async function forgetArrivals(sql: Sql): Promise<number> {
  const { rowCount } = await sql.query(`delete from inbox where done_at < now() - interval '${keepIdentities}'`)
  return rowCount ?? 0
}

/** How many arrivals nobody has dealt with, and since how many seconds the oldest of them waits. */
export async function openArrivals(sql: Sql): Promise<{ count: number; lag: number }> {
  const { rows } = await sql.query<{ count: string; lag: number | null }>({
    name: 'open-arrivals',
    // In two parts, because each has an index of its own.
    text: `select count(*) as count, extract(epoch from now() - min(at))::float8 as lag from (
       select at from inbox where done_at is null and run_id is null
       union all select at from inbox where done_at is null and run_id is not null) open`,
  })
  return { count: Number(rows[0]?.count), lag: Math.max(0, rows[0]?.lag ?? 0) }
}
