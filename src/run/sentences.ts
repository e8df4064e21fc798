import type { Catalogue } from '../catalogue/catalogue.ts'
import { listed } from '../catalogue/readable.ts'
import type { TroubleRecord } from '../catalogue/trouble.ts'
import { failedExit, type Mission, type Step } from '../mission/mission.ts'
import type { Words } from '../mission/words.ts'
import { causeOf } from './cause.ts'
import { elapsedWords } from './elapsed.ts'
import type { KeptEntry } from './journal.ts'
import { answerWords, attempt, instantWords, plainText, questionOf, same, type Reader } from './particulars.ts'
import type { StartedRuns, StepStory, VisitStory } from './visits.ts'
import { channelWords, namesWords } from './waiting.ts'

/** One moment of a run, in words. */
export interface Moment {
  /** The journal's entry; of several steps skipped together, the first. */
  number: number
  /** ISO instant. */
  at: string
  /** The entry's kind, for its icon; `failed` for a step that left by its failure. */
  kind: KeptEntry['what'] | 'failed'
  step?: string
  visit?: number
  /** The step as the mission calls it. */
  name?: Words
  sentence: Words
  /** What exactly was done or asked. */
  detail?: Words
  trouble?: TroubleRecord
}

/** What the sentences are made from. */
export interface Told {
  mission: Mission
  catalogue: Catalogue
  steps: ReadonlyMap<string, StepStory>
  reader: Reader
}

/** The name of a step for readers: its own, or its kind's title. */
export function nameOf(step: Pick<Step, 'id' | 'type' | 'name'> | undefined, catalogue: Catalogue): Words {
  if (step?.name) return same(step.name)
  return (step && catalogue.actions.get(step.type)?.title) ?? same(step?.id ?? '–')
}

/** A run as sentences, in the journal's order. A step that was begun is told only while nothing else is known of it. */
export function tellMoments(entries: readonly KeptEntry[], told: Told): Moment[] {
  const moments: Moment[] = []
  const byId = new Map(told.mission.steps.map((step) => [step.id, step]))
  // What it went through before it moved may not be in the version it is in now.
  const gone = new Map(entries.flatMap((entry) => (entry.what === 'moved' ? entry.data.gone.map((step) => [step.id, step] as const) : [])))
  const called = (id: string) => nameOf(byId.get(id) ?? gone.get(id) ?? { id, type: '' }, told.catalogue)
  const started = entries.find(({ what }) => what === 'started')
  let skipped: { moment: Moment; names: Words[] } | undefined
  for (const entry of entries) {
    if (entry.what === 'skipped') {
      if (!skipped) {
        skipped = { moment: { number: entry.number, at: entry.at, kind: 'skipped', sentence: same('') }, names: [] }
        moments.push(skipped.moment)
      }
      skipped.names.push(called(entry.step))
      skipped.moment.sentence = skippedWords(skipped.names)
      continue
    }
    if (entry.what !== 'begun') skipped = undefined
    const base = { number: entry.number, at: entry.at, kind: entry.what }
    if (entry.what === 'started') {
      const trigger = told.mission.triggers.find(({ id }) => id === entry.data.trigger)
      moments.push({ ...base, sentence: causeOf(trigger, entry.data.data, told.catalogue) })
    } else if (entry.what === 'moved') {
      moments.push({ ...base, sentence: movedWords(entry.data) })
    } else if (entry.what === 'ended') {
      const took = elapsedWords(Date.parse(entry.at) - Date.parse(started?.at ?? entry.at))
      const { trouble } = entry.data
      moments.push({ ...base, sentence: endWords(entry.data, took), ...(trouble ? { trouble } : {}) })
    } else {
      const step = byId.get(entry.step)
      const visit = told.steps.get(entry.step)?.visits.find((one) => one.visit === entry.visit)
      const moment = tellStep(entry, step, visit, told)
      if (moment) moments.push({ ...base, step: entry.step, visit: entry.visit, name: called(entry.step), ...moment })
    }
  }
  return moments
}

const mostNames = 5

function skippedWords(names: readonly Words[]): Words {
  const shown = names.slice(0, mostNames).map(({ en, fr }) => ({ en: `“${en}”`, fr: `«\u00a0${fr}\u00a0»` }))
  const more = names.length - shown.length
  const list = listed([...shown, ...(more > 0 ? [{ en: `${more} more`, fr: more === 1 ? '1 autre' : `${more} autres` }] : [])])
  return { en: `Not needed on this way: ${list.en}`, fr: `Pas nécessaire sur ce chemin\u00a0: ${list.fr}` }
}

function endWords({ status, by }: Extract<KeptEntry, { what: 'ended' }>['data'], took: Words): Words {
  if (status === 'completed') return { en: `Completed after ${took.en}`, fr: `Terminée après ${took.fr}` }
  if (status === 'failed') return { en: `Ended as failed after ${took.en}`, fr: `Terminée en échec après ${took.fr}` }
  return by
    ? { en: `${by.name} cancelled the run after ${took.en}`, fr: `${by.name} a annulé l’exécution après ${took.fr}` }
    : { en: `Cancelled after ${took.en}`, fr: `Annulée après ${took.fr}` }
}

