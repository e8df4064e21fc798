import { z } from 'zod'
import { defineTrigger, readable, setting } from '../define.ts'

export default defineTrigger({
  type: 'mission-ended',
  title: { en: 'A mission ends', fr: 'Une mission se termine' },
  icon: 'flag-check',
  about: { en: 'A run of another mission is over.', fr: 'Une exécution d’une autre mission est finie.' },
  also: { en: 'after finished', fr: 'après terminé' },
  summary: ({ mission, status = 'any' }) => {
    const which = readable(
      mission,
      { en: 'another mission', fr: 'une autre mission' },
      { en: 'the chosen mission', fr: 'la mission choisie' },
    )
    if (status === 'failed') return { en: `When ${which.en} fails`, fr: `Quand ${which.fr} échoue` }
    if (status === 'completed') return { en: `When ${which.en} completes`, fr: `Quand ${which.fr} réussit` }
    return { en: `When ${which.en} ends`, fr: `Quand ${which.fr} se termine` }
  },
  settings: z.object({
    mission: setting.mission({
      label: { en: 'Mission', fr: 'Mission' },
      help: { en: 'The mission whose end starts this one.', fr: 'La mission dont la fin lance celle-ci.' },
    }),
    status: setting
      .option(['any', 'completed', 'failed'], {
        label: { en: 'When it', fr: 'Quand elle' },
        help: { en: 'How it has to end so that this one starts.', fr: 'La façon dont elle doit finir pour que celle-ci démarre.' },
        options: {
          any: { en: 'Ends, however it went', fr: 'Se termine, quelle que soit l’issue' },
          completed: { en: 'Completes', fr: 'Réussit' },
          failed: { en: 'Fails', fr: 'Échoue' },
        },
      })
      .default('any'),
  }),
  gives: [
    {
      name: 'mission',
      label: { en: 'The mission', fr: 'La mission' },
      kind: 'record',
      parts: [
        { name: 'id', label: { en: 'Identifier', fr: 'Identifiant' }, kind: 'text' },
        { name: 'name', label: { en: 'Name', fr: 'Nom' }, kind: 'text', sample: 'Welcome a new colleague' },
      ],
    },
    {
      name: 'run',
      label: { en: 'The run', fr: 'L’exécution' },
      kind: 'record',
      parts: [
        { name: 'id', label: { en: 'Identifier', fr: 'Identifiant' }, kind: 'text' },
        { name: 'status', label: { en: 'Status', fr: 'Statut' }, kind: 'text', sample: 'completed' },
      ],
    },
    { name: 'status', label: { en: 'How it ended', fr: 'Comment elle a fini' }, kind: 'text', sample: 'completed' },
  ],
  example: { mission: '0b0e7f52-3c1d-4a57-9f0e-2f6f0f3f7a11', status: 'failed' },
  listens: 'mission-ended',
  match: ({ mission, status }, event) =>
    mission === event.mission.id && (status === 'any' || status === event.run.status)
      ? { mission: event.mission, run: event.run, status: event.run.status }
      : undefined,
})
