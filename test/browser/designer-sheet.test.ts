import { expect, test } from 'vitest'
import { asking, make } from './drafts.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)

test('on a phone with a keyboard, Escape closes what lies on the sheet of settings first, then the sheet', async () => {
  const { page } = maya
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/missions/${await make(maya, asking)}`)
  await page.getByRole('button', { name: /Which laptop/ }).click()
  const sheet = page.getByRole('dialog', { name: 'Settings' })
  const question = sheet.getByRole('textbox', { name: 'Question' })

  await question.click()
  await page.keyboard.type(' {manager n')
  await page.getByRole('listbox', { name: 'Data from earlier steps' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('listbox', { name: 'Data from earlier steps' }).waitFor({ state: 'hidden' })
  await question.waitFor()

  await sheet.getByRole('button', { name: 'Insert data' }).first().click()
  const data = page.getByRole('dialog', { name: 'Data from earlier steps' })
  await data.getByRole('combobox').and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Escape')
  await data.waitFor({ state: 'hidden' })
  await question.waitFor()

  await sheet.getByRole('combobox', { name: 'Whom' }).click()
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('option').count()).toBe(0)
  await question.waitFor()

  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'hidden' })
})
