import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { type Template, templateSchema } from '../../catalogue/template.ts'
import { say } from '../../mission/words.ts'
import { supabase, taken } from '../data/supabase.ts'

const rowSchema = z.object({
  slug: z.string(),
  category: z.string(),
  about: z.record(z.string(), z.unknown()),
  mission: z.unknown(),
  translations: z.record(z.string(), z.unknown()),
})

/** Templates on a page of the gallery. */
export const pageSize = 24

/** Every template that may be used here, in the gallery's order. One that this program cannot read is left out. */
export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  staleTime: 300_000,
  queryFn: async (): Promise<Template[]> => {
    const rows = z
      .array(rowSchema)
      .parse(taken(await supabase.from('templates').select('slug, category, about, mission, translations').limit(500)))
    return rows
      .flatMap(({ slug, category, about, mission, translations }) => {
        const read = templateSchema.safeParse({ ...about, slug, category, mission, french: translations['fr'] ?? mission })
        if (!read.success) console.warn(`The template “${slug}” cannot be read:`, read.error.message)
        return read.success ? [read.data] : []
      })
      .sort((one, other) => one.order - other.order)
  },
})

/** Letters without accents, small: how texts are compared when people search. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Templates of a category (all without one) in whose title, summary or description every word occurs. */
export function findTemplates(templates: readonly Template[], words: string, category: string | undefined, language: string): Template[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean)
  return templates.filter((template) => {
    if (category !== undefined && template.category !== category) return false
    const text = plain(
      [say(template.title, language), say(template.summary, language), missionOf(template, language).description].join(' '),
    )
    return wanted.every((word) => text.includes(word))
  })
}

/** A template's mission in a language. */
export function missionOf(template: Template, language: string): Template['mission'] {
  return language === 'fr' ? template.french : template.mission
}
