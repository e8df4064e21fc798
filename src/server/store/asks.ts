import type { Answer } from '../../catalogue/define.ts'
import type { Person } from '../../catalogue/services.ts'
import type { Ask, AskOver } from '../../run/ask.ts'
import type { Climbed } from '../../run/climb.ts'
import { peopleByIds } from './people.ts'
import type { Sql } from './transaction.ts'

interface AskRow {
  id: string
  workspace_id: string
  run_id: string
  step: string
  visit: number
  type: string
  settings: Record<string, unknown>
  mode: Ask['mode']
  changeable: boolean
  asked: string[]
  channel: { id: string; name: string } | null
  anyone: boolean
  messages: Ask['messages']
  stand_ins: Ask['standIns']
  ladder: NonNullable<Ask['ladder']> | null
  until: Date | null
  over: AskOver | null
}

const columns = `a.id, a.workspace_id, a.run_id, a.step, a.visit, a.type, a.settings, a.mode, a.changeable, a.asked, a.channel,
  a.anyone, a.messages, a.stand_ins, a.ladder, a.until, a.over`

async function toAsk(sql: Sql, row: AskRow): Promise<Ask> {
  return {
    id: row.id,
    step: row.step,
    visit: row.visit,
    type: row.type,
    settings: row.settings,
    mode: row.mode,
    changeable: row.changeable,
    asked: await peopleByIds(sql, row.workspace_id, row.asked),
    ...(row.channel ? { channel: row.channel } : {}),
    anyone: row.anyone,
    messages: row.messages,
    standIns: row.stand_ins,
    ...(row.ladder ? { ladder: row.ladder } : {}),
    ...(row.until ? { until: row.until.toISOString() } : {}),
    ...(row.over ? { over: row.over } : {}),
  }
}

