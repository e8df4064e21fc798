import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { call } from './asking.ts'
import { asking, draftOf, make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { sticksOut, violations } from './looking.ts'
import { aVisitor, invite, joinBy, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
const ana = await aVisitor(program, 'Ana')
await signUp(maya)
await joinBy(await invite(maya, 'Builder'), ana)

const names = async (id: string) => (await draftOf(maya, id)).steps.map(({ name }) => name)

/** Both rename a step: Maya while she has no connection, so that hers meets what Ana has saved by then. */
async function bothRename(id: string, mayasStep: [string, string], anasStep: [string, string]): Promise<Drawing> {
  const mine = await new Drawing(maya.page).open(id)
  await mine.choose(mayasStep[0])
  await mine.field('Name on the card').waitFor()
  await maya.context.setOffline(true)
  await mine.write('Name on the card', mayasStep[1])
  await maya.page.getByText(/your changes are kept on this device/).waitFor()
  const hers = await new Drawing(ana.page).open(id)
  await hers.choose(anasStep[0])
  await hers.write('Name on the card', anasStep[1])
  await hers.settled()
  await maya.context.setOffline(false)
  return mine
}

describe('two people change one mission', () => {
  test('at different steps: both changes are kept, and the later one is told', async () => {
    const id = await make(maya, asking)
    const mine = await bothRename(id, ['Order it', 'Buy it'], ['Say hello', 'Say good morning'])
    await maya.page.getByText('Ana changed other steps meanwhile. What both of you did is kept.').waitFor()
    await mine.settled()
    expect(await names(id)).toEqual(['Say good morning', 'Pick a laptop', 'Buy it', 'Chase them'])
    await mine.card('Say good morning').waitFor()
    expect(await maya.page.getByRole('button', { name: 'Undo putting in what Ana changed' }).count()).toBe(1)
  })

  test('at the same step: one is chosen on a phone, and the other kept as a mission of its own', async () => {
    const id = await make(maya, asking)
    const mine = await bothRename(id, ['Order it', 'Buy it'], ['Order it', 'Lease it'])
    const dialog = maya.page.getByRole('dialog', { name: 'Ana saved a newer version' })
    await dialog.getByText('Changed by both').first().waitFor()
    await maya.page.setViewportSize({ width: 390, height: 844 })
    expect(await violations(maya.page)).toEqual([])
    expect(await sticksOut(maya.page)).toEqual([])
    await maya.page.setViewportSize({ width: 1440, height: 900 })
    await dialog.getByRole('button', { name: 'Take it, and keep mine as a copy' }).click()
    await maya.page.getByText('Your version is kept as the mission “Order a laptop (my copy)”.').waitFor()
    await mine.settled()
    expect(await names(id)).toEqual(['Say hello', 'Pick a laptop', 'Lease it', 'Chase them'])
    const [copy] = z
      .array(z.object({ id: z.string() }))
      .parse(await call(maya.page, `/rest/v1/missions?name=eq.${encodeURIComponent('Order a laptop (my copy)')}&select=id`))
    expect(await names(copy?.id ?? '')).toEqual(['Say hello', 'Pick a laptop', 'Buy it', 'Chase them'])
  })

  test('one of them by restoring a version: nothing of the other’s is overwritten unseen', async () => {
    const id = await make(maya, asking)
    const mine = await new Drawing(maya.page).open(id)
    await maya.page.getByRole('button', { name: 'Publish', exact: true }).click()
    await maya.page.getByRole('button', { name: 'Publish now' }).click()
    await maya.page.getByText('Version 1 is live', { exact: true }).waitFor()
    await mine.choose('Order it')
    await mine.write('Name on the card', 'Buy it')
    await mine.settled()
    const hers = await new Drawing(ana.page).open(id)
    // Hers is saved while this page has lost its connection, so that the two meet.
    await maya.page.getByRole('button', { name: 'More', exact: true }).click()
    await maya.page.getByRole('menuitem', { name: 'Versions' }).click()
    const restore = maya.page.getByRole('button', { name: 'Restore version 1 into the draft' })
    await restore.waitFor()
    await maya.page.getByRole('button', { name: 'Compare version 1' }).click()
    await maya.page.getByRole('list', { name: 'Differences' }).waitFor()
    await maya.page.getByRole('button', { name: 'Back to the versions' }).click()
    await maya.context.setOffline(true)
    await restore.click()
    await maya.page.getByText(/your changes are kept on this device/).waitFor()
    await hers.choose('Buy it')
    await hers.write('Name on the card', 'Lease it')
    await hers.settled()
    await maya.context.setOffline(false)
    const dialog = maya.page.getByRole('dialog', { name: 'Ana saved a newer version' })
    await dialog.waitFor()
    expect(await names(id)).toEqual(['Say hello', 'Pick a laptop', 'Lease it', 'Chase them'])
    await dialog.getByRole('button', { name: 'Keep mine', exact: true }).click()
    await mine.settled()
    expect(await names(id)).toEqual(['Say hello', 'Pick a laptop', 'Order it', 'Chase them'])
    await maya.page.getByRole('button', { name: 'Undo keeping your own version' }).click()
    await mine.settled()
    expect(await names(id)).toEqual(['Say hello', 'Pick a laptop', 'Lease it', 'Chase them'])
  })
})

test('what was drawn while the server was away is merged with what somebody saved meanwhile, even after the page was left', async () => {
  const id = await make(maya, asking)
  const page = await maya.context.newPage()
  const drawing = await new Drawing(page).open(id)
  await drawing.choose('Order it')
  await drawing.field('Name on the card').waitFor()
  await program.kill()
  await drawing.write('Name on the card', 'Buy it')
  await page.getByText(/your changes are kept on this device/).waitFor()
  await page.close({ runBeforeUnload: false })
  await program.start()
  expect(await names(id)).toEqual(['Say hello', 'Pick a laptop', 'Order it', 'Chase them'])
  const hers = await new Drawing(ana.page).open(id)
  await hers.choose('Chase them')
  await hers.write('Name on the card', 'Remind them')
  await hers.settled()
  const again = await new Drawing(maya.page).open(id)
  await again.card('Buy it').waitFor()
  await again.card('Remind them').waitFor()
  await again.settled()
  await expect.poll(() => names(id)).toEqual(['Say hello', 'Pick a laptop', 'Buy it', 'Remind them'])
})
