import { expect, onTestFinished, test } from 'vitest'
import { aDatabase } from '../making.ts'
import { anOffice, aProgram, mission, newestRun, published, startedByHand, until } from './program.ts'

const database = await aDatabase()
const { pool } = database

const waits = mission('Many', [{ id: 'wait', type: 'wait', settings: { until: 'time', time: '30d' } }], [{ from: 'start', to: 'wait' }])

test('more runs than a process begins at once may fail at their first commit: all go on when they can', async () => {
  const office = await anOffice(database, ['Ana'])
  const program = await aProgram(database)
  const id = await published(database, office, waits)
  await startedByHand(database, office, id, 'Ana')
  const run = await until('one waits', async () => newestRun(database).then((found) => found?.status === 'waiting' && found))
  const count = 450
  await pool.query(
    `insert into runs select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'inbox_id', null))).*
     from runs r, generate_series(2, $2::int) where r.id = $1`,
    [run.id, count],
  )
  await pool.query(
    `insert into run_states select (jsonb_populate_record(s, jsonb_build_object('run_id', r.id, 'worker', null))).*
     from run_states s, runs r where s.run_id = $1 and r.id <> $1`,
    [run.id],
  )
  const taken = async () =>
    (await pool.query<{ count: number }>('select count(*)::int as count from run_states where worker is not null')).rows[0]?.count

  const broken = async () => void (await pool.query('alter table inbox rename to inbox_elsewhere'))
  const mended = async () => void (await pool.query('alter table if exists inbox_elsewhere rename to inbox'))
  onTestFinished(mended)
  await broken()
  const { rows } = await pool.query<{ id: string }>('select id from runs')
  await program.context.queue.driveAll(
    pool,
    rows.map((run) => ({ run: run.id })),
  )
  await until('all have been taken', async () => (await taken()) === count)
  await mended()
  await until('all are let go', async () => (await taken()) === 0)
}, 60_000)

test('what comes in the moment in which a run is given up is dealt with', async () => {
  const office = await anOffice(database, ['Ana'])
  const first = await aProgram(database)
  const id = await published(database, office, waits)
  await startedByHand(database, office, id, 'Ana')
  const runOf = async (status: string) =>
    (await pool.query<{ id: string }>('select id from runs where mission_id = $1 and status = $2', [id, status])).rows[0]?.id
  const run = await until('it waits', () => runOf('waiting'))
  await first.stop()
  await pool.query(`update versions set mission = '{"format": 1, "name": 5}' where mission_id = $1`, [id])
  await pool.query(
    `create function come_late() returns trigger language plpgsql as $$ begin
       insert into inbox (workspace_id, run_id, source, identity, kind, data)
         values (new.workspace_id, new.run_id, 'cancel', 'late', 'cancel', '{}');
       return new; end $$;
     create trigger come_late after insert on entries for each row when (new.what = 'ended') execute function come_late()`,
  )
  // One that has not read the version before.
  const program = await aProgram(database)
  await program.context.queue.drive(pool, run)
  await until('it has failed', () => runOf('failed'))
  await until('the inbox is empty', async () => (await pool.query('select 1 from inbox where done_at is null')).rows.length === 0)
  expect((await pool.query(`select 1 from inbox where identity = 'late'`)).rows).toHaveLength(1)
})
