import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Mission } from '../../src/mission/mission.ts'
import { aVisitor, invite, joinBy, runProgram, signUp, type Visitor } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
const ana = await aVisitor(program, 'Ana')

const byHand: Mission['triggers'] = [
  { id: 'start', type: 'by-hand', settings: { fields: [{ id: 'topic', label: 'Topic', kind: 'line', required: true }] } },
]

/** Says hello and, at the same time, asks Maya and Ana for a laptop; once both have answered, orders it. Nobody in time: chases them. */
const laptop = (people: string[]): Mission => ({
  format: 1,
  name: 'Order a laptop',
  description: '',
  triggers: byHand,
  steps: [
    {
      id: 'hello',
      type: 'send-message',
      name: 'Say hello',
      settings: { to: 'channel', channel: 'general', text: 'We order for {{ trigger.topic }}.' },
    },
    {
      id: 'laptop',
      type: 'ask',
      name: 'Pick a laptop',
      settings: {
        to: 'people',
        whom: people,
        question: 'Which laptop for {{ trigger.topic }}?',
        answer: 'choices',
        choices: ['Mac', 'PC'],
        needed: 'everybody',
        within: '3d',
      },
    },
    {
      id: 'order',
      type: 'send-message',
      name: 'Order it',
      settings: { to: 'channel', channel: 'general', text: 'Ordered: {{ laptop.answer }}' },
    },
    {
      id: 'chase',
      type: 'send-message',
      name: 'Chase them',
      settings: { to: 'channel', channel: 'general', text: 'Nobody has answered.' },
    },
  ],
  links: [
    { from: 'start', exit: 'done', to: 'hello' },
    { from: 'start', exit: 'done', to: 'laptop' },
    { from: 'laptop', exit: 'done', to: 'order' },
    { from: 'laptop', exit: 'timeout', to: 'chase' },
  ],
  layout: {},
})

/** Calls an address of this machine, which missions may not. */
const shop: Mission = {
  format: 1,
  name: 'Call the shop',
  description: '',
  triggers: byHand,
  steps: [{ id: 'call', type: 'call-web-address', name: 'Ring the shop', settings: { method: 'GET', url: 'http://127.0.0.1:9/orders' } }],
  links: [{ from: 'start', exit: 'done', to: 'call' }],
  layout: {},
}

/** Calls a route of the program, or of the database's interface, as whoever is signed in on a page. */
async function call(page: Page, path: string, body?: unknown): Promise<unknown> {
  return page.evaluate(
    async ([to, sent]) => {
      const { publishableKey } = await (await fetch('/config.json')).json()
      const { access_token } = JSON.parse(localStorage.getItem('missions.session') ?? '{}')
      const headers = {
        'content-type': 'application/json',
        apikey: publishableKey,
        authorization: `Bearer ${access_token}`,
        prefer: 'return=representation',
      }
      const response = await fetch(String(to), { headers, ...(sent === undefined ? {} : { method: 'POST', body: JSON.stringify(sent) }) })
      const answer = await response.json()
      if (!response.ok) throw new Error(`${to}: ${JSON.stringify(answer)}`)
      return answer
    },
    [path, body] as const,
  )
}

const rowsSchema = z.array(z.looseObject({ id: z.string() }))

async function published({ page }: Visitor, mission: Mission): Promise<string> {
  const [workspace] = rowsSchema.parse(await call(page, '/rest/v1/workspaces?select=id'))
  const [row] = z
    .array(z.object({ id: z.string(), draft_rev: z.number() }))
    .parse(await call(page, '/rest/v1/missions?select=id,draft_rev', { workspace_id: workspace?.id, name: mission.name, draft: mission }))
  await call(page, `/api/missions/${row?.id}/publish`, { draftRev: row?.draft_rev })
  return row?.id ?? ''
}

async function started({ page }: Visitor, mission: string, topic: string): Promise<string> {
  const { runId } = z
    .object({ runId: z.string() })
    .parse(await call(page, `/api/missions/${mission}/start`, { trigger: 'start', values: { topic } }))
  return runId
}

const messagesSchema = z.array(
  z.object({
    id: z.string(),
    body: z.object({ text: z.string(), buttons: z.array(z.object({ id: z.string(), label: z.string() })).optional() }),
  }),
)

/** Presses a button under the newest message that has it and speaks of a topic. */
async function answered({ page }: Visitor, topic: string, label: string): Promise<void> {
  const messages = messagesSchema.parse(await call(page, '/rest/v1/messages?select=id,body&ask_id=not.is.null&order=number.desc'))
  const message = messages.find(({ body }) => body.text.includes(topic) && body.buttons?.some((button) => button.label === label))
  const button = message?.body.buttons?.find((one) => one.label === label)
  expect(await call(page, `/api/chat/messages/${message?.id}/press`, { button: button?.id, values: {} })).toMatchObject({ accepted: true })
}

