import { describe, expect, test } from 'vitest'
import { missionSchema } from '../../src/mission/mission.ts'
import { call } from './asking.ts'
import { asking, draftOf, make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { violations } from './looking.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)
const { page } = maya
const { keyboard } = page

const told = () => page.getByRole('status', { name: 'What was done' }).innerText()
/** What has the focus, by its name; BODY when nothing has. */
const focused = () =>
  page.evaluate(() => {
    const held = document.activeElement
    return held === document.body ? 'BODY' : (held?.getAttribute('aria-label') ?? held?.textContent ?? '')
  })
/** The titles of the cards that are chosen. */
const chosen = () => page.locator('.react-flow__node-card.selected [data-title]').allTextContents()

async function open(mission = asking): Promise<{ id: string; drawing: Drawing }> {
  const id = await make(maya, mission)
  return { id, drawing: await new Drawing(page).open(id) }
}

/** Presses all that would change or open something behind a dialog, then sees that nothing has. */
async function pressEverything(id: string, drawing: Drawing): Promise<void> {
  const [dialogs, before, words] = [await page.getByRole('dialog').count(), await draftOf(maya, id), await told()]
  const has = await focused()
  for (const key of ['Control+z', 'Control+d', 'Control+k', 'Delete', 'h', 'n']) await keyboard.press(key)
  await drawing.settled()
  await expect.poll(() => told()).toBe(words)
  await expect.poll(() => draftOf(maya, id)).toEqual(before)
  await expect.poll(() => page.getByRole('dialog').count()).toBe(dialogs)
  await expect.poll(() => page.getByRole('menu').count()).toBe(0)
  await expect.poll(() => focused()).toBe(has)
}

describe('a dialog that follows another', () => {
  test('has the focus after grouping, and no key reaches what lies behind it', async () => {
    const { id, drawing } = await open()
    await drawing.choose('Say hello')
    await keyboard.press('Control+g')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').waitFor()
    await keyboard.press('Enter')
    await dialog.getByText(/is a draft of its own now/).waitFor()
    await expect.poll(focused).toBe('Go on here')
    await drawing.settled()
    await pressEverything(id, drawing)
    // Also from nowhere: whoever pressed beside a button.
    await dialog.getByText(/is a draft of its own now/).click()
    await pressEverything(id, drawing)
    await dialog.getByRole('button', { name: 'Go on here' }).press('Enter')
    await dialog.waitFor({ state: 'detached' })
    // The steps are gone; what runs them now is chosen and has the focus.
    await expect.poll(focused).toMatch(/^Step 1, Say hello/)
    await expect.poll(() => chosen()).toEqual(['Say hello'])
  })

  test('has the focus after publishing and after moving runs, and gives it back to the button', async () => {
    const wait = (step: string, name: string) => ({ id: step, type: 'wait', name, settings: { until: 'time', time: '30d' } })
    const { id, drawing } = await open(
      missionSchema.parse({
        format: 1,
        name: 'Desks',
        triggers: [{ id: 'start', type: 'by-hand', settings: {} }],
        steps: [wait('think', 'Think it over'), wait('doubt', 'Have doubts')],
        links: [
          { from: 'start', to: 'think' },
          { from: 'think', exit: 'done', to: 'doubt' },
        ],
      }),
    )
    const publish = async () => {
      await drawing.settled()
      await drawing.focus(page.getByRole('button', { name: 'Publish', exact: true }))
      await keyboard.press('Enter')
      await page.getByRole('dialog').getByRole('textbox').and(page.locator(':focus')).waitFor()
      await keyboard.press('Enter')
    }
    await publish()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(focused).toBe('Publish')

    await call(page, `/api/missions/${id}/start`, { trigger: 'start' })
    await page.getByText('Version 1 is live (1 run under way)').waitFor()
    await drawing.choose('Have doubts')
    await keyboard.press('Delete')
    await drawing.settled()
    await publish()
    const after = page.getByRole('dialog', { name: 'Version 2 is live' })
    await after.waitFor()
    await expect.poll(focused).toBe('See who can move')
    expect(await violations(page)).toEqual([])
    await pressEverything(id, drawing)
    await after.getByRole('button', { name: 'See who can move' }).press('Enter')

    const dialog = page.getByRole('dialog', { name: 'Move runs to version 2' })
    await dialog.getByRole('button', { name: 'Move 1 run to version 2' }).press('Enter')
    await dialog.getByText('1 run moved to version 2.', { exact: true }).waitFor()
    await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
    await keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(focused).toBe('Publish')
  })

  test('that tells the keys gives the focus back', async () => {
    const { drawing } = await open()
    await drawing.focus('Say hello')
    await keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keys' })
    await help.waitFor()
    await expect.poll(() => help.evaluate((element) => element.contains(document.activeElement))).toBe(true)
    await keyboard.press('Escape')
    await help.waitFor({ state: 'detached' })
    await expect.poll(focused).toMatch(/^Step 1, Say hello/)
  })
})

describe('the focus follows the work', () => {
  test('to what took the place of a deleted card, and back to the card that an undo brings back', async () => {
    const { drawing } = await open()
    await drawing.focus('Say hello')
    await keyboard.press('Enter')
    await drawing.focus('Say hello')
    await keyboard.press('Delete')
    await expect.poll(told).toBe('deleting “Say hello”')
    await expect.poll(focused).toMatch(/^Step 1, Pick a laptop/)
    // Delete is for the card one is on, chosen or not.
    await keyboard.press('Delete')
    await expect.poll(told).toBe('deleting “Pick a laptop”')
    await expect.poll(focused).toMatch(/^Step 1, Order it/)
    await keyboard.press('Control+z')
    await expect.poll(focused).toMatch(/Pick a laptop/)
    await expect.poll(chosen).toEqual(['Pick a laptop'])
    await keyboard.press('Control+z')
    await expect.poll(focused).toMatch(/Say hello/)
    await expect.poll(chosen).toEqual(['Say hello'])
  })

  test('to the copy, on which the keys then work, and back to the original when the copy is undone', async () => {
    const { id, drawing } = await open()
    const copyHas = () => page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.dataset['id'] : ''))
    const chosenId = () => page.locator('.react-flow__node-card.selected').getAttribute('data-id')
    await drawing.focus('Say hello')
    await keyboard.press('Shift+Enter')
    await drawing.focus('Say hello')
    await keyboard.press('Control+d')
    await expect.poll(copyHas).not.toBe('hello')
    await expect.poll(copyHas).toBe(await chosenId())
    const copy = await copyHas()
    await drawing.settled()
    await keyboard.press('Delete')
    await drawing.settled()
    const steps = (await draftOf(maya, id)).steps.map((step) => step.id)
    expect(steps).toContain('hello')
    expect(steps).not.toContain(copy)
    await keyboard.press('Control+z')
    await expect.poll(copyHas).toBe(copy)
    await keyboard.press('Control+z')
    await expect.poll(copyHas).toBe('hello')
    await expect.poll(chosenId).toBe('hello')

    await keyboard.press('Control+c')
    await keyboard.press('Control+v')
    await expect.poll(copyHas).not.toBe('hello')
    await expect.poll(copyHas).toBe(await chosenId())
  })

  test('into the list that Ctrl+K opens at the right', async () => {
    const { drawing } = await open()
    await drawing.focus('Say hello')
    await keyboard.press('Control+k')
    await drawing.find('outline')
    await page.locator('[data-line]:focus').waitFor()
    await keyboard.press('Control+k')
    await drawing.find('problems')
    const panel = page.getByRole('tabpanel', { name: /Problems/ })
    const tab = page.getByRole('tab', { name: /Problems/ })
    await panel
      .locator(':focus')
      .or(tab.and(page.locator(':focus')))
      .waitFor()
  })

  test('from the settings back to the card by Escape, if nothing else is open', async () => {
    const { drawing } = await open()
    await drawing.focus('Pick a laptop')
    await keyboard.press('Enter')
    await page.getByRole('complementary').locator(':focus').waitFor()
    await drawing.field('Name on the card').focus()
    await keyboard.press('Escape')
    await expect.poll(focused).toMatch(/^Step 2, Pick a laptop/)
    await expect.poll(() => chosen()).toEqual(['Pick a laptop'])
    // A list that is open takes the key for itself.
    const picker = page.getByRole('complementary').getByRole('combobox').first()
    await picker.click()
    await page.getByRole('listbox').first().waitFor()
    await keyboard.press('Escape')
    await page.getByRole('listbox').first().waitFor({ state: 'hidden' })
    await expect.poll(() => page.getByRole('complementary').locator(':focus').count()).toBe(1)
    await keyboard.press('Escape')
    await expect.poll(focused).toMatch(/^Step 2, Pick a laptop/)
  })
})
