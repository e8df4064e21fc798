import { expect, test } from 'vitest'
import { asking, draftOf, make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { violations } from './looking.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)
const { page } = maya

test('a step that runs a draft says so, publishing is refused in words, and both end when the draft is live', async () => {
  const id = await make(maya, asking)
  const drawing = await new Drawing(page).open(id)
  await drawing.choose('Say hello')
  for (const title of ['Pick a laptop', 'Order it', 'Chase them']) await drawing.card(title).click({ modifiers: ['Shift'] })
  await page.keyboard.press('Control+g')
  await page.getByLabel('Name of the new mission').fill('Ask for a laptop')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Go on here' }).click()
  await drawing.settled()
  const child = (await draftOf(maya, id)).steps[0]?.settings['mission']

  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('button', { name: 'Publish now' }).click()
  const dialog = page.getByRole('dialog', { name: 'Publish this mission' })
  const refusal = dialog.getByRole('alert')
  await refusal.waitFor()
  await expect
    .poll(() => refusal.innerText())
    .toMatch(/“Ask for a laptop” is not live yet\.\s+Publish it first, or choose another mission in the step “Ask for a laptop”\./)
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  const warning = page.getByRole('button', { name: /^Look again · Ask for a laptop\s*“Ask for a laptop” is not live yet/ })
  await warning.waitFor()
  await page.getByText('Before this is published, what its steps run has to be live.').waitFor()

  const other = await page.context().newPage()
  await other.goto(`/missions/${typeof child === 'string' ? child : expect.unreachable()}`)
  await other.getByRole('button', { name: 'Publish', exact: true }).click()
  await other.getByRole('button', { name: 'Publish now' }).click()
  await other.getByText('Version 1 is live', { exact: true }).waitFor()
  await other.close()
  await warning.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('button', { name: 'Publish now' }).click()
  await page.getByText('Version 1 is live', { exact: true }).waitFor()
})
