import { z } from 'zod'
import { defineAction, listed, quoted, readable, sentence, setting } from '../define.ts'

export default defineAction({
  type: 'add-row',
  title: { en: 'Add a row', fr: 'Ajouter une ligne' },
  icon: 'table-plus',
  group: 'data',
  about: {
    en: 'Keeps data in a table that people can read, filter and export.',
    fr: 'Conserve des données dans un tableau que l’on peut lire, filtrer et exporter.',
  },
  also: { en: 'table save keep record log sheet', fr: 'table enregistrer garder noter tableau' },
  summary: ({ table, row }) => {
    const where = quoted(table, { en: 'a table', fr: 'un tableau' })
    const columns = listed(
      Object.keys(typeof row === 'object' && row !== null ? row : {}).map((column) => readable(column, { en: '…', fr: '…' })),
    )
    return sentence(
      `Add a row to ${where.en}${columns.en ? ` with ${columns.en}` : ''}`,
      `Ajouter une ligne dans ${where.fr}${columns.fr ? ` : ${columns.fr}` : ''}`,
    )
  },
  settings: z.object({
    table: setting.table({
      label: { en: 'Table', fr: 'Tableau' },
      help: { en: 'A table that does not exist yet is created.', fr: 'Un tableau qui n’existe pas encore est créé.' },
      placeholder: { en: 'Leads', fr: 'Prospects' },
    }),
    row: setting.row({
      label: { en: 'Columns', fr: 'Colonnes' },
      help: { en: 'What goes into which column of the new row.', fr: 'Ce qui va dans chaque colonne de la nouvelle ligne.' },
    }),
  }),
  gives: ({ row }) => [
    { name: 'id', label: { en: 'The row’s identifier', fr: 'Identifiant de la ligne' }, kind: 'text', sample: '1' },
    { name: 'row', label: { en: 'The row', fr: 'La ligne' }, kind: 'record', sample: typeof row === 'object' ? row : {} },
  ],
  exits: [{ name: 'done', label: { en: 'Added', fr: 'Ajoutée' } }],
  example: { table: 'Leads', row: { Name: 'Ana Lima', Company: 'Example Ltd', Seats: 12 } },
  effect: 'world',
  repeat: 'The row that the first attempt added is found by its key; no second one is added.',
  async run({ settings, services, key }) {
    const { table, row } = settings
    const { id } = await services.tables.add({ table, row, key })
    return { exit: 'done', data: { id, row } }
  },
})
