import { expect, test } from 'vitest'
import { z } from 'zod'
import { call } from './asking.ts'
import { settled, violations } from './looking.ts'
import { aVisitor, invite, joinBy, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
const ana = await aVisitor(program, 'Ana')
await signUp(maya)
await joinBy(await invite(maya), ana)

const rows = z.array(z.object({ id: z.string() }))
const idOf = async (path: string) => rows.parse(await call(ana.page, `/rest/v1/${path}`))[0]?.id ?? ''

test('the way to the chat tells how much waits there, live and until it is read, as a number only for what is to the reader', async () => {
  const { page } = maya
  const [workspaceId, mayasId, general] = [
    await idOf('workspaces?select=id'),
    await idOf('people?name=eq.Maya&select=id'),
    await idOf('channels?name=eq.general&select=id'),
  ]
  const post = (channelId: string, text: string) => call(ana.page, '/api/chat/messages', { channelId, text, key: crypto.randomUUID() })
  await page.goto('/tables')
  const chat = page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: /^Chat/ })
  const said = () => chat.textContent()
  await chat.waitFor()
  await post(general, 'Good morning')
  await expect.poll(said).toBe('Chatunread messages')
  const { channelId } = z
    .object({ channelId: z.string() })
    .parse(await call(ana.page, '/api/chat/direct', { workspaceId, people: [mayasId] }))
  await post(channelId, 'Lunch?')
  await expect.poll(said).toBe('Chat11 message for you')
  await post(general, `<@${mayasId}>, lunch?`)
  await expect.poll(said).toBe('Chat22 messages for you')
  expect(await violations(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await settled(page)
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Fold the menu' }).click()
  await expect.poll(() => chat.boundingBox().then((box) => box && box.width < 64)).toBe(true)
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'Open the menu, 2 messages for you' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })
  // In the chat it goes with what is read.
  await page.goto(`/chat/${channelId}`)
  await page.getByText('Lunch?').first().waitFor()
  await expect.poll(said).toBe('Chat11 message for you')
  await page.goto(`/chat/${general}`)
  await page.getByText('Good morning').first().waitFor()
  await expect.poll(said).toBe('Chat')
})
