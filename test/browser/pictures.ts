/** Takes the pictures of the README from the running program: `npm run pictures`. */
import { join } from 'node:path'
import { test } from 'vitest'
import { aTeam, openChannel, openMissions, openNewestRun, publishTemplate, says, write } from './acting.ts'
import { aVisitor, invite, joinBy, runProgram } from './program.ts'

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
