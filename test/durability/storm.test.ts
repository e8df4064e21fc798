import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { Answering } from './answering.ts'
import { chanceFrom } from './chance.ts'
import { Counter } from './counter.ts'
import { Fleet } from './fleet.ts'
import { aTeam, inService, stormyMissions } from './team.ts'

/** Set SEED to kill the same processes in the same order again, STORM_RUNS, STORM_SECONDS and STORM_POSTGRES (how often it is killed) for a harder one. */
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const wanted = Number(process.env['STORM_RUNS'] ?? 240)
const seconds = Number(process.env['STORM_SECONDS'] ?? 20)
const databaseDeaths = Number(process.env['STORM_POSTGRES'] ?? 2)

/** Between two kills, and between two attempts of somebody whose request was not answered, in milliseconds. */
const killEvery = 500
const tryAgain = 200

const chance = chanceFrom(seed)
const ends: (() => Promise<unknown> | void)[] = []
afterAll(async () => {
  for (const end of ends.toReversed()) await end()
})

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

interface Written {
  id: string
  n: number
  name: string
  status: string
  entries: { what: string; step: string | null; visit: number | null; how: string | null; person: string | null }[]
}

/** All runs with their journals in short. */
async function readRuns(pool: pg.Pool): Promise<Written[]> {
  const { rows } = await pool.query<Written>(
    `select r.id, (r.data->'body'->>'n')::int as n, m.name, r.status, j.entries from runs r join missions m on m.id = r.mission_id
     cross join lateral (select jsonb_agg(jsonb_build_object('what', e.what, 'step', e.step, 'visit', e.visit,
       'how', coalesce(e.data->>'exit', e.data->>'status'), 'person', e.data->'person'->>'id') order by e.number) as entries
       from entries e where e.run_id = r.id) as j`,
  )
  return rows
}

const inShort = ({ entries }: Written): string[] =>
  entries.map(({ what, step, visit, how, person }) => [what, step, visit, how, person].filter((part) => part !== null).join(' ')).sort()

/** What a journal holds more and less than it should. */
function differences(run: Written, expected: readonly string[]): string[] {
  const lines = inShort(run)
  const less = (some: readonly string[], others: readonly string[]) => {
    const left = [...others]
    return some.filter((line) => !left.includes(line) || left.splice(left.indexOf(line), 1).length === 0)
  }
  return [...less(lines, expected).map((line) => `+ ${line}`), ...less(expected, lines).map((line) => `- ${line}`)].map(
    (line) => `${run.id} ${run.name}: ${line}`,
  )
}

