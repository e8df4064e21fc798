import { describe, expect, test } from 'vitest'
import { asking, draftOf, lines, make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { violations } from './looking.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)
const { page } = maya

const told = () => page.getByRole('status', { name: 'What was done' }).innerText()
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent)

describe('what was done', () => {
  test('is a list by name, in which one goes back and forth', async () => {
    const id = await make(maya, asking)
    const drawing = await new Drawing(page).open(id)
    for (const title of ['Say hello', 'Order it', 'Chase them']) {
      await drawing.choose(title)
      await page.keyboard.press('Delete')
    }
    await page.keyboard.press('h')
    const list = page.getByRole('menu', { name: 'What was done' })
    const entries = list.getByRole('menuitemradio')
    await expect
      .poll(() => entries.allTextContents())
      .toEqual(['deleting “Chase them”', 'deleting “Order it”', 'deleting “Say hello”', 'opened like this'])
    await expect.poll(() => list.getByRole('menuitemradio', { checked: true }).textContent()).toBe('deleting “Chase them”')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(told).toBe('Everything is as after deleting “Say hello”')
    await drawing.settled()
    expect((await draftOf(maya, id)).steps.map((step) => step.id)).toEqual(['pick', 'order', 'chase'])

    await page.getByRole('button', { name: 'What was done' }).click()
    await list.getByRole('menuitemradio', { name: 'deleting “Chase them” (undone)' }).waitFor()
    await list.getByRole('menuitemradio', { name: 'opened like this' }).click()
    await drawing.settled()
    expect(await draftOf(maya, id)).toEqual(asking)
    await page.getByRole('button', { name: 'Redo deleting “Say hello”' }).waitFor()
  })
})

describe('Ctrl+K', () => {
  test('adds after what is chosen, goes to a card by its name, and does what can be done', async () => {
    const id = await make(maya, asking)
    const drawing = await new Drawing(page).open(id)
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Add, go to or do' }).waitFor()
    expect(await violations(page)).toEqual([])
    await drawing.find('order it')
    await expect.poll(focused).toMatch(/Order it/)

    await page.keyboard.press('Control+k')
    await drawing.find('wait')
    await expect.poll(told).toBe('adding “Wait”')
    await drawing.settled()
    expect(lines(await draftOf(maya, id))).toContain('order done wait')

    // From within a text, too.
    await drawing.field('Name on the card').click()
    await page.keyboard.press('Control+k')
    await drawing.find('undo')
    await expect.poll(told).toBe('Undone: adding “Wait”')
    await drawing.settled()
    expect(await draftOf(maya, id)).toEqual(asking)
    await page.keyboard.press('Control+k')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })
})
