import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Mission } from '../../src/mission/mission.ts'
import { call } from './asking.ts'
import { asking, draftOf, make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { violations } from './looking.ts'
import { aVisitor, invite, joinBy, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)

const settingsOf = (mission: Mission, id: string) => [...mission.triggers, ...mission.steps].find((node) => node.id === id)?.settings

/** A form with a number and a choice, a question, and a choice of paths. */
const ordering: Mission = {
  ...asking,
  name: 'Order',
  triggers: [
    {
      id: 'form',
      type: 'form',
      settings: {
        title: 'Order',
        fields: [
          { id: 'amount', label: 'Amount', kind: 'number', required: true },
          { id: 'site', label: 'Site', kind: 'choice', required: true, choices: ['Lyon', 'Paris'] },
        ],
      },
    },
  ],
  steps: [
    ...asking.steps.filter((step) => step.id === 'pick'),
    { id: 'way', type: 'choose-path', settings: { paths: [{ id: 'path_1', label: 'Path 1', when: [{ left: '', is: 'is', right: [] }] }] } },
  ],
  links: [
    { from: 'form', exit: 'done', to: 'pick' },
    { from: 'pick', exit: 'done', to: 'way' },
  ],
}

describe('conditions', () => {
  test('are put together as sentences with the keyboard alone, joined by “or”, and read so on the card', async () => {
    const { page } = maya
    const id = await make(maya, ordering)
    const drawing = await new Drawing(page).open(id)
    await drawing.choose('Choose a path')
    await page.getByRole('button', { name: 'choose data' }).focus()
    await page.keyboard.press('Enter')
    await drawing.find('amount')
    const how = page.getByRole('combobox', { name: 'How it is compared' })
    await expect
      .poll(() => how.locator('option').allTextContents())
      .toEqual(['is', 'is not', 'is more than', 'is less than', 'is empty', 'is not empty'])
    await how.selectOption('is more than')
    await page.getByRole('textbox', { name: 'With what' }).focus()
    await page.keyboard.type('500')

    await page.getByRole('button', { name: 'Add a condition to' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'How the conditions are joined' }).selectOption('or')
    await page.getByRole('button', { name: 'choose data' }).focus()
    await page.keyboard.press('Enter')
    await drawing.find('the answer')
    await page.getByRole('combobox', { name: 'With what' }).focus()
    // The buttons of the question are what it can be.
    await page.getByRole('option', { name: 'Mac' }).waitFor()
    await page.keyboard.type('mac')
    await page.keyboard.press('Enter')
    await drawing.settled()
    expect(settingsOf(await draftOf(maya, id), 'way')?.['paths']).toEqual([
      {
        id: 'path_1',
        label: 'Path 1',
        when: [
          { left: '{{ trigger.amount }}', is: 'more-than', right: [500] },
          { left: '{{ pick.answer }}', is: 'is', right: ['Mac'] },
        ],
        any: true,
      },
    ])
    expect(await violations(page)).toEqual([])
  })

  test('that lack something say so in place', async () => {
    const { page } = maya
    const id = await make(maya, ordering)
    const drawing = await new Drawing(page).open(id)
    await drawing.choose('Choose a path')
    await page.getByRole('button', { name: 'choose data' }).click()
    await drawing.find('site')
    await page.getByText('Say what it is compared with.').waitFor()
    await page.getByRole('combobox', { name: 'With what' }).click()
    await page.getByRole('option', { name: 'Lyon' }).click()
    await page.getByText('Say what it is compared with.').waitFor({ state: 'detached' })
    await drawing.settled()
    // Nobody had named the path, so it is called by what it is taken for.
    expect(settingsOf(await draftOf(maya, id), 'way')).toMatchObject({ paths: [{ id: 'path_1', label: 'Lyon' }] })
  })
})

describe('rows', () => {
  test('change places with the arrow keys on their grip, and by dragging it', async () => {
    const { page } = maya
    const id = await make(maya, asking)
    const drawing = await new Drawing(page).open(id)
    await drawing.choose('Pick a laptop')
    const grip = page.getByRole('button', { name: 'Move “Mac” with the arrow keys' })
    await grip.focus()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => grip.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.getByText('“Mac” is now 2 of 2.').waitFor({ state: 'attached' })
    await drawing.settled()
    expect(settingsOf(await draftOf(maya, id), 'pick')?.['choices']).toEqual(['PC', 'Mac'])

    const [from, to] = [await grip.boundingBox(), await page.getByRole('button', { name: 'Move “PC” with the arrow keys' }).boundingBox()]
    if (!from || !to) throw new Error('There are no grips.')
    await page.mouse.move(from.x + 8, from.y + 8)
    await page.mouse.down()
    await page.mouse.move(to.x + 8, to.y - 4, { steps: 5 })
    await page.mouse.up()
    await drawing.settled()
    expect(settingsOf(await draftOf(maya, id), 'pick')?.['choices']).toEqual(['Mac', 'PC'])
  })

  test('say in place what is empty and what is there twice', async () => {
    const { page } = maya
    const id = await make(maya, asking)
    const drawing = await new Drawing(page).open(id)
    await drawing.choose('Pick a laptop')
    await drawing.write('Choice 2', 'Mac')
    await page.getByText('The same stands above. Change one of them.').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Choice 3' }).and(page.locator(':focus')).waitFor()
    await page.getByText('Write something here, or take it out.').waitFor({ state: 'detached' })
    await drawing.field('Choice 1').focus()
    await page.getByText('Write something here, or take it out.').waitFor()
    expect(await violations(page)).toEqual([])
  })

  test('of a form hold options and a word of help', async () => {
    const { page } = maya
    const id = await make(maya, ordering)
    const drawing = await new Drawing(page).open(id)
    await drawing.choose('Form')
    await page.getByRole('button', { name: 'Add a help text to “Amount”' }).click()
    await page.keyboard.type('In euros')
    const site = page.getByRole('group', { name: 'Choices of “Site”' })
    await site.getByRole('button', { name: 'Add an option' }).click()
    await page.keyboard.type('Nantes')
    await drawing.settled()
    expect(settingsOf(await draftOf(maya, id), 'form')?.['fields']).toEqual([
      { id: 'amount', label: 'Amount', kind: 'number', required: true, help: 'In euros' },
      { id: 'site', label: 'Site', kind: 'choice', required: true, choices: ['Lyon', 'Paris', 'Nantes'] },
    ])
  })
})

describe('messages', () => {
  const textOf = async (id: string) => settingsOf(await draftOf(maya, id), 'hello')?.['text']
  const open = async (text: string) => {
    const id = await make(maya, {
      ...asking,
      steps: asking.steps.map((step) => (step.id === 'hello' ? { ...step, settings: { ...step.settings, text } } : step)),
    })
    const drawing = await new Drawing(maya.page).open(id)
    await drawing.choose('Say hello')
    await drawing.field('Message').click()
    return { id, drawing }
  }

  test('are formatted by typing Markdown, and lists go on and end with Enter', async () => {
    const { page } = maya
    const { id, drawing } = await open('Hello')
    await page.keyboard.press('End')
    await page.keyboard.type(' **dear** _all_, see [the page](example.com) and `npm start`')
    await page.keyboard.press('Enter')
    await page.keyboard.type('1. one')
    await page.keyboard.press('Enter')
    await page.keyboard.type('two')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.keyboard.type('> so they say')
    await drawing.settled()
    await expect
      .poll(() => textOf(id))
      .toBe(
        ['Hello **dear** _all_, see [the page](https://example.com) and `npm start`', '1. one', '2. two', '', '> so they say'].join('\n'),
      )
  })

  test('are formatted by buttons and keys, and links by a small form', async () => {
    const { page } = maya
    const { id, drawing } = await open('Read this')
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+b')
    await page.getByRole('button', { name: 'List', exact: true }).click()
    await page.keyboard.press('Control+k')
    const card = page.getByRole('dialog', { name: 'Link' })
    await card.getByLabel('Address').fill('nowhere at all')
    await page.keyboard.press('Enter')
    await card.getByLabel('Address').fill('example.com/read')
    await page.keyboard.press('Enter')
    await card.waitFor({ state: 'detached' })
    await drawing.settled()
    await expect.poll(() => textOf(id)).toBe('- [**Read this**](https://example.com/read)')
    expect(await violations(page)).toEqual([])
  })

  test('find emoji in either language, while one types and in a panel', async () => {
    const { page } = maya
    const { id, drawing } = await open('Well done')
    await page.keyboard.press('End')
    await page.keyboard.type(' :fusee')
    await page.getByRole('option', { name: 'rocket' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Emoji' }).click()
    expect(await violations(page)).toEqual([])
    await page.keyboard.type('thumbs')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    // The panel gives the focus back to the text when it has closed, sooner than anybody types, but not sooner than this does.
    await page.waitForFunction(() => document.activeElement?.getAttribute('contenteditable') === 'true')
    await page.keyboard.type(' at 9:30')
    await drawing.settled()
    await expect.poll(() => textOf(id)).toBe('Well done 🚀👎 at 9:30')
  })

  test('take data of earlier steps, by step and with samples, and ask at once what stands in for what may be empty', async () => {
    const { page } = maya
    const { id, drawing } = await open('For')
    await page.keyboard.press('End')
    await page.keyboard.type(' {manager n')
    const list = page.getByRole('listbox', { name: 'Data from earlier steps' })
    await list.getByRole('group', { name: 'Chat command' }).getByText('such as Maya Cole', { exact: false }).first().waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    const card = page.getByRole('dialog')
    await card.getByLabel('If it is empty, say').and(page.locator(':focus')).waitFor()
    await page.keyboard.type('nobody')
    await page.keyboard.press('Enter')
    await page.keyboard.type('!')
    await drawing.settled()
    await expect.poll(() => textOf(id)).toBe('For {{ trigger.person.manager.name | default: "nobody" }}!')
  })
})

test('a preview shows what people will see in each chat while one writes, and says what one of them cannot do', async () => {
  const { page } = maya
  const id = await make(maya, asking)
  const drawing = await new Drawing(page).open(id)
  await drawing.choose('Order it')
  const preview = page.getByRole('group').filter({ has: page.getByText('What people will see') })
  await preview.getByText('Ordered: Mac').waitFor()
  await drawing.field('Message').click()
  await page.keyboard.press('End')
  await page.keyboard.type(', for {who typed')
  await page.keyboard.press('Enter')
  await preview.getByText('Ordered: Mac, for @Ana Lima').waitFor()

  await drawing.choose('Pick a laptop')
  await preview.getByText(/^Please answer by/).waitFor()
  await expect.poll(() => preview.getByRole('list', { name: 'Buttons' }).getByRole('listitem').allTextContents()).toEqual(['Mac', 'PC'])
  await preview.getByRole('tab', { name: 'Messenger' }).click()
  await preview.getByText('a message cannot be changed there', { exact: false }).waitFor()
  expect(await violations(page)).toEqual([])
  // Which chat was looked at is remembered.
  await drawing.choose('Order it')
  await preview.getByRole('tab', { name: 'Messenger', selected: true }).waitFor()
})

test('settings as JSON are applied in one edit that undo takes back, and a bad text is told by line and changes nothing', async () => {
  const { page } = maya
  const id = await make(maya, asking)
  const drawing = await new Drawing(page).open(id)
  await drawing.choose('Pick a laptop')
  await page.getByText('As JSON', { exact: true }).click()
  const text = drawing.field('Settings as JSON')
  const written = await text.inputValue()
  const lineOf = (part: string) => written.split('\n').findIndex((line) => line.includes(part)) + 1
  await text.fill(written.replace('"choices": [', '"choices": [,'))
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.getByText(`Line ${lineOf('"choices": [')}: this is not JSON`).waitFor()
  await text.fill(written.replace('"Mac"', '7').replace('"within"', '"withing"'))
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.getByText(`Line ${lineOf('"Mac"')}: “Buttons” cannot have this value`).waitFor()
  await page.getByText(`Line ${lineOf('"within"')}: there is no setting “withing” here`).waitFor()
  expect(await violations(page)).toEqual([])
  await expect.poll(() => draftOf(maya, id)).toEqual(asking)

  await text.fill(written.replace('"Mac"', '"Mac mini"').replace('"3d"', '"5d"'))
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.getByText('Applied.').waitFor()
  await drawing.settled()
  expect(settingsOf(await draftOf(maya, id), 'pick')).toMatchObject({ choices: ['Mac mini', 'PC'], within: '5d' })
  await page.getByRole('button', { name: /^Undo/ }).click()
  await drawing.settled()
  await expect.poll(() => draftOf(maya, id)).toEqual(asking)
})

test('people who are not there are told below the field, and searches that find nothing say so in words', async () => {
  const { page } = maya
  const away = await aVisitor(program, 'Zoe')
  await joinBy(await invite(maya, 'Member'), away)
  const [zoe] = z.array(z.object({ id: z.string() })).parse(await call(page, '/rest/v1/people?select=id&name=eq.Zoe'))
  await program.sql('update public.people set left_at = now() where id = $1', [zoe?.id])
  const unknown = '00000000-0000-4000-8000-000000000000'
  const whom = [zoe?.id ?? '', unknown, 'stranger@example.org', 'maya@example.com']
  const id = await make(maya, {
    ...asking,
    triggers: [{ id: 'weekly', type: 'schedule', settings: { cron: '0 9 * * 1', zone: 'Asia/Tokyo' } }],
    steps: asking.steps.map((step) => (step.id === 'pick' ? { ...step, settings: { ...step.settings, whom } } : step)),
    links: asking.links.map((link) => (link.from === 'command' ? { ...link, from: 'weekly' } : link)),
  })
  const drawing = await new Drawing(page).open(id)
  await drawing.choose('Pick a laptop')
  await page.getByText('Zoe has left the workspace and cannot be reached. Choose somebody else.').waitFor()
  await page.getByText('This person is not in the directory any more. Choose somebody else.').waitFor()
  await page.getByText('Nobody in the directory has the address stranger@example.org. Only e-mails reach it.').waitFor()
  await page.getByRole('button', { name: 'Take out Maya' }).waitFor()
  await drawing.field('Whom').click()
  await page.keyboard.type('nobody of that name')
  await page.getByText('Nobody is called that. A whole e-mail address can be used, too.').waitFor()
  expect(await violations(page)).toEqual([])

  await drawing.choose('Schedule')
  expect(
    await page
      .getByRole('list', { name: 'The next five times' })
      .getByText(/at 09:00 \(for you .* 01:00\)/)
      .count(),
  ).toBe(5)
  await drawing.field('Time zone').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('new york')
  await page
    .getByRole('option', { name: /America\/New York \d\d:\d\d GMT-5|America\/New York/ })
    .first()
    .click()
  await drawing.settled()
  expect(settingsOf(await draftOf(maya, id), 'weekly')?.['zone']).toBe('America/New_York')
})
