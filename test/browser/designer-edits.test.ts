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
    await expect.poll(() => draftOf(maya, id)).toEqual(asking)
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
    await expect.poll(() => draftOf(maya, id)).toEqual(asking)
    await page.keyboard.press('Control+k')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })
})

describe('moving a step', () => {
  test('by keyboard goes one place along its line, on the canvas and in the outline, and keeps the focus', async () => {
    const id = await make(maya, asking)
    const drawing = await new Drawing(page).open(id)
    await drawing.focus('Order it')
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
    await drawing.focus(outline.getByRole('button', { name: /Ordered/ }))
    await page.keyboard.press('Alt+ArrowDown')
    await drawing.settled()
    await page.keyboard.press('Alt+ArrowDown')
    await drawing.settled()
    await expect.poll(focused).toMatch(/Ordered/)
    await expect.poll(() => draftOf(maya, id).then(lines)).toEqual(lines(asking))
    await page.keyboard.press('m')
    await page.getByRole('dialog', { name: 'Move “Order it” to' }).waitFor()
    expect(await violations(page)).toEqual([])
    await drawing.find('after chase')
    await drawing.settled()
    expect(lines(await draftOf(maya, id))).toContain('chase done order')
    await expect.poll(focused).toMatch(/Ordered/)
    for (let count = 0; count < 5; count++) await page.keyboard.press('Control+z')
    await drawing.settled()
    await expect.poll(() => draftOf(maya, id)).toEqual(asking)
  })

  test('with the mouse takes it out of its line and puts it into the one it is dropped on, tidy or laid by hand', async () => {
    const id = await make(maya, asking)
    const drawing = await new Drawing(page).open(id)
    await drawing.rehome('Order it', { between: ['Say hello', 'Pick a laptop'] }, async () => {
      await page.locator('.react-flow__edge[data-id="hello:done:pick"] [data-pointed]').waitFor()
      await page.getByText('between “Say hello” and “Pick a laptop”', { exact: true }).waitFor()
    })
    await page.getByText('between “Say hello” and “Pick a laptop”', { exact: true }).waitFor({ state: 'detached' })
    await expect.poll(told).toBe('moving “Order it”')
    await drawing.settled()
    let draft = await draftOf(maya, id)
    expect(lines(draft)).toEqual(['command done hello', 'hello done order', 'order done pick', 'pick timeout chase'])
    expect(draft.layout).toEqual({})
    await drawing.rehome('Order it', { after: 'Chase them' })
    await drawing.settled()
    expect(lines(await draftOf(maya, id))).toEqual(['chase done order', 'command done hello', 'hello done pick', 'pick timeout chase'])

    await drawing.focus('Say hello')
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
    await expect.poll(() => draftOf(maya, id).then(({ steps }) => steps.map((step) => step.type))).toContain('end')
  })

  test('a wire pulled into nothing opens the list there, and what is chosen hangs on it', async () => {
    const id = await make(maya, asking)
    const drawing = await new Drawing(page).open(id)
    await drawing.pull('Order it', 'done', { x: 640, y: 60 })
    await page.getByRole('dialog', { name: 'Add a step after “Order it”' }).waitFor()
    await drawing.find('wait')
    await drawing.settled()
    expect(lines(await draftOf(maya, id))).toContain('order done wait')
  })
})

test('a step is replaced by another, which says before what would be lost', async () => {
  const id = await make(maya, asking)
  const drawing = await new Drawing(page).open(id)
  await drawing.focus('Pick a laptop')
  await page.keyboard.press('r')
  const list = page.getByRole('dialog', { name: 'Replace by' })
  await list.getByRole('option', { name: /^Poll.*Loses: .*Whom/ }).waitFor()
  expect(await violations(page)).toEqual([])
  await drawing.find('poll')
  await expect.poll(told).toBe('replacing “Pick a laptop”')
  await drawing.settled()
  const draft = await draftOf(maya, id)
  expect(draft.steps[1]).toMatchObject({ id: 'pick', type: 'poll', name: 'Pick a laptop', settings: { question: 'Which laptop?' } })
  expect(lines(draft)).toContain('pick done order')
})