/** Keeps a question before its messages are sent, so that an answer never comes to a question nobody knows. */
export async function insertAsk(sql: Sql, workspaceId: string, runId: string, ask: Ask): Promise<void> {
  await sql.query(
    `insert into asks (id, workspace_id, run_id, step, visit, type, settings, mode, changeable, asked, channel, anyone, ladder, until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ask.id,
      workspaceId,
      runId,
      ask.step,
      ask.visit,
      ask.type,
      JSON.stringify(ask.settings),
      ask.mode,
      ask.changeable,
      ask.asked.map((person) => person.id),
      ask.channel ? JSON.stringify(ask.channel) : null,
      ask.anyone,
      ask.ladder ? JSON.stringify(ask.ladder) : null,
      ask.until ?? null,
    ],
  )
}

/** Keeps where a question stands. One that has ended meanwhile is drawn once more. */
export async function keepAskMessages(sql: Sql, id: string, messages: Ask['messages']): Promise<void> {
  await sql.query('update asks set messages = $2, closed_at = null where id = $1', [id, JSON.stringify(messages)])
}

/** Lets more people answer, before they are asked. A repeat adds nobody twice. */
export async function askLater(sql: Sql, id: string, later: { asked: readonly Person[]; standIns: Ask['standIns'] }): Promise<void> {
  await sql.query('update asks set asked = $2, stand_ins = $3 where id = $1', [
    id,
    later.asked.map((person) => person.id),
    JSON.stringify(later.standIns),
  ])
}

/** Keeps how far a question's ladder has been climbed. A question that has ended meanwhile is drawn once more, for the messages sent last. */
export async function keepClimb(sql: Sql, id: string, { rungs, messages }: Pick<Climbed, 'rungs' | 'messages'>): Promise<void> {
  await sql.query(
    `update asks set ladder = jsonb_set(ladder, '{rungs}', $2::jsonb), messages = messages || $3::jsonb, closed_at = null where id = $1`,
    [id, JSON.stringify(rungs), JSON.stringify(messages)],
  )
}

/** Ends a question: no answer is taken any more. */
export async function endAsk(sql: Sql, id: string, over: AskOver): Promise<void> {
  await sql.query('update asks set over = $2 where id = $1', [id, over])
}

/** What a run's journal does not say of its questions: which were sent, and when the next rung of which one is due (ISO instants), by id. */
export async function besideAsks(sql: Sql, runId: string): Promise<{ posted: Set<string>; next: Map<string, string> }> {
  const { rows } = await sql.query<{ id: string; posted: boolean; next: string | null }>(
    `select id, messages <> '[]' as posted, ladder -> 'rungs' -> 0 ->> 'at' as next from asks where run_id = $1`,
    [runId],
  )
  return {
    posted: new Set(rows.flatMap(({ id, posted }) => (posted ? [id] : []))),
    next: new Map(rows.flatMap(({ id, next }) => (next === null ? [] : [[id, next] as const]))),
  }
}

/** Ends all questions of a run that is over. A sweep draws them so. */
export async function cancelAsks(sql: Sql, runId: string): Promise<void> {
  await sql.query(`update asks set over = 'cancelled' where run_id = $1 and over is null`, [runId])
}

/** Notes that a question's messages, so many, show that it is over. When more have been sent meanwhile it stays to be drawn. */
export async function closeAsk(sql: Sql, id: string, messages: number): Promise<void> {
  await sql.query('update asks set closed_at = now() where id = $1 and jsonb_array_length(messages) <= $2', [id, messages])
}

/** Runs with questions that are over but whose messages were left as they were, because the process that should have redrawn them died. */
export async function undrawnAsks(sql: Sql): Promise<{ id: string; runId: string }[]> {
  const { rows } = await sql.query<{ id: string; run_id: string }>(
    `select a.id, a.run_id from asks a join run_states s on s.run_id = a.run_id
     where a.over is not null and a.closed_at is null and a.created_at < now() - interval '30 seconds' limit 100`,
  )
  return rows.map((row) => ({ id: row.id, runId: row.run_id }))
}

/** A question with its answers so far, oldest first. */
export interface KeptAsk {
  ask: Ask
  answers: Answer[]
  runId: string
  workspaceId: string
}

/** Reads a question; undefined when it is not there any more. */
export async function loadAsk(sql: Sql, id: string): Promise<KeptAsk | undefined> {
  const { rows } = await sql.query<AskRow>(`select ${columns} from asks a where a.id = $1`, [id])
  return rows[0] && withAnswers(sql, rows[0])
}

/** The same, with the time by the database's clock. Until the caller's transaction ends, nobody else answers or ends it. */
export async function lockAsk(sql: Sql, id: string): Promise<(KeptAsk & { now: Date }) | undefined> {
  const { rows } = await sql.query<AskRow & { now: Date }>(
    `select ${columns}, clock_timestamp() as now from asks a where a.id = $1 for update`,
    [id],
  )
  return rows[0] && { ...(await withAnswers(sql, rows[0])), now: rows[0].now }
}

async function withAnswers(sql: Sql, row: AskRow): Promise<KeptAsk> {
  const ask = await toAsk(sql, row)
  return { ask, answers: await loadAnswers(sql, row.workspace_id, row.id), runId: row.run_id, workspaceId: row.workspace_id }
}

async function loadAnswers(sql: Sql, workspaceId: string, askId: string): Promise<Answer[]> {
  const { rows } = await sql.query<{ person_id: string; picked: string[]; fields: Answer['values']; at: Date }>(
    'select person_id, picked, fields, at from answers where ask_id = $1 order by at, person_id',
    [askId],
  )
  const people = await peopleByIds(
    sql,
    workspaceId,
    rows.map((row) => row.person_id),
  )
  const byId = new Map(people.map((person) => [person.id, person]))
  return rows.flatMap((row) => {
    const person = byId.get(row.person_id)
    return person ? [{ person, picked: row.picked, values: row.fields, at: row.at.toISOString() }] : []
  })
}