/** Everything on a page that breaks WCAG 2.2 A or AA, in words. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }))
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
}

declare global {
  interface Window {
    axe: typeof axe
  }
}

let missions = { laptop: '', shop: '' }

beforeAll(async () => {
  await signUp(maya)
  await joinBy(await invite(maya), ana)
  const people = z
    .array(z.object({ id: z.string(), name: z.string() }))
    .parse(await call(maya.page, '/rest/v1/people?select=id,name&order=created_at'))
  missions = { laptop: await published(maya, laptop(people.map(({ id }) => id))), shop: await published(maya, shop) }
})

describe('the list of runs', () => {
  test('says how the first run comes to be, and shows it without reloading, with whom it waits for', async () => {
    const { page } = maya
    await page.goto('/runs')
    await page.getByRole('heading', { name: 'Nothing has run yet' }).waitFor()
    await started(maya, missions.laptop, 'Zoe')
    const row = page.getByRole('listitem').filter({ hasText: 'Order a laptop' })
    await row.getByText('Waiting for Maya and Ana').waitFor()
    await expect.poll(() => row.innerText()).toContain('Maya started it by hand')
    await answered(ana, 'Zoe', 'PC')
    await row.getByText('Waiting for Maya', { exact: true }).waitFor()
    await answered(maya, 'Zoe', 'Mac')
    await row.getByText('Completed').waitFor()
  })

  test('says which times of a schedule were missed, and what was done about it', async () => {
    const { page } = maya
    await program.sql(
      `insert into missed_instants (workspace_id, mission_id, trigger, first_at, last_at, instants, did, runs)
       select workspace_id, id, 'clock', '2026-11-20T08:00:00Z', '2026-11-20T10:00:00Z', 3, 'once', 1 from missions where id = $1`,
      [missions.shop],
    )
    await page.goto('/runs')
    const note = page.getByRole('list', { name: 'Missed times' })
    await note.waitFor()
    await expect
      .poll(() => note.innerText())
      .toBe(
        '“Call the shop” missed 3 of its times (20 Nov 2026, 09:00–11:00), because nothing was running then. As its trigger says, it was started once afterwards.',
      )
    expect(await violations(page)).toEqual([])
    await page.goto(`/runs?mission=${missions.laptop}`)
    await page.getByRole('list', { name: 'Runs' }).waitFor()
    await expect.poll(() => note.count()).toBe(0)
  })

  test('keeps its filters in the address', async () => {
    const { page } = maya
    const failed = await started(maya, missions.shop, 'Yann')
    await page.goto('/runs')
    const rows = page.getByRole('list', { name: 'Runs' }).getByRole('listitem')
    await rows.filter({ hasText: 'Failed' }).waitFor()
    await page.getByRole('combobox', { name: 'Status' }).click()
    await page.getByRole('option', { name: 'Failed' }).click()
    await page.waitForURL(/status=failed/)
    await expect.poll(() => rows.count()).toBe(1)

    await page.goto('/runs?span=day&q=zoe')
    await rows.filter({ hasText: 'Order a laptop' }).waitFor()
    await expect.poll(() => rows.count()).toBe(1)
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('zoe')

    await page.getByRole('searchbox').fill('nobody of that name')
    await page.getByRole('heading', { name: 'No run matches these filters' }).waitFor()
    await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).last().click()
    await page.waitForURL(/\/runs$/)
    await rows.filter({ hasText: 'Call the shop' }).getByRole('link').click()
    await page.waitForURL(`**/runs/${failed}`)
  })

  test('goes on over pages, and an address behind the last page shows the first', async () => {
    const { page } = maya
    for (let number = 0; number < 20; number++) await started(maya, missions.shop, `Call ${number}`)
    await page.goto('/runs')
    await page.getByText('1–20 of 22').waitFor()
    await page.getByRole('button', { name: 'Next page' }).click()
    await page.waitForURL(/page=2/)
    await page.getByText('21–22 of 22').waitFor()
    await expect.poll(() => page.getByRole('list', { name: 'Runs' }).getByRole('listitem').count()).toBe(2)
    await page.goto('/runs?page=9')
    await page.getByText('1–20 of 22').waitFor()
  })
})

describe('one run', () => {
  test('tells what happened while it happens, and on the mission as it was', async () => {
    const { page } = maya
    const run = await started(maya, missions.laptop, 'Xavier')
    await page.goto(`/runs/${run}`)
    await page.getByRole('heading', { level: 1, name: 'Order a laptop' }).waitFor()
    const said = page.getByRole('main').getByRole('listitem')
    await said.filter({ hasText: 'Waiting for Maya and Ana' }).waitFor()
    await page.getByRole('group', { name: /^Step \S+: Pick a laptop\. .*Waiting for an answer/ }).waitFor()
    await page.getByRole('group', { name: /: Order it\. .*Not reached yet/ }).waitFor()

    await answered(ana, 'Xavier', 'PC')
    await said.filter({ hasText: 'Ana answered “PC”' }).waitFor()
    await answered(maya, 'Xavier', 'Mac')
    await said.filter({ hasText: 'Completed after' }).waitFor()
    await page.getByRole('group', { name: /: Pick a laptop\. .*Done$/ }).waitFor()
    await page.getByRole('group', { name: /: Chase them\. .*Not needed$/ }).waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Cancel run' }).count()).toBe(0)
  })

  test('shows of a step who was asked, who answered what, and what went in and came out', async () => {
    const { page } = maya
    const run = await started(maya, missions.laptop, 'Xenia')
    await page.goto(`/runs/${run}`)
    await page.getByText('Waiting for Maya and Ana').first().waitFor()
    await answered(ana, 'Xenia', 'PC')
    await page.getByRole('group', { name: /: Pick a laptop\. / }).click()
    const details = page.getByRole('region', { name: 'Pick a laptop' })
    await details.getByRole('blockquote').getByText('Which laptop for Xenia?').waitFor()
    await details.getByRole('listitem').filter({ hasText: 'Ana' }).getByText('“PC”').waitFor()
    await details.getByRole('listitem').filter({ hasText: 'Maya' }).getByText('No answer yet').waitFor()
    await answered(maya, 'Xenia', 'Mac')
    await details.getByText('Done', { exact: true }).waitFor()
    await details.getByRole('region', { name: 'What went in' }).getByText('3 days').waitFor()
    await expect.poll(() => details.getByRole('region', { name: 'What came out' }).innerText()).toContain('Maya')
    await details.getByText('As raw data (JSON)').click()
    await expect.poll(() => details.locator('pre').innerText()).toContain('"answer": "choices"')
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'What happened' }).waitFor()
  })

  test('tells a trouble with its remedy, and starts again with the same data', async () => {
    const { page } = maya
    const run = await started(maya, missions.shop, 'Wendy')
    await page.goto(`/runs/${run}`)
    await page.getByText('What to do:').waitFor()
    await page.getByText('Ended as failed').waitFor()
    await page.getByRole('button', { name: 'Start again' }).click()
    await page.waitForURL((url) => url.pathname.startsWith('/runs/') && !url.pathname.endsWith(run))
    await page.getByText('Ended as failed').waitFor()
    await page.getByRole('group', { name: /^Trigger: By hand/ }).click()
    await page.getByRole('region', { name: 'What came in' }).getByText('Wendy').waitFor()
  })

  test('is cancelled after a question, and those who were asked are told', async () => {
    const { page } = maya
    const run = await started(maya, missions.laptop, 'Viktor')
    await page.goto(`/runs/${run}`)
    await page.getByText('Waiting for Maya and Ana').first().waitFor()
    await page.getByRole('button', { name: 'Cancel run' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Keep it running' }).click()
    await page.getByRole('button', { name: 'Cancel run' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel run' }).click()
    const said = page.getByRole('main').getByRole('listitem')
    await said.filter({ hasText: 'Maya cancelled the run after' }).waitFor()
    await said.filter({ hasText: 'Cancelled: the answer was no longer needed' }).waitFor()
  })

  test('can be watched by a member, who can neither cancel it nor start it again', async () => {
    const run = await started(maya, missions.laptop, 'Ulla')
    await ana.page.goto(`/runs/${run}`)
    await ana.page.getByText('Waiting for Maya and Ana').first().waitFor()
    await expect.poll(() => ana.page.getByRole('button', { name: /Cancel|Start again/ }).count()).toBe(0)
  })

  test('that is not there says so', async () => {
    await maya.page.goto('/runs/00000000-0000-4000-8000-000000000000')
    await maya.page.getByRole('heading', { name: 'There is no such run' }).waitFor()
    await maya.page.goto('/runs/nonsense')
    await maya.page.getByRole('heading', { name: 'There is no such run' }).waitFor()
  })
})

describe('everybody can read it', () => {
  test.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
    ['dark', 390],
  ] as const)('%s, %i pixels wide: no accessibility violation, no sideways scroll', async (colorScheme, width) => {
    const { page } = maya
    const run = await started(maya, missions.laptop, `Tilda ${colorScheme} ${width}`)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 844 })
    const check = async () => {
      expect(await violations(page)).toEqual([])
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
    await page.goto('/runs')
    await page.getByText('Waiting for Maya and Ana').first().waitFor()
    await check()
    await page.goto('/runs?q=nobody+of+that+name')
    await page.getByRole('heading', { name: 'No run matches these filters' }).waitFor()
    await check()
    await page.goto(`/runs/${run}`)
    await page.getByRole('listitem').filter({ hasText: 'Waiting for Maya and Ana' }).waitFor()
    if (width < 500) {
      await check()
      await page.getByText('Picture', { exact: true }).click()
    }
    await page.getByRole('group', { name: /: Pick a laptop\. / }).waitFor()
    await check()
    await page.getByRole('group', { name: /: Pick a laptop\. / }).click()
    await page.getByRole('region', { name: 'Pick a laptop' }).waitFor()
    await check()
    await page.goto(`/runs`)
  })
})
