import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { templates } from '../../src/catalogue/gallery.ts'
import { useTemplate } from '../../src/catalogue/template.ts'
import { call } from './asking.ts'
import { settled, sticksOut, violations } from './looking.ts'
import { aVisitor, invite, joinBy, runProgram, signUp } from './program.ts'

const program = await runProgram()
const ana = await aVisitor(program, 'Ana')
const bob = await aVisitor(program, 'Bob')

const rowsSchema = z.array(z.looseObject({ id: z.string() }))
const addresses = { mission: '', run: '', channel: '', table: '', form: '', invitation: '' }

/** A workspace in which something has happened: a live mission with a form, a lead that waits to be taken, a table, a chat. */
beforeAll(async () => {
  await signUp(ana)
  const link = await invite(ana)
  addresses.invitation = new URL(link).pathname
  await joinBy(link, bob)
  const { page } = ana
  const [workspace] = rowsSchema.parse(await call(page, '/rest/v1/workspaces?select=id'))
  const [channel] = rowsSchema.parse(await call(page, '/rest/v1/channels?select=id&name=eq.general'))
  const template = templates.find(({ slug }) => slug === 'lead-capture')
  if (!template || !channel) throw new Error('the template or the channel is missing')
  const mission = useTemplate(template, { language: 'en', zone: 'Europe/Paris', answer: channel.id })
  const [made] = z
    .array(z.object({ id: z.string(), draft_rev: z.number() }))
    .parse(await call(page, '/rest/v1/missions?select=id,draft_rev', { workspace_id: workspace?.id, name: mission.name, draft: mission }))
  await call(page, `/api/missions/${made?.id}/publish`, { draftRev: made?.draft_rev })
  const { doors } = z
    .object({ doors: z.array(z.object({ address: z.string() })) })
    .parse(await call(page, `/api/missions/${made?.id}/doors`))
  const address = doors[0]?.address ?? ''
  const form = mission.triggers.find(({ type }) => type === 'form')
  const fields = z.array(z.object({ id: z.string(), kind: z.string().optional() })).parse(form?.settings['fields'])
  const values = Object.fromEntries(fields.map(({ id, kind }) => [id, kind === 'email' ? 'zoe@example.com' : 'Zoé Martin']))
  await call(page, `/api/forms/${address}`, { values, website: '' })
  await call(page, '/api/chat/messages', { channelId: channel.id, text: 'Hello **everybody**', key: crypto.randomUUID() })
  const first = (path: string) =>
    vi.waitFor(async () => z.string().parse(rowsSchema.parse(await call(page, path))[0]?.id), { timeout: 20_000, interval: 100 })
  const run = await first('/rest/v1/runs?select=id&status=eq.waiting')
  const table = await first('/rest/v1/tables?select=id')
  Object.assign(addresses, {
    mission: `/missions/${made?.id}`,
    run: `/runs/${run}`,
    channel: `/chat/${channel.id}`,
    table: `/tables/${table}`,
    form: `/f/${address}`,
  })
})

/** A page, what must be seen before it counts as there, and what is then done on it. */
interface Place {
  name: string
  path: () => string
  there: (page: Page) => Promise<unknown>
  open?: (page: Page) => Promise<unknown>
}

const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { name, level: 1 }).waitFor()
const item = (page: Page) => page.getByRole('main').getByRole('listitem').first().waitFor()
const dialog = (page: Page) => page.getByRole('dialog').getByRole('button').first().waitFor()

