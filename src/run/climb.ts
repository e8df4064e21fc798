import { nextWorkingHour } from '../catalogue/calendar.ts'
import type { Action, Answer } from '../catalogue/define.ts'
import { zoneOf, type Rung, type StandIn } from '../catalogue/ladder.ts'
import { isCovered, originalsOf } from '../catalogue/question.ts'
import type { Person, PersonSetting, Services } from '../catalogue/services.ts'
import { Interrupted, Refused, Unavailable, type TroubleRecord } from '../catalogue/trouble.ts'
import { drawAsk, isAnonymous, type Ask, type AskMessage } from './ask.ts'
import type { Entry } from './journal.ts'
import { troubled } from './perform.ts'

/** A line that the journal keeps of a climb. */
export type ClimbEntry = Extract<Entry, { what: 'reminded' | 'escalated' }>

/** What climbing the rungs that are due came to, to be written in one commit. */
export interface Climbed {
  /** What is left of the ladder. */
  rungs: Rung[]
  entries: ClimbEntry[]
  /** Messages that were sent, to be kept beside the earlier ones. */
  messages: AskMessage[]
  /** Who may answer now, and who of them instead of whom. */
  asked: Person[]
  standIns: StandIn[]
}

/** A climb while it goes on. */
type Under = Pick<Climbed, 'rungs' | 'entries' | 'messages'>

/** A question with its answers, and everything that is needed to speak about it. */
export interface Climbing {
  action: Action
  ask: Ask
  answers: Answer[]
  services: Services
  /** The visit's key, so that what is sent again after a crash shows nothing twice. */
  key: string
  /** The workspace's language. */
  language: string
  /** Keeps who is asked from now on, before the question is sent to them: otherwise they could answer a question that is not theirs. */
  keep(later: { asked: Person[]; standIns: StandIn[] }): Promise<void>
}

/** How long to wait before what a passing trouble prevented is tried again, in milliseconds, unless the other side says. */
const pause = 60_000

/**
 * Climbs all rungs that are due: asks those who work now, reminds those who have not answered, asks others instead of them. Only within working hours
 * where the ladder says so; what falls outside is put off. Whoever cannot be reached or does not exist is told in the journal, and
 * the question goes on.
 *
 * @throws Interrupted when the program itself cannot go on: the same rungs are to be climbed again.
 */
export async function climb(given: Climbing): Promise<Climbed> {
  const { ladder } = given.ask
  const now = given.services.clock.now().getTime()
  const rungs = ladder?.rungs ?? []
  const due = rungs.filter(({ at }) => Date.parse(at) <= now)
  const climbing = { ...given, ask: { ...given.ask } }
  const climbed: Under = { rungs: rungs.filter((rung) => !due.includes(rung)), entries: [], messages: [] }
  for (const rung of due) if (rung.what === 'ask') await attempt(rung, remind, climbing, climbed)
  // After an outage several may be due at once: one reminder is enough.
  const reminders = due.filter(({ what }) => what === 'remind')
  const [first] = reminders
  const asked = new Set(due.flatMap(({ what, people }) => (what === 'ask' ? people : [])))
  const people = [...new Set(reminders.flatMap((rung) => rung.people))].filter((id) => !asked.has(id))
  if (first) await attempt({ ...first, people }, remind, climbing, climbed)
  for (const rung of due) if (rung.what === 'escalate') await attempt(rung, escalate, climbing, climbed)
  climbed.rungs.sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
  return { ...climbed, asked: climbing.ask.asked, standIns: climbing.ask.standIns }
}

async function attempt(
  rung: Rung,
  act: (rung: Rung, climbing: Climbing, climbed: Under) => Promise<void>,
  climbing: Climbing,
  climbed: Under,
): Promise<void> {
  try {
    await act(rung, climbing, climbed)
  } catch (error) {
    if (error instanceof Interrupted) throw error
    const { trouble, retryAfter } = troubled(error)
    if (trouble.kind === 'unavailable') {
      const at = new Date(climbing.services.clock.now().getTime() + Math.max(pause, retryAfter ?? 0)).toISOString()
      climbed.rungs.push({ ...rung, at })
      return
    }
    const { step, visit } = climbing.ask
    const people = rung.people.flatMap((id) => climbing.ask.asked.filter((person) => person.id === id)).map(who)
    climbed.entries.push(
      rung.what === 'escalate'
        ? {
            what: 'escalated',
            step,
            visit,
            data: { people: [], for: people, without: [], unknown: [], manager: climbing.ask.ladder?.to === 'manager', trouble },
          }
        : { what: 'reminded', step, visit, data: { people, ...firstly(rung), trouble } },
    )
  }
}

