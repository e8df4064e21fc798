import { z } from 'zod'
import { calendar, defineAction, readable, readableDuration, sample, sentence, setting, type Words } from '../define.ts'
import { Misconfigured } from '../trouble.ts'

const settings = z.object({
  until: setting
    .option(['time', 'date', 'working'], {
      label: { en: 'Wait', fr: 'Attendre' },
      help: {
        en: 'What has to pass before the mission goes on.',
        fr: 'Ce qui doit passer avant que la mission continue.',
      },
      options: {
        time: { en: 'For some time', fr: 'Un certain temps' },
        date: { en: 'Until a date', fr: 'Jusqu’à une date' },
        working: {
          en: 'Until the next working hour (Monday to Friday, 9 to 17)',
          fr: 'Jusqu’à la prochaine heure ouvrée (du lundi au vendredi, de 9 h à 17 h)',
        },
      },
    })
    .default('time'),
  time: setting
    .duration({
      label: { en: 'How long', fr: 'Combien de temps' },
      help: { en: 'The mission rests here for so long.', fr: 'La mission s’arrête ici pendant ce temps.' },
      when: { setting: 'until', is: ['time'] },
      needed: true,
      placeholder: { en: '3d', fr: '3d' },
    })
    .optional(),
  date: setting
    .instant({
      label: { en: 'Date', fr: 'Date' },
      help: { en: 'A date alone means nine in the morning.', fr: 'Une date seule signifie neuf heures du matin.' },
      when: { setting: 'until', is: ['date'] },
      needed: true,
      placeholder: { en: '2026-12-01', fr: '2026-12-01' },
    })
    .optional(),
  zone: setting
    .timezone({
      label: { en: 'Time zone', fr: 'Fuseau horaire' },
      help: { en: 'For example Europe/Paris, or the time zone of a person.', fr: 'Par exemple Europe/Paris, ou le fuseau d’une personne.' },
    })
    .default('UTC'),
})

type Settings = z.output<typeof settings>

export default defineAction({
  type: 'wait',
  title: { en: 'Wait', fr: 'Attendre' },
  icon: 'hourglass',
  group: 'flow',
  about: {
    en: 'Goes on after some time, at a date, or when people are at work.',
    fr: 'Reprend après un certain temps, à une date, ou quand les gens travaillent.',
  },
  also: { en: 'delay pause later days until', fr: 'délai pause plus tard jours' },
  summary: ({ until = 'time', time, date, zone }) => {
    const place = readable(zone, { en: 'UTC', fr: 'UTC' })
    if (until === 'working')
      return sentence(`Wait until the next working hour (${place.en})`, `Attendre la prochaine heure ouvrée (${place.fr})`)
    if (until === 'date') {
      const day = readable(date, { en: 'a date', fr: 'une date' })
      return sentence(`Wait until ${day.en}`, `Attendre jusqu’à ${day.fr}`)
    }
    const length = readableDuration(time)
    return sentence(`Wait ${length.en}`, `Attendre ${length.fr}`)
  },
  settings,
  gives: [{ name: 'until', label: { en: 'When it went on', fr: 'Moment de la reprise' }, kind: 'instant', sample: sample.sampleInstant }],
  exits: [{ name: 'done', label: { en: 'Then', fr: 'Ensuite' } }],
  example: { until: 'time', time: '3d', zone: 'Europe/Paris' },
  effect: 'none',
  repeat: 'Nothing happens twice: the time it waits for is written down before the wait begins.',
  check: ({ date, until, zone }) => [
    ...(zone === undefined || setting.holdsReference(zone) || calendar.isTimeZone(zone) ? [] : [{ setting: 'zone', ...unknownZone(zone) }]),
    ...(until !== 'date' || !date || setting.holdsReference(date) || calendar.readInstant(date, 'UTC')
      ? []
      : [{ setting: 'date', ...noDate(date) }]),
  ],
  run({ settings, services }) {
    const { zone } = settings
    if (!calendar.isTimeZone(zone)) throw trouble(unknownZone(zone))
    const now = services.clock.now()
    const until = endOf(settings, now)
    const data = { until: (until > now ? until : now).toISOString() }
    return until > now ? { waitUntil: until, exit: 'done', data } : { exit: 'done', data }
  },
})

function endOf({ until, time, date, zone }: Settings, now: Date): Date {
  if (until === 'working') return calendar.nextWorkingHour(now, zone)
  if (until === 'date') {
    const end = calendar.readInstant(date ?? '', zone)
    if (!end) throw trouble(noDate(date ?? ''))
    if (end > calendar.later(now, `${calendar.longestWaitDays}d`, zone)) throw trouble(tooFar(date ?? ''))
    return end
  }
  try {
    return calendar.later(now, time ?? '', zone)
  } catch (error) {
    if (error instanceof RangeError) throw trouble(tooFar(time ?? ''))
    throw error
  }
}

interface Fault {
  why: Words
  remedy: Words
}

const trouble = ({ why, remedy }: Fault) => new Misconfigured(why, remedy)

const unknownZone = (zone: string): Fault => ({
  why: { en: `“${zone}” is not a time zone.`, fr: `« ${zone} » n’est pas un fuseau horaire.` },
  remedy: { en: 'Choose one such as Europe/Paris or America/New_York.', fr: 'Choisissez-en un, comme Europe/Paris ou America/New_York.' },
})

const noDate = (date: string): Fault => ({
  why: { en: `“${date}” is not a date.`, fr: `« ${date} » n’est pas une date.` },
  remedy: { en: 'Write it as 2026-12-01 or 2026-12-01T14:00.', fr: 'Écrivez-la ainsi : 2026-12-01 ou 2026-12-01T14:00.' },
})

const tooFar = (wish: string): Fault => ({
  why: {
    en: `“${wish}” is no time to wait: at most five years are.`,
    fr: `« ${wish} » n’est pas une attente possible : cinq ans au plus.`,
  },
  remedy: {
    en: 'Choose a shorter time, written as 30m, 4h, 3d or 2w.',
    fr: 'Choisissez une durée plus courte, écrite ainsi : 30m, 4h, 3d ou 2w.',
  },
})
