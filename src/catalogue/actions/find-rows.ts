import { z } from 'zod'
import { defineAction, listed, quoted, readable, sentence, setting } from '../define.ts'
import { Misconfigured } from '../trouble.ts'

/** Most rows that one step fetches: they all travel with the run from then on. */
const mostRows = 1_000

export default defineAction({
  type: 'find-rows',
  title: { en: 'Look up rows', fr: 'Chercher des lignes' },
  icon: 'table-options',
  group: 'data',
  about: {
    en: 'Finds rows of a table by what stands in their columns.',
    fr: 'Trouve les lignes d’un tableau d’après le contenu de leurs colonnes.',
  },
  also: { en: 'table search read list', fr: 'table chercher lire tableau' },
  summary: ({ table, where }) => {
    const place = quoted(table, { en: 'a table', fr: 'un tableau' })
    const entries = Object.entries(typeof where === 'object' && where !== null ? where : {})
    const nothing = { en: 'nothing', fr: 'vide' }
    const all = listed(
      entries.map(([column, value]) => {
        const words = readable(value, nothing)
        return { en: `${column} is ${words.en}`, fr: `${column} est ${words.fr}` }
      }),
    )
    return sentence(
      `Look up rows of ${place.en}${all.en ? ` where ${all.en}` : ''}`,
      `Chercher dans ${place.fr}${all.fr ? ` les lignes où ${all.fr}` : ''}`,
    )
  },
  settings: z.object({
    table: setting.table({
      label: { en: 'Table', fr: 'Tableau' },
      help: { en: 'The table in which is looked.', fr: 'Le tableau dans lequel on cherche.' },
    }),
    where: setting
      .row({
        label: { en: 'Where', fr: 'Où' },
        help: {
          en: 'All columns must match. Empty: every row.',
          fr: 'Toutes les colonnes doivent correspondre. Vide : toutes les lignes.',
        },
      })
      .default({}),
    limit: setting
      .number({
        label: { en: 'At most', fr: 'Au plus' },
        help: { en: 'The newest come first; 1,000 at most.', fr: 'Les plus récentes d’abord ; 1 000 au maximum.' },
      })
      .default(100),
  }),
  gives: [
    { name: 'rows', label: { en: 'The rows', fr: 'Les lignes' }, kind: 'list', sample: [] },
    { name: 'first', label: { en: 'The first row', fr: 'La première ligne' }, kind: 'record', sample: {}, maybeEmpty: true },
    { name: 'count', label: { en: 'How many', fr: 'Combien' }, kind: 'number', sample: 1 },
    { name: 'found', label: { en: 'Was anything found?', fr: 'Y a-t-il un résultat ?' }, kind: 'yesno', sample: true },
  ],
  exits: [{ name: 'done', label: { en: 'Then', fr: 'Ensuite' } }],
  example: { table: 'Leads', where: { Company: 'Example Ltd' }, limit: 10 },
  effect: 'world',
  repeat: 'The table is read again; nothing is changed.',
  check: ({ limit }) => (typeof limit !== 'number' || isLimit(limit) ? [] : [{ setting: 'limit', ...wrongLimit(String(limit)) }]),
  async run({ settings, services }) {
    const limit = Number(settings.limit)
    if (!isLimit(limit)) {
      const { why, remedy } = wrongLimit(String(settings.limit))
      throw new Misconfigured(why, remedy)
    }
    const found = await services.tables.find({ table: settings.table, where: settings.where, limit })
    const rows = found.map((row) => row.values)
    return { exit: 'done', data: { rows, first: rows[0] ?? null, count: rows.length, found: rows.length > 0 } }
  },
})

const isLimit = (limit: number) => Number.isInteger(limit) && limit >= 1 && limit <= mostRows

const wrongLimit = (limit: string) => ({
  why: { en: `“${limit}” is no number of rows.`, fr: `« ${limit} » n’est pas un nombre de lignes.` },
  remedy: { en: 'Enter a whole number from 1 to 1,000.', fr: 'Saisissez un nombre entier de 1 à 1 000.' },
})
