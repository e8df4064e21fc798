/** Takes the pictures of the README into docs/, and ten states of the designer into dist/pictures/: `npm run pictures`. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { aTeam, openChannel, openMissions, openNewestRun, publishTemplate, says, write } from './acting.ts'
import { call } from './asking.ts'
import { aVisitor, invite, joinBy, runProgram, signUp } from './program.ts'
import { makeShown, openState, states } from './states.ts'

const folder = join(import.meta.dirname, '../../docs')

test('the pictures of the README', { timeout: 180_000 }, async () => {
  const program = await runProgram()
  const { Ana, Bob, Cy } = await aTeam(program, 'Ana', 'Bob', 'Cy')
  const take = async ({ page }: typeof Ana, name: string) => {
    // Everything has settled, and nobody's pointer highlights anything.
    await page.mouse.move(0, 0)
    await page.waitForTimeout(1_500)
    await page.screenshot({ path: join(folder, `${name}.png`) })
  }
  await Ana.page.goto('/templates')
  await says(Ana.page, 'Welcome a new colleague')
  await take(Ana, 'templates')
  await publishTemplate(Ana, 'Ask the team')
  await publishTemplate(Ana, 'Welcome a new colleague', { question: 'Who sets up the accounts (IT)?', type: 'Ana', pick: /Ana/ })
  await take(Ana, 'canvas')

  const dan = await aVisitor(program, 'Dan')
  await joinBy(await invite(Ana, 'Member', { manager: 'Bob', buddy: 'Cy' }), dan)
  await openMissions(Bob)
  await Bob.page.getByRole('button', { name: 'Mac' }).click()
  await openNewestRun(Ana)
  await says(Ana.page, 'Bob answered “Mac”')
  await take(Ana, 'run')

  for (const visitor of [Ana, Bob, Cy]) await openChannel(visitor, 'general')
  await write(Ana, '/poll Pizza today?')
  for (const { page } of [Bob, Cy]) await page.getByRole('button', { name: 'Yes', exact: true }).click()
  await says(Ana.page, /2 of 4/)
  await take(Ana, 'chat')
})

test('ten states of the designer', { timeout: 180_000 }, async () => {
  const program = await runProgram()
  const maya = await aVisitor(program, 'Maya')
  await signUp(maya)
  const ids = await makeShown(maya)
  const { page } = maya
  const into = join(import.meta.dirname, '../../dist/pictures')
  await mkdir(into, { recursive: true })
  const take = async (state: string, name = state, phone = false) => {
    const found = states.find((one) => one.name === state)
    if (!found) throw new Error(`There is no state “${state}”.`)
    await openState(page, found, ids, phone)
    await page.mouse.move(0, 0)
    await page.waitForTimeout(1_000)
    await page.screenshot({ path: join(into, `${name}.png`) })
  }
  for (const state of ['empty', 'onboarding', 'sixty steps', 'problems', 'settings with data', 'comparison of versions', 'outline'])
    await take(state)
  await page.setViewportSize({ width: 390, height: 844 })
  await take('onboarding', 'phone', true)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await take('settings of a question', 'dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await call(page, '/rest/v1/people?name=eq.Maya&select=id', { language: 'fr' }, 'PATCH')
  await page.goto(`/missions/${ids.french}`)
  await says(page, 'Souhaiter la bienvenue')
  await page.locator('.react-flow__node-card').first().click()
  await page.mouse.move(0, 0)
  await page.waitForTimeout(1_500)
  await page.screenshot({ path: join(into, 'french.png') })
})
