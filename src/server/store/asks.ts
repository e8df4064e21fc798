import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Answer, Press } from '../../catalogue/define.ts'
import type { Person } from '../../catalogue/services.ts'
import { readForm, type Field } from '../../mission/form.ts'
import type { Words } from '../../mission/words.ts'
import type { Ask, AskOver } from '../../run/ask.ts'
import type { Climbed } from '../../run/climb.ts'
import type { Message } from '../../platforms/message.ts'
import { catalogue } from '../../catalogue/catalogue.ts'
import { listNames } from '../../catalogue/question.ts'
import { drawAsk, isAnonymous, settleAsk } from '../../run/ask.ts'
import type { Queue } from '../queue.ts'
import { receiveForRun } from './inbox.ts'
import { peopleByIds } from './people.ts'
import { transaction, type Sql } from './transaction.ts'
import type { Pool } from 'pg'

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
export async function loadAsk(
  sql: Sql,
  id: string,
): Promise<{ ask: Ask; answers: Answer[]; runId: string; workspaceId: string } | undefined> {
  const { rows } = await sql.query<AskRow>(`select ${columns} from asks a where a.id = $1`, [id])
  const row = rows[0]
  if (!row) return undefined
  const ask = await toAsk(sql, row)
  return { ask, answers: await loadAnswers(sql, row.workspace_id, id), runId: row.run_id, workspaceId: row.workspace_id }
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

/** What the one who answered is told, at once and privately. */
export type AnswerReply = { accepted: boolean; told: Words } | { wrong: Record<string, Words> }

const told = {
  gone: { en: 'This question is no longer there.', fr: 'Cette question n’existe plus.' },
  notAsked: {
    en: 'This question was not put to you, so nothing was kept.',
    fr: 'Cette question ne vous était pas adressée ; rien n’a été enregistré.',
  },
  noButton: { en: 'This button is no longer there.', fr: 'Ce bouton n’existe plus.' },
  timeout: {
    en: 'Too late: the time for answering is over. Thank you all the same.',
    fr: 'Trop tard : le délai de réponse est écoulé. Merci quand même.',
  },
  cancelled: {
    en: 'Your answer is no longer needed. Thank you all the same.',
    fr: 'Votre réponse n’est plus nécessaire. Merci quand même.',
  },
  thanks: { en: 'Thank you, your answer was kept.', fr: 'Merci, votre réponse est enregistrée.' },
  changed: { en: 'Your answer was changed.', fr: 'Votre réponse a été modifiée.' },
  enough: {
    en: 'Enough people have already answered. Thank you all the same.',
    fr: 'Assez de personnes ont déjà répondu. Merci quand même.',
  },
  decided: {
    en: 'It is decided, so your answer can no longer be changed.',
    fr: 'C’est décidé : votre réponse ne peut plus être modifiée.',
  },
  already: { en: 'You have already answered.', fr: 'Vous avez déjà répondu.' },
} satisfies Record<string, Words>

const byOther = (name: string): Words => ({
  en: `${name} was faster and has already answered.`,
  fr: `${name} a été plus rapide et a déjà répondu.`,
})

const byOthers = (answers: readonly Answer[]): Words => {
  const people = answers.map((answer) => answer.person)
  const many = people.length > 1
  return {
    en: `${listNames(people, 'en')} ${many ? 'have' : 'has'} already answered, and that was enough. Thank you all the same.`,
    fr: `${listNames(people, 'fr')} ${many ? 'ont' : 'a'} déjà répondu, et cela a suffi. Merci quand même.`,
  }
}

/**
 * Takes an answer at the door: only from someone who was asked, and only while the question is open. The answer that is enough
 * closes the door behind it. The row lock decides who of two pressing at the same moment was first; the other is told who it was.
 * The answer is kept, and its run is asked to go on, in one transaction.
 */
export async function answerAsk(
  context: { pool: Pool; queue: Queue },
  { askId, personId, press }: { askId: string; personId: string; press: Press },
): Promise<AnswerReply> {
  if (!z.uuid().safeParse(askId).success) return { accepted: false, told: told.gone }
  return transaction(context.pool, async (client) => {
    const { rows } = await client.query<AskRow & { now: Date }>(
      `select ${columns}, clock_timestamp() as now from asks a where a.id = $1 for update`,
      [askId],
    )
    const row = rows[0]
    if (!row) return { accepted: false, told: told.gone }
    const ask = await toAsk(client, row)
    const answers = await loadAnswers(client, row.workspace_id, askId)
    if (!(await mayAnswer(client, row, personId))) return { accepted: false, told: told.notAsked }
    const action = catalogue.actions.get(ask.type)
    if (!action?.asking) return { accepted: false, told: told.gone }
    const earlier = answers.find((answer) => answer.person.id === personId)
    const closed = closedReply(ask, answers, earlier, isAnonymous(action, ask), row.now)
    if (closed) return closed
    if (earlier && !ask.changeable) return { accepted: false, told: told.already }
    const shown: Message = drawAsk(action, ask, answers, 'en')
    const button = shown.buttons?.find((candidate) => candidate.id === press.button)
    if (!button) return { accepted: false, told: told.noButton }
    const read = readPress(button.form?.fields ?? [], press)
    if ('wrong' in read) return read

    const previous = earlier && { picked: earlier.picked, values: earlier.values }
    const value = action.asking.combine?.(previous, read.press) ?? { picked: [read.press.button], values: read.press.values }
    // Pressed once more, because the first reply got lost: nothing new is to be told to anybody.
    if (previous && isDeepStrictEqual(previous, value)) return { accepted: true, told: told.thanks }
    const { rows: kept } = await client.query<{ at: Date }>(
      `insert into answers (ask_id, person_id, workspace_id, picked, fields) values ($1, $2, $3, $4, $5)
       on conflict (ask_id, person_id) do update set picked = excluded.picked, fields = excluded.fields, at = clock_timestamp()
       returning at`,
      [askId, personId, row.workspace_id, JSON.stringify(value.picked), JSON.stringify(value.values)],
    )
    const person =
      ask.asked.find(({ id }) => id === personId) ?? earlier?.person ?? (await peopleByIds(client, row.workspace_id, [personId]))[0]
    const at = (kept[0]?.at ?? new Date()).toISOString()
    const now = person ? [...answers.filter((answer) => answer !== earlier), { person, ...value, at }] : answers
    if (settleAsk(action, ask, now, 'en', false)) await endAsk(client, askId, 'answered')
    await receiveForRun(client, {
      workspaceId: row.workspace_id,
      runId: row.run_id,
      source: 'answer',
      identity: crypto.randomUUID(),
      kind: 'answer',
      data: { ask: askId, person: personId, ...value },
    })
    await context.queue.drive(client, row.run_id)
    return { accepted: true, told: earlier ? told.changed : told.thanks }
  })
}

function closedReply(
  ask: Ask,
  answers: readonly Answer[],
  earlier: Answer | undefined,
  anonymous: boolean,
  now: Date,
): AnswerReply | undefined {
  if (ask.over === 'answered') {
    const [first] = answers
    if (earlier) return { accepted: false, told: ask.changeable ? told.decided : told.already }
    if (anonymous || !first) return { accepted: false, told: told.enough }
    return { accepted: false, told: ask.mode === 'first' ? byOther(first.person.name) : byOthers(answers) }
  }
  if (ask.over) return { accepted: false, told: told[ask.over] }
  if (ask.until && Date.parse(ask.until) <= now.getTime()) return { accepted: false, told: told.timeout }
  return undefined
}

function readPress(fields: readonly Field[], press: Press): { press: Press } | { wrong: Record<string, Words> } {
  if (fields.length === 0) return { press: { button: press.button, values: {} } }
  const read = readForm(fields, press.values)
  return 'wrong' in read ? read : { press: { button: press.button, values: read.values } }
}

async function mayAnswer(sql: Sql, row: AskRow, personId: string): Promise<boolean> {
  if (!row.anyone || row.stand_ins.some(({ person }) => person === personId)) return row.asked.includes(personId)
  // Whoever can read the channel: everybody in the workspace for a public one, its members otherwise.
  const { rows } = await sql.query(
    `select 1 from people p join channels c on c.workspace_id = p.workspace_id
     where p.id = $1 and p.left_at is null and c.id = $2 and p.workspace_id = $3
       and (c.kind = 'public' or exists (select 1 from channel_members m where m.channel_id = c.id and m.person_id = p.id))`,
    [personId, row.channel?.id, row.workspace_id],
  )
  return rows.length > 0
}