const signedIn: Place[] = [
  { name: 'the list of missions', path: () => '/missions', there: item },
  {
    name: 'the designer',
    path: () => addresses.mission,
    there: async (page) => {
      await page.getByText('Version 1 is live').first().waitFor()
      // Once the check has said that nothing is wrong: axe looks at colours and at what is disabled one after the other.
      await page.locator('button[aria-disabled="false"]', { hasText: 'Publish' }).waitFor()
    },
  },
  { name: 'the gallery', path: () => '/templates', there: item },
  {
    name: 'a template up close',
    path: () => '/templates',
    there: item,
    open: async (page) => {
      await page.getByRole('button', { name: 'Welcome a new colleague' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Use this' }).waitFor()
    },
  },
  { name: 'the list of runs', path: () => '/runs', there: item },
  { name: 'a run', path: () => addresses.run, there: heading(/./) },
  {
    name: 'the chat',
    path: () => '/chat',
    there: (page) =>
      page
        .getByRole('link', { name: /general/ })
        .first()
        .waitFor(),
  },
  { name: 'a channel', path: () => addresses.channel, there: (page) => page.getByText('New lead: Zoé Martin').first().waitFor() },
  { name: 'the tables', path: () => '/tables', there: item },
  { name: 'a table', path: () => addresses.table, there: (page) => page.getByRole('cell', { name: 'zoe@example.com' }).waitFor() },
  { name: 'the directory', path: () => '/people', there: item },
  {
    name: 'inviting',
    path: () => '/people',
    there: item,
    open: async (page) => {
      await page.getByRole('button', { name: 'Invite people' }).click()
      await dialog(page)
    },
  },
  {
    name: 'somebody’s entry',
    path: () => '/people',
    there: item,
    open: async (page) => {
      await page.getByRole('button', { name: 'Edit Bob' }).click()
      await dialog(page)
    },
  },
  { name: 'the settings', path: () => '/settings', there: heading('Settings') },
  { name: 'an address where nothing is', path: () => '/nowhere', there: heading(/nothing at this address/) },
]

const strangers: Place[] = [
  { name: 'signing in', path: () => '/sign-in', there: heading('Sign in') },
  { name: 'signing up', path: () => '/sign-up', there: heading('Create your workspace') },
  {
    name: 'signing up with everything wrong',
    path: () => '/sign-up',
    there: heading('Create your workspace'),
    open: async (page) => {
      await page.getByRole('button', { name: 'Create the workspace' }).click()
      await page.getByText('Please enter your name.').waitFor()
    },
  },
  { name: 'joining', path: () => addresses.invitation, there: heading('Join Acme') },
  { name: 'an invitation that is none', path: () => '/join/nonsense', there: heading('This invitation cannot be used') },
  { name: 'the hosted form', path: () => addresses.form, there: (page) => page.getByRole('button', { name: 'Send' }).waitFor() },
  {
    name: 'the hosted form with everything wrong',
    path: () => addresses.form,
    there: (page) => page.getByRole('button', { name: 'Send' }).waitFor(),
    open: async (page) => {
      await page.getByRole('button', { name: 'Send' }).click()
      await page.getByText('need your attention').waitFor()
    },
  },
  { name: 'a form that is none', path: () => '/f/nonsense', there: heading('This form cannot be shown') },
]

/** What is wrong with a place in light and in dark. */
async function lookAt(page: Page, place: Place): Promise<Record<'light' | 'dark', string[]>> {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(place.path())
  await place.there(page)
  await place.open?.(page)
  const light = [...(await violations(page)), ...(await sticksOut(page))]
  const headings = await page.evaluate(() => [...document.querySelectorAll('h1')].filter((one) => one.checkVisibility()).length)
  if (headings !== 1) light.push(`there are ${headings} headings of level 1`)
  await page.emulateMedia({ colorScheme: 'dark' })
  await settled(page)
  return { light, dark: await violations(page) }
}

describe.each([
  { screen: 'a screen', width: 1440, height: 900 },
  { screen: 'a phone', width: 390, height: 844 },
] as const)('on $screen, light and dark', ({ width, height }) => {
  const visitor = aVisitor(program, 'Ana', { width, height })
  const stranger = aVisitor(program, 'Zoe', { width, height })

  beforeAll(async () => {
    const { page } = await visitor
    await page.goto('/sign-in')
    await page.getByLabel('E-mail').fill('ana@example.com')
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL('**/missions')
  })

  test.each(signedIn)('nothing is wrong with $name', async (place) => {
    expect(await lookAt((await visitor).page, place)).toEqual({ light: [], dark: [] })
  })

  test.each(strangers)('nothing is wrong with $name', async (place) => {
    expect(await lookAt((await stranger).page, place)).toEqual({ light: [], dark: [] })
  })
})
