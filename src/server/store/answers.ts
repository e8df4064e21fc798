import { isDeepStrictEqual } from 'node:util'
import type { Pool } from 'pg'
import { z } from 'zod'
import { catalogue } from '../../catalogue/catalogue.ts'
import type { Answer, Press } from '../../catalogue/define.ts'
import { listNames } from '../../catalogue/question.ts'
import { readForm, type Field } from '../../mission/form.ts'
import type { Words } from '../../mission/words.ts'
import type { Message } from '../../platforms/message.ts'
import { drawAsk, isAnonymous, settleAsk, type Ask } from '../../run/ask.ts'
import type { Queue } from '../queue.ts'
import { endAsk, lockAsk } from './asks.ts'
import { receiveForRun } from './inbox.ts'
import { peopleByIds } from './people.ts'
import { transaction, type Sql } from './transaction.ts'

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
    const kept = await lockAsk(client, askId)
    if (!kept) return { accepted: false, told: told.gone }
    const { ask, answers, runId, workspaceId, now } = kept
    if (!(await mayAnswer(client, ask, workspaceId, personId))) return { accepted: false, told: told.notAsked }
    const action = catalogue.actions.get(ask.type)
    if (!action?.asking) return { accepted: false, told: told.gone }
    const earlier = answers.find((answer) => answer.person.id === personId)
    const closed = closedReply(ask, answers, earlier, isAnonymous(action, ask), now)
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
    const { rows } = await client.query<{ at: Date }>(
      `insert into answers (ask_id, person_id, workspace_id, picked, fields) values ($1, $2, $3, $4, $5)
       on conflict (ask_id, person_id) do update set picked = excluded.picked, fields = excluded.fields, at = clock_timestamp()
       returning at`,
      [askId, personId, workspaceId, JSON.stringify(value.picked), JSON.stringify(value.values)],
    )
    const person = ask.asked.find(({ id }) => id === personId) ?? earlier?.person ?? (await peopleByIds(client, workspaceId, [personId]))[0]
    const at = (rows[0]?.at ?? now).toISOString()
    const all = person ? [...answers.filter((answer) => answer !== earlier), { person, ...value, at }] : answers
    if (settleAsk(action, ask, all, 'en', false)) await endAsk(client, askId, 'answered')
    await receiveForRun(client, {
      workspaceId,
      runId,
      source: 'answer',
      identity: crypto.randomUUID(),
      kind: 'answer',
      data: { ask: askId, person: personId, ...value },
    })
    await context.queue.drive(client, runId)
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

async function mayAnswer(sql: Sql, ask: Ask, workspaceId: string, personId: string): Promise<boolean> {
  if (!ask.anyone || ask.standIns.some(({ person }) => person === personId)) return ask.asked.some(({ id }) => id === personId)
  // Whoever can read the channel: everybody in the workspace for a public one, its members otherwise.
  const { rows } = await sql.query(
    `select 1 from people p join channels c on c.workspace_id = p.workspace_id
     where p.id = $1 and p.left_at is null and c.id = $2 and p.workspace_id = $3
       and (c.kind = 'public' or exists (select 1 from channel_members m where m.channel_id = c.id and m.person_id = p.id))`,
    [personId, ask.channel?.id, workspaceId],
  )
  return rows.length > 0
}
