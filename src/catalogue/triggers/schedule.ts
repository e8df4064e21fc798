import { z } from 'zod'
import { calendar, defineTrigger, isSchedule, nextOfSchedule, readableSchedule, sample, setting } from '../define.ts'

export default defineTrigger({
  type: 'schedule',
  title: { en: 'Schedule', fr: 'Horaire' },
  icon: 'calendar-time',
  about: {
    en: 'At certain times: every Monday at nine, for example.',
    fr: 'À certains moments : chaque lundi à neuf heures, par exemple.',
  },
  summary: ({ cron, zone }) => {
    const times = typeof cron === 'string' && cron !== '' ? readableSchedule(cron) : { en: 'at certain times', fr: 'à certains moments' }
    const place = typeof zone === 'string' && zone !== '' ? ` (${zone})` : ''
    return { en: `On schedule: ${times.en}${place}`, fr: `Selon l’horaire : ${times.fr}${place}` }
  },
  settings: z.object({
    cron: setting.schedule({ label: { en: 'When', fr: 'Quand' }, placeholder: { en: '0 9 * * 1', fr: '0 9 * * 1' } }),
    zone: setting.timezone({ label: { en: 'Time zone', fr: 'Fuseau horaire' } }).default('UTC'),
  }),
  gives: [{ name: 'due', label: { en: 'The time it was due', fr: 'L’heure prévue' }, kind: 'instant', sample: sample.sampleInstant }],
  example: { cron: '0 9 * * 1', zone: 'Europe/Paris' },
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
  next: ({ cron, zone }, after) => nextOfSchedule(cron, zone, after),
  match: (_, event) => ({ due: event.due }),
})
