import { expect, test } from 'vitest'
import { asking, make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { settled, violations } from './looking.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)

test('of the person that Enter would take, everything can be read, in light and dark', async () => {
  const { page } = maya
  const drawing = await new Drawing(page).open(await make(maya, asking))
  await drawing.choose('Pick a laptop')
  await drawing.field('Whom').click()
  await page.keyboard.type('who')
  await page.locator('[role="option"][data-combobox-selected]').waitFor()
  expect(await violations(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await settled(page)
  expect(await violations(page)).toEqual([])
})