function movedWords({ from, to, by }: Extract<KeptEntry, { what: 'moved' }>['data']): Words {
  return {
    en: `${by.name} moved the run from version ${from.number} to version ${to.number}`,
    fr: `${by.name} a fait passer l’exécution de la version ${from.number} à la version ${to.number}`,
  }
}

type StepEntry = Exclude<Extract<KeptEntry, { step: string }>, { what: 'skipped' }>

function tellStep(
  entry: StepEntry,
  step: Step | undefined,
  visit: VisitStory | undefined,
  told: Told,
): (Pick<Moment, 'sentence' | 'detail' | 'trouble'> & { kind?: 'failed' }) | undefined {
  const { reader, catalogue } = told
  const action = step && catalogue.actions.get(step.type)
  const inputs = visit?.inputs ?? {}
  switch (entry.what) {
    case 'begun':
      return visit?.state === 'performing' ? { sentence: { en: 'Under way', fr: 'En cours' } } : undefined
    case 'waiting': {
      const until = instantWords(entry.data.until, reader.timeZone)
      return { sentence: { en: `Waits until ${until.en}`, fr: `Attend jusqu’au ${until.fr}` } }
    }
    case 'asked': {
      const question = questionOf(action, entry.data.settings, reader)
      return { sentence: askedWords(entry.data, reader.timeZone), ...(question === undefined ? {} : { detail: quote(question) }) }
    }
    case 'answered': {
      const { person } = entry.data
      const words = answerWords(action, inputs, { at: entry.at, ...entry.data }, reader)
      if (words.en === '')
        return {
          sentence: { en: `${person?.name ?? 'Somebody'} took the answer back`, fr: `${person?.name ?? 'Quelqu’un'} a retiré sa réponse` },
        }
      return {
        sentence: person
          ? { en: `${person.name} answered ${words.en}`, fr: `${person.name} a répondu ${words.fr}` }
          : { en: `An anonymous answer: ${words.en}`, fr: `Une réponse anonyme\u00a0: ${words.fr}` },
      }
    }
    case 'called': {
      const { count, mission } = entry.data
      return {
        sentence: mission
          ? { en: `Starts the mission “${mission.name}”`, fr: `Lance la mission «\u00a0${mission.name}\u00a0»` }
          : {
              en: `Goes through ${count} ${count === 1 ? 'item' : 'items'}`,
              fr: `Parcourt ${count} ${count === 1 ? 'élément' : 'éléments'}`,
            },
      }
    }
    case 'returned':
      return returnedWords(entry.data, visit?.runs)
    case 'reminded':
      return {
        sentence: remindedWords(entry.data),
        ...(entry.data.trouble ? { trouble: entry.data.trouble } : {}),
      }
    case 'escalated':
      return { sentence: escalatedWords(entry.data), ...(entry.data.trouble ? { trouble: entry.data.trouble } : {}) }
    case 'retrying': {
      const { trouble, at } = entry.data
      const next = instantWords(at, reader.timeZone)
      return {
        sentence: { en: `Did not work; it is tried again on ${next.en}`, fr: `N’a pas fonctionné ; nouvel essai le ${next.fr}` },
        trouble,
      }
    }
    case 'left': {
      const { exit, trouble } = entry.data
      if (exit === failedExit) return { kind: 'failed', sentence: { en: 'Failed', fr: 'Échec' }, ...(trouble ? { trouble } : {}) }
      const detail = visit?.asked || visit === undefined ? undefined : summaryOf(step, told, inputs)
      return { sentence: exitWords(step, exit, catalogue), ...(detail ? { detail } : {}) }
    }
    case 'cancelled':
      return {
        sentence: visit?.asked
          ? { en: 'Cancelled: the answer was no longer needed', fr: 'Annulée\u00a0: la réponse n’était plus nécessaire' }
          : { en: 'Cancelled', fr: 'Annulée' },
      }
  }
}

/** Items that worked are only counted: a list may be long. */
function returnedWords(
  { position, status }: Extract<KeptEntry, { what: 'returned' }>['data'],
  runs: StartedRuns | undefined,
): { sentence: Words } | undefined {
  const how = {
    completed: { en: 'has completed', fr: 'est terminée' },
    failed: { en: 'failed', fr: 'a échoué' },
    cancelled: { en: 'was cancelled', fr: 'a été annulée' },
  }[status]
  if (runs?.mission)
    return {
      sentence: { en: `The mission “${runs.mission.name}” ${how.en}`, fr: `La mission «\u00a0${runs.mission.name}\u00a0» ${how.fr}` },
    }
  if (status === 'completed') return undefined
  return { sentence: { en: `Item ${position} ${how.en}`, fr: `L’exécution de l’élément ${position} ${how.fr}` } }
}

