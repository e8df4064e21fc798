import { z } from 'zod'
import { missionSchema, type Mission } from '../mission/mission.ts'
import type { Words } from '../mission/words.ts'
import { catalogue, settingMeta, type Catalogue } from './catalogue.ts'

/** In which part of the gallery a template stands, with what people call it. */
export const templateCategories = {
  people: { en: 'People', fr: 'Personnes' },
  teamwork: { en: 'Teamwork', fr: 'Travail d’équipe' },
  customers: { en: 'Customers', fr: 'Clients' },
  operations: { en: 'Operations', fr: 'Exploitation' },
} satisfies Record<string, Words>

const wordsSchema = z.strictObject({ en: z.string().min(1), fr: z.string().min(1) })

/**
 * Where the answer to a template's question goes. `as`: a text in which `%` stands for the answer, for a place that holds more
 * than the answer (`{{ trigger.person.manager | default: "%" }}`).
 */
const fillSchema = z.union([
  z.strictObject({ step: z.string(), setting: z.string(), as: z.string().includes('%').optional() }),
  z.strictObject({ trigger: z.string(), setting: z.string(), as: z.string().includes('%').optional() }),
])

/** A template as its file holds it: a mission ready to copy, in both languages, and the one question that may be asked before. */
export const templateSchema = z.strictObject({
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/),
  /** Where it stands in the gallery, from 1. */
  order: z.int().min(1),
  category: z.enum(['people', 'teamwork', 'customers', 'operations']),
  icon: z.string(),
  title: wordsSchema,
  summary: wordsSchema,
  mission: missionSchema,
  /** The same mission with French texts; the same triggers, steps and links. */
  french: missionSchema,
  question: z
    .strictObject({ label: wordsSchema, widget: z.enum(['person', 'people', 'channel', 'line']), fill: z.array(fillSchema).min(1) })
    .optional(),
})

export type Template = z.infer<typeof templateSchema>

/** What a copy of a template is made with. */
export interface TemplateUse {
  /** Of the person who uses it; English unless `fr`. */
  language: string
  /** The time zone of schedules and waits that do not name one: of the person who uses it. */
  zone: string
  /** The answer to the template's question: an id, an address or a name. */
  answer?: string
}

/** A mission of one's own, made from a template: in one's language, in one's time zone, with the question's answer where it belongs. */
export function useTemplate(
  template: Pick<Template, 'mission' | 'french' | 'question'>,
  { language, zone, answer }: TemplateUse,
  { triggers, actions }: Catalogue = catalogue,
): Mission {
  const mission = structuredClone(language === 'fr' ? template.french : template.mission)
  for (const placed of [...mission.triggers, ...mission.steps]) {
    const shape = (triggers.get(placed.type) ?? actions.get(placed.type))?.settings.shape ?? {}
    for (const [setting, schema] of Object.entries(shape))
      if (schema instanceof z.ZodType && settingMeta(schema)?.widget === 'timezone') placed.settings[setting] ??= zone
  }
  if (answer === undefined) return mission
  for (const fill of template.question?.fill ?? []) {
    const placed =
      'step' in fill ? mission.steps.find(({ id }) => id === fill.step) : mission.triggers.find(({ id }) => id === fill.trigger)
    // A quotation mark would end the text in which the answer stands.
    if (placed) placed.settings[fill.setting] = fill.as === undefined ? answer : fill.as.replace('%', () => answer.replaceAll('"', ''))
  }
  return mission
}
