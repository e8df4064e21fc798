import { isDuration, milliseconds } from '../mission/duration.ts'
import type { SettingFault } from '../mission/kinds.ts'
import type { Words } from '../mission/words.ts'
import type { AskRequest } from './define.ts'
import { deadline } from './question.ts'
import { type Needed, noCount, readCount } from './quorum.ts'
import { readableDuration } from './readable.ts'
import * as setting from './setting.ts'
import { Misconfigured } from './trouble.ts'

export { isEnough, progressNote, wantedOf, writtenCount } from './quorum.ts'

/** The settings that every action which waits for people shares: how many answers, for how long, and what happens without them. */

const unanswered: Words = { en: 'When nobody answers', fr: 'Sans réponse' }

/** How many answers are waited for. The options are said in the action's own words. */
export function needed(words: { first: Words; everybody: Words; number: Words }) {
  return {
    needed: setting
      .option(['first', 'everybody', 'number'], {
        label: { en: 'Wait for', fr: 'Attendre' },
        help: { en: 'How many have to answer before it goes on.', fr: 'Le nombre de réponses qu’il faut pour continuer.' },
        options: words,
      })
      .default('first'),
    count: setting
      .number({
        label: { en: 'How many', fr: 'Combien' },
        help: { en: 'Of all who are asked, at least so many.', fr: 'Parmi toutes les personnes interrogées, au moins autant.' },
        when: { setting: 'needed', is: ['number'] },
        needed: true,
        placeholder: { en: '2', fr: '2' },
      })
      .optional(),
    changeable: setting
      .yesno({
        label: { en: 'Answers may be changed until the end', fr: 'Les réponses restent modifiables jusqu’à la fin' },
        help: {
          en: 'Whether somebody may answer anew while others are waited for.',
          fr: 'Si l’on peut répondre à nouveau tant que d’autres sont attendus.',
        },
        when: { setting: 'needed', is: ['everybody', 'number'] },
      })
      .default(true),
  }
}

/** The time limit. Every question has one, so that every run ends. */
export function limit(words: { label: Words; help: Words; placeholder: Words; begin?: string }) {
  return { within: setting.duration({ begin: '3d', ...words }) }
}

/** Reminders of those who have not answered. */
export function reminders() {
  return {
    remind: setting
      .duration({
        label: { en: 'Remind after', fr: 'Relancer après' },
        help: { en: 'Only those who have not answered.', fr: 'Seulement les personnes qui n’ont pas répondu.' },
        placeholder: { en: '1d', fr: '1d' },
        fold: unanswered,
      })
      .optional(),
    again: setting
      .duration({
        label: { en: 'Then again every', fr: 'Puis à nouveau tous les' },
        help: { en: 'How often those who have not answered are reminded.', fr: 'À quelle fréquence relancer ceux qui n’ont pas répondu.' },
        placeholder: { en: '1d', fr: '1d' },
        when: { setting: 'remind', is: 'filled' },
        fold: unanswered,
      })
      .optional(),
  }
}

/** Who else is asked when reminders do not help. */
export function escalation() {
  return {
    escalate: setting
      .option(['nobody', 'manager', 'backup'], {
        label: { en: 'Then ask instead', fr: 'Puis demander à la place' },
        help: { en: 'Who is asked instead of those who do not answer.', fr: 'Qui est interrogé à la place de ceux qui ne répondent pas.' },
        options: {
          nobody: { en: 'Nobody else', fr: 'Personne d’autre' },
          manager: { en: 'Their manager', fr: 'Leur responsable' },
          backup: { en: 'Somebody by name', fr: 'Une personne désignée' },
        },
        fold: unanswered,
      })
      .default('nobody'),
    backup: setting
      .people({
        label: { en: 'Who', fr: 'Qui' },
        help: { en: 'The person who is asked then.', fr: 'La personne interrogée à ce moment-là.' },
        when: { setting: 'escalate', is: ['backup'] },
        needed: true,
        fold: unanswered,
      })
      .optional(),
    after: setting
      .duration({
        label: { en: 'Ask them after', fr: 'Leur demander après' },
        help: { en: 'How long one waits before somebody else is asked.', fr: 'Le temps d’attente avant d’interroger quelqu’un d’autre.' },
        placeholder: { en: '2d', fr: '2d' },
        when: { setting: 'escalate', is: ['manager', 'backup'] },
        needed: true,
        fold: unanswered,
      })
      .optional(),
  }
}