test(`a storm in which every process and the database are killed again and again loses nothing and doubles nothing (seed ${seed})`, async () => {
  const fleetOf: { fleet?: Fleet } = {}
  const counter = await Counter.open(
    () => 20 + chance(60),
    () => fleetOf.fleet?.pids ?? [],
  )
  ends.push(() => counter.close())
  const fleet = await Fleet.start(3, counter.host)
  fleetOf.fleet = fleet
  ends.push(() => fleet.close())
  const pool = new pg.Pool({ connectionString: await fleet.databaseUrl(), max: 4 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  ends.push(() => pool.end())
  const team = await aTeam(fleet.url, pool)
  const missions = stormyMissions(`http://${counter.host}/`, team)
  const doors = await Promise.all(missions.map((mission) => inService(pool, team, mission)))
  const answering = new Answering(pool, () => fleet.url, [team.ana, team.bo])
  const answered = answering.go()

  const statuses = new Map<string, number>()
  const send = async (n: number): Promise<boolean> => {
    const status = await fetch(fleet.url + doors[n % doors.length], {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `storm-${n}` },
      body: JSON.stringify({ n }),
      signal: AbortSignal.timeout(5_000),
    }).then(
      (response) => String(response.status),
      () => 'no answer',
    )
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    return status === '202'
  }
  const drained = async (count: number, patience: number): Promise<void> => {
    const end = Date.now() + patience
    for (;;) {
      const found = await pool
        .query<{ open: number; ended: number }>(
          `select (select count(*) from inbox where done_at is null)::int + count(*) filter (where ended_at is null)::int as open,
             count(*) filter (where ended_at is not null)::int as ended from runs`,
        )
        .catch(() => undefined)
      if (found?.rows[0]?.open === 0 && found.rows[0].ended >= count) return
      if (Date.now() > end) return
      await sleep(100)
    }
  }

  // One of each in calm weather: what every journal must hold.
  for (const n of missions.keys()) expect(await send(n)).toBe(true)
  await drained(missions.length, 30_000)
  const calm = new Map((await readRuns(pool)).map((run) => [run.name, inShort(run)]))
  expect(calm.size).toBe(missions.length)

  const began = Date.now()
  const stormEnd = began + seconds * 1_000
  const killing = (async () => {
    const databaseAt = Array.from({ length: databaseDeaths }, (_, n) => began + ((n + 1) * seconds * 1_000) / (databaseDeaths + 1))
    while (Date.now() < stormEnd) {
      await sleep(killEvery)
      if (Date.now() < (databaseAt[0] ?? Infinity)) fleet.kill(chance)
      else if (fleet.killPostgres()) databaseAt.shift()
    }
  })()
  let next = missions.length
  const sending = Array.from({ length: 8 }, async () => {
    while (next < wanted) {
      const n = next++
      await sleep(Math.max(0, began + (n / wanted) * (seconds * 1_000) - Date.now()))
      while (!(await send(n))) await sleep(tryAgain)
    }
  })
  await Promise.all([killing, ...sending])
  const lastDeath = fleet.deaths.at(-1)?.at ?? began
  await drained(wanted, 90_000)
  const calmAgain = Date.now() - lastDeath
  answering.stop()
  await answered

  const runs = await readRuns(pool)
  const callsByKey = Map.groupBy(counter.calls, ({ key }) => key)
  const byPostgres: string[] = []
  const unexplained = [...callsByKey].flatMap(([key, calls]) =>
    calls.slice(1).flatMap((call, index) => {
      const before = calls[index]
      // Whoever has died may have called shortly before, although the call was read afterwards.
      const callerDied =
        before?.pid === 'ended' || fleet.deaths.some(({ at, pid }) => pid !== undefined && pid === before?.pid && at <= call.at)
      if (callerDied) return []
      const died = fleet.deaths.filter(({ at }) => before && at >= before.at && at <= call.at)
      if (died.some(({ pid }) => pid === undefined)) byPostgres.push(key)
      return died.some(({ pid }) => pid === undefined || before?.pid === undefined) ? [] : [{ key, call, before }]
    }),
  )
  const repeats = [...callsByKey.values()].map((calls) => calls.length - 1)
  console.log(
    [
      `seed ${seed}, ${seconds} s of storm`,
      `killed: ${fleet.deaths.filter(({ pid }) => pid !== undefined).length} processes, ${fleet.deaths.filter(({ pid }) => pid === undefined).length} times Postgres`,
      `requests: ${[...statuses].map(([status, count]) => `${count} × ${status}`).join(', ')}`,
      `runs: ${runs.length} of ${wanted} acknowledged, ${runs.filter(({ status }) => status === 'completed').length} completed, ${runs.reduce((sum, { entries }) => sum + entries.length, 0)} entries`,
      `answers acknowledged: ${answering.acknowledged.length}`,
      `calls: ${counter.calls.length} for ${callsByKey.size} visits, ${repeats.filter((count) => count === 1).length} once more, ${repeats.filter((count) => count > 1).length} more than once more, ${byPostgres.length} because of Postgres alone`,
      `all over ${(calmAgain / 1_000).toFixed(1)} s after the last kill`,
    ].join('\n'),
  )

  expect([...statuses.keys()].filter((status) => !['202', '503', 'no answer'].includes(status))).toEqual([])
  expect(runs.map(({ n }) => n).sort((one, other) => one - other)).toEqual(Array.from({ length: wanted }, (_, n) => n))
  expect(runs.flatMap((run) => differences(run, calm.get(run.name) ?? []))).toEqual([])
  for (const { run, step, visit, person } of answering.acknowledged) {
    const entries = runs.find(({ id }) => id === run)?.entries.filter((entry) => entry.what === 'answered' && entry.step === step)
    expect(
      entries?.filter((entry) => entry.visit === visit && entry.person === person),
      `${run}/${step}`,
    ).toHaveLength(1)
  }
  expect(unexplained).toEqual([])
  const performed = runs.flatMap(({ id, entries }) =>
    entries.filter(({ what, step }) => what === 'left' && callers.has(step ?? '')).map(({ step, visit }) => `${id}/${step}/${visit}`),
  )
  expect([...callsByKey.keys()].sort()).toEqual(performed.sort())
  const { rows: kept } = await pool.query<{ rows: number; told: number }>(
    `select (select count(*) from rows)::int as rows, (select count(*) from messages where text = 'Done')::int as told`,
  )
  expect(kept[0]).toEqual({
    rows: runs.filter(({ entries }) => entries.some(({ step }) => step === 'row')).length,
    told: runs.filter(({ entries }) => entries.some(({ step }) => step === 'told')).length,
  })
  expect(fleet.said).not.toContain('a defect')
}, 300_000)

/** The steps of the storm's missions that call the counter. */
const callers = new Set(['one', 'two', 'three', 'meanwhile', 'after', 'called'])
