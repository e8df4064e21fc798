import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { call } from './asking.ts'
import { sticksOut, violations } from './looking.ts'
import { aVisitor, invite, joinBy, runProgram, signUp, type Visitor } from './program.ts'

const program = await runProgram()
let ana: Visitor
let bob: Visitor
let workspaceId = ''
let general = ''

const rows = z.array(z.object({ id: z.string() }))
const made = z.object({ channelId: z.string() })

beforeAll(async () => {
  ana = await aVisitor(program, 'Ana')
  bob = await aVisitor(program, 'Bob')
  await signUp(ana)
  await joinBy(await invite(ana), bob)
  workspaceId = rows.parse(await call(ana.page, '/rest/v1/workspaces?select=id'))[0]?.id ?? ''
  general = rows.parse(await call(ana.page, '/rest/v1/channels?select=id&name=eq.general'))[0]?.id ?? ''
})

const field = (page: Page) => page.getByRole('textbox', { name: /^(Message|Write)/ })
const message = (page: Page, text: string | RegExp) => page.getByRole('log').first().getByRole('article').filter({ hasText: text })
const post = (page: Page, channelId: string, text: string) =>
  call(page, '/api/chat/messages', { channelId, text, key: crypto.randomUUID() })

/** Opens a channel of its own, with both in it, on the screens of both. */
async function together(name: string): Promise<string> {
  const bobsId = rows.parse(await call(ana.page, '/rest/v1/people?select=id&name=eq.Bob'))[0]?.id ?? ''
  const { channelId } = made.parse(await call(ana.page, '/api/chat/channels', { workspaceId, name, kind: 'public', people: [bobsId] }))
  for (const { page } of [ana, bob]) {
    await page.goto(`/chat/${channelId}`)
    await page.getByRole('textbox', { name: `Message #${name}` }).waitFor()
  }
  return channelId
}

async function write({ page }: Visitor, text: string): Promise<void> {
  await field(page).fill(text)
  await field(page).press('Enter')
}

describe('two browsers side by side', () => {
  test('what one says the other reads, with its formatting and whom it names', async () => {
    await together('side-by-side')
    await field(ana.page).pressSequentially('Have a **look**, @bo')
    await ana.page.getByRole('option', { name: 'Bob' }).waitFor()
    await field(ana.page).press('Enter')
    await field(ana.page).press('Enter')
    const said = message(bob.page, 'Have a look, @Bob')
    await said.waitFor()
    await expect.poll(() => said.getByText('look', { exact: true }).evaluate((element) => element.tagName)).toBe('STRONG')
    await write(bob, 'I have looked')
    await message(ana.page, 'I have looked').waitFor()
  })

  test('reactions, replies, changes and deletions are seen by the other', async () => {
    await together('back-and-forth')
    await write(ana, 'Lunch?')
    await message(bob.page, 'Lunch?').hover()
    await bob.page.getByRole('button', { name: 'Add a reaction' }).click()
    await bob.page.getByRole('button', { name: '👍' }).click()
    await message(ana.page, 'Lunch?')
      .getByRole('button', { name: /👍.*Bob/ })
      .waitFor()

    await message(bob.page, 'Lunch?').hover()
    await bob.page.getByRole('button', { name: 'Reply in a thread' }).click()
    await bob.page.getByRole('textbox', { name: 'Reply' }).fill('At noon')
    await bob.page.getByRole('textbox', { name: 'Reply' }).press('Enter')
    await ana.page.getByRole('button', { name: /1 reply/ }).click()
    await ana.page.getByRole('log', { name: 'Replies' }).getByText('At noon').waitFor()
    await ana.page.getByRole('button', { name: 'Close the thread' }).click()

    await field(ana.page).press('ArrowUp')
    await ana.page.getByRole('textbox', { name: 'Edit the message' }).fill('Lunch at one?')
    await ana.page.getByRole('textbox', { name: 'Edit the message' }).press('Enter')
    await message(bob.page, 'Lunch at one?').getByText('(edited)').waitFor()

    await message(ana.page, 'Lunch at one?').hover()
    await ana.page.getByRole('button', { name: 'Delete' }).click()
    await ana.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await message(bob.page, 'This message was deleted.').waitFor()
  })

  test('what is said elsewhere is counted, and the count goes when one looks', async () => {
    await together('counting')
    await bob.page.goto(`/chat/${general}`)
    await write(ana, 'One')
    await write(ana, 'Two')
    const link = bob.page.getByRole('link', { name: /counting.*2 unread messages/ })
    await link.click()
    await message(bob.page, 'Two').waitFor()
    await bob.page.getByText('New', { exact: true }).waitFor()
    await bob.page.getByRole('link', { name: 'general' }).click()
    await bob.page.getByRole('link', { name: 'counting', exact: true }).waitFor()
  })
})

