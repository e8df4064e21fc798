import { expect, test } from 'vitest'
import { asking, draftOf, lines, make } from './drafts.ts'
import { carry, Drawing } from './drawing.ts'
import { pinch } from './fingers.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya', { width: 1180, height: 820, touch: true })
await signUp(maya)
const { page } = maya

/** The middle of something on the page. */
async function middleOf(drawing: Drawing, title: string) {
  const box = await drawing.card(title).boundingBox()
  if (!box) throw new Error(`“${title}” is not to be seen.`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

test('two fingers make the mission larger and smaller around the place where they are', async () => {
  const drawing = await new Drawing(page).open(await make(maya, asking))
  const widthOf = async () => (await drawing.card('Pick a laptop').boundingBox())?.width ?? 0
  const [before, middle] = [await widthOf(), await middleOf(drawing, 'Pick a laptop')]
  await pinch(page, middle, 200, 80)
  await expect.poll(widthOf).toBeLessThan(before * 0.6)
  const now = await middleOf(drawing, 'Pick a laptop')
  expect(Math.hypot(now.x - middle.x, now.y - middle.y)).toBeLessThan(12)
  await pinch(page, middle, 80, 200)
  await expect.poll(widthOf).toBeGreaterThan(before * 0.9)
  // Nothing was chosen or moved by that.
  await expect.poll(() => page.locator('.react-flow__node-card.selected').count()).toBe(0)
  expect(await page.getByRole('button', { name: 'Tidy up' }).count()).toBe(0)
})

test('one finger moves the view, carries a card to another place, and onto another line', async () => {
  const id = await make(maya, asking)
  const drawing = await new Drawing(page).open(id)
  const canvas = await page.getByRole('region', { name: 'Canvas' }).boundingBox()
  const empty = { x: (canvas?.x ?? 0) + 40, y: (canvas?.y ?? 0) + 200 }
  const start = await middleOf(drawing, 'Say hello')
  await carry(page, [empty, { x: empty.x + 60, y: empty.y - 50 }], 'touch')
  await expect.poll(async () => Math.round((await middleOf(drawing, 'Say hello')).x - start.x)).toBe(60)

  const chase = await middleOf(drawing, 'Chase them')
  const plus = await page
    .getByRole('button', { name: 'Add a step between “Chat command” and “Say hello”', includeHidden: true })
    .boundingBox()
  const onto = { x: (plus?.x ?? 0) + (plus?.width ?? 0) / 2, y: (plus?.y ?? 0) + (plus?.height ?? 0) / 2 }
  await carry(page, [chase, { x: chase.x + 10, y: chase.y - 10 }, onto], 'touch')
  await drawing.settled()
  await expect
    .poll(async () => lines(await draftOf(maya, id)))
    .toEqual(['chase done hello', 'command done chase', 'hello done pick', 'pick done order'])

  await drawing.bringIn(drawing.card('Order it'))
  const from = await middleOf(drawing, 'Order it')
  await carry(page, [from, { x: from.x + 10, y: from.y }, { x: from.x + 90, y: from.y + 40 }], 'touch')
  await page.getByRole('button', { name: 'Tidy up' }).waitFor()
  await drawing.settled()
  await expect.poll(async () => Object.keys((await draftOf(maya, id)).layout).length).toBe(5)
})
