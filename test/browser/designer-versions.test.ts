import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Mission, missionSchema } from '../../src/mission/mission.ts'
import { call } from './asking.ts'
import { Drawing } from './drawing.ts'
import { violations } from './looking.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)

const greeting = missionSchema.parse({
  format: 1,
  name: 'Greet',
  triggers: [{ id: 'command', type: 'chat-command', settings: { command: 'hello' } }],
  steps: [
    { id: 'hello', type: 'send-message', name: 'Say hello', settings: { to: 'channel', channel: 'general', text: 'Hello!' } },
    { id: 'bye', type: 'send-message', name: 'Say goodbye', settings: { to: 'channel', channel: 'general', text: 'Goodbye!' } },
  ],
  links: [
    { from: 'command', to: 'hello' },
    { from: 'hello', to: 'bye' },
  ],
})

async function make(mission: Mission): Promise<string> {
  const members = z.array(z.object({ workspace_id: z.string() })).parse(await call(maya.page, '/rest/v1/members?select=workspace_id'))
  const rows = z
    .array(z.object({ id: z.string() }))
    .parse(
      await call(maya.page, '/rest/v1/missions?select=id', { workspace_id: members[0]?.workspace_id, name: mission.name, draft: mission }),
    )
  return rows[0]?.id ?? ''
}

async function publish(drawing: Drawing, note: string): Promise<void> {
  const { page } = drawing
  await drawing.settled()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('textbox', { name: /^What changed/ }).fill(note)
  await page.getByRole('button', { name: 'Publish now' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

test('versions are listed with their notes, and an earlier one is restored and undone in one go', async () => {
  const { page } = maya
  const drawing = await new Drawing(page).open(await make(greeting))
  const open = async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Versions' }).click()
  }
  await open()
  const panel = page.getByRole('region', { name: 'Versions' })
  await panel.getByRole('heading', { name: 'Nothing is published yet' }).waitFor()
  expect(await violations(page)).toEqual([])

  await publish(drawing, 'The beginning')
  await panel.getByText('The beginning').waitFor()
  await drawing.choose('Say goodbye')
  await page.keyboard.press('Delete')
  await publish(drawing, 'No goodbyes')
  await open()
  await panel.getByText('No goodbyes').waitFor()
  await expect
    .poll(() => panel.getByRole('listitem').allInnerTexts())
    .toEqual([
      expect.stringMatching(/^Version 2\s+Live\s+No goodbyes\s+Published just now by Maya/),
      expect.stringMatching(/^Version 1\s+The beginning\s+Published just now by Maya/),
    ])
  expect(await violations(page)).toEqual([])

  await panel.getByRole('button', { name: 'Compare version 1' }).click()
  const differences = panel.getByRole('list', { name: 'Differences' })
  const removed = ['Removed\nStep “Say goodbye” removed.']
  await expect.poll(() => differences.getByRole('listitem').allInnerTexts()).toEqual(removed)
  // While versions are compared, the canvas shows both and nothing is added to it.
  await panel.getByRole('button', { name: 'Back to the versions' }).click()
  await drawing.add('Wait', { after: 'Say hello' })
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Versions' }).click()
  await panel.getByRole('button', { name: 'Compare version 1' }).click()
  await differences.getByText(/New step “Wait” after “Say hello”/).waitFor()
  await drawing.card('Wait').getByText('New', { exact: true }).waitFor()
  expect(await violations(page)).toEqual([])
  await panel.getByRole('combobox', { name: 'Compared with' }).selectOption('Version 2')
  await panel.getByText('From version 1 to version 2:').waitFor()
  await expect.poll(() => differences.getByRole('listitem').allInnerTexts()).toEqual(removed)
  await drawing.card('Wait').getByText('New', { exact: true }).waitFor({ state: 'detached' })
  await panel.getByRole('button', { name: 'Back to the versions' }).click()

  await panel.getByRole('button', { name: 'Restore version 1 into the draft' }).click()
  await drawing.card('Say goodbye').waitFor()
  await drawing.settled()
  await page.getByRole('button', { name: 'Undo restoring version 1' }).click()
  await drawing.card('Say goodbye').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Close the versions' }).click()
  await page.getByRole('tab', { name: 'Settings', selected: true }).waitFor()
})

test('many versions stand on pages, are searched in their notes, and the newest is there as soon as somebody publishes', async () => {
  const { page } = maya
  const id = await make(greeting)
  await program.sql(
    `insert into versions (workspace_id, mission_id, number, mission, note, published_at)
     select workspace_id, id, number, draft, 'Change ' || number, now() - make_interval(hours => 50 - number)
     from missions, generate_series(1, 45) number where id = $1`,
    [id],
  )
  const drawing = await new Drawing(page).open(id)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Versions' }).click()
  const panel = page.getByRole('region', { name: 'Versions' })
  const lines = panel.getByRole('listitem')
  await panel.getByText('1–20 of 45').waitFor()
  await expect.poll(() => lines.count()).toBe(20)
  await panel.getByRole('button', { name: 'Next page' }).click()
  await panel.getByRole('button', { name: 'Next page' }).click()
  await panel.getByText('41–45 of 45').waitFor()
  await expect.poll(() => lines.count()).toBe(5)
  await panel.getByRole('searchbox', { name: 'Search in the notes' }).fill('change 4')
  await expect.poll(() => lines.count()).toBe(7)
  await panel.getByRole('heading', { name: 'Version 45' }).waitFor()
  expect(await violations(page)).toEqual([])
  await panel.getByRole('searchbox', { name: 'Search in the notes' }).fill('')
  await panel.getByText('1–20 of 45').waitFor()

  await drawing.settled()
  await call(page, `/api/missions/${id}/publish`, { draftRev: 1, note: 'By somebody else' })
  await panel.getByText('By somebody else').waitFor()
  await panel.getByText('Version 46 is live, no run is in it now.').waitFor()
  await page.getByText('Version 46 is live', { exact: true }).waitFor()
})
