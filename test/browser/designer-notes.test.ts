import { expect, test } from 'vitest'
import { asking, draftOf, make } from './drafts.ts'
import { carry, Drawing } from './drawing.ts'
import { isWhole, violations } from './looking.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)
const { page } = maya

const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))

test('notes are written in place, moved, made larger, coloured, copied, listed and deleted, by mouse and by keyboard', async () => {
  const id = await make(maya, asking)
  const drawing = await new Drawing(page).open(id)
  const notes = async () => (await drawing.settled()) && ((await draftOf(maya, id)).notes ?? [])
  await drawing.choose('Pick a laptop')
  await page.getByRole('button', { name: 'Add a note' }).click()
  await page.getByRole('textbox', { name: 'Text of the note' }).first().waitFor()
  await page.keyboard.type('Ask IT first')
  await page.keyboard.press('Escape')
  await expect.poll(focused).toBe('Note: Ask IT first')
  await expect
    .poll(() => notes())
    .toEqual([{ id: 'note:1', text: 'Ask IT first', colour: 'yellow', by: 'pick', x: 320, y: 0, width: 220, height: 120 }])
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Alt+ArrowRight')
  await page.keyboard.press('Alt+Shift+ArrowDown')
  await page.getByRole('radio', { name: 'Blue' }).check()
  await expect.poll(() => notes()).toMatchObject([{ x: 330, height: 130, colour: 'blue' }])

  const note = page.locator('.react-flow__node-note')
  const box = await note.boundingBox()
  if (!box) throw new Error('It is not to be seen.')
  const start = { x: box.x + 40, y: box.y + 60 }
  await carry(page, [start, { ...start, y: start.y + 200 }], 'mouse')
  const draft = (await drawing.settled()) && (await draftOf(maya, id))
  expect(draft.notes?.[0]?.by).toBe('chase')
  expect(draft.layout).toEqual({})
  const handle = page.locator('.react-flow__resize-control.handle.bottom.right')
  await drawing.bringIn(handle)
  const corner = await handle.boundingBox()
  if (!corner) throw new Error('It cannot be made larger.')
  const grip = { x: corner.x + 5, y: corner.y + 5 }
  await carry(page, [grip, { x: grip.x + 60, y: grip.y + 40 }], 'mouse')
  const [larger] = await notes()
  expect(larger?.width).toBeGreaterThan(260)
  expect(larger?.height).toBeGreaterThan(150)

  await note.dblclick({ position: { x: 40, y: 60 } })
  await page.keyboard.type('!')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+d')
  await expect.poll(() => note.count()).toBe(2)
  expect((await notes()).map(({ text }) => text)).toEqual(['Ask IT first!', 'Ask IT first!'])
  await page.getByRole('tab', { name: 'Outline' }).click()
  const list = page.getByRole('region', { name: 'Notes' })
  expect(await violations(page)).toEqual([])
  await drawing.focus(list.getByRole('button', { name: 'Ask IT first!' }).first())
  await page.keyboard.press('Delete')
  await expect.poll(() => note.count()).toBe(1)
  while ((await page.getByRole('button', { name: 'Nothing to undo' }).count()) === 0) await page.keyboard.press('Control+z')
  await drawing.settled()
  await expect.poll(() => draftOf(maya, id)).toEqual(asking)
})

test('a note that would begin out of sight is brought into view before it is written, also from the outline', async () => {
  const drawing = await new Drawing(page).open(await make(maya, asking))
  const canvas = page.getByRole('region', { name: 'Canvas' })
  await drawing.choose('Chase them')
  const [card, around] = [await drawing.card('Chase them').boundingBox(), await canvas.boundingBox()]
  if (!card || !around) throw new Error('It is not to be seen.')
  // So far to the right that nothing fits beside it.
  await page.mouse.move(around.x + 20, around.y + 20)
  await page.mouse.wheel(card.x + card.width + 30 - around.x - around.width, 0)
  await expect.poll(async () => ((await drawing.card('Chase them').boundingBox())?.x ?? 0) > card.x).toBe(true)
  await drawing.focus('Chase them')
  await page.keyboard.press('n')
  const field = canvas.getByRole('textbox', { name: 'Text of the note' })
  await expect.poll(() => isWhole(field, canvas)).toBe(true)
  await page.keyboard.type('Ask IT first')
  await page.keyboard.press('Escape')
  await expect.poll(focused).toBe('Note: Ask IT first')

  await page.mouse.wheel(3_000, 0)
  const note = page.locator('.react-flow__node-note')
  await expect.poll(() => isWhole(note, canvas)).toBe(false)
  await page.getByRole('tab', { name: 'Outline' }).click()
  await page.getByRole('region', { name: 'Notes' }).getByRole('button', { name: 'Ask IT first' }).click()
  await expect.poll(() => isWhole(note, canvas)).toBe(true)
})
