import type { Response } from 'playwright-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Mission } from '../../src/mission/mission.ts'
import { call } from './asking.ts'
import { asking, draftOf, laid, make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { largeMission } from './large.ts'
import { sticksOut, violations } from './looking.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)

/** Publishes the draft of a mission as it is. */
const publish = async (id: string) => {
  await maya.page.goto(`/missions/${id}`)
  await maya.page.getByRole('button', { name: 'Publish', exact: true }).click()
  await maya.page.getByRole('button', { name: 'Publish now' }).click()
  await maya.page.getByText('Version 1 is live', { exact: true }).waitFor()
}

test('what a for each holds stands in a frame that closes to one card, by keyboard too, and stays closed for this viewer', async () => {
  const { page } = maya
  const id = await make(maya, largeMission(21))
  const drawing = await new Drawing(page).open(id)
  await drawing.card('Greet them').waitFor()
  await expect.poll(() => drawing.card('Greet them').getAttribute('aria-label')).toContain('in “Go through the team”')
  const before = await draftOf(maya, id)
  await drawing.choose('Go through the team')
  await drawing.focus('Go through the team')
  await page.keyboard.press('f')
  await drawing.card('Greet them').waitFor({ state: 'detached' })
  await page.getByText('The frame of “Go through the team” is closed.').waitFor({ state: 'attached' })
  await expect.poll(() => drawing.card('Go through the team').getByText('4 steps').isVisible()).toBe(true)
  await page.reload()
  await drawing.card('Go through the team').waitFor()
  await expect.poll(() => drawing.card('Greet them').count()).toBe(0)
  await expect.poll(() => draftOf(maya, id)).toEqual(before)
  // Whatever is looked for inside opens it.
  await page.getByRole('tab', { name: 'Outline' }).click()
  await page.getByRole('button', { name: /Hello from/ }).click()
  await drawing.card('Greet them').waitFor()
  expect(await violations(page)).toEqual([])
})

test('a step that runs another mission shows what is live of it in its frame, only to be looked at, and leads there', async () => {
  const { page } = maya
  const other: Mission = {
    ...asking,
    name: 'Order one',
    triggers: [{ id: 'called', type: 'run-by-mission', settings: {} }],
    steps: [{ id: 'told', type: 'send-message', name: 'Tell them', settings: { to: 'channel', channel: 'general', text: 'Ordered.' } }],
    links: [{ from: 'called', exit: 'done', to: 'told' }],
  }
  const otherId = await make(maya, other)
  await publish(otherId)
  const id = await make(maya, {
    ...asking,
    steps: [
      { id: 'run', type: 'run-mission', name: 'Order it', settings: { mission: otherId, wait: true, within: '2d' } },
      { id: 'told', type: 'send-message', name: 'Say so', settings: { to: 'channel', channel: 'general', text: 'Done.' } },
    ],
    links: [
      { from: 'command', exit: 'done', to: 'run' },
      { from: 'run', exit: 'done', to: 'told' },
    ],
  })
  const drawing = await new Drawing(page).open(id)
  const before = await draftOf(maya, id)
  await expect.poll(() => drawing.card('Tell them').count()).toBe(0)
  await page.getByRole('button', { name: 'Show its steps, “Order it”', includeHidden: true }).click()
  await drawing.card('Tell them').waitFor()
  await drawing.focus('Tell them')
  await page.keyboard.press('Delete')
  await drawing.card('Tell them').click()
  await drawing.settled()
  await expect.poll(() => draftOf(maya, id)).toEqual(before)
  await page.getByRole('link', { name: 'Open this mission' }).click()
  await page.waitForURL(`**/missions/${otherId}`)
})

test('compared with a version, cards that were removed are there too, and say so', async () => {
  const { page } = maya
  const id = await make(maya, asking)
  await publish(id)
  const drawing = await new Drawing(page).open(id)
  await drawing.choose('Chase them')
  await page.keyboard.press('Delete')
  await drawing.settled()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Versions' }).click()
  await page.getByRole('button', { name: 'Compare version 1' }).click()
  const ghost = drawing.card('Chase them')
  await ghost.waitFor()
  await expect.poll(() => ghost.getAttribute('aria-label')).toMatch(/Removed$/)
  await page.getByRole('button', { name: /Chase them.* removed/ }).click()
  expect(await violations(page)).toEqual([])

  // By keyboard, too, what is compared is only looked at.
  const before = await draftOf(maya, id)
  for (const title of ['Chase them', 'Order it'])
    for (const key of [
      'Enter',
      'Alt+ArrowUp',
      'Alt+Shift+ArrowDown',
      'm',
      'r',
      'a',
      'c',
      'n',
      'Control+d',
      'Control+x',
      'Control+Shift+g',
    ]) {
      await drawing.focus(title)
      await page.keyboard.press(key)
    }
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  await drawing.settled()
  await expect.poll(() => draftOf(maya, id)).toEqual(before)
  await page.getByRole('button', { name: 'Back to the versions' }).click()
  await ghost.waitFor({ state: 'detached' })
})

test('compared with a version, a card that was removed names the people in it', async () => {
  const { page } = maya
  const [me] = z.array(z.object({ id: z.string(), name: z.string() })).parse(await call(page, '/rest/v1/people?select=id,name'))
  if (!me) throw new Error('Nobody is there.')
  const steps = asking.steps.map((step) => (step.id === 'pick' ? { ...step, settings: { ...step.settings, whom: [me.id] } } : step))
  const id = await make(maya, { ...asking, steps })
  await publish(id)
  const drawing = await new Drawing(page).open(id)
  await drawing.choose('Pick a laptop')
  await page.keyboard.press('Delete')
  await drawing.settled()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Versions' }).click()
  await page.getByRole('button', { name: 'Compare version 1' }).click()
  await expect.poll(() => drawing.card('Pick a laptop').textContent()).toContain(me.name)
})

test('tidied up, the chosen card stays where it is on the screen', async () => {
  const { page } = maya
  const id = await make(maya, laid)
  const drawing = await new Drawing(page).open(id)
  await drawing.choose('Pick a laptop')
  const before = await drawing.card('Pick a laptop').boundingBox()
  await page.getByRole('button', { name: 'Tidy up' }).click()
  await page.getByRole('button', { name: 'Tidy up' }).waitFor({ state: 'detached' })
  await expect.poll(async () => (await drawing.card('Say hello').boundingBox())?.x).toBe(before?.x)
  const after = await drawing.card('Pick a laptop').boundingBox()
  expect([after?.x, after?.y]).toEqual([before?.x, before?.y])
})

test('at 200 % zoom everything is there: the palette, the card, its settings, the way to publish', async () => {
  const visitor = { ...maya, page: await maya.context.newPage() }
  await visitor.page.setViewportSize({ width: 640, height: 400 })
  const id = await make(maya, asking)
  const { page } = visitor
  await page.goto(`/missions/${id}`)
  await page.getByText('Order a laptop').first().waitFor()
  expect(await sticksOut(page)).toEqual([])
  await page.getByRole('button', { name: 'Publish', exact: true }).click({ trial: true })
  await page.getByText('Picture', { exact: true }).click()
  await page.getByRole('region', { name: 'Canvas' }).waitFor()
  const canvas = await page.getByRole('region', { name: 'Canvas' }).boundingBox()
  expect(canvas?.height ?? 0).toBeGreaterThan(120)
  await page.getByRole('button', { name: 'See everything' }).click({ trial: true })
  await page.close()
})

test('the list of missions is under 180 KB of script, and a mission opened from it 155 KB more', async () => {
  const { page } = await aVisitor(program, 'Maya')
  await page.context().addCookies(await maya.context.cookies())
  const stored = await maya.page.evaluate(() => JSON.stringify(localStorage))
  await page.addInitScript((text) => {
    for (const [key, value] of Object.entries(JSON.parse(text))) localStorage.setItem(key, String(value))
  }, stored)
  const sizes: Promise<number>[] = []
  const sizeOf = async (response: Response) => {
    const { responseBodySize } = await response.request().sizes()
    // What keeps people signed in comes five seconds after the first page, whatever is opened meanwhile.
    return (await response.text()).includes('GoTrueClient') ? 0 : responseBodySize
  }
  page.on('response', (response) => {
    if (response.url().endsWith('.js') && !response.url().includes('.worker')) sizes.push(sizeOf(response))
  })
  const total = async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  await page.goto('/missions')
  const link = page.getByRole('link', { name: 'Mission of 21 steps' })
  await link.waitFor()
  const list = await total()
  expect(list).toBeGreaterThan(50_000)
  expect(list).toBeLessThan(180_000)
  await link.click()
  await page.locator('.react-flow__node-card').first().waitFor()
  expect((await total()) - list).toBeLessThan(155_000)
  // What comes later would be asked for its size when the browser is gone already.
  page.removeAllListeners('response')
  await Promise.allSettled(sizes)
})