function askedWords({ people, channel, until, anyone, working }: Extract<KeptEntry, { what: 'asked' }>['data'], timeZone: string): Words {
  const place = channel && channelWords(channel)
  const names = namesWords(people)
  const who: Words =
    anyone || people.length === 0
      ? { en: place ? `everybody in ${place.en}` : 'everybody', fr: place ? `tout le monde dans ${place.fr}` : 'tout le monde' }
      : place
        ? { en: `${names.en} in ${place.en}`, fr: `${names.fr} dans ${place.fr}` }
        : names
  const limit = until === undefined ? undefined : instantWords(until, timeZone)
  const hours = working ? { en: ', in working hours', fr: ', aux heures ouvrées' } : { en: '', fr: '' }
  return {
    en: `Asks ${who.en}${hours.en}${limit ? `, until ${limit.en}` : ''}`,
    fr: `Pose la question à ${who.fr}${hours.fr}${limit ? `, jusqu’au ${limit.fr}` : ''}`,
  }
}

function remindedWords({ people, channel, first, trouble }: Extract<KeptEntry, { what: 'reminded' }>['data']): Words {
  const place = channel && channelWords(channel)
  const names = namesWords(people)
  const who: Words =
    people.length === 0
      ? {
          en: place ? `those in ${place.en} who have not answered` : 'those who have not answered',
          fr: place ? `celles et ceux de ${place.fr} qui n’ont pas répondu` : 'celles et ceux qui n’ont pas répondu',
        }
      : place
        ? { en: `${names.en} in ${place.en}`, fr: `${names.fr} dans ${place.fr}` }
        : names
  if (first)
    return trouble
      ? { en: `Could not ask ${who.en}`, fr: `Question impossible à envoyer à ${who.fr}` }
      : { en: `Asked ${who.en}, now at work`, fr: `Question posée à ${who.fr}, aux heures ouvrées` }
  return trouble
    ? { en: `Could not remind ${who.en}`, fr: `Relance impossible\u00a0: ${who.fr}` }
    : { en: `Reminded ${who.en}`, fr: `Relance envoyée\u00a0: ${who.fr}` }
}

function escalatedWords({
  people,
  for: instead,
  without,
  unknown,
  manager,
  trouble,
}: Extract<KeptEntry, { what: 'escalated' }>['data']): Words {
  const [names, missing, alone] = [namesWords(people), namesWords(instead), namesWords(without)]
  if (trouble)
    return {
      en: `Could not ask ${names.en || 'anybody else'} instead of ${missing.en}`,
      fr: `Impossible d’interroger ${names.fr || 'quelqu’un d’autre'} à la place de ${missing.fr}`,
    }
  const told: Words[] = []
  if (people.length > 0)
    told.push(
      manager
        ? {
            en: `Asked ${names.en} (manager) instead of ${missing.en}`,
            fr: `Question transmise à ${names.fr} (responsable) à la place de ${missing.fr}`,
          }
        : { en: `Asked ${names.en} instead of ${missing.en}`, fr: `Question transmise à ${names.fr} à la place de ${missing.fr}` },
    )
  if (without.length > 0)
    told.push({ en: `There is nobody else to ask for ${alone.en}`, fr: `Personne d’autre à interroger pour ${alone.fr}` })
  const texts = listed(unknown.map((text) => ({ en: `“${text}”`, fr: `«\u00a0${text}\u00a0»` })))
  if (unknown.length > 0)
    told.push({ en: `Nobody in the directory is meant by ${texts.en}`, fr: `Personne dans l’annuaire ne correspond à ${texts.fr}` })
  return { en: told.map(({ en }) => en).join('. '), fr: told.map(({ fr }) => fr).join('. ') }
}

/** How a step was left, as the canvas calls that exit. */
export function exitWords(step: Step | undefined, exit: string, catalogue: Catalogue): Words {
  if (exit === failedExit) return { en: 'Failed', fr: 'Échec' }
  const exits = step && attempt(() => catalogue.kinds.step(step.type)?.exits(step.settings))
  const label = exits?.find(({ name }) => name === exit)?.label
  return label ?? (exit === 'done' ? { en: 'Done', fr: 'Fait' } : same(exit))
}

/** What a step did, with the settings it really had. */
function summaryOf(step: Step | undefined, { catalogue, reader }: Told, inputs: Record<string, unknown>): Words | undefined {
  const kind = step && catalogue.kinds.step(step.type)
  const legible = Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [
      key,
      typeof value === 'string' ? (reader.names.get(value) ?? plainText(value, reader.names)) : value,
    ]),
  )
  return attempt(() => kind?.summary(legible))
}

const quote = (text: string): Words => ({ en: `“${text}”`, fr: `«\u00a0${text}\u00a0»` })
