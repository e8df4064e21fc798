import { z } from 'zod'
import { defineTrigger, fieldData, fieldFaults, setting } from '../define.ts'

export default defineTrigger({
  type: 'run-by-mission',
  title: { en: 'Another mission runs it', fr: 'Une autre mission l’exécute' },
  icon: 'player-play',
  about: {
    en: 'A step “Run another mission” starts it, and hands over what it needs.',
    fr: 'Une étape « Exécuter une autre mission » la lance et lui transmet ce qu’il lui faut.',
  },
  also: { en: 'called from another', fr: 'appelée depuis une autre' },
  summary: () => ({ en: 'When another mission runs it', fr: 'Quand une autre mission l’exécute' }),
  settings: z.object({
    fields: setting
      .fields({
        label: { en: 'What it is given', fr: 'Ce qui lui est transmis' },
        help: {
          en: 'The other mission fills these in. May be left empty.',
          fr: 'L’autre mission remplit ces champs. Peut rester vide.',
        },
      })
      .optional(),
  }),
  gives: ({ fields }) => [
    {
      name: 'mission',
      label: { en: 'The mission that runs it', fr: 'La mission qui l’exécute' },
      kind: 'record',
      parts: [
        { name: 'id', label: { en: 'Identifier', fr: 'Identifiant' }, kind: 'text' },
        { name: 'name', label: { en: 'Name', fr: 'Nom' }, kind: 'text', sample: 'Welcome a new colleague' },
      ],
    },
    // A mission may hand over anything, a person say, not only what somebody could type.
    ...fieldData(fields).map((datum) => (datum.kind === 'text' ? { ...datum, kind: 'any' as const } : datum)),
  ],
  example: { fields: [{ id: 'topic', label: 'Topic', kind: 'line', required: true }] },
  listens: 'called',
  check: ({ fields }) => fieldFaults('fields', fields, ['mission']),
  match({ fields }, { mission, values }) {
    const wanted = fields ?? []
    const given = (id: string) => values[id] ?? null
    if (wanted.some(({ id, required }) => required && (given(id) === null || given(id) === ''))) return undefined
    return { mission, ...Object.fromEntries(wanted.map(({ id }) => [id, given(id)])) }
  },
})
