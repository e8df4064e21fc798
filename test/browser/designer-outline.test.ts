import { expect, test } from 'vitest'
import { asking, draftOf, lines, make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { violations } from './looking.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)
const { page } = maya

/** What the focused element says. */
const focused = () => page.evaluate(() => document.activeElement?.closest('[data-line]')?.textContent ?? '')
/** What was said last to those who hear the page. */
const told = () => page.getByRole('status', { name: 'What was done' }).innerText()

test('in the outline a mission is read, connected, added to and shortened by keyboard alone', async () => {
  const id = await make(maya, asking)
  const drawing = await new Drawing(page).open(id)
  const tab = page.getByRole('tab', { name: 'Outline' })
  await tab.click()
  const line = (text: RegExp) => page.getByRole('list', { name: 'Outline' }).getByRole('button', { name: text })
  await line(/Say hello|We order/)
    .first()
    .waitFor()
  await tab.focus()
  await page.keyboard.press('Tab')
  await expect.poll(focused).toMatch(/laptop/)
  await page.keyboard.press('ArrowDown')
  await expect.poll(focused).toMatch(/We order/)

  await page.keyboard.press('c')
  await drawing.find('order it')
  await expect.poll(told).toBe('connecting “Say hello” to “Order it”')
  await expect.poll(focused).toMatch(/We order/)
  await page.keyboard.press('Control+z')
  await expect.poll(told).toBe('Undone: connecting “Say hello” to “Order it”')

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await expect.poll(focused).toMatch(/If the time is up|Ordered/)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(focused).toMatch(/Which laptop/)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Delete')
  await expect.poll(told).toBe('deleting “Say hello”')
  await expect.poll(focused).toMatch(/Which laptop/)
  await drawing.settled()
  expect(lines(await draftOf(maya, id))).toEqual(['command done pick', 'pick done order', 'pick timeout chase'])

  await page.keyboard.press('End')
  await page.keyboard.press('a')
  await drawing.find('end')
  await expect.poll(told).toBe('adding “End”')
  await drawing.settled()
  expect((await draftOf(maya, id)).steps.map((step) => step.type)).toContain('end')

  await drawing.focus(tab)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => drawing.field('Name on the card').inputValue()).toBe('Pick a laptop')
})

test('“?” shows all keys, and Escape puts them away', async () => {
  await new Drawing(page).open(await make(maya, asking))
  await page.getByRole('region', { name: 'Canvas' }).click({ position: { x: 20, y: 20 } })
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keys' })
  await help.getByText('Add a step after it').first().waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'detached' })
})

test('a problem shows card by card how it comes to it, says it in a sentence, and lets go on Escape', async () => {
  const id = await make(maya, {
    ...asking,
    steps: asking.steps.map((step) => (step.id === 'chase' ? { ...step, settings: { ...step.settings, text: '' } } : step)),
  })
  const drawing = await new Drawing(page).open(id)
  await page.getByRole('tab', { name: /^Problems/ }).click()
  await page.getByRole('button', { name: 'Show how it comes to this' }).first().click()
  const sentence = /“Chat command” starts it, “Say hello” is done, “Pick a laptop” is left by “.+”, and then “Chase them” begins/
  await expect.poll(told).toMatch(sentence)
  await drawing.card('Chase them').locator('[data-walked="now"]').waitFor()
  await expect.poll(() => page.locator('.react-flow [data-walked]').count()).toBe(4 + 3)
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.locator('.react-flow [data-walked]').first().waitFor({ state: 'detached' })

  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.getByRole('button', { name: 'Show how it comes to this' }).first().click()
  await expect.poll(() => page.locator('.react-flow [data-walked]').count()).toBe(4 + 3)
  await page.emulateMedia({ reducedMotion: 'no-preference' })
})

test('a mission is downloaded, a bad file changes nothing and says why, a good one is brought in and undone in one go', async () => {
  const id = await make(maya, asking)
  const drawing = await new Drawing(page).open(id)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Download as JSON' }).click()])
  expect(file.suggestedFilename()).toBe('order-a-laptop.json')
  const choose = async (text: string) => {
    await page.getByRole('button', { name: 'More', exact: true }).click()
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('menuitem', { name: 'Replace by a file…' }).click(),
    ])
    await chooser.setFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  }

  await choose(JSON.stringify({ ...asking, steps: [{ id: 'one', settings: {} }] }))
  const bad = page.getByRole('dialog', { name: '“mine.json” is not a mission' })
  await bad.getByText('steps.0.type: this is missing').waitFor()
  await page.keyboard.press('Escape')
  await bad.waitFor({ state: 'detached' })
  await expect.poll(() => draftOf(maya, id)).toEqual(asking)

  await choose(JSON.stringify({ ...asking, name: 'Another', steps: asking.steps.slice(0, 1), links: asking.links.slice(0, 1) }))
  await expect.poll(told).toBe('bringing in “Another”')
  await expect.poll(() => drawing.titles()).toEqual(['Chat command', 'Say hello'])
  await page.getByRole('button', { name: 'Undo bringing in “Another”' }).click()
  await drawing.settled()
  await expect.poll(() => draftOf(maya, id)).toEqual(asking)
})
