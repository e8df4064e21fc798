import { describe, expect, test } from 'vitest'
import { emptyMission } from '../../src/mission/mission.ts'
import { asking, draftOf, lines, make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { sticksOut, violations } from './looking.ts'
import { aVisitor, invite, joinBy, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
const ana = await aVisitor(program, 'Ana')
const cy = await aVisitor(program, 'Cy')
await signUp(maya)
await joinBy(await invite(maya, 'Builder'), ana)
await joinBy(await invite(maya, 'Member'), cy)

describe('drawing with the mouse', () => {
  test('a mission is dragged together from the palette, filled in, wired and published', async () => {
    const id = await make(maya, emptyMission('Lunch'))
    const drawing = await new Drawing(maya.page).open(id)
    await drawing.drag('Chat command')
    await drawing.write('Command', 'lunch')
    await drawing.drag('Poll', { after: 'Chat command' })
    await drawing.pick('Channel', 'gen', '#general')
    await drawing.write('Question', 'Where shall we eat?')
    await drawing.write('Choice 1', 'Pizza')
    await maya.page.keyboard.press('Enter')
    await maya.page.keyboard.type('Sushi')
    await drawing.write('Closes after', '2 hours')
    await drawing.add('Send a message', { between: ['Chat command', 'Poll'] }, 'and')
    await maya.page.getByText('A channel', { exact: true }).click()
    await drawing.pick('Channel', 'gen', '#general')
    await drawing.field('Message').click()
    await maya.page.keyboard.type('A poll by {who t')
    await maya.page.keyboard.press('Enter')
    await maya.page.keyboard.type('!')
    await drawing.add('End', { after: 'Poll' })
    await drawing.wire('Send a message', 'done', 'End')
    await drawing.settled()

    const draft = await draftOf(maya, id)
    expect(lines(draft)).toEqual(['chat_command done poll', 'chat_command done send_message', 'poll done end', 'send_message done end'])
    expect(draft.steps.find((step) => step.id === 'poll')?.settings).toMatchObject({
      channel: 'general',
      question: 'Where shall we eat?',
      choices: ['Pizza', 'Sushi'],
      within: '2h',
    })
    expect(draft.steps.find((step) => step.id === 'send_message')?.settings).toMatchObject({
      to: 'channel',
      channel: 'general',
      text: 'A poll by {{ trigger.person }}!',
    })
    await maya.page.getByText('and, at the same time', { exact: true }).waitFor()
    await maya.page.getByText('when all are done', { exact: true }).waitFor()

    await maya.page.getByRole('button', { name: 'Publish', exact: true }).click()
    await maya.page.getByRole('button', { name: 'Publish now' }).click()
    await maya.page.getByText('Version 1 is live', { exact: true }).waitFor()
    await drawing.choose('Poll')
    await drawing.write('Question', 'Where?')
    await maya.page.getByText('Version 1 is live; you are editing a draft').waitFor()
  })

  test('deleting a card heals the line, undo brings all back, and redo deletes again', async () => {
    const id = await make(maya, asking)
    const drawing = await new Drawing(maya.page).open(id)
    await drawing.choose('Say hello')
    await maya.page.keyboard.press('Delete')
    await drawing.settled()
    expect(lines(await draftOf(maya, id))).toEqual(['command done pick', 'pick done order', 'pick timeout chase'])
    await maya.page.getByRole('button', { name: 'Undo deleting “Say hello”' }).click()
    await drawing.settled()
    await expect.poll(() => draftOf(maya, id)).toEqual(asking)
    await maya.page.getByRole('button', { name: 'Redo deleting “Say hello”' }).click()
    await drawing.settled()
    expect((await draftOf(maya, id)).steps.map((step) => step.id)).toEqual(['pick', 'order', 'chase'])
  })

  test('a card moved by hand stays there, all others too, until the mission is tidied up', async () => {
    const id = await make(maya, asking)
    const drawing = await new Drawing(maya.page).open(id)
    const box = await drawing.card('Order it').boundingBox()
    const { mouse } = maya.page
    await mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 20)
    await mouse.down()
    await mouse.move((box?.x ?? 0) + 10, (box?.y ?? 0) + 90, { steps: 8 })
    await mouse.up()
    await drawing.settled()
    expect(Object.keys((await draftOf(maya, id)).layout).sort()).toEqual(['chase', 'command', 'hello', 'order', 'pick'])
    await maya.page.getByRole('button', { name: 'Tidy up' }).click()
    await drawing.settled()
    expect((await draftOf(maya, id)).layout).toEqual({})
  })

  test('cards are copied from one mission into another', async () => {
    await maya.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const from = await make(maya, asking)
    const drawing = await new Drawing(maya.page).open(from)
    await drawing.choose('Pick a laptop')
    await drawing.card('Order it').click({ modifiers: ['Shift'] })
    await maya.page.keyboard.press('Control+c')
    const to = await make(maya, emptyMission('Elsewhere'))
    await drawing.open(to)
    await maya.page.getByRole('region', { name: 'Canvas' }).click({ position: { x: 20, y: 20 } })
    await maya.page.keyboard.press('Control+v')
    await drawing.settled()
    const { steps, links } = await draftOf(maya, to)
    expect(steps.map((step) => step.name)).toEqual(['Pick a laptop', 'Order it'])
    expect(links).toEqual([{ from: 'pick', exit: 'done', to: 'order' }])
  })
})

describe('drawing with the keyboard', () => {
  test('a mission is built, connected and corrected without a mouse', async () => {
    const { page } = maya
    const id = await make(maya, emptyMission('By keyboard'))
    const drawing = await new Drawing(page).open(id)
    await page.getByRole('searchbox', { name: 'Search steps' }).focus()
    await page.keyboard.type('by hand')
    await page.keyboard.press('Enter')
    await drawing.card('By hand').waitFor()
    await page.getByRole('searchbox', { name: 'Search steps' }).fill('send a mess')
    await page.keyboard.press('Enter')
    await drawing.card('Send a message').waitFor()

    await drawing.focus('By hand')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Step 1, Send a message/)
    await page.keyboard.press('a')
    await drawing.find('wait')
    await drawing.card('Wait').waitFor()
    await drawing.focus('By hand')
    await page.keyboard.press('c')
    await drawing.find('wait')
    await drawing.settled()
    expect(lines(await draftOf(maya, id))).toEqual(['by_hand done send_message', 'by_hand done wait', 'send_message done wait'])

    await drawing.focus('Wait')
    await page.keyboard.press('Delete')
    await drawing.card('Wait').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+z')
    await drawing.card('Wait').waitFor()
    await page.keyboard.press('Control+Shift+z')
    await drawing.card('Wait').waitFor({ state: 'detached' })
  })

  test('the outline reads the mission, adds to it and goes to its cards', async () => {
    const { page } = maya
    const id = await make(maya, asking)
    const drawing = await new Drawing(page).open(id)
    await page.getByRole('tab', { name: 'Outline' }).click()
    const outline = page.getByRole('list', { name: 'Outline' })
    await expect.poll(() => outline.getByRole('listitem').count()).toBe(5)
    await outline.getByRole('button', { name: 'Add a step after “Chase them”' }).click()
    await drawing.find('end')
    await drawing.settled()
    expect(lines(await draftOf(maya, id))).toContain('chase done end')
    await page.getByRole('tab', { name: 'Outline' }).click()
    await outline.getByRole('button', { name: /If the time is up/ }).click()
    await expect.poll(() => drawing.field('Name on the card').inputValue()).toBe('Chase them')
  })
})