const firstly = ({ what }: Rung) => (what === 'ask' ? { first: true } : {})

const who = ({ id, name }: Person) => ({ id, name })

/** Those of a rung who have not answered, and for whom nobody has. */
function silent({ people }: Rung, { ask: { asked, standIns }, answers }: Climbing): Person[] {
  return originalsOf(asked, standIns).filter((person) => people.includes(person.id) && !isCovered([person], answers, standIns))
}

/** Splits people by whether they work now; those who do not are put on later rungs. `named`: whose rung it is, if not their own. */
function putOff(rung: Rung, people: readonly Person[], climbing: Climbing, climbed: Under, named: (person: Person) => string[]): Person[] {
  if (!climbing.ask.ladder?.working) return [...people]
  const now = climbing.services.clock.now()
  return people.filter((person) => {
    const at = nextWorkingHour(now, zoneOf(person))
    if (at <= now) return true
    const id = `${rung.id.replace(/@.*/, '')}@${at.toISOString()}`
    const later = climbed.rungs.find((other) => other.id === id)
    if (later) later.people.push(...named(person).filter((one) => !later.people.includes(one)))
    else climbed.rungs.push({ ...rung, id, at: at.toISOString(), people: named(person) })
    return false
  })
}

async function remind(rung: Rung, climbing: Climbing, climbed: Under): Promise<void> {
  const { action, ask, answers, services, key, language } = climbing
  const { channel, step, visit } = ask
  const people = putOff(rung, silent(rung, climbing), climbing, climbed, ({ id }) => [id])
  if (people.length === 0) return
  const why = rung.what === 'remind' ? ('reminder' as const) : undefined
  if (channel && why) {
    // At the end of the channel and with its buttons: nobody scrolls up, and a reply in a thread is easily missed.
    const message = drawAsk(action, ask, answers, language, { why })
    const ref = await services.chat.send({ to: { channel }, message, key: `${key}/rung-${rung.id}`, ask: ask.id })
    climbed.messages.push({ why, ref: { channel: ref.channel, message: ref.message } })
    const named = isAnonymous(action, ask) || ask.anyone ? [] : people.map(who)
    climbed.entries.push({ what: 'reminded', step, visit, data: { people: named, channel } })
    return
  }
  const { reached, failed } = await sendAll(people, climbing, climbed, rung, () => why)
  if (reached.length > 0) climbed.entries.push({ what: 'reminded', step, visit, data: { people: reached.map(who), ...firstly(rung) } })
  for (const { person, trouble } of failed)
    climbed.entries.push({ what: 'reminded', step, visit, data: { people: [who(person)], ...firstly(rung), trouble } })
}

async function escalate(rung: Rung, climbing: Climbing, climbed: Under): Promise<void> {
  const { ask } = climbing
  const { step, visit } = ask
  const missing = silent(rung, climbing)
  if (missing.length === 0) return
  const { found, without, unknown, manager } = await findOthers(rung, missing, climbing)
  const people = putOff(
    rung,
    found.map(({ person }) => person),
    climbing,
    climbed,
    ({ id }) => found.flatMap((other) => (other.person.id === id ? other.for : [])),
  )
  const standIns = people.flatMap(({ id }): StandIn[] => {
    const instead = found.find((other) => other.person.id === id)?.for ?? []
    return [{ person: id, for: instead, rung: rung.id }]
  })
  const base = { what: 'escalated' as const, step, visit }
  const forWhom = (asked: readonly Person[]) =>
    missing
      .filter(({ id }) => standIns.some((standIn) => standIn.for.includes(id) && asked.some((one) => one.id === standIn.person)))
      .map(who)
  let reached: Person[] = []
  if (people.length > 0) {
    const fresh = people.filter(({ id }) => !ask.asked.some((person) => person.id === id))
    ask.asked = [...ask.asked, ...fresh]
    ask.standIns = [...ask.standIns.filter(({ person }) => !people.some(({ id }) => id === person)), ...standIns]
    await climbing.keep({ asked: ask.asked, standIns: ask.standIns }).catch((error: unknown) => {
      throw new Interrupted('Who is to be asked could not be kept.', { cause: error })
    })
    const insteadOf = (person: Person) => ({ insteadOf: standIns.find((standIn) => standIn.person === person.id)?.for ?? [] })
    const sent = await sendAll(people, climbing, climbed, rung, insteadOf)
    reached = sent.reached
    for (const { person, trouble } of sent.failed)
      climbed.entries.push({ ...base, data: { people: [who(person)], for: forWhom([person]), without: [], unknown: [], manager, trouble } })
  }
  if (reached.length + without.length + unknown.length > 0)
    climbed.entries.push({
      ...base,
      data: { people: reached.map(who), for: forWhom(reached), without: without.map(who), unknown, manager },
    })
}

