import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { templates } from '../../src/catalogue/gallery.ts'
import { useTemplate } from '../../src/catalogue/template.ts'
import { call } from './asking.ts'
import { aVisitor, invite, joinBy, runProgram, signUp, type Visitor } from './program.ts'

const program = await runProgram()
const ana = await aVisitor(program, 'Ana')
const bob = await aVisitor(program, 'Bob')
const rowsSchema = z.array(z.looseObject({ id: z.string() }))

async function signIn({ page }: Visitor, email: string, password = 'correct horse battery'): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Puts a template's mission into the workspace and publishes it; gives the mission's id. */
async function published({ page }: Visitor, slug: string): Promise<string> {
  const [workspace] = rowsSchema.parse(await call(page, '/rest/v1/workspaces?select=id'))
  const [channel] = rowsSchema.parse(await call(page, '/rest/v1/channels?select=id&name=eq.general'))
  const template = templates.find((one) => one.slug === slug)
  if (!template || !channel) throw new Error('the template or the channel is missing')
  const mission = useTemplate(template, { language: 'en', zone: 'Europe/Paris', answer: channel.id })
  const [made] = z
    .array(z.object({ id: z.string(), draft_rev: z.number() }))
    .parse(await call(page, '/rest/v1/missions?select=id,draft_rev', { workspace_id: workspace?.id, name: mission.name, draft: mission }))
  await call(page, `/api/missions/${made?.id}/publish`, { draftRev: made?.draft_rev })
  return made?.id ?? ''
}

test('the first visitor is led to sign up; every field that is wrong says why, and what was typed stays', async () => {
  const { page } = ana
  await page.goto('/')
  await page.waitForURL('**/sign-up')
  await page.getByLabel('Name of the workspace').fill('Acme')
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByRole('button', { name: 'Create the workspace' }).click()
  await page.getByText('Please enter your name.').waitFor()
  await page.getByText('Please choose a password with at least 8 characters.').waitFor()
  await expect.poll(() => page.getByLabel('Name of the workspace').inputValue()).toBe('Acme')
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name')
})

test('what the first page loads is under 180 KB of script', async () => {
  const visitor = await aVisitor(program, 'Zoe')
  const sizes: Promise<number>[] = []
  visitor.page.on('response', (response) => {
    if (response.url().endsWith('.js'))
      sizes.push(
        response
          .request()
          .sizes()
          .then(({ responseBodySize }) => responseBodySize),
      )
  })
  await visitor.page.goto('/sign-up')
  await visitor.page.getByRole('button', { name: 'Create the workspace' }).waitFor()
  await visitor.page.waitForLoadState('networkidle')
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  expect(total).toBeGreaterThan(50_000)
  expect(total).toBeLessThan(180_000)
})

test('whoever was on the way to a page and has to sign in first comes to that page; a wrong password says so', async () => {
  await signUp(ana)
  await joinBy(await invite(ana), bob)
  const visitor = await aVisitor(program, 'Ana')
  await visitor.page.goto('/people?q=bob')
  await visitor.page.waitForURL('**/sign-in**')
  await signIn(visitor, 'ana@example.com', 'something else')
  await visitor.page.getByText('This e-mail address and password do not match.').waitFor()
  await signIn(visitor, 'ana@example.com')
  await visitor.page.waitForURL('**/people?q=bob')
  const found = visitor.page.getByRole('list', { name: 'People' }).getByRole('listitem')
  await found.filter({ hasText: 'Bob' }).waitFor()
  await expect.poll(() => found.count()).toBe(1)
})

test('a link to sign in never leads to another site', async () => {
  const visitor = await aVisitor(program, 'Ana')
  await visitor.page.goto('/sign-in?to=//example.com/missions')
  await signIn(visitor, 'ana@example.com')
  await visitor.page.getByRole('heading', { name: 'Missions', level: 1 }).waitFor()
  expect(new URL(visitor.page.url()).origin).toBe(program.url)
})

test('the language chosen in the menu is spoken at once, after a reload, and in the next browser one signs in with', async () => {
  const { page } = bob
  await page.goto('/missions')
  await page.getByRole('button', { name: /Workspace menu/ }).click()
  await page.getByRole('button', { name: 'Français' }).click()
  await page.getByRole('link', { name: 'Modèles' }).waitFor()
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('fr')
  const elsewhere = await aVisitor(program, 'Bob')
  await elsewhere.page.goto('/sign-in')
  await signIn(elsewhere, 'bob@example.com')
  await elsewhere.page.getByRole('link', { name: 'Modèles' }).waitFor()
  await page.getByRole('button', { name: /Menu de l’espace de travail/ }).click()
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('link', { name: 'Templates' }).waitFor()
})