test('what could not be sent says why, and is said once when it is tried again; drafts survive', async () => {
  await together('offline')
  await ana.context.setOffline(true)
  await write(ana, 'Said without a network')
  const waiting = message(ana.page, 'Said without a network')
  await waiting.getByText('The server does not answer').waitFor()
  await field(ana.page).fill('Not finished')
  await ana.context.setOffline(false)
  await waiting.getByRole('button', { name: 'Try again' }).click()
  await message(bob.page, 'Said without a network').waitFor()
  await ana.page.reload()
  await message(ana.page, 'Said without a network').waitFor()
  expect([await message(ana.page, 'Said without a network').count(), await field(ana.page).inputValue()]).toEqual([1, 'Not finished'])
})

test('a long conversation grows upwards as one reads back, and one jump leads to its end', async () => {
  const channelId = await together('long')
  for (let number = 1; number <= 130; number += 10)
    await Promise.all(Array.from({ length: 10 }, (_, index) => post(ana.page, channelId, `Line ${number + index} of many`)))
  await bob.page.reload()
  const log = bob.page.getByRole('log')
  // A page, and the one before it where that fills no window.
  await expect.poll(() => bob.page.getByRole('article').count()).toBeGreaterThanOrEqual(50)
  await expect.poll(() => bob.page.getByRole('article').count()).toBeLessThan(130)
  for (const { count } of [{ count: 100 }, { count: 130 }]) {
    // Whoever reads back goes on scrolling until more is there.
    await expect
      .poll(async () => {
        await log.evaluate((area) => (area.scrollTop = 0))
        return bob.page.getByRole('article').count()
      })
      .toBeGreaterThanOrEqual(count)
  }
  await bob.page.getByText('This is the beginning of #long').waitFor()
  await log.evaluate((area) => (area.scrollTop = 0))
  await bob.page.getByRole('button', { name: 'Jump to the newest' }).click()
  await expect.poll(() => log.evaluate((area) => Math.round(area.scrollHeight - area.scrollTop - area.clientHeight))).toBeLessThan(2)
})

test('a search finds beginnings of words, shows what stands around, and leads there', async () => {
  const channelId = await together('finding')
  for (const text of ['Good morning', 'Who needs a screwdriver?', 'Me']) await post(ana.page, channelId, text)
  await bob.page.getByRole('textbox', { name: 'Search messages and channels' }).fill('screwd')
  await bob.page.getByRole('textbox', { name: 'Search messages and channels' }).press('Enter')
  await bob.page.getByText('1 message', { exact: true }).waitFor()
  const hit = bob.page.getByRole('link', { name: /Who needs a screwdriver/ })
  await expect.poll(() => hit.innerText()).toMatch(/Good morning[\s\S]*Who needs a screwdriver\?[\s\S]*Me/)
  await hit.click()
  await expect.poll(() => message(bob.page, 'Who needs a screwdriver?').evaluate((row) => row === document.activeElement)).toBe(true)
})

test('a channel is found, looked into, joined and left', async () => {
  const { channelId } = made.parse(
    await call(ana.page, '/api/chat/channels', { workspaceId, name: 'gardening', kind: 'public', topic: 'Tomatoes' }),
  )
  await post(ana.page, channelId, 'They are red')
  await bob.page.goto('/chat')
  await bob.page.getByRole('button', { name: 'Browse channels' }).click()
  await bob.page.getByRole('textbox', { name: 'Search channels by name or topic' }).fill('tomato')
  await bob.page.getByRole('button', { name: 'Look into #gardening' }).click()
  await message(bob.page, 'They are red').waitFor()
  await bob.page.getByRole('button', { name: 'Join', exact: true }).click()
  await bob.page.getByRole('textbox', { name: 'Message #gardening' }).waitFor()
  await bob.page.getByRole('button', { name: /Members and topic/ }).click()
  await bob.page.getByRole('button', { name: 'Leave the channel' }).click()
  await bob.page.getByText('You are looking into #gardening').waitFor()
})