describe('several cards at once', () => {
  test('are chosen by drawing a frame or by Ctrl+A, cut, pasted and duplicated', async () => {
    await maya.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const id = await make(maya, asking)
    const drawing = await new Drawing(page).open(id)
    const [above, below] = [await drawing.card('Say hello').boundingBox(), await drawing.card('Pick a laptop').boundingBox()]
    if (!above || !below) throw new Error('They are not to be seen.')
    await page.keyboard.down('Shift')
    // From the right: near the edge of the canvas, at the left, the picture would begin to move.
    await page.mouse.move(above.x + above.width + 30, above.y - 12)
    await page.mouse.down()
    await page.mouse.move(below.x + below.width - 60, below.y + 20, { steps: 8 })
    await page.mouse.up()
    await page.keyboard.up('Shift')
    await page.getByRole('heading', { name: '2 cards chosen' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Control+x')
    await drawing.settled()
    expect(lines(await draftOf(maya, id))).toEqual(['command done order'])
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(JSON.parse(text)).toMatchObject({ missions: 'steps', clipping: { steps: [{ id: 'hello' }, { id: 'pick' }] } })
    await drawing.card('Order it').click()
    await page.keyboard.press('Control+v')
    await drawing.settled()
    expect(lines(await draftOf(maya, id))).toEqual(['command done order', 'hello done pick', 'order done hello'])
    await page.keyboard.press('Control+a')
    await page.getByRole('heading', { name: '5 cards chosen' }).waitFor()
    await page.keyboard.press('Control+d')
    await drawing.settled()
    expect((await draftOf(maya, id)).steps).toHaveLength(8)
  })

  test('become a mission of their own, or are told why not; and are put into a list', async () => {
    const id = await make(maya, asking)
    const drawing = await new Drawing(page).open(id)
    await drawing.choose('Say hello')
    await drawing.card('Pick a laptop').click({ modifiers: ['Shift'] })
    await page.getByRole('button', { name: 'Make it a mission of its own…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Make it a mission of its own…' })
    await dialog.getByText(/^Lines lead out to different steps, or from the middle: “Pick a laptop”/).waitFor()
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Understood' }).click()

    await drawing.card('Order it').click({ modifiers: ['Shift'] })
    await drawing.card('Chase them').click({ modifiers: ['Shift'] })
    await page.keyboard.press('Control+g')
    await dialog.getByText('It is given').waitFor()
    await expect.poll(() => dialog.getByRole('listitem').allTextContents()).toEqual(['person'])
    expect(await violations(page)).toEqual([])
    await dialog.getByLabel('Name of the new mission').fill('Ask for a laptop')
    await page.keyboard.press('Enter')
    await dialog.getByText(/^“Ask for a laptop” is a draft of its own now/).waitFor()
    const there = await dialog.getByRole('link').getAttribute('href')
    await dialog.getByRole('button', { name: 'Go on here' }).click()
    await drawing.settled()
    const draft = await draftOf(maya, id)
    const child = there?.split('/').at(-1) ?? ''
    expect(draft.steps).toEqual([
      {
        id: 'ask_for_a_laptop',
        type: 'run-mission',
        name: 'Ask for a laptop',
        settings: { mission: child, wait: true, within: '90d', values: { person: '{{ trigger.person }}' } },
      },
    ])
    expect(draft.links).toEqual([{ from: 'command', exit: 'done', to: 'ask_for_a_laptop' }])
    const made = await draftOf(maya, child)
    expect(made.steps).toEqual(asking.steps)
    expect(lines(made)).toEqual(['hello done pick', 'pick done order', 'pick timeout chase', 'started done hello'])

    await page.keyboard.press('Control+z')
    await drawing.settled()
    await expect.poll(() => draftOf(maya, id)).toEqual(asking)
    await drawing.choose('Order it')
    await page.keyboard.press('Control+Shift+g')
    await expect.poll(told).toBe('putting Order it into a “for each”')
    await drawing.settled()
    const held = await draftOf(maya, id)
    expect(lines(held)).toEqual([
      'command done hello',
      'for_each each order',
      'hello done pick',
      'pick done for_each',
      'pick timeout chase',
    ])
    expect(held.steps.find((step) => step.id === 'order')?.within).toBe('for_each')
  })
})

test('fifty edits by mouse and keyboard are undone to the very first document and redone to the very last one', async () => {
  const id = await make(maya, asking)
  const drawing = await new Drawing(page).open(id)
  // As the database writes it, which keeps an order of keys of its own.
  const first = JSON.stringify(await draftOf(maya, id))
  const undo = page.getByRole('button', { name: /^(Undo |Nothing to undo)/ })
  let count = 0
  /** Does one edit and waits until it is named. */
  const edit = async (told: RegExp, act: () => Promise<unknown>) => {
    await act()
    await expect.poll(() => undo.getAttribute('aria-label')).toMatch(told)
    count++
  }
  const key =
    (title: string, ...keys: string[]) =>
    async () => {
      await drawing.focus(title)
      for (const one of keys) await page.keyboard.press(one)
    }
  /** Gives the card that was just added its name, once its settings have taken the place of another’s. */
  const name = (kind: string, text: string) => async () => {
    await expect.poll(() => drawing.field('Name on the card').getAttribute('placeholder')).toBe(kind)
    await drawing.write('Name on the card', text)
  }
  for (let round = 1; round <= 5; round++) {
    const [wait, row] = [`Wait ${round}`, `Note it ${round}`]
    await edit(/adding “Wait”/, () => drawing.add('Wait', { between: ['Chat command', 'Say hello'] }))
    await edit(/renaming/, name('Wait', wait))
    await edit(/moving/, key(wait, 'Alt+ArrowDown'))
    await edit(/adding “Add a row”/, () => drawing.drag('Add a row', { onto: 'Chase them' }))
    await edit(/renaming/, name('Add a row', row))
    await drawing.card(row).waitFor()
    await edit(/connecting/, async () => {
      await key(wait, 'c')()
      await drawing.find(row)
    })
    await edit(/duplicating/, async () => {
      await drawing.choose('Order it')
      await page.keyboard.press('Control+d')
    })
    await edit(/deleting/, async () => {
      await page.keyboard.press('Delete')
    })
    await edit(/adding a note/, async () => {
      await drawing.focus(row)
      await page.keyboard.press('n')
    })
    await edit(/changing a note/, async () => {
      await page.keyboard.type(`Round ${round}`)
      await page.keyboard.press('Escape')
    })
  }
  expect(count).toBe(50)
  await drawing.settled()
  const last = JSON.stringify(await draftOf(maya, id))
  for (let at = 0; at < 50; at++) await undo.press('Enter')
  await expect.poll(() => undo.getAttribute('aria-label')).toBe('Nothing to undo')
  await drawing.settled()
  expect(JSON.stringify(await draftOf(maya, id))).toBe(first)
  const redo = page.getByRole('button', { name: /^(Redo |Nothing to redo)/ })
  for (let at = 0; at < 50; at++) await redo.press('Enter')
  await expect.poll(() => redo.getAttribute('aria-label')).toBe('Nothing to redo')
  await drawing.settled()
  expect(JSON.stringify(await draftOf(maya, id))).toBe(last)
}, 180_000)
