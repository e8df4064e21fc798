import { z } from 'zod'
import { type ChildRun, defineAction, readable, sentence, setting, type Words } from '../define.ts'
import { Misconfigured, Refused } from '../trouble.ts'

/** More at once would starve everything else that runs; an *and* has the same bound. */
const widest = 50
/** What an item came to is kept in one journal line for all of them, so there has to be an end. */
const mostItems = 10_000

const usualWidth = 5

const settings = z.object({
  list: setting.list({
    label: { en: 'List', fr: 'Liste' },
    help: {
      en: 'Data that is a list, such as people or rows; or items separated by commas.',
      fr: 'Une donnée qui est une liste, comme des personnes ou des lignes ; ou des éléments séparés par des virgules.',
    },
  }),
  width: setting
    .number({
      label: { en: 'How many at the same time', fr: 'Combien en même temps' },
      help: { en: '1 to 50. With 1, one after the other.', fr: 'De 1 à 50. Avec 1, l’un après l’autre.' },
    })
    .default(usualWidth),
  most: setting
    .number({
      label: { en: 'At most so many items', fr: 'Nombre maximal d’éléments' },
      help: {
        en: 'A longer list fails before anything is done, in case something went wrong with it.',
        fr: 'Une liste plus longue échoue avant toute action, au cas où quelque chose serait anormal.',
      },
    })
    .default(1_000),
  failure: setting
    .option(['go-on', 'stop'], {
      label: { en: 'When it fails for one item', fr: 'En cas d’échec pour un élément' },
      help: { en: 'What becomes of the other items then.', fr: 'Ce que deviennent alors les autres éléments.' },
      options: {
        'go-on': { en: 'Go on with the others', fr: 'Continuer avec les autres' },
        stop: { en: 'Cancel the others and fail', fr: 'Annuler les autres et échouer' },
      },
    })
    .default('go-on'),
})

export default defineAction({
  type: 'for-each',
  title: { en: 'For each', fr: 'Pour chaque' },
  icon: 'repeat',
  group: 'flow',
  about: {
    en: 'Does the same steps for every item of a list, some at the same time.',
    fr: 'Répète les mêmes étapes pour chaque élément d’une liste, plusieurs à la fois.',
  },
  also: { en: 'loop list repeat every all', fr: 'boucle liste répéter chaque tous' },
  summary: ({ list, width }) => {
    const what = readable(list, { en: 'a list', fr: 'une liste' })
    const once = { en: `For each of ${what.en}`, fr: `Pour chaque élément de : ${what.fr}` }
    if (width === 1) return sentence(`${once.en}, one after the other`, `${once.fr}, l’un après l’autre`)
    return typeof width === 'number' && width !== usualWidth
      ? sentence(`${once.en}, ${width} at the same time`, `${once.fr}, ${width} en même temps`)
      : sentence(once.en, once.fr)
  },
  settings,
  gives: [
    {
      name: 'results',
      label: { en: 'Results, in the order of the list', fr: 'Résultats, dans l’ordre de la liste' },
      kind: 'list',
      sample: [],
    },
    { name: 'count', label: { en: 'How many items', fr: 'Nombre d’éléments' }, kind: 'number', sample: 3 },
    { name: 'completed', label: { en: 'How many worked', fr: 'Nombre de réussites' }, kind: 'number', sample: 3 },
    { name: 'failed', label: { en: 'How many failed', fr: 'Nombre d’échecs' }, kind: 'number', sample: 0 },
  ],
  // `done` stands first: by it a line goes on through the step.
  exits: ({ width }) => [
    { name: 'done', label: { en: 'When all are done', fr: 'Quand tout est fait' } },
    { name: 'each', label: eachLabel(width ?? usualWidth) },
  ],
  example: { list: '{{ team.people }}', width: 5, most: 1_000, failure: 'go-on' },
  effect: 'none',
  repeat: 'Every item is begun once: that it has been is written down together with its run.',
  holds: { list: 'list' },
  check: ({ width, most }) => [
    ...(isWhole(width, widest) ? [] : [{ setting: 'width', ...wrongNumber(widest) }]),
    ...(isWhole(most, mostItems) ? [] : [{ setting: 'most', ...wrongNumber(mostItems) }]),
  ],
  run({ settings: { list, width, most, failure } }) {
    if (!isWhole(Number(width), widest)) throw misconfigured(wrongNumber(widest))
    if (!isWhole(Number(most), mostItems)) throw misconfigured(wrongNumber(mostItems))
    const items = setting.listItems(list)
    if (items.length === 0) return { exit: 'done', data: gather([], []) }
    if (items.length > Number(most))
      throw new Refused(
        { en: `The list has ${items.length} items, more than ${most}.`, fr: `La liste compte ${items.length} éléments, plus que ${most}.` },
        {
          en: 'Look whether the list is the right one; if so, allow more items in the step’s settings.',
          fr: 'Vérifiez que c’est la bonne liste ; si oui, autorisez plus d’éléments dans les réglages de l’étape.',
        },
      )
    return { runs: { items, width: Number(width), stopAtFailure: failure === 'stop' } }
  },
  calling: {
    settle({ settings: { list, failure }, children }) {
      const failed = children.find(({ status }) => status === 'failed' || status === 'cancelled')
      if (failure === 'stop' && failed)
        throw new Refused(
          { en: `It failed for item ${failed.position} of the list.`, fr: `Échec pour l’élément ${failed.position} de la liste.` },
          {
            en: 'Open that item in the history to see why. The other items were cancelled.',
            fr: 'Ouvrez cet élément dans l’historique pour savoir pourquoi. Les autres éléments ont été annulés.',
          },
        )
      return { exit: 'done', data: gather(setting.listItems(list), children) }
    },
  },
})

/** What stands over what is done with each item. */
function eachLabel(width: unknown): Words {
  if (width === 1) return { en: 'For each item, one by one', fr: 'Pour chaque élément, un par un' }
  if (typeof width !== 'number') return { en: 'For each item', fr: 'Pour chaque élément' }
  return { en: `For each item, ${width} at a time`, fr: `Pour chaque élément, ${width} à la fois` }
}

/** What later steps get: one result per item in the list's order, and the counts. */
function gather(items: readonly unknown[], children: readonly ChildRun[]): Record<string, unknown> {
  const completed = children.filter(({ status }) => status === 'completed').length
  return {
    results: children
      .toSorted((one, other) => one.position - other.position)
      .map(({ position, status, outcome, steps }) => ({ item: items[position - 1] ?? null, status, outcome, steps })),
    count: children.length,
    completed,
    failed: children.length - completed,
  }
}

const isWhole = (value: unknown, most: number) =>
  value === undefined ||
  (typeof value === 'string' && setting.holdsReference(value)) ||
  (typeof value !== 'object' && Number.isInteger(Number(value)) && Number(value) >= 1 && Number(value) <= most)

const wrongNumber = (most: number): { why: Words; remedy: Words } => ({
  why: { en: `This must be a whole number from 1 to ${most}.`, fr: `Il faut un nombre entier de 1 à ${most}.` },
  remedy: { en: 'Enter another number.', fr: 'Saisissez un autre nombre.' },
})

const misconfigured = ({ why, remedy }: { why: Words; remedy: Words }) => new Misconfigured(why, remedy)
