import { beforeEach, describe, expect, test } from 'vitest'
import { templates } from '../../src/catalogue/gallery.ts'
import { keepTemplates } from '../../src/server/store/templates.ts'
import { aDatabase, aSupabase, aUser } from '../making.ts'
import { aServer, type Colleague } from './server.ts'

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

describe('the templates of a workspace', () => {
  const save = async (by: Colleague, workspaceId: string | null, slug = `own-${crypto.randomUUID()}`) => {
    const row = { slug, title: 'Ours', workspace_id: workspaceId, category: 'teamwork', about: {}, mission: first.mission }
    const { error } = await by.client.from('templates').insert(row)
    return error === null ? slug : undefined
  }
  const seen = async (by: Colleague) => (await by.client.from('templates').select('slug')).data?.map(({ slug }) => String(slug))
  const deleted = async (by: Colleague, slug: string) =>
    (await by.client.from('templates').delete().eq('slug', slug).select('slug')).data?.length

  test('are saved by owners and builders, read by its members only, and deleted by who saved them or by an owner', async () => {
    const server = await aServer(database)
    const { workspaceId, people } = await server.team('Ana', 'Builder', 'Builder-Bo', 'Cy')
    const { people: others } = await server.team('Eve')
    const slug = (await save(people.Builder, workspaceId)) ?? expect.unreachable('a builder saves a template')
    const second = (await save(people.Builder, workspaceId)) ?? expect.unreachable('a builder saves another')
    expect(await save(people.Cy, workspaceId)).toBeUndefined()
    expect(await save(others.Eve, workspaceId)).toBeUndefined()
    for (const member of Object.values(people)) expect((await seen(member))?.sort()).toEqual([slug, second].sort())
    expect(await seen(others.Eve)).toEqual([])
    for (const one of [people.Cy, people['Builder-Bo'], others.Eve]) expect(await deleted(one, slug)).toBe(0)
    expect(await deleted(people.Builder, slug)).toBe(1)
    expect(await deleted(people.Ana, second)).toBe(1)
    expect(await seen(people.Ana)).toEqual([])
  })

  test('stand in for none of the program: not for everybody, not under one of its names, not in somebody else’s name', async () => {
    const server = await aServer(database)
    const { workspaceId, people } = await server.team('Ana')
    expect(await save(people.Ana, null)).toBeUndefined()
    expect(await save(people.Ana, workspaceId, first.slug)).toBeUndefined()
    const row = { slug: 'own-1', title: 'Ours', workspace_id: workspaceId, mission: first.mission, created_by: crypto.randomUUID() }
    expect((await people.Ana.client.from('templates').insert(row)).error).not.toBeNull()
    await keepTemplates(pool, [first])
    expect(await deleted(people.Ana, first.slug)).toBe(0)
    expect((await people.Ana.client.from('templates').update({ title: 'Mine' }).eq('slug', first.slug).select('slug')).error).not.toBeNull()
  })
})
