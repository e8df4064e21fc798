import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { emptyMission } from '../../src/mission/mission.ts'
import { draftOf, lines, make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { aVisitor, runProgram, signUp, type Visitor } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)

/** A way to build missions: what somebody does with a mouse, with a finger, or with the keyboard alone. */
interface Way {
  /** Puts in what starts the mission. */
  start(kind: string): Promise<void>
  /** Adds a step after a card, besides what follows it already, and leaves its settings open. */
  add(kind: string, after: string): Promise<void>
  /** Gives the chosen card a name. */
  write(label: string, text: string): Promise<void>
  pick(label: string, text: string, option: RegExp): Promise<void>
  connect(from: string, to: string): Promise<void>
  publish(): Promise<void>
}

class ByMouse implements Way {
  readonly drawing: Drawing

  constructor(drawing: Drawing) {
    this.drawing = drawing
  }

  async start(kind: string) {
    await this.drawing.drag(kind)
  }

  async add(kind: string, after: string) {
    await this.drawing.drag(kind, { onto: after })
  }

  async write(label: string, text: string) {
    await this.drawing.write(label, text)
  }

  async pick(label: string, text: string, option: RegExp) {
    await this.drawing.field(label).click()
    await this.drawing.page.keyboard.type(text)
    await this.drawing.page.getByRole('option', { name: option }).first().click()
  }

  async connect(from: string, to: string) {
    await this.drawing.wire(from, 'done', to)
  }

  async publish() {
    await this.drawing.page.getByRole('button', { name: 'Publish', exact: true }).click()
    await this.drawing.page.getByRole('button', { name: 'Publish now' }).click()
  }
}

class ByTouch extends ByMouse {
  override async start(kind: string) {
    await this.drawing.page
      .getByRole('button', { name: new RegExp(`^${kind}`) })
      .last()
      .tap()
  }

  override async add(kind: string, after: string) {
    await this.drawing.drag(kind, { onto: after }, 'touch')
  }

  override async write(label: string, text: string) {
    await this.drawing.field(label).tap()
    await this.drawing.page.keyboard.press('Control+a')
    await this.drawing.page.keyboard.type(text)
  }

  override async pick(label: string, text: string, option: RegExp) {
    await this.drawing.field(label).tap()
    await this.drawing.page.keyboard.type(text)
    await this.drawing.page.getByRole('option', { name: option }).first().tap()
  }

  override async connect(from: string, to: string) {
    const { page } = this.drawing
    await page.getByRole('button', { name: 'See everything' }).tap()
    await this.drawing.card(from).tap()
    await page.getByRole('button', { name: 'Answered: connect to a step' }).tap()
    await page.getByRole('option', { name: to }).tap()
  }

  override async publish() {
    await this.drawing.page.getByRole('button', { name: 'Publish', exact: true }).tap()
    await this.drawing.page.getByRole('button', { name: 'Publish now' }).tap()
  }
}

/** Nothing but keys: not even a focus that is set from outside. */
class ByKeyboard implements Way {
  readonly page: Page
  readonly drawing: Drawing

  constructor(drawing: Drawing) {
    this.drawing = drawing
    this.page = drawing.page
  }

  private async find(text: string) {
    await this.page.keyboard.press('Control+k')
    await this.drawing.find(text)
  }

