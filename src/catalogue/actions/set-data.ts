import { z } from 'zod'
import { defineAction, listed, readable, setting, type Datum } from '../define.ts'

export default defineAction({
  type: 'set-data',
  title: { en: 'Set data', fr: 'Définir des données' },
  icon: 'variable',
  group: 'data',
  about: { en: 'Gives names to values, for later steps to use.', fr: 'Donne un nom à des valeurs que les étapes suivantes utiliseront.' },
  also: { en: 'variable value remember note', fr: 'variable valeur retenir noter' },
  summary: ({ data }) => {
    const entries = Object.entries(isRecord(data) ? data : {})
    if (entries.length === 0) return { en: 'Set nothing yet', fr: 'Ne rien définir pour l’instant' }
    const nothing = { en: 'nothing', fr: 'rien' }
    const pairs = entries.map(([name, value]) => {
      const words = readable(value, nothing, { en: 'a value', fr: 'une valeur' })
      return { en: `${name} to ${words.en}`, fr: `${name} : ${words.fr}` }
    })
    const all = listed(pairs)
    return { en: `Set ${all.en}`, fr: `Définir ${all.fr}` }
  },
  settings: z.object({
    data: setting.data({
      label: { en: 'Data', fr: 'Données' },
      help: { en: 'A name of small letters, digits and _, and its value.', fr: 'Un nom en minuscules, chiffres et _, et sa valeur.' },
    }),
  }),
  gives: ({ data }) =>
    Object.entries(isRecord(data) ? data : {}).map(([name, value]) => ({
      name,
      label: { en: name, fr: name },
      kind: kindOf(value),
      sample: value,
    })),
  exits: [{ name: 'done', label: { en: 'Then', fr: 'Ensuite' } }],
  example: { data: { budget: 1_200, team: 'Design' } },
  effect: 'none',
  repeat: 'Nothing outside the run is touched, so nothing can happen twice.',
  run: ({ settings }) => ({ exit: 'done', data: settings.data }),
})

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a written value will be; one that is a reference alone may become anything. */
function kindOf(value: unknown): Datum['kind'] {
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'yesno'
  if (Array.isArray(value)) return 'list'
  if (isRecord(value)) return 'record'
  return typeof value === 'string' && /^\s*\{\{.*\}\}\s*$/s.test(value) ? 'any' : 'text'
}