test('dark is kept over a reload, and signing out ends the session', async () => {
  const visitor = await aVisitor(program, 'Bob')
  const { page } = visitor
  await page.goto('/sign-in')
  await signIn(visitor, 'bob@example.com')
  await page.getByRole('button', { name: /Workspace menu/ }).click()
  await page.getByRole('button', { name: 'Dark' }).click()
  await page.reload()
  await page.getByRole('heading', { name: 'Missions', level: 1 }).waitFor()
  await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark')
  await page.getByRole('button', { name: /Workspace menu/ }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.goto('/missions')
  await page.waitForURL('**/sign-in**')
})

test('an owner gives a colleague a manager and a role; a member can do neither', async () => {
  const { page } = ana
  await page.goto('/people')
  await page.getByRole('button', { name: 'Edit Bob' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Manager' }).click()
  await dialog.getByRole('option', { name: 'Ana' }).click()
  await dialog.getByRole('radio', { name: 'Builder' }).check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  const line = page.getByRole('listitem').filter({ hasText: 'bob@example.com' })
  await line.getByText('Manager: Ana').waitFor()
  await line.getByText('Builder').waitFor()
  await bob.page.goto('/people')
  await bob.page.getByRole('listitem').first().waitFor()
  await expect.poll(() => bob.page.getByRole('button', { name: /^Edit|^Invite/ }).count()).toBe(0)
})

test('a link that was closed lets nobody in and says what to do', async () => {
  const link = await invite(ana)
  await ana.page.getByRole('dialog').getByRole('button', { name: 'Close the link for Member made just now' }).first().click()
  await ana.page.getByText('The link is closed.').first().waitFor()
  const visitor = await aVisitor(program, 'Cy')
  await visitor.page.goto(new URL(link).pathname)
  await visitor.page.getByText('This invitation is no longer open. Ask whoever invited you for a new link.').waitFor()
  await expect.poll(() => visitor.page.getByRole('textbox').count()).toBe(0)
})

test('a live mission says which version is live and is taken out of service before it is put away', async () => {
  const { page } = ana
  const id = await published(ana, 'poll')
  await page.goto('/missions')
  const line = page.getByRole('listitem').filter({ hasText: 'Ask the team' })
  await line.getByText('Version 1 is live').waitFor()
  await line.getByRole('button', { name: /^Archive/ }).click()
  await page.getByRole('dialog').getByText('nothing starts it any more').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click()
  await line.waitFor({ state: 'detached' })
  expect(await call(page, `/rest/v1/missions?select=live_version_id&id=eq.${id}`)).toEqual([{ live_version_id: null }])
  await page.getByText('Archived', { exact: true }).click()
  await line.getByRole('button', { name: /^Restore/ }).click()
  await page.getByText('All', { exact: true }).click()
  await line.getByText('Draft, not live').waitFor()
})

test('a table that strangers write into by a form: shown live, searched, and exported without formulas', async () => {
  const { page } = ana
  const id = await published(ana, 'lead-capture')
  const { doors } = z.object({ doors: z.array(z.object({ address: z.string() })) }).parse(await call(page, `/api/missions/${id}/doors`))
  const sent = async (name: string) =>
    call(page, `/api/forms/${doors[0]?.address}`, {
      values: { name, email: 'zoe@example.com', company: 'Zoé, "Sons" & Co', message: 'Two\nlines' },
      website: '',
    })
  await sent('Zoé')
  await page.goto('/tables')
  await page.getByRole('link', { name: 'Leads' }).click()
  await page.getByRole('cell', { name: 'Zoé', exact: true }).waitFor()
  await sent('=HYPERLINK("http://example.com")')
  await page.getByRole('cell', { name: '=HYPERLINK("http://example.com")' }).waitFor()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export as CSV' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^Leads \d{4}-\d\d-\d\d\.csv$/)
  const lines = (await readFile(await download.path(), 'utf8')).split('\r\n')
  expect(lines[0]).toBe('\uFEFFCompany,E-mail,Message,Name,Added')
  expect(lines[1]).toContain(`"Zoé, ""Sons"" & Co",zoe@example.com,"Two\nlines","'=HYPERLINK(""http://example.com"")",`)
  await page.getByRole('searchbox', { name: 'Search the rows' }).fill('hyperlink')
  await page.waitForURL('**?q=hyperlink')
  await page.getByRole('cell', { name: 'Zoé', exact: true }).waitFor({ state: 'detached' })
  await expect.poll(() => page.getByRole('row').count()).toBe(2)
})

test('the hosted form tells field by field what is wrong, keeps what was typed, and thanks', async () => {
  const [door] = z
    .array(z.object({ address: z.string() }))
    .parse(await call(ana.page, '/rest/v1/doors?select=address&kind=eq.form&limit=1'))
  const { page } = await aVisitor(program, 'Zoe', { width: 390, height: 844 })
  await page.goto(`/f/${door?.address}`)
  await page.getByLabel('Your name').fill('Zoé')
  await page.getByLabel('E-mail').fill('zoe')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('Please enter an e-mail address such as ana@example.com.').waitFor()
  const email = page.getByLabel('E-mail')
  await expect.poll(() => email.getAttribute('aria-invalid')).toBe('true')
  await expect
    .poll(() => email.evaluate((field) => document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent))
    .toContain('ana@example.com')
  await expect.poll(() => page.getByLabel('Your name').inputValue()).toBe('Zoé')
  await email.fill('zoe@example.com')
  for (const field of await page.getByRole('textbox').all()) if ((await field.inputValue()) === '') await field.fill('Hello')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('heading', { name: 'Thank you' }).waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
})

test('while the server is away the page says so and keeps what it shows; when it is back, it goes on by itself', async () => {
  const { page } = ana
  await page.goto('/people')
  const bobs = page.getByRole('listitem').filter({ hasText: 'bob@example.com' })
  await bobs.waitFor()
  await program.kill()
  const told = page.getByText('The connection to the server is interrupted.')
  await told.waitFor()
  await expect.poll(() => bobs.isVisible()).toBe(true)
  await program.start()
  await told.waitFor({ state: 'detached' })
  await expect.poll(() => bobs.isVisible()).toBe(true)
})