test('what happens without an answer is folded away until it is opened, used, or something in it is wrong', async () => {
  const { page } = maya
  const id = await make(maya, asking)
  const drawing = await new Drawing(page).open(id)
  await drawing.choose('Pick a laptop')
  const fold = page.getByText('When nobody answers', { exact: true })
  await fold.waitFor()
  await expect.poll(() => drawing.field('Remind after').count()).toBe(0)
  await fold.click()
  await expect.poll(() => drawing.field('Then again every').count()).toBe(0)
  await drawing.write('Remind after', '4 days')
  await drawing.field('Then again every').waitFor()
  const fault = page.getByText(/^It would come after 4 days, when the time limit of 3 days is over\. Choose/)
  await fault.waitFor()
  await drawing.settled()

  await drawing.choose('Order it')
  await fold.waitFor({ state: 'detached' })
  await page.getByRole('tab', { name: /^Problems/ }).click()
  await page.getByRole('button', { name: /It would come after 4 days/ }).click()
  await expect.poll(() => drawing.field('Remind after').evaluate((field) => field === document.activeElement)).toBe(true)
  await drawing.write('Remind after', '1 day')
  await fault.waitFor({ state: 'hidden' })
  expect((await drawing.settled()) && (await draftOf(maya, id)).steps.find((step) => step.id === 'pick')?.settings).toMatchObject({
    remind: '1d',
  })
})

