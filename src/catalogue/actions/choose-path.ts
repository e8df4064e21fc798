import { z } from 'zod'
import { defineAction, evaluate, listed, readable, sentence, setting, type Exit, type Words } from '../define.ts'

/** A path as far as it has been written: while somebody edits, anything may be missing. */
const draftSchema = z.array(
  z.object({
    id: z.string().catch(''),
    label: z.string().catch(''),
    when: z.array(z.object({ left: z.unknown(), is: z.string().catch('is'), right: z.array(z.unknown()).catch([]) })).catch([]),
    any: z.boolean().optional().catch(undefined),
  }),
)

type Draft = z.output<typeof draftSchema>[number]

const readDraft = (paths: unknown): Draft[] => (draftSchema.safeParse(paths).data ?? []).filter((path) => path.id !== '')

const otherwise: Exit = { name: 'otherwise', label: { en: 'Otherwise', fr: 'Sinon' } }

export default defineAction({
  type: 'choose-path',
  title: { en: 'Choose a path', fr: 'Choisir un chemin' },
  icon: 'arrows-split',
  group: 'flow',
  about: {
    en: 'Goes on by the first path whose conditions hold.',
    fr: 'Continue par le premier chemin dont les conditions sont remplies.',
  },
  also: { en: 'if condition branch otherwise case filter', fr: 'si condition branche sinon cas filtrer' },
  summary: ({ paths }) => {
    const ways = readDraft(paths)
    if (ways.length === 0) return { en: 'Choose a path', fr: 'Choisir un chemin' }
    const words = ways.map((way) => {
      const when = conditionsInWords(way.when, way.any === true)
      return { en: `“${way.label}” if ${when.en}`, fr: `« ${way.label} » si ${when.fr}` }
    })
    return sentence(
      `Take ${words.map((way) => way.en).join('; ')}; in all other cases “${otherwise.label.en}”`,
      `Prendre ${words.map((way) => way.fr).join(' ; ')} ; dans tous les autres cas « ${otherwise.label.fr} »`,
    )
  },
  settings: z.object({
    paths: setting.paths({
      label: { en: 'Paths', fr: 'Chemins' },
      help: {
        en: 'The first that fits is taken; if none does, “Otherwise”.',
        fr: 'Le premier qui convient est pris ; si aucun ne convient, « Sinon ».',
      },
    }),
  }),
  gives: [],
  exits: ({ paths }) => [
    ...readDraft(paths).map(({ id, label }) => ({ name: id, label: { en: label || id, fr: label || id } })),
    otherwise,
  ],
  example: { paths: [{ id: 'mac', label: 'A Mac', when: [{ left: '{{ laptop.answer }}', is: 'is', right: ['Mac'] }] }] },
  effect: 'none',
  repeat: 'Nothing outside the run is touched, so nothing can happen twice.',
  check: ({ paths }) => {
    const ways = readDraft(paths)
    return ways.flatMap((way, index) => {
      const setting = `paths.${index}`
      return [...namingFaults(ways, way, setting), ...way.when.flatMap((condition) => conditionFaults(way, condition, setting))]
    })
  },
  run: ({ settings }) => {
    const fits = ({ when, any }: (typeof settings.paths)[number]) => (any ? when.some((one) => evaluate([one])) : evaluate(when))
    return { exit: settings.paths.find(fits)?.id ?? otherwise.name }
  },
})

function namingFaults(ways: readonly Draft[], way: Draft, setting: string): { setting: string; why: Words; remedy: Words }[] {
  const remedy = { en: 'Give the path another name.', fr: 'Donnez un autre nom au chemin.' }
  if (way.id === otherwise.name || way.id === 'failed' || way.id === 'each')
    return [
      {
        setting,
        why: {
          en: `A path cannot be called “${way.id}”: that name is taken.`,
          fr: `Un chemin ne peut pas s’appeler « ${way.id} » : ce nom est déjà pris.`,
        },
        remedy,
      },
    ]
  if (ways.find((other) => other.id === way.id) === way) return []
  return [{ setting, why: { en: `Two paths are called “${way.id}”.`, fr: `Deux chemins s’appellent « ${way.id} ».` }, remedy }]
}

function conditionFaults(
  way: Draft,
  { left, is, right }: Draft['when'][number],
  setting: string,
): { setting: string; why: Words; remedy: Words }[] {
  if (left === undefined || left === null || left === '')
    return [
      {
        setting,
        why: {
          en: `A condition of “${way.label}” does not say what it looks at.`,
          fr: `Une condition de « ${way.label} » ne dit pas ce qu’elle examine.`,
        },
        remedy: { en: 'Choose the data it looks at.', fr: 'Choisissez la donnée à examiner.' },
      },
    ]
  if (is === 'is-empty' || is === 'is-not-empty' || right.length > 0) return []
  return [
    {
      setting,
      why: {
        en: `A condition of “${way.label}” has nothing to compare with.`,
        fr: `Une condition de « ${way.label} » n’a rien à comparer.`,
      },
      remedy: { en: 'Enter a value, or choose “is empty”.', fr: 'Saisissez une valeur, ou choisissez « est vide ».' },
    },
  ]
}

const comparisonWords: Record<string, Words> = {
  is: { en: 'is', fr: 'est' },
  'is-not': { en: 'is not', fr: 'n’est pas' },
  contains: { en: 'contains', fr: 'contient' },
  'starts-with': { en: 'starts with', fr: 'commence par' },
  'ends-with': { en: 'ends with', fr: 'finit par' },
  'more-than': { en: 'is more than', fr: 'dépasse' },
  'less-than': { en: 'is less than', fr: 'est en dessous de' },
  'is-empty': { en: 'is empty', fr: 'est vide' },
  'is-not-empty': { en: 'is not empty', fr: 'n’est pas vide' },
}

function conditionsInWords(conditions: Draft['when'], any: boolean): Words {
  const something = { en: 'something', fr: 'quelque chose' }
  return listed(
    conditions.map(({ left, is, right }) => {
      const looked = readable(left, something)
      const comparison = comparisonWords[is] ?? { en: is, fr: is }
      if (is === 'is-empty' || is === 'is-not-empty') return { en: `${looked.en} ${comparison.en}`, fr: `${looked.fr} ${comparison.fr}` }
      const one =
        right.length === 0
          ? something
          : listed(
              right.map((value) => readable(value, something)),
              { en: 'or', fr: 'ou' },
            )
      return { en: `${looked.en} ${comparison.en} ${one.en}`, fr: `${looked.fr} ${comparison.fr} ${one.fr}` }
    }),
    any ? { en: 'or', fr: 'ou' } : undefined,
  )
}
