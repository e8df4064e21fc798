import type { Pool } from 'pg'
import type { Template } from '../../catalogue/template.ts'
import { transaction } from './transaction.ts'

/**
 * Keeps the templates that come with the program as rows: new ones are added, changed ones replaced, those that no longer come with
 * it removed. A workspace's own are left alone. What is kept already is not written again.
 */
export async function keepTemplates(pool: Pool, templates: readonly Template[]): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query('delete from templates where workspace_id is null and not slug = any($1)', [templates.map(({ slug }) => slug)])
    for (const { slug, order, category, icon, title, summary, mission, french, question } of templates)
      await client.query(
        `insert into templates (slug, title, mission, category, about, translations) values ($1, $2, $3, $4, $5, $6)
         on conflict (slug) do update
           set title = excluded.title, mission = excluded.mission, category = excluded.category, about = excluded.about, translations = excluded.translations
           where templates.workspace_id is null and row(templates.title, templates.mission, templates.category, templates.about, templates.translations)
             is distinct from row(excluded.title, excluded.mission, excluded.category, excluded.about, excluded.translations)`,
        [
          slug,
          title.en,
          JSON.stringify(mission),
          category,
          JSON.stringify({ title, summary, icon, order, ...(question ? { question } : {}) }),
          JSON.stringify({ fr: french }),
        ],
      )
  })
}
