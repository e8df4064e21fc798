import { expect, test } from 'vitest'
import { asking, draftOf, make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { sticksOut, violations } from './looking.ts'
import { aVisitor, invite, joinBy, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
const ana = await aVisitor(program, 'Ana')
await signUp(maya)
await joinBy(await invite(maya, 'Builder'), ana)

test('a mission is saved as a template without its people, used by a colleague, and deleted by who saved it', async () => {
  const { page } = maya
  await new Drawing(page).open(await make(maya, asking))
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Save as template' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save as template' })
  const taken = dialog.getByRole('region', { name: 'Taken out of the template, because it belongs to you:' })
  await taken.waitFor()
  await expect
    .poll(() => taken.getByRole('listitem').allInnerTexts())
    .toEqual([
      '“Say hello”: Channel, to be chosen anew',
      '“Pick a laptop”: Whom, to be chosen anew',
      '“Order it”: Channel, to be chosen anew',
      '“Chase them”: Channel, to be chosen anew',
    ])
  expect(await violations(page)).toEqual([])
  await dialog.getByRole('textbox', { name: 'What it is called' }).fill('Laptops for all')
  await dialog.getByRole('button', { name: 'Save template' }).click()
  await dialog.getByText('Write something here.').waitFor()
  await dialog.getByRole('textbox', { name: 'What it is for' }).fill('Asks which laptop somebody wants.')
  await dialog.getByRole('button', { name: 'Save template' }).click()
  await page.getByText('“Laptops for all” is saved. You find it under Templates, “Of your workspace”.').waitFor()

  await ana.page.goto('/templates')
  await ana.page.getByText('Of your workspace', { exact: true }).click()
  const cards = ana.page.getByRole('list', { name: 'Templates' })
  await expect.poll(() => cards.getByRole('listitem').count()).toBe(1)
  await cards.getByText('Of your workspace · 4 steps').waitFor()
  expect(await violations(ana.page)).toEqual([])
  await cards.getByRole('button', { name: 'Laptops for all' }).click()
  const preview = ana.page.getByRole('dialog', { name: 'Laptops for all' })
  await preview.getByText('Asks which laptop somebody wants.').waitFor()
  await expect.poll(() => preview.getByRole('button', { name: 'Delete this template' }).count()).toBe(0)
  await preview.getByRole('button', { name: 'Use this', exact: true }).click()
  await ana.page.waitForURL(/\/missions\/[0-9a-f-]{36}/)
  const made = await draftOf(ana, ana.page.url().split('/').at(-1) ?? '')
  expect(made.steps.map(({ name }) => name)).toEqual(['Say hello', 'Pick a laptop', 'Order it', 'Chase them'])
  expect(JSON.stringify(made)).not.toMatch(/maya@|"general"/)

  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/templates?category=own')
  await page.getByRole('button', { name: 'Laptops for all' }).click()
  await page.getByRole('button', { name: 'Delete this template' }).click()
  const sure = page.getByRole('dialog', { name: 'Delete the template “Laptops for all”?' })
  await sure.waitFor()
  expect(await violations(page)).toEqual([])
  await sure.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByText('The template is deleted.').waitFor()
  await page.getByRole('button', { name: 'Laptops for all' }).waitFor({ state: 'detached' })
  expect(await sticksOut(page)).toEqual([])
})
