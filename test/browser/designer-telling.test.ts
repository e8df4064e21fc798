import { describe, expect, test } from 'vitest'
import type { Mission } from '../../src/mission/mission.ts'
import { call } from './asking.ts'
import { asking, draftOf, make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { violations } from './looking.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)

describe('a list that is picked from', () => {
  test('says that it is loading, what to do when that failed, and tries again when that is chosen', async () => {
    const { page } = maya
    const drawing = await new Drawing(page).open(await make(maya, asking))
    await drawing.choose('Say hello')
    const answered = Promise.withResolvers<boolean>()
    await page.route('**/rest/v1/channels?*', async (route) => ((await answered.promise) ? route.continue() : route.abort()))
    await page.getByRole('button', { name: 'Take out #general' }).click()
    const field = drawing.field('Channel')
    await field.click()
    const list = page.getByRole('listbox', { name: 'Channel' })
    await list.getByRole('option', { name: 'Searching…' }).waitFor()
    await page.keyboard.type('gen')
    // What nobody knows yet is not called missing.
    await list.getByRole('option', { name: '#gen', exact: true }).waitFor()
    await expect.poll(() => list.getByText('not there yet').count()).toBe(0)
    answered.resolve(false)
    const again = list.getByRole('option', { name: 'Try again' })
    await again.waitFor()
    expect(await violations(page)).toEqual([])
    await page.unroute('**/rest/v1/channels?*')
    await again.click()
    await list.getByRole('option', { name: '#general', exact: true }).click()
    await page.getByRole('button', { name: 'Take out #general' }).waitFor()
    await drawing.settled()
  })
})

test('what is wrong with a setting comes and goes in a line of its own: nothing below it moves, and the words fit beside the field', async () => {
  const { page } = maya
  const drawing = await new Drawing(page).open(await make(maya, asking))
  await drawing.choose('Pick a laptop')
  const field = drawing.field('Question')
  await field.waitFor()
  /** Where the settings stand from the first one on; the preview, which shows what is written, comes after them. */
  const below = () =>
    page.locator('[data-setting]').evaluateAll((all) =>
      ['question', 'answer', 'choices'].map((name) => {
        const found = all.find((one) => one.getAttribute('data-setting') === name)
        return Math.round((found?.getBoundingClientRect().top ?? 0) - (all[0]?.getBoundingClientRect().top ?? 0))
      }),
    )
  const before = await below()
  await field.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  const told = page.getByText('Still empty: fill it in.')
  await told.waitFor()
  await expect.poll(() => field.getAttribute('aria-describedby').then((ids) => ids?.includes('fault'))).toBe(true)
  await expect.poll(below).toEqual(before)
  expect(await violations(page)).toEqual([])
  await page.keyboard.type('Which one?')
  await told.waitFor({ state: 'hidden' })
  await expect.poll(below).toEqual(before)
})

test('missions that run each other go live together, and whoever takes one down or puts it away is told who runs it', async () => {
  const { page } = maya
  const draft = (name: string, mission: string): Mission => ({
    ...asking,
    name,
    triggers: [{ id: 'called', type: 'run-by-mission', settings: { fields: [] } }],
    steps: [{ id: 'other', type: 'run-mission', name: 'Run it', settings: { mission, wait: false } }],
    links: [{ from: 'called', exit: 'done', to: 'other' }],
  })
  const ping = await make(maya, asking)
  const pong = await make(maya, draft('Pong', ping))
  await call(page, `/rest/v1/missions?id=eq.${ping}&select=id`, { name: 'Ping', draft: draft('Ping', pong) }, 'PATCH')
  await new Drawing(page).open(ping)
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const publishing = page.getByRole('dialog', { name: 'Publish this mission' })
  await publishing.getByRole('button', { name: 'Publish now' }).click()
  await publishing.getByText('“Pong” and this one run each other').waitFor()
  expect(await violations(page)).toEqual([])
  await publishing.getByRole('button', { name: 'Publish them together' }).click()
  await page.getByText('Version 1 is live', { exact: false }).first().waitFor()

  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Take it down' }).click()
  const told = '“Pong” runs it. Its runs fail at that step until this one is live again.'
  const leaving = page.getByRole('dialog', { name: 'Take this mission down?' })
  await leaving.getByText(told).waitFor()
  expect(await violations(page)).toEqual([])
  await leaving.getByRole('button', { name: 'Cancel' }).click()
  await page.goto('/missions')
  await page.getByRole('button', { name: 'Archive “Ping”' }).click()
  await page.getByRole('dialog', { name: 'Archive this mission?' }).getByText(told).waitFor()
})

test('every command of the menu is found by searching everything, by other words too, in both languages', async () => {
  const { page } = maya
  const id = await make(maya, asking)
  const drawing = await new Drawing(page).open(id)
  const field = page.getByRole('combobox').and(page.locator(':focus'))
  const find = async (words: string) => {
    await page.keyboard.press('Control+k')
    await field.waitFor()
    await field.fill(words)
  }
  const others = {
    en: {
      import: 'Replace by a file…',
      export: 'Download as JSON',
      raw: 'Settings as JSON',
      compare: 'Versions',
      share: 'Save as template',
    },
    fr: {
      importer: 'Remplacer par un fichier…',
      exporter: 'Télécharger en JSON',
      brut: 'Réglages en JSON',
      comparer: 'Versions',
      partager: 'Enregistrer comme modèle',
    },
  }
  for (const language of ['fr', 'en'] as const) {
    await call(page, '/rest/v1/people?name=eq.Maya&select=id', { language }, 'PATCH')
    await page.reload()
    await drawing.card('Say hello').click()
    await page.getByRole('button', { name: language === 'en' ? 'More' : 'Plus', exact: true }).click()
    const items = page.getByRole('menuitem')
    await items.first().waitFor()
    const [, ...titles] = await items.allTextContents()
    expect(titles).toHaveLength(4)
    await page.keyboard.press('Escape')
    await items.first().waitFor({ state: 'detached' })
    await find('')
    for (const [words, title] of [...titles.map((one) => [one.replace('…', ''), one] as const), ...Object.entries(others[language])]) {
      await field.fill(words)
      await page.getByRole('option', { name: title, exact: true }).waitFor()
    }
    await page.keyboard.press('Escape')
    await page.getByRole('listbox').waitFor({ state: 'detached' })
  }
  await find('raw')
  await page.keyboard.press('Enter')
  // The settings unfold as JSON, with the cursor in them.
  await page.getByRole('textbox', { name: 'Settings as JSON' }).and(page.locator(':focus')).waitFor()
  await find('export')
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  expect(file.suggestedFilename()).toBe('order-a-laptop.json')
  await page.getByRole('listbox').waitFor({ state: 'detached' })
  // Asked for well before it comes: a key is faster than the browser is told to hand it over.
  const choosing = page.waitForEvent('filechooser')
  await find('import')
  await page.keyboard.press('Enter')
  await choosing
})

test('publishing what cannot be saved says so, keeps the note, and goes on when the server answers again', async () => {
  const { page } = maya
  const drawing = await new Drawing(page).open(await make(maya, asking))
  const dialog = page.getByRole('dialog')
  const note = dialog.getByRole('textbox', { name: /^What changed/ })
  await page.route('**/rest/v1/missions?*', (route) => (route.request().method() === 'PATCH' ? route.abort() : route.continue()))
  await drawing.choose('Chase them')
  await page.keyboard.press('Delete')
  await page.locator('[data-reviewed="true"]').waitFor()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await note.fill('Nobody is chased')
  await page.getByRole('button', { name: 'Publish now' }).click()
  await dialog.getByRole('alert').getByText('Nothing is published yet: the last changes could not be saved').waitFor()
  await expect.poll(() => note.inputValue()).toBe('Nobody is chased')
  expect(await violations(page)).toEqual([])
  await page.unroute('**/rest/v1/missions?*')
  await page.getByRole('button', { name: 'Publish now' }).click()
  await page.getByText('Version 1 is live', { exact: false }).first().waitFor()
})

test('what has no name yet is asked for one before it goes live, and blanks are none', async () => {
  const { page } = maya
  const id = await make(maya, { ...asking, name: 'Untitled mission' })
  await new Drawing(page).open(id)
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const name = page.getByLabel('What shall it be called?')
  await name.and(page.locator(':focus')).waitFor()
  await page.keyboard.type('   ')
  await page.keyboard.press('Enter')
  await expect.poll(() => name.evaluate((field: HTMLInputElement) => field.validity.valueMissing)).toBe(true)
  await page.keyboard.type('Order a laptop ')
  await page.keyboard.press('Enter')
  await page
    .getByText('Version 1 is live', { exact: true })
    .or(page.getByText('Version 1 is live.', { exact: true }))
    .first()
    .waitFor()
  await expect.poll(() => draftOf(maya, id).then((draft) => draft.name)).toBe('Order a laptop')
})