describe('missions in the chat', () => {
  const asks = {
    format: 1,
    name: 'Laptops',
    description: 'Asks which laptop somebody wants',
    triggers: [{ id: 'typed', type: 'chat-command', settings: { command: 'laptop' } }],
    steps: [
      {
        id: 'which',
        type: 'ask',
        settings: {
          to: 'people',
          whom: ['{{ trigger.person }}'],
          question: 'Which laptop?',
          answer: 'form',
          fields: [
            { id: 'inches', label: 'Inches', kind: 'number', required: true },
            { id: 'why', label: 'Why', kind: 'line', required: true },
          ],
          needed: 'first',
          within: '3d',
        },
      },
    ],
    links: [{ from: 'typed', to: 'which' }],
  }

  test('a command is completed, the mission asks directly, and its form tells what is wrong field by field', async () => {
    const draft = z
      .array(z.object({ id: z.string(), draft_rev: z.number() }))
      .parse(await call(ana.page, '/rest/v1/missions', { workspace_id: workspaceId, name: asks.name, draft: asks }))[0]
    await call(ana.page, `/api/missions/${draft?.id}/publish`, { draftRev: draft?.draft_rev })
    await bob.page.goto(`/chat/${general}`)
    await field(bob.page).pressSequentially('/lap')
    await bob.page.getByRole('option', { name: '/laptop Asks which laptop somebody wants' }).waitFor()
    await field(bob.page).press('Tab')
    await field(bob.page).press('Enter')
    await bob.page.getByText('/laptop was passed on.').waitFor()
    await bob.page.getByRole('link', { name: /^Missions.*1 unread message/ }).click()
    await message(bob.page, 'Which laptop?').getByRole('button').first().click()
    const dialog = bob.page.getByRole('dialog')
    await dialog.getByLabel('Inches').fill('huge')
    await dialog.getByLabel('Why').press('Enter')
    await dialog.getByText('Please enter a number.').waitFor()
    await dialog.getByText('Please fill this in.').waitFor()
    await expect.poll(() => dialog.getByLabel('Inches').inputValue()).toBe('huge')
    await dialog.getByLabel('Inches').fill('14')
    await dialog.getByLabel('Why').fill('It fits my bag')
    await dialog.getByLabel('Why').press('Enter')
    await message(bob.page, 'Which laptop?').getByText('Thank you, your answer was kept.').waitFor()
  })

  test('a command nobody listens to says so and keeps what was typed', async () => {
    await bob.page.goto(`/chat/${general}`)
    await write(bob, '/nothing to see')
    await bob.page.getByText('No mission listens to /nothing.').waitFor()
    await bob.page.getByRole('button', { name: 'Change it' }).click()
    await expect.poll(() => field(bob.page).inputValue()).toBe('/nothing to see')
    await field(bob.page).fill('')
  })
})

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  const sights = {
    'a conversation': (page: Page) => message(page, 'Who needs a screwdriver?').first().hover(),
    'a thread': async (page: Page) => {
      await message(page, 'Who needs a screwdriver?').first().hover()
      await page.getByRole('button', { name: 'Reply in a thread' }).click()
      await page.getByText('No replies yet').waitFor()
    },
    'a search': async (page: Page) => {
      await page.getByRole('textbox', { name: 'Search messages and channels' }).fill('screwdriver')
      await page.getByRole('textbox', { name: 'Search messages and channels' }).press('Enter')
      await page.getByText('1 message', { exact: true }).waitFor()
    },
    'the list of channels': async (page: Page) => {
      await page.getByRole('button', { name: 'Browse channels' }).click()
      await page.getByRole('button', { name: /Open #finding/ }).waitFor()
    },
  }

  test.each(Object.entries(sights))('%s breaks no rule of accessibility', async (_, see) => {
    const { page } = bob
    await page.emulateMedia({ colorScheme })
    const channel = rows.parse(await call(page, '/rest/v1/channels?select=id&name=eq.finding'))[0]?.id ?? ''
    await page.goto(`/chat/${channel}`)
    await message(page, 'Who needs a screwdriver?').waitFor()
    await see(page)
    expect(await violations(page)).toEqual([])
  })
})

test('on a phone the list leads to the conversation and back, and nothing sticks out', async () => {
  const { page } = bob
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/chat')
  await page.getByRole('heading', { level: 1, name: 'Chat' }).waitFor()
  expect(await sticksOut(page)).toEqual([])
  await page.getByRole('link', { name: 'finding' }).click()
  await message(page, 'Who needs a screwdriver?').waitFor()
  expect(await sticksOut(page)).toEqual([])
  await page.getByRole('link', { name: 'Back to the conversations' }).click()
  await page.getByRole('heading', { level: 1, name: 'Chat' }).waitFor()
})
