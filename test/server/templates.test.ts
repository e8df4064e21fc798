import { beforeEach, expect, test } from 'vitest'
import { templates } from '../../src/catalogue/gallery.ts'
import { keepTemplates } from '../../src/server/store/templates.ts'
import { aDatabase, aSupabase, aUser } from '../making.ts'

const database = await aDatabase()
const supabase = await aSupabase(database)
const { pool } = database
const [first, second] = templates
if (!first || !second) throw new Error('there are no templates')

beforeEach(() => pool.query('truncate templates, workspaces cascade'))

test('everybody who is signed in reads the templates that come with the program, in both languages', async () => {
  await keepTemplates(pool, templates)
  const ana = await aUser(supabase, database, 'ana@example.com')
  const { data } = await ana.client.from('templates').select('slug, title, mission, category, about, translations').eq('slug', first.slug)
  expect(data).toEqual([
    {
      slug: first.slug,
      title: first.title.en,
      mission: first.mission,
      category: first.category,
      about: {
        title: first.title,
        summary: first.summary,
        icon: first.icon,
        order: first.order,
        ...(first.question ? { question: first.question } : {}),
      },
      translations: { fr: first.french },
    },
  ])
})

test('a second start writes nothing that is kept already', async () => {
  await keepTemplates(pool, templates)
  const written = async () => (await pool.query('select slug, xmin::text as written from templates order by slug')).rows
  const before = await written()
  await keepTemplates(pool, templates)
  expect(await written()).toEqual(before)
})

test('a new version of the program replaces a template that changed and takes away one that is gone', async () => {
  await keepTemplates(pool, [first, second])
  await keepTemplates(pool, [{ ...first, category: 'operations' }])
  expect((await pool.query('select slug, category from templates')).rows).toEqual([{ slug: first.slug, category: 'operations' }])
})

test('the templates of a workspace are left as they are, even under the name of one that comes with the program', async () => {
  await pool.query(
    `with made as (insert into workspaces (name) values ('Acme') returning id)
     insert into templates (slug, title, mission, workspace_id) select slug, 'Ours', '{}', id from made, unnest($1::text[]) slug`,
    [[first.slug, 'ours']],
  )
  await keepTemplates(pool, [first])
  expect((await pool.query('select slug, title from templates order by slug')).rows).toEqual(
    [
      { slug: first.slug, title: 'Ours' },
      { slug: 'ours', title: 'Ours' },
    ].sort((one, other) => one.slug.localeCompare(other.slug)),
  )
})
