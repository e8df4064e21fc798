import { z } from 'zod'
import { defineAction, quoted, setting } from '../define.ts'

export default defineAction({
  type: 'end',
  title: { en: 'End', fr: 'Fin' },
  icon: 'flag',
  group: 'flow',
  about: { en: 'Ends this path, and says how it came out.', fr: 'Termine ce chemin et dit comment il a fini.' },
  also: { en: 'stop finish', fr: 'arrêter terminer stop' },
  summary: ({ outcome }) => {
    const words = quoted(outcome, { en: '', fr: '' })
    return { en: words.en ? `End here: ${words.en}` : 'End here', fr: words.fr ? `Finir ici : ${words.fr}` : 'Finir ici' }
  },
  settings: z.object({
    outcome: setting
      .line({
        label: { en: 'Outcome', fr: 'Issue' },
        help: { en: 'Shown in the history of the run.', fr: 'Affichée dans l’historique de l’exécution.' },
        placeholder: { en: 'Nobody was free', fr: 'Personne n’était libre' },
      })
      .optional(),
  }),
  gives: [{ name: 'outcome', label: { en: 'The outcome', fr: 'L’issue' }, kind: 'text', sample: 'Nobody was free', maybeEmpty: true }],
  exits: [],
  example: { outcome: 'Nobody was free' },
  effect: 'none',
  repeat: 'Nothing outside the run is touched, so nothing can happen twice.',
  // No link can leave this step: the exit only tells the engine that it is over.
  run: ({ settings }) => ({ exit: 'done', data: { outcome: settings.outcome ?? null } }),
})
