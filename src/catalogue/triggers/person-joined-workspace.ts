import { z } from 'zod'
import { defineTrigger, sample } from '../define.ts'

export default defineTrigger({
  type: 'person-joined-workspace',
  title: { en: 'Someone joins the workspace', fr: 'Quelqu’un rejoint l’espace de travail' },
  icon: 'user-star',
  about: { en: 'A new colleague is there for the first time.', fr: 'Un nouveau collègue arrive pour la première fois.' },
  also: { en: 'new hire onboarding welcome arrival', fr: 'nouveau recrue accueil bienvenue arrivée' },
  summary: () => ({ en: 'When someone joins the workspace', fr: 'Quand quelqu’un rejoint l’espace de travail' }),
  settings: z.object({}),
  gives: [{ name: 'person', label: { en: 'Who joined', fr: 'Qui est arrivé' }, kind: 'person', sample: sample.samplePerson }],
  example: {},
  listens: 'person-joined-workspace',
  match: (_, event) => ({ person: event.person }),
})
