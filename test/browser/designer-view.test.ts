import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Mission } from '../../src/mission/mission.ts'
import { call } from './asking.ts'
import { asking, laid, make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { largeMission } from './large.ts'
import { isWhole } from './looking.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)
const { page } = maya

/** So many messages one after the other. */
const greetings = (count: number): Mission => {
  const [hello] = asking.steps
  const ids = Array.from({ length: count }, (_, at) => `hello_${at + 1}`)
  return {
    ...asking,
    steps: ids.map((id, at) => ({ type: 'wait', settings: {}, ...hello, id, name: `Greeting ${at + 1}` })),
    links: ids.map((to, at) => ({ from: at === 0 ? 'command' : `hello_${at}`, exit: 'done', to })),
  }
}

const canvas = page.getByRole('region', { name: 'Canvas' })

/** Turns the wheel until a card is out of sight. */
async function scrollAway(from: Locator): Promise<void> {
  const around = await canvas.boundingBox()
  await page.mouse.move((around?.x ?? 0) + 200, (around?.y ?? 0) + 200)
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 1_500)
      return isWhole(from, canvas)
    })
    .toBe(false)
  for (let turns = 0; turns < 3; turns++) await page.mouse.wheel(0, 1_500)
}

test('a mission that takes the place of another is seen from its beginning, and so is the one that undo brings back', async () => {
  const drawing = await new Drawing(page).open(await make(maya, asking))
  await scrollAway(drawing.card('Say hello'))
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Replace by a file…' }).click()
  const buffer = Buffer.from(JSON.stringify(largeMission(60)))
  await (await choosing).setFiles({ name: 'large.json', mimeType: 'application/json', buffer })
  for (const title of ['Chat command', 'Schedule', 'Announce order 1', 'Order the Mac', 'Order the PC', 'Nothing to order'])
    await expect.poll(() => isWhole(drawing.card(title).first(), canvas)).toBe(true)

  await scrollAway(drawing.card('Announce order 1'))
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => isWhole(drawing.card('Say hello'), canvas)).toBe(true)
})

test('a version that is restored is seen from its beginning', async () => {
  const id = await make(maya, greetings(12))
  await call(page, `/api/missions/${id}/publish`, { draftRev: 1, note: 'The beginning' })
  await call(page, `/rest/v1/missions?id=eq.${id}&select=id`, { draft: greetings(9) }, 'PATCH')
  const drawing = await new Drawing(page).open(id)
  await scrollAway(drawing.card('Greeting 1'))
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Versions' }).click()
  await page.getByRole('button', { name: 'Restore version 1 into the draft' }).click()
  await drawing.card('Greeting 12').waitFor()
  await expect.poll(() => isWhole(drawing.card('Greeting 1'), canvas)).toBe(true)
})

test('with motion, tidying up glides the cards to their places while the chosen one stays where it is', async () => {
  const moving = await aVisitor(program, 'Maya', { motion: true })
  await moving.context.addCookies(await maya.context.cookies())
  const kept = await page.evaluate(() => JSON.stringify(localStorage))
  await moving.page.addInitScript((text) => {
    for (const [key, value] of Object.entries(JSON.parse(text))) localStorage.setItem(key, String(value))
  }, kept)
  const id = await make(maya, laid)
  const drawing = await new Drawing(moving.page).open(id)
  await drawing.choose('Pick a laptop')
  const seen = await moving.page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))
    const where = () =>
      [...document.querySelectorAll('.react-flow__node-card')].map((card) => {
        const { x, y } = card.getBoundingClientRect()
        return { id: card.getAttribute('data-id') ?? '', x: Math.round(x), y: Math.round(y) }
      })
    const frames = [where()]
    const tidy = [...document.querySelectorAll('button')].find((button) => button.textContent === 'Tidy up')
    tidy?.click()
    // Until nothing has moved for a while.
    for (let still = 0; still < 30 || document.contains(tidy ?? null);) {
      await frame()
      frames.push(where())
      still = JSON.stringify(frames.at(-1)) === JSON.stringify(frames.at(-2)) ? still + 1 : 0
    }
    return frames
  })
  const path = (card: string) => seen.flatMap((cards) => cards.filter((one) => one.id === card))
  const [start] = path('pick')
  expect(path('pick').filter(({ x, y }) => Math.abs(x - (start?.x ?? 0)) > 1 || Math.abs(y - (start?.y ?? 0)) > 1)).toEqual([])
  for (const card of ['command', 'hello', 'order', 'chase']) {
    const [from, to] = [path(card)[0], path(card).at(-1)]
    if (!from || !to) throw new Error(`“${card}” is not there.`)
    expect(Math.hypot(to.x - from.x, to.y - from.y)).toBeGreaterThan(5)
    // Straight there: never past it, never back.
    const left = path(card).map(({ x, y }) => Math.hypot(to.x - x, to.y - y))
    expect(left.filter((far, at) => far > (left[at - 1] ?? far) + 2)).toEqual([])
  }
})