describe('nothing is lost', () => {
  test('when somebody else has changed the same step, both versions are shown and undo keeps the one not chosen', async () => {
    const id = await make(maya, asking)
    const mine = await new Drawing(maya.page).open(id)
    await mine.choose('Order it')
    await mine.field('Name on the card').waitFor()
    // What is saved elsewhere would be here at once otherwise.
    await maya.context.setOffline(true)
    await mine.write('Name on the card', 'Buy it')
    const hers = await new Drawing(ana.page).open(id)
    await hers.choose('Order it')
    await hers.write('Name on the card', 'Lease it')
    await hers.settled()
    await maya.context.setOffline(false)

    const dialog = maya.page.getByRole('dialog', { name: 'Ana saved a newer version' })
    await dialog
      .getByRole('region', { name: 'What you changed' })
      .getByText(/^“Buy it” \(before: “Order it”\) changed/)
      .waitFor()
    await dialog
      .getByRole('region', { name: 'What Ana changed' })
      .getByText(/^“Lease it” \(before: “Order it”\) changed/)
      .waitFor()
    expect(await violations(maya.page)).toEqual([])
    expect((await draftOf(maya, id)).steps.map((step) => step.name)).toEqual(['Say hello', 'Pick a laptop', 'Lease it', 'Chase them'])
    await dialog.getByRole('button', { name: 'Take Ana’s version' }).click()
    await mine.settled()
    await expect.poll(() => mine.titles()).toContain('Lease it')
    await maya.page.getByRole('button', { name: 'Undo taking Ana’s version' }).click()
    await mine.settled()
    expect((await draftOf(maya, id)).steps.map((step) => step.name)).toEqual(['Say hello', 'Pick a laptop', 'Buy it', 'Chase them'])
  })

  test('what is drawn while the server is away stays on the device and is sent when it is back, even after the page was closed', async () => {
    const id = await make(maya, asking)
    const page = await maya.context.newPage()
    const drawing = await new Drawing(page).open(id)
    await drawing.choose('Order it')
    await drawing.field('Name on the card').waitFor()
    // Not the browser’s own “offline”: that ends with the page, and a page that is just being closed still sends what it holds.
    await program.kill()
    await drawing.write('Name on the card', 'Buy it')
    await page.getByText(/your changes are kept on this device/).waitFor()
    await page.close({ runBeforeUnload: false })
    await program.start()
    expect((await draftOf(maya, id)).steps[2]?.name).toBe('Order it')
    const again = await new Drawing(maya.page).open(id)
    await again.card('Buy it').waitFor()
    await again.settled()
    expect((await draftOf(maya, id)).steps[2]?.name).toBe('Buy it')
  })

  test('a member reads everything and changes nothing', async () => {
    const id = await make(maya, asking)
    await cy.page.goto(`/missions/${id}`)
    await cy.page.getByText('Only owners and builders change missions').waitFor()
    await expect.poll(() => cy.page.getByRole('region', { name: 'What can be added' }).count()).toBe(0)
    await expect.poll(() => cy.page.getByRole('button', { name: 'Publish', exact: true }).count()).toBe(0)
    await new Drawing(cy.page).choose('Order it')
    await expect.poll(() => cy.page.getByRole('textbox', { name: 'Name on the card' }).isDisabled()).toBe(true)
    await cy.page.keyboard.press('Delete')
    await expect.poll(() => new Drawing(cy.page).card('Order it').count()).toBe(1)
  })
})

describe('for everybody', () => {
  test.each([
    { colorScheme: 'light', width: 1440, height: 900 },
    { colorScheme: 'dark', width: 1440, height: 900 },
    { colorScheme: 'light', width: 390, height: 844 },
  ] as const)('no state breaks a rule of accessibility: $colorScheme, $width wide', async ({ colorScheme, width, height }) => {
    const { page } = maya
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height })
    await page.goto(`/missions/${await make(maya, emptyMission('Nothing yet'))}`)
    await page.getByRole('heading', { name: 'How do you want to begin?' }).waitFor()
    expect(await violations(page)).toEqual([])

    const id = await make(maya, {
      ...asking,
      steps: asking.steps.map((step) =>
        step.id === 'pick' ? { ...step, settings: { ...step.settings, whom: '{{ trigger.person.manager }}' } } : step,
      ),
    })
    await page.goto(`/missions/${id}`)
    await page.locator('[data-reviewed="true"]').waitFor()
    expect(await violations(page)).toEqual([])
    expect(await sticksOut(page)).toEqual([])
    if (width < 800) {
      await page.getByRole('button', { name: /Which laptop/ }).click()
      await page.getByRole('textbox', { name: 'Question' }).waitFor()
      expect(await violations(page)).toEqual([])
      expect(await sticksOut(page)).toEqual([])
    } else {
      await new Drawing(page).choose('Pick a laptop')
      await page.getByRole('textbox', { name: 'Question' }).waitFor()
      expect(await violations(page)).toEqual([])
      await new Drawing(page).field('Whom').click()
      await page.getByRole('option', { name: 'Maya' }).waitFor()
      expect(await violations(page)).toEqual([])
      await page.getByRole('textbox', { name: 'Question' }).click()
      await page.getByRole('button', { name: 'Insert data' }).click()
      await page.getByRole('dialog', { name: 'Data from earlier steps' }).waitFor()
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page
        .getByRole('button', { name: 'Add a step between “Chat command” and “Say hello”', includeHidden: true })
        .or(page.locator('[data-line="command:done:hello"] button'))
        .first()
        .click()
      await page.getByRole('listbox').waitFor()
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('Escape')
      for (const tab of ['Outline', 'Problems']) {
        await page.getByRole('tab', { name: tab }).click()
        expect(await violations(page)).toEqual([])
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.emulateMedia({ colorScheme: 'light' })
  })
})