/** Whether reminders, the passing on and the end keep to working hours. `directly`: so do questions to people. */
export function hours(directly: boolean) {
  const help: Words = directly
    ? {
        en: 'Monday to Friday, 9 to 17, where each person is: questions to people, reminders and the end of the time wait until then.',
        fr: 'Du lundi au vendredi, de 9 h à 17 h, là où se trouve chacun : les questions directes, les relances et la fin du délai attendent jusque-là.',
      }
    : {
        en: 'Monday to Friday, 9 to 17, where each person is: reminders and the end of the time wait until then.',
        fr: 'Du lundi au vendredi, de 9 h à 17 h, là où se trouve chacun : les relances et la fin du délai attendent jusque-là.',
      }
  return {
    working: setting
      .yesno({ label: { en: 'Only in working hours', fr: 'Seulement aux heures ouvrées' }, help, fold: unanswered })
      .default(false),
  }
}

/** What stands at the end of the ladder: the title under which an action's own setting for it is folded away. */
export const fold = unanswered

interface Climbing {
  within: string
  remind?: string | undefined
  again?: string | undefined
  escalate?: 'nobody' | 'manager' | 'backup'
  backup?: setting.PeopleValue | undefined
  after?: string | undefined
  working?: boolean
}

/**
 * What an action that asks tells the engine, from the shared settings.
 *
 * @throws Misconfigured for a text that is no duration, one beyond five years, or a number of answers that is none.
 */
export function request(
  settings: Climbing & Needed & { changeable?: boolean },
): Pick<AskRequest, 'answers' | 'changeable' | 'within' | 'ladder'> {
  const {
    needed: wanted = 'first',
    changeable = true,
    within,
    remind,
    again,
    escalate = 'nobody',
    backup,
    after,
    working = false,
  } = settings
  for (const duration of [within, remind, again, escalate === 'nobody' ? undefined : after])
    if (duration !== undefined) deadline(new Date(0), duration)
  if (wanted === 'number' && readCount(settings.count) === undefined) {
    const { why, remedy } = noCount(settings.count)
    throw new Misconfigured(why, remedy)
  }
  // A backup that a reference did not find is told when it comes to it, not now: somebody may answer before.
  const passed = escalate === 'manager' ? 'manager' : backup === undefined ? [] : setting.listPeople(backup)
  const climbs = remind !== undefined || working || (escalate !== 'nobody' && after !== undefined)
  return {
    answers: wanted === 'first' ? 'first' : 'several',
    changeable: wanted !== 'first' && changeable,
    within,
    ...(climbs
      ? {
          ladder: {
            working,
            ...(remind === undefined ? {} : { remind, ...(again === undefined ? {} : { again }) }),
            ...(escalate === 'nobody' || after === undefined ? {} : { escalate: { to: passed, after } }),
          },
        }
      : {}),
  }
}

type Written<Settings> = { [Name in keyof Settings]?: unknown }

/** A list of people as far as it is known while somebody edits: undefined for a reference, which may mean any number. */
export function namedPeople(written: unknown): unknown[] | undefined {
  if (!Array.isArray(written) || written.length === 0 || written.some(setting.holdsReference)) return undefined
  return written
}

