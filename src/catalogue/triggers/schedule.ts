import { z } from 'zod'
import { calendar, defineTrigger, instantsOfSchedule, isSchedule, nextOfSchedule, readableSchedule, sample, setting } from '../define.ts'

export default defineTrigger({
  type: 'schedule',
  title: { en: 'Schedule', fr: 'Horaire' },
  icon: 'calendar-time',
  about: {
    en: 'At certain times: every Monday at nine, for example.',
    fr: 'À certains moments : chaque lundi à neuf heures, par exemple.',
  },
  also: { en: 'time every day weekly monday date clock', fr: 'heure chaque jour semaine lundi date' },
  summary: ({ cron, zone }) => {
    const times = typeof cron === 'string' && cron !== '' ? readableSchedule(cron) : { en: 'at certain times', fr: 'à certains moments' }
    const place = typeof zone === 'string' && zone !== '' ? ` (${zone})` : ''
    return { en: `On schedule: ${times.en}${place}`, fr: `Selon l’horaire : ${times.fr}${place}` }
  },
  settings: z.object({
    cron: setting.schedule({
      label: { en: 'When', fr: 'Quand' },
      help: { en: 'On which days and at what time it starts.', fr: 'Les jours et l’heure de départ.' },
      placeholder: { en: '0 9 * * 1', fr: '0 9 * * 1' },
    }),
    zone: setting
      .timezone({
        label: { en: 'Time zone', fr: 'Fuseau horaire' },
        help: { en: 'In which zone the time is meant.', fr: 'Le fuseau dans lequel l’heure est comptée.' },
      })
      .default('UTC'),
    missed: setting
      .option(['skip', 'once', 'all'], {
        label: { en: 'If a time was missed', fr: 'Si une heure a été manquée' },
        help: {
          en: 'Because nothing was running at that time. The history says so in any case.',
          fr: 'Parce que rien ne tournait à ce moment-là. L’historique le signale dans tous les cas.',
        },
        options: {
          skip: { en: 'Leave it out', fr: 'La laisser passer' },
          once: { en: 'Start once, as soon as possible', fr: 'Lancer une fois, dès que possible' },
          all: { en: 'Start for every missed time, 100 at most', fr: 'Lancer pour chaque heure manquée, 100 au plus' },
        },
      })
      .default('once'),
  }),
  gives: [
    { name: 'due', label: { en: 'The time it was due', fr: 'L’heure prévue' }, kind: 'instant', sample: sample.sampleInstant },
    { name: 'late', label: { en: 'Whether it came late', fr: 'Si elle est en retard' }, kind: 'yesno', sample: false },
    {
      name: 'missed',
      label: { en: 'How many times before it were missed', fr: 'Combien d’heures ont été manquées avant' },
      kind: 'number',
      sample: 0,
    },
  ],
  example: { cron: '0 9 * * 1', zone: 'Europe/Paris', missed: 'once' },
  listens: 'schedule',
  check: ({ cron, zone }) => [
    ...(typeof cron !== 'string' || cron === '' || isSchedule(cron)
      ? []
      : [
          {
            setting: 'cron',
            why: { en: `“${cron}” is no schedule, or one that never comes.`, fr: `« ${cron} » n’est pas un horaire, ou n’arrive jamais.` },
            remedy: { en: 'Choose the days and the time again.', fr: 'Choisissez à nouveau les jours et l’heure.' },
          },
        ]),
    ...(zone === undefined || calendar.isTimeZone(zone)
      ? []
      : [
          {
            setting: 'zone',
            why: { en: `“${zone}” is not a time zone.`, fr: `« ${zone} » n’est pas un fuseau horaire.` },
            remedy: { en: 'Choose one such as Europe/Paris.', fr: 'Choisissez-en un, comme Europe/Paris.' },
          },
        ]),
  ],
  instants: {
    next: ({ cron, zone }, after) => nextOfSchedule(cron, zone, after),
    between: ({ cron, zone }, from, until, most) => instantsOfSchedule(cron, zone, from, until, most),
    missed: ({ missed }) => missed,
  },
  // An instant that was kept for an earlier version and is not in this one's timetable starts nothing.
  match({ cron, zone }, { due, late, missed }) {
    const instant = new Date(due)
    return instantsOfSchedule(cron, zone, instant, instant, 1).length === 1 ? { due, late, missed } : undefined
  },
})
