import { expect, test } from 'vitest'
import type { Mission } from '../../src/mission/mission.ts'
import { asking, draftOf, lines, make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { violations } from './looking.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)
const { page } = maya

/** Say hello, pick a laptop, order it; who does not answer is chased; then goodbye. */
const ordering: Mission = {
  ...asking,
  steps: [
    ...asking.steps,
    { id: 'bye', type: 'send-message', name: 'Say goodbye', settings: { to: 'channel', channel: 'general', text: 'Bye' } },
  ],
  links: [...asking.links, { from: 'order', exit: 'done', to: 'bye' }],
}

test('cards that follow one another are dragged onto a line together, and undone in one go', async () => {
  const id = await make(maya, ordering)
  const drawing = await new Drawing(page).open(id)
  const before = await draftOf(maya, id)
  await drawing.choose('Pick a laptop')
  await drawing.card('Order it').click({ modifiers: ['Control'] })
  await page.getByText('2 cards chosen').waitFor()
  await drawing.rehome('Pick a laptop', { between: ['Chat command', 'Say hello'] }, async () => {
    await page.locator('[data-pointed]').first().waitFor()
    // What is carried says that it is both.
    await page.getByText('2 cards', { exact: true }).waitFor()
  })
  const after = ['command done pick', 'hello done bye', 'order done hello', 'pick done order', 'pick timeout chase']
  await expect.poll(async () => lines(await draftOf(maya, id))).toEqual(after)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => draftOf(maya, id)).toEqual(before)
})

test('cards with a gap between them keep their lines, and lie where they are put', async () => {
  const id = await make(maya, ordering)
  const drawing = await new Drawing(page).open(id)
  await drawing.choose('Pick a laptop')
  await drawing.card('Say goodbye').click({ modifiers: ['Control'] })
  await drawing.rehome('Pick a laptop', { between: ['Chat command', 'Say hello'] })
  await page.getByRole('button', { name: 'Tidy up' }).waitFor()
  await drawing.settled()
  await expect.poll(async () => lines(await draftOf(maya, id))).toEqual(lines(ordering))
})

test('by keyboard, chosen cards that follow one another are moved to a place from the list', async () => {
  const id = await make(maya, ordering)
  const drawing = await new Drawing(page).open(id)
  await drawing.choose('Say hello')
  await drawing.card('Pick a laptop').click({ modifiers: ['Control'] })
  await page.getByRole('button', { name: 'Move to…' }).waitFor()
  expect(await violations(page)).toEqual([])
  await drawing.focus('Pick a laptop')
  await page.keyboard.press('m')
  await page.getByRole('dialog', { name: 'Move “2 cards” to' }).waitFor()
  await drawing.find('goodbye')
  await expect
    .poll(async () => lines(await draftOf(maya, id)))
    .toEqual(['command done order', 'hello done pick', 'order done hello', 'pick done bye', 'pick timeout chase'])
  await page
    .getByText(/moving “2 cards”/)
    .first()
    .waitFor({ state: 'attached' })
})
