import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Mission } from '../../src/mission/mission.ts'
import { call } from './asking.ts'
import { violations } from './looking.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')

/** Says hello in each of two channels, of which one is not there. */
const greetings: Mission = {
  format: 1,
  name: 'Greet all channels',
  description: '',
  triggers: [{ id: 'start', type: 'by-hand', settings: {} }],
  steps: [
    { id: 'all', type: 'for-each', settings: { list: 'general, nowhere' } },
    {
      id: 'hello',
      type: 'send-message',
      name: 'Say hello',
      within: 'all',
      settings: { to: 'channel', channel: '{{ item }}', text: 'Hello!' },
    },
    {
      id: 'report',
      type: 'send-message',
      name: 'Report',
      settings: { to: 'channel', channel: 'general', text: '{{ all.failed | default: 0 }} went wrong' },
    },
  ],
  links: [
    { from: 'start', exit: 'done', to: 'all' },
    { from: 'all', exit: 'each', to: 'hello' },
    { from: 'all', exit: 'done', to: 'report' },
  ],
  layout: {},
}

let mission = ''

beforeAll(async () => {
  await signUp(maya)
  const [workspace] = z.array(z.looseObject({ id: z.string() })).parse(await call(maya.page, '/rest/v1/workspaces?select=id'))
  const [row] = z.array(z.object({ id: z.string(), draft_rev: z.number() })).parse(
    await call(maya.page, '/rest/v1/missions?select=id,draft_rev', {
      workspace_id: workspace?.id,
      name: greetings.name,
      draft: greetings,
    }),
  )
  mission = row?.id ?? ''
  await call(maya.page, `/api/missions/${mission}/publish`, { draftRev: row?.draft_rev })
  await call(maya.page, `/api/missions/${mission}/start`, { trigger: 'start', values: {} })
})

describe('a list that a run goes through', () => {
  test('is one line of the history; the run tells which item failed and leads to each', async () => {
    const { page } = maya
    await page.goto('/runs')
    const rows = page.getByRole('list', { name: 'Runs' }).getByRole('listitem')
    await rows.getByText('Completed').waitFor()
    await expect.poll(() => rows.count()).toBe(1)
    await rows.getByRole('link').click()
    await page.getByText('Goes through 2 items').filter({ visible: true }).first().waitFor()
    await page.getByText('Item 2 failed').filter({ visible: true }).first().waitFor()
    await page.getByText('Runs it started (2)').click()
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: 'Item 2 of 2: nowhere' }).click()
    await page.getByText('Started by another run').waitFor()
    await page.getByText('Item 2 of 2: nowhere').filter({ visible: true }).first().waitFor()
    await page.locator('.react-flow__node').filter({ hasText: 'Say hello' }).waitFor()
    await expect.poll(() => page.locator('.react-flow__node').filter({ hasText: 'Report' }).count()).toBe(0)
    await expect.poll(() => page.getByRole('button', { name: 'Start again' }).count()).toBe(0)
  })

  test('is drawn in the designer with its steps behind a line of their own', async () => {
    const { page } = maya
    await page.goto(`/missions/${mission}`)
    await page.locator('.react-flow__node').filter({ hasText: 'Say hello' }).waitFor()
    await page.getByText('For each item').filter({ visible: true }).first().waitFor()
    await page.getByText('When all are done').filter({ visible: true }).first().waitFor()
  })
})
