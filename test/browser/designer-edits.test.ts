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

describe('moving a step', () => {
  test('by keyboard goes one place along its line, on the canvas and in the outline, and keeps the focus', async () => {
    const id = await make(maya, asking)
    const drawing = await new Drawing(page).open(id)
    await drawing.card('Order it').focus()
    await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(told).toBe('moving “Order it”')
    await drawing.settled()
    expect(lines(await draftOf(maya, id))).toEqual(['command done hello', 'hello done order', 'order done pick', 'pick timeout chase'])
    await expect.poll(focused).toMatch(/^Step 2, Order it/)
    await page.keyboard.press('Alt+ArrowUp')
    await drawing.settled()
    await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(told).toMatch(/^It cannot go earlier on this line/)
    await expect.poll(focused).toMatch(/^Step 1, Order it/)
    expect(lines(await draftOf(maya, id))).toEqual(['command done order', 'hello done pick', 'order done hello', 'pick timeout chase'])

    await page.getByRole('tab', { name: 'Outline' }).click()
    const outline = page.getByRole('list', { name: 'Outline' })
    await outline.getByRole('button', { name: /Ordered/ }).focus()
    await page.keyboard.press('Alt+ArrowDown')
    await drawing.settled()
    await page.keyboard.press('Alt+ArrowDown')
    await drawing.settled()
    await expect.poll(focused).toMatch(/Ordered/)
    expect(await draftOf(maya, id).then(lines)).toEqual(lines(asking))
    await page.keyboard.press('m')
    await page.getByRole('dialog', { name: 'Move “Order it” to' }).waitFor()
    expect(await violations(page)).toEqual([])
    await drawing.find('after chase')
    await drawing.settled()
    expect(lines(await draftOf(maya, id))).toContain('chase done order')
    await expect.poll(focused).toMatch(/Ordered/)
    for (let count = 0; count < 5; count++) await page.keyboard.press('Control+z')
    await drawing.settled()
    expect(await draftOf(maya, id)).toEqual(asking)
  })

  test('with the mouse takes it out of its line and puts it into the one it is dropped on, tidy or laid by hand', async () => {
    const id = await make(maya, asking)
    const drawing = await new Drawing(page).open(id)
    await drawing.rehome('Order it', { between: ['Say hello', 'Pick a laptop'] }, async () => {
      await page
        .locator('.react-flow__edge[data-id="hello:done:pick"] [data-pointed], .react-flow__edge[data-id="hello:done:pick"][data-pointed]')
        .first()
        .waitFor()
    })
    await expect.poll(told).toBe('moving “Order it”')
    await drawing.settled()
    let draft = await draftOf(maya, id)
    expect(lines(draft)).toEqual(['command done hello', 'hello done order', 'order done pick', 'pick timeout chase'])
    expect(draft.layout).toEqual({})
    await drawing.rehome('Order it', { after: 'Chase them' })
    await drawing.settled()
    expect(lines(await draftOf(maya, id))).toEqual(['chase done order', 'command done hello', 'hello done pick', 'pick timeout chase'])

    const nudged = drawing.card('Say hello')
    await nudged.focus()
    await page.keyboard.press('Alt+Shift+ArrowLeft')
    await drawing.settled()
    await drawing.rehome('Order it', { between: ['Say hello', 'Pick a laptop'] })
    await drawing.settled()
    draft = await draftOf(maya, id)
    expect(lines(draft)).toEqual(['command done hello', 'hello done order', 'order done pick', 'pick timeout chase'])
    expect(Object.keys(draft.layout)).toHaveLength(5)
  })
})

describe('adding by hand', () => {
  test.each(['touch', 'pen'] as const)('works by %s: onto an open end, a line, a card and empty space', async (how) => {
    const id = await make(maya, asking)
    const drawing = await new Drawing(page).open(id)
    await drawing.drag('Wait', { between: ['Say hello', 'Pick a laptop'] }, how)
    await expect.poll(told).toBe('adding “Wait”')
    await drawing.drag('Poll', { after: 'Chase them' }, how)
    await expect.poll(told).toBe('adding “Poll”')
    await drawing.drag('Add a row', { onto: 'Order it' }, how)
    await expect.poll(told).toBe('adding “Add a row”')
    await drawing.settled()
    expect(lines(await draftOf(maya, id))).toEqual([
      'chase done poll',
      'command done hello',
      'hello done wait',
      'order done add_row',
      'pick done order',
      'pick timeout chase',
      'wait done pick',
    ])
    const at = await page.getByRole('region', { name: 'Canvas' }).boundingBox()
    await drawing.drag('End', { at: { x: (at?.x ?? 0) + 60, y: (at?.y ?? 0) + 60 } }, how)
    await drawing.settled()
    expect(await draftOf(maya, id).then(({ steps }) => steps.map((step) => step.type))).toContain('end')
  })

  test('a wire pulled into nothing opens the list there, and what is chosen hangs on it', async () => {
    const id = await make(maya, asking)
    const drawing = await new Drawing(page).open(id)
    await drawing.pull('Order it', 'done', { x: 90, y: 120 })
    await page.getByRole('dialog', { name: 'Add a step after “Order it”' }).waitFor()
    await drawing.find('wait')
    await drawing.settled()
    expect(lines(await draftOf(maya, id))).toContain('order done wait')
  })
})
