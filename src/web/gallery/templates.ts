import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { catalogue } from '../../catalogue/catalogue.ts'
import { type Template, templateSchema } from '../../catalogue/template.ts'
import type { Mission } from '../../mission/mission.ts'
import { say } from '../../mission/words.ts'
import { done, supabase, taken } from '../data/supabase.ts'

const rowSchema = z.object({
  slug: z.string(),
  workspace_id: z.nullable(z.string()),
  created_by: z.nullable(z.string()),
  category: z.string(),
  about: z.record(z.string(), z.unknown()),
  mission: z.unknown(),
  translations: z.record(z.string(), z.unknown()),
})

/** Templates on a page of the gallery. */
export const pageSize = 24

/** A template as the gallery shows it. */
export interface GalleryTemplate extends Template {
  /** Of a template of the workspace: the account that saved it; null when that is gone. Absent for those of the program. */
  own?: { by: string | null }
}

/** As what templates of the workspace are found in the gallery, besides the categories of the others. */
export const ownCategory = 'own'

/** Every template that may be used in a workspace, its own first, then in the gallery's order. One that this program cannot read is left out. */
export const templatesQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ['templates', workspaceId],
    staleTime: 300_000,
    queryFn: async (): Promise<GalleryTemplate[]> => {
      const rows = z
        .array(rowSchema)
        .parse(
          taken(
            await supabase
              .from('templates')
              .select('slug, workspace_id, created_by, category, about, mission, translations')
              .or(`workspace_id.is.null,workspace_id.eq.${workspaceId}`)
              .limit(500),
          ),
        )
      return rows
        .flatMap(({ slug, workspace_id, created_by, category, about, mission, translations }): GalleryTemplate[] => {
          const read = templateSchema.safeParse({ ...about, slug, category, mission, french: translations['fr'] ?? mission })
          if (!read.success) console.warn(`The template “${slug}” cannot be read:`, read.error.message)
          return read.success ? [{ ...read.data, ...(workspace_id === null ? {} : { own: { by: created_by } }) }] : []
        })
        .sort((one, other) => Number(other.own !== undefined) - Number(one.own !== undefined) || one.order - other.order)
    },
  })

/** Saves a mission as a template of a workspace. Whoever it was made for has been taken out of it before. */
export async function saveTemplate(
  workspaceId: string,
  { title, summary, mission }: { title: string; summary: string; mission: Mission },
): Promise<void> {
  const [trigger] = mission.triggers
  // One text for both languages: nobody translates what a team calls its own things.
  const about = {
    title: { en: title, fr: title },
    summary: { en: summary, fr: summary },
    icon: (trigger && catalogue.triggers.get(trigger.type)?.icon) ?? 'bolt',
    order: 1,
  }
  const row = {
    slug: `own-${crypto.randomUUID()}`,
    title,
    workspace_id: workspaceId,
    category: 'teamwork',
    about,
    mission: { ...mission, name: title },
  }
  done(await supabase.from('templates').insert(row))
}

/** Deletes a template of a workspace. */
export async function deleteTemplate(slug: string): Promise<void> {
  done(await supabase.from('templates').delete().eq('slug', slug))
}

/** Letters without accents, small: how texts are compared when people search. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Templates of a category (all without one) in whose title, summary or description every word occurs. */
export function findTemplates(
  templates: readonly GalleryTemplate[],
  words: string,
  category: string | undefined,
  language: string,
): GalleryTemplate[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean)
  return templates.filter((template) => {
    if (category !== undefined && categoryOf(template) !== category) return false
    const text = plain(
      [say(template.title, language), say(template.summary, language), missionOf(template, language).description].join(' '),
    )
    return wanted.every((word) => text.includes(word))
  })
}

const categoryOf = ({ own, category }: GalleryTemplate): string => (own ? ownCategory : category)

/** A template's mission in a language. */
export function missionOf(template: Template, language: string): Template['mission'] {
  return language === 'fr' ? template.french : template.mission
}
