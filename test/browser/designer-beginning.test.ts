import { expect, test } from 'vitest'
import { emptyMission } from '../../src/mission/mission.ts'
import { asking, draftOf, lines, make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { violations } from './looking.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)
const { page } = maya

/** What the cursor is in. */
const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')

test('an empty mission reproaches nobody and offers a trigger, a ready mission and a file', async () => {
  const id = await make(maya, emptyMission('New'))
  const drawing = await new Drawing(page).open(id)
  await page.getByRole('heading', { name: 'How do you want to begin?' }).waitFor()
  await expect.poll(() => page.getByRole('tab', { name: 'Problems' }).textContent()).toBe('Problems')
  await expect.poll(() => page.getByRole('button', { name: 'Publish', exact: true }).getAttribute('aria-disabled')).toBe('true')
  expect(await violations(page)).toEqual([])

  await page.getByRole('button', { name: 'Schedule' }).last().click()
  await drawing.card('Schedule').waitFor()
  await page.keyboard.press('Control+z')
  await page.getByRole('button', { name: 'Ask the team' }).click()
  await drawing.card('Everybody votes').waitFor()
  expect((await drawing.settled()) && (await draftOf(maya, id)).name).toBe('Ask the team')

  await page.keyboard.press('Control+z')
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'choose one' }).click()
  await (await choosing).setFiles({ name: 'laptop.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(asking)) })
  await drawing.card('Pick a laptop').waitFor()
  await drawing.settled()
  expect(lines(await draftOf(maya, id))).toEqual(lines(asking))
})

test('who is new is shown around by keyboard, and comes back to where they were', async () => {
  const id = await make(maya, emptyMission('New'))
  await new Drawing(page).open(id)
  const guide = page.getByRole('button', { name: 'Let us show you around' })
  await guide.focus()
  await page.keyboard.press('Enter')
  const bubble = page.getByRole('dialog')
  for (const title of ['All that can be added', 'The mission', 'The same in sentences', 'What a card does', 'Nothing gets lost']) {
    await bubble.getByText(title, { exact: true }).waitFor()
    await expect.poll(focused).toMatch(/Next/)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
  }
  await bubble.getByText('Put it into service').waitFor()
  await page.keyboard.press('Escape')
  await bubble.waitFor({ state: 'detached' })
  await expect.poll(focused).toBe('Let us show you around')
})

test('however low the window is, the ways to begin are read from their first line', async () => {
  await new Drawing(page).open(await make(maya, emptyMission('Low')))
  const heading = page.getByRole('heading', { name: 'How do you want to begin?' })
  for (const size of [
    { width: 1440, height: 600 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size)
    const cut = () =>
      heading.evaluate(
        (line) => (line.closest('section')?.parentElement?.getBoundingClientRect().top ?? 0) - line.getBoundingClientRect().top,
      )
    await expect.poll(cut).toBeLessThanOrEqual(0)
  }
})