  /** Presses Tab until the cursor is in the field with this label. */
  private async go(label: string) {
    for (let presses = 0; presses < 80; presses++) {
      const at = await this.page.evaluate(() => {
        const place = document.activeElement
        const labelled = place?.getAttribute('aria-labelledby')?.split(' ') ?? []
        const texts = [
          ...labelled.map((id) => document.getElementById(id)),
          ...(place instanceof HTMLInputElement ? (place.labels ?? []) : []),
        ]
        return [place?.getAttribute('aria-label'), ...texts.map((one) => one?.textContent?.replace(/\s*\*$/, ''))]
      })
      if (at.includes(label)) return
      await this.page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not lead to “${label}”.`)
  }

  async start(kind: string) {
    await this.find(kind)
  }

  /** Goes to a card by its title. */
  private async visit(title: string) {
    await this.find(title)
    await this.page.waitForFunction((wanted) => document.activeElement?.getAttribute('aria-label')?.includes(`, ${wanted}`), title)
  }

  async add(kind: string, after: string) {
    await this.visit(after)
    await this.page.keyboard.press('a')
    await this.drawing.find(kind)
  }

  async write(label: string, text: string) {
    await this.go(label)
    await this.page.keyboard.press('Control+a')
    await this.page.keyboard.type(text)
  }

  async pick(label: string, text: string) {
    await this.go(label)
    await this.page.keyboard.type(text)
    await this.page.getByRole('option').first().waitFor()
    await this.page.keyboard.press('Enter')
  }

  async connect(from: string, to: string) {
    await this.visit(from)
    await this.page.keyboard.press('c')
    await this.drawing.find(to)
  }

  async publish() {
    await this.find('publish')
    await this.page.getByRole('dialog').waitFor()
    await this.page.keyboard.press('Tab')
    await this.page.keyboard.press('Enter')
  }
}

/** Onboarding from an empty canvas: a welcome, three people asked at the same time, and what is said when all have answered. */
async function build(way: Way, drawing: Drawing): Promise<void> {
  await way.start('Someone joins the workspace')
  await drawing.card('Someone joins the workspace').waitFor()
  await way.add('Send a message', 'Someone joins the workspace')
  await way.write('Name on the card', 'Say welcome')
  await way.pick('Person', 'Maya', /Maya/)
  await way.write('Message', 'Welcome!')
  for (const [name, question, choice] of [
    ['Laptop', 'Which laptop?', 'Mac'],
    ['Accounts', 'Are the accounts ready?', 'Ready'],
    ['Coffee', 'Did you say hello?', 'Done'],
  ] as const) {
    await way.add('Ask', 'Say welcome')
    await way.write('Name on the card', name)
    await way.pick('Whom', 'Maya', /Maya/)
    await way.write('Question', question)
    await way.write('Choice 1', choice)
  }
  await way.add('Send a message', 'Laptop')
  await way.write('Name on the card', 'All is ready')
  await way.pick('Person', 'Maya', /Maya/)
  await way.write('Message', 'All is ready.')
  await way.connect('Accounts', 'All is ready')
  await way.connect('Coffee', 'All is ready')
  await drawing.settled()
  await way.publish()
  await drawing.page.getByText('Version 1 is live').first().waitFor()
}

async function expectOnboarding(visitor: Visitor, id: string): Promise<void> {
  const { triggers, steps, ...rest } = await draftOf(visitor, id)
  expect([triggers[0]?.type, ...steps.map(({ name }) => name)]).toEqual([
    'person-joined-workspace',
    'Say welcome',
    'Laptop',
    'Accounts',
    'Coffee',
    'All is ready',
  ])
  const named = new Map([...triggers, ...steps].map(({ id: card, name }) => [card, name ?? 'start']))
  expect(
    lines({
      ...rest,
      triggers,
      steps,
      links: rest.links.map((link) => ({ ...link, from: named.get(link.from) ?? '', to: named.get(link.to) ?? '' })),
    }),
  ).toEqual([
    'Accounts done All is ready',
    'Coffee done All is ready',
    'Laptop done All is ready',
    'Say welcome done Accounts',
    'Say welcome done Coffee',
    'Say welcome done Laptop',
    'start done Say welcome',
  ])
  expect(steps.map(({ settings }) => settings['question'] ?? settings['text'])).toEqual([
    'Welcome!',
    'Which laptop?',
    'Are the accounts ready?',
    'Did you say hello?',
    'All is ready.',
  ])
}

const tablet = await aVisitor(program, 'Maya', { touch: true, width: 1180, height: 820 })
await tablet.page.goto('/sign-in')
await tablet.page.getByLabel('E-mail').fill('maya@example.com')
await tablet.page.getByLabel('Password', { exact: true }).fill('correct horse battery')
await tablet.page.getByRole('button', { name: 'Sign in' }).click()
await tablet.page.waitForURL('**/missions')

test.each([
  { by: 'mouse', who: maya, Way: ByMouse },
  { by: 'touch', who: tablet, Way: ByTouch },
  { by: 'keyboard alone', who: maya, Way: ByKeyboard },
])(
  'onboarding is built from an empty canvas and published by $by',
  async ({ who, Way }) => {
    const id = await make(who, emptyMission('Welcome'))
    const drawing = await new Drawing(who.page).open(id)
    await build(new Way(drawing), drawing)
    await expectOnboarding(who, id)
  },
  90_000,
)
