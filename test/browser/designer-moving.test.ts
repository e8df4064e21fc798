import { expect, test } from 'vitest'
import { z } from 'zod'
import { missionSchema } from '../../src/mission/mission.ts'
import { call } from './asking.ts'
import { make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { sticksOut, violations } from './looking.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)

const wait = (id: string, name: string) => ({ id, type: 'wait', name, settings: { until: 'time', time: '30d' } })
const trigger = { id: 'start', type: 'by-hand', settings: {} }
const desks = missionSchema.parse({
  format: 1,
  name: 'Desks',
  triggers: [trigger, { ...trigger, id: 'other', name: 'From elsewhere' }],
  steps: [wait('think', 'Think it over'), wait('doubt', 'Have doubts')],
  links: [
    { from: 'start', to: 'think' },
    { from: 'other', to: 'doubt' },
  ],
})

test('after publishing, everyone in an older version is shown with where they are, and those chosen move', async () => {
  const { page } = maya
  const id = await make(maya, desks)
  const drawing = await new Drawing(page).open(id)
  const publish = async () => {
    await drawing.settled()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByRole('button', { name: 'Publish now' }).click()
  }
  const start = (by: string) => call(page, `/api/missions/${id}/start`, { trigger: by })
  await publish()
  await page.getByText('Version 1 is live', { exact: true }).waitFor()
  for (const by of ['start', 'start', 'other']) await start(by)
  await page.getByText('Version 1 is live (3 runs under way)').waitFor()

  await drawing.choose('Have doubts')
  await page.keyboard.press('Delete')
  await drawing.choose('From elsewhere')
  await page.keyboard.press('Delete')
  await publish()
  const after = page.getByRole('dialog', { name: 'Version 2 is live' })
  await after.getByText('3 runs are in older versions.').waitFor()
  expect(await violations(page)).toEqual([])
  await after.getByRole('button', { name: 'See who can move' }).click()

  const dialog = page.getByRole('dialog', { name: 'Move runs to version 2' })
  await dialog.getByText('3 runs are under way in older versions.').waitFor()
  await dialog.getByText('2 can move. 1 cannot, and stays as it is.').waitFor()
  const list = dialog.getByRole('list', { name: 'Runs in older versions' })
  await list.getByText(/Cannot move\. The trigger that started it is no longer there\./).waitFor()
  await expect.poll(() => list.getByText(/^At “Think it over” · reached just now · Waiting until/).count()).toBe(2)
  expect(await violations(page)).toEqual([])

  await dialog.getByRole('combobox', { name: 'Where they are' }).selectOption('At “Have doubts” (1)')
  await expect.poll(() => list.getByRole('listitem').count()).toBe(1)
  await expect.poll(() => list.getByRole('checkbox').isDisabled()).toBe(true)
  await dialog.getByRole('combobox', { name: 'Where they are' }).selectOption('At every step')
  await dialog.getByRole('searchbox', { name: 'Search people and steps' }).fill('think')
  await expect.poll(() => list.getByRole('listitem').count()).toBe(2)
  await list.getByRole('checkbox').first().uncheck()
  await dialog.getByRole('button', { name: 'Move 1 run to version 2' }).click()
  await dialog.getByText('1 run moved to version 2.', { exact: true }).waitFor()
  await dialog.getByText('1 can move. 1 cannot, and stays as it is.').waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Versions' }).click()
  await page.getByText('2 runs are in older versions.').waitFor()
  await page.getByRole('button', { name: 'See who can move' }).click()
  await dialog.getByText('1 can move. 1 cannot, and stays as it is.').waitFor()
  expect(await violations(page)).toEqual([])
  expect(await sticksOut(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Move 1 run to version 2' }).click()
  await dialog.getByText('1 run moved to version 2.', { exact: true }).waitFor()
  await page.setViewportSize({ width: 1440, height: 900 })

  const runs = z
    .array(z.object({ id: z.string(), version_number: z.number() }))
    .parse(await call(page, `/rest/v1/run_cards?mission_id=eq.${id}&select=id,version_number&order=version_number.desc`))
  expect(runs.map(({ version_number }) => version_number)).toEqual([2, 2, 1])
  await page.goto(`/runs/${runs[0]?.id ?? ''}`)
  await page.getByText('Maya moved the run from version 1 to version 2').waitFor()
  await page
    .getByText(/^Version 2/)
    .first()
    .waitFor()
})