/** What cannot be meant in the shared settings. `people`: those who are asked, where the settings name them. */
export function faults(
  { needed: wanted, count, within, remind, again, escalate, backup, after }: Written<Climbing & Needed>,
  people: readonly unknown[] | undefined,
): SettingFault[] {
  const found: SettingFault[] = []
  if (wanted === 'number' && count !== undefined && count !== '' && !setting.holdsReference(count)) {
    const number = readCount(count)
    if (number === undefined) found.push({ setting: 'count', ...noCount(count) })
    else if (people && number > people.length)
      found.push({
        setting: 'count',
        why: {
          en: `${number} answers are waited for, but only ${people.length} ${people.length === 1 ? 'person is' : 'people are'} asked.`,
          fr: `${number} réponses sont attendues, mais ${people.length === 1 ? 'une seule personne est interrogée' : `${people.length} personnes seulement sont interrogées`}.`,
        },
        remedy: { en: 'Ask more people, or wait for fewer answers.', fr: 'Interrogez plus de personnes, ou attendez moins de réponses.' },
      })
  }
  const [end, first, passed] = [lengthOf(within), lengthOf(remind), escalate === 'nobody' || !escalate ? undefined : lengthOf(after)]
  if (first !== undefined && end !== undefined && first >= end) found.push({ setting: 'remind', ...tooLate(remind, within) })
  else if (first !== undefined && passed !== undefined && first >= passed)
    found.push({
      setting: 'remind',
      why: {
        en: 'Somebody else would be asked before the first reminder.',
        fr: 'Une autre personne serait interrogée avant la première relance.',
      },
      remedy: { en: 'Remind earlier, or ask the others later.', fr: 'Relancez plus tôt, ou demandez aux autres plus tard.' },
    })
  const next = lengthOf(again)
  if (first !== undefined && next !== undefined && next < 60_000)
    found.push({
      setting: 'again',
      why: {
        en: 'People would be reminded more often than once a minute.',
        fr: 'Les personnes seraient relancées plus d’une fois par minute.',
      },
      remedy: { en: 'Choose a longer time, such as 1d.', fr: 'Choisissez une durée plus longue, par exemple 1d.' },
    })
  if (passed !== undefined && end !== undefined && passed >= end) found.push({ setting: 'after', ...tooLate(after, within) })
  const named = escalate === 'backup' ? namedPeople(backup) : undefined
  const asked = new Set(people?.map(idOf))
  if (named && people && named.every((one) => asked.has(idOf(one))))
    found.push({
      setting: 'backup',
      why: { en: 'They are asked from the beginning.', fr: 'Ces personnes sont interrogées dès le début.' },
      remedy: { en: 'Name somebody else.', fr: 'Désignez quelqu’un d’autre.' },
    })
  return found
}

const idOf = (who: unknown): unknown => (typeof who === 'object' && who !== null && 'id' in who ? who.id : who)

function lengthOf(duration: unknown): number | undefined {
  return typeof duration === 'string' && isDuration(duration) ? milliseconds(duration) : undefined
}

function tooLate(duration: unknown, within: unknown): Omit<SettingFault, 'setting'> {
  const [when, end] = [readableDuration(duration), readableDuration(within)]
  return {
    why: {
      en: `It would come after ${when.en}, when the time limit of ${end.en} is over.`,
      fr: `Cela viendrait après ${when.fr}, une fois le délai de ${end.fr} écoulé.`,
    },
    remedy: { en: 'Choose a shorter time, or a longer time limit.', fr: 'Choisissez une durée plus courte, ou un délai plus long.' },
  }
}

/** What happens to those who do not answer, for an action's summary: “ (reminder after 1 day, then the manager after 2 days)”. */
export function ladderWords({ remind, escalate, backup, after }: Written<Climbing>, otherwise?: Words): Words {
  const steps: Words[] = []
  if (typeof remind === 'string' && remind !== '') {
    const when = readableDuration(remind)
    steps.push({ en: `reminder after ${when.en}`, fr: `relance après ${when.fr}` })
  }
  if (escalate === 'manager' || escalate === 'backup') {
    const when = readableDuration(after)
    const many = Array.isArray(backup) && backup.length > 1
    const who: Words =
      escalate === 'manager'
        ? { en: 'the manager', fr: 'le responsable' }
        : many
          ? { en: 'others', fr: 'd’autres' }
          : { en: 'somebody else', fr: 'quelqu’un d’autre' }
    steps.push({ en: `${who.en} after ${when.en}`, fr: `${who.fr} après ${when.fr}` })
  }
  const told: Words = { en: steps.map(({ en }) => en).join(', then '), fr: steps.map(({ fr }) => fr).join(', puis ') }
  const all = [
    ...(steps.length > 0 ? [told] : []),
    ...(otherwise ? [{ en: `otherwise ${otherwise.en}`, fr: `sinon ${otherwise.fr}` }] : []),
  ]
  return all.length === 0
    ? { en: '', fr: '' }
    : { en: ` (${all.map(({ en }) => en).join(', ')})`, fr: ` (${all.map(({ fr }) => fr).join(', ')})` }
}