interface Others {
  found: { person: Person; for: string[] }[]
  /** Those for whom there is nobody else to ask. */
  without: Person[]
  /** What was written for a person who does not exist. */
  unknown: string[]
  manager: boolean
}

/** Whom to ask instead of those who are missing, without those who were asked anyway. */
async function findOthers(rung: Rung, missing: readonly Person[], { ask, services }: Climbing): Promise<Others> {
  const to = ask.ladder?.to ?? []
  const others: Others = { found: [], without: [], unknown: [], manager: to === 'manager' }
  // Whoever was added by this very rung before a crash is to be asked again, which shows nothing twice.
  const before = new Set(ask.standIns.flatMap(({ person, rung: id }) => (id === rung.id ? [person] : [])))
  const isNew = ({ id }: Person) => before.has(id) || !ask.asked.some((person) => person.id === id)
  if (to === 'manager') {
    for (const person of missing) {
      const { manager } = person
      const same = others.found.find((other) => other.person.id === manager?.id)
      if (!manager || !isNew(manager)) others.without.push(person)
      else if (same) same.for.push(person.id)
      else others.found.push({ person: manager, for: [person.id] })
    }
    return others
  }
  const found = await Promise.all(to.map((one) => lookUp(one, services)))
  for (const [index, person] of found.entries()) {
    if (!person) others.unknown.push(nameOf(to[index]))
    else if (isNew(person) && !others.found.some((other) => other.person.id === person.id))
      others.found.push({ person, for: missing.map(({ id }) => id) })
  }
  if (others.found.length === 0 && others.unknown.length === 0) others.without.push(...missing)
  return others
}

async function lookUp(one: PersonSetting, services: Services): Promise<Person | undefined> {
  try {
    return await services.people.find(one)
  } catch (error) {
    if (error instanceof Refused) return undefined
    throw error
  }
}

function nameOf(one: PersonSetting | undefined): string {
  if (typeof one === 'object') return 'name' in one && typeof one.name === 'string' ? one.name : one.id
  return one ?? ''
}

/**
 * Sends the question once more, to each in a message of their own. Those who cannot be reached for good are told apart.
 *
 * @throws Unavailable when somebody cannot be reached for now: all of it is tried again then.
 */
async function sendAll(
  people: readonly Person[],
  { action, ask, answers, services, key }: Climbing,
  climbed: Under,
  rung: Rung,
  reason: (person: Person) => AskMessage['why'],
): Promise<{ reached: Person[]; failed: { person: Person; trouble: TroubleRecord }[] }> {
  const reached: Person[] = []
  const failed: { person: Person; trouble: TroubleRecord }[] = []
  const messages = await Promise.all(
    people.map(async (person): Promise<AskMessage[]> => {
      const why = reason(person)
      const told = { person: person.id, ...(why ? { why } : {}) }
      try {
        const message = drawAsk(action, ask, answers, person.language, told)
        const ref = await services.chat.send({ to: { person }, message, key: `${key}/rung-${rung.id}/${person.id}`, ask: ask.id })
        reached.push(person)
        return [{ ...told, ref: { channel: ref.channel, message: ref.message } }]
      } catch (error) {
        if (error instanceof Unavailable || error instanceof Interrupted) throw error
        failed.push({ person, trouble: troubled(error).trouble })
        return []
      }
    }),
  )
  climbed.messages.push(...messages.flat())
  return { reached: people.filter((person) => reached.includes(person)), failed }
}
