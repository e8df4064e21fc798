import type { Page } from 'playwright-core'
import { templates } from '../../src/catalogue/gallery.ts'
import { useTemplate } from '../../src/catalogue/template.ts'
import { emptyMission, type Mission } from '../../src/mission/mission.ts'
import { call } from './asking.ts'
import { asking, make } from './drafts.ts'
import { Drawing } from './drawing.ts'
import { largeMission } from './large.ts'
import type { Visitor } from './program.ts'

/** Which mission a state of the designer is shown with. */
export type Shown = 'empty' | 'onboarding' | 'french' | 'large' | 'broken' | 'published'

/** One way the designer can look: with which mission, and what is done on the page to come there. */
export interface State {
  name: string
  shown: Shown
  /** What is done once the mission is drawn. */
  open?: (drawing: Drawing) => Promise<unknown>
  /** On a phone the picture is a second view, and there is no palette. */
  on: 'screen' | 'phone' | 'both'
}

const tab = (name: RegExp) => (drawing: Drawing) => drawing.page.getByRole('tab', { name }).click()
const more = async ({ page }: Drawing, item: string) => {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}
const menu = async (drawing: Drawing, card: string) => {
  await drawing.choose(card)
  await drawing.page.getByRole('button', { name: 'What to do with this card' }).click()
  await drawing.page.getByRole('menu').waitFor()
}

/** Every state of the designer that people see often; the accessibility test goes through all of them, the pictures through some. */
export const states: readonly State[] = [
  { name: 'empty', shown: 'empty', on: 'both' },
  { name: 'onboarding', shown: 'onboarding', on: 'both' },
  { name: 'sixty steps', shown: 'large', on: 'screen' },
  { name: 'problems', shown: 'broken', on: 'screen', open: tab(/^Problems/) },
  {
    name: 'how it comes to a problem',
    shown: 'broken',
    on: 'screen',
    open: async (drawing) => {
      await tab(/^Problems/)(drawing)
      await drawing.page
        .getByRole('button', { name: /^Show how it comes to this/ })
        .first()
        .click()
    },
  },
  { name: 'settings with data', shown: 'onboarding', on: 'screen', open: (drawing) => drawing.choose('Say welcome') },
  { name: 'settings of a question', shown: 'onboarding', on: 'screen', open: (drawing) => drawing.choose('Manager picks a laptop') },
  { name: 'outline', shown: 'onboarding', on: 'screen', open: tab(/^Outline/) },
  {
    name: 'comparison of versions',
    shown: 'published',
    on: 'screen',
    open: async (drawing) => {
      await more(drawing, 'Versions')
      await drawing.page
        .getByRole('button', { name: /^Compare/ })
        .first()
        .click()
      await drawing.page
        .getByText(/good morning/)
        .first()
        .waitFor()
    },
  },
  { name: 'versions', shown: 'published', on: 'both', open: (drawing) => more(drawing, 'Versions') },
  {
    name: 'publishing',
    shown: 'published',
    on: 'both',
    open: async (drawing) => {
      await drawing.page.getByRole('button', { name: 'Publish', exact: true }).click()
      await drawing.page.getByRole('button', { name: 'Publish now' }).waitFor()
    },
  },
  {
    name: 'adding a step',
    shown: 'onboarding',
    on: 'screen',
    open: async (drawing) => {
      await drawing.choose('Say welcome')
      await drawing.focus('Say welcome')
      await drawing.page.keyboard.press('a')
      await drawing.page.getByRole('listbox').waitFor()
    },
  },
  {
    name: 'add, go to or do',
    shown: 'onboarding',
    on: 'screen',
    open: async ({ page }) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog', { name: 'Add, go to or do' }).waitFor()
    },
  },
  {
    name: 'all keys',
    shown: 'onboarding',
    on: 'both',
    open: async ({ page }) => {
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'what can be done with a step', shown: 'onboarding', on: 'screen', open: (drawing) => menu(drawing, 'Say welcome') },
  {
    name: 'what else can be done with the mission',
    shown: 'onboarding',
    on: 'both',
    open: async ({ page }) => {
      await page.getByRole('button', { name: 'More', exact: true }).click()
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'several steps chosen',
    shown: 'onboarding',
    on: 'screen',
    open: async (drawing) => {
      await drawing.focus('Say welcome')
      await drawing.page.keyboard.press('Control+a')
      await drawing.page.getByText(/cards chosen/).waitFor()
    },
  },
  {
    name: 'the picture',
    shown: 'onboarding',
    on: 'phone',
    open: async (drawing) => {
      await drawing.page.getByText('Picture', { exact: true }).click()
      await drawing.card('Say welcome').waitFor()
    },
  },
  {
    name: 'settings, in a sheet',
    shown: 'onboarding',
    on: 'phone',
    open: async ({ page }) => {
      await page
        .getByRole('list', { name: 'Outline' })
        .getByRole('button', { name: /laptop/ })
        .first()
        .click()
      await page.getByRole('dialog').getByLabel('Name on the card').waitFor()
    },
  },
  {
    name: 'problems, in a sheet',
    shown: 'broken',
    on: 'phone',
    open: async ({ page }) => {
      await page.getByRole('button', { name: /^\d+ problems?$/ }).click()
      await page.getByRole('dialog').getByRole('listitem').first().waitFor()
    },
  },
  {
    name: 'adding a step, with a finger',
    shown: 'onboarding',
    on: 'phone',
    open: async ({ page }) => {
      await page.getByRole('button', { name: 'Add a step', exact: true }).click()
      await page.getByRole('listbox').waitFor()
    },
  },
]

// Not a hook, though its name says "use": it copies a template.
const copyTemplate = useTemplate

/** The missions that states are shown with, made once for a visitor; gives their ids. */
export async function makeShown(visitor: Visitor): Promise<Record<Shown, string>> {
  const onboarding = templates.find(({ slug }) => slug === 'onboarding')
  if (!onboarding) throw new Error('There is no template of this name.')
  const welcome = (language: string) => copyTemplate(onboarding, { language, zone: 'Europe/Paris', answer: 'maya@example.com' })
  const broken: Mission = {
    ...asking,
    name: 'Not ready yet',
    steps: [
      ...asking.steps.map((step) =>
        step.id === 'order' ? { ...step, settings: { ...step.settings, text: '{{ chase.message }}' } } : step,
      ),
      { id: 'lost', type: 'send-message', name: 'Nobody comes here', settings: { to: 'person' } },
    ],
  }
  const published = await make(visitor, asking)
  const ids = {
    empty: await make(visitor, emptyMission('New')),
    onboarding: await make(visitor, welcome('en')),
    french: await make(visitor, welcome('fr')),
    large: await make(visitor, largeMission(60)),
    broken: await make(visitor, broken),
    published,
  }
  await call(visitor.page, `/api/missions/${published}/publish`, { draftRev: 1, note: 'The beginning' })
  const changed: Mission = {
    ...asking,
    steps: asking.steps
      .filter(({ id }) => id !== 'order')
      .map((step) => (step.id === 'hello' ? { ...step, name: 'Say good morning' } : step))
      .concat({ id: 'wait', type: 'wait', settings: { until: 'time', time: '1d', zone: 'Europe/Paris' } }),
    links: [...asking.links.filter(({ to }) => to !== 'order'), { from: 'pick', exit: 'done', to: 'wait' }],
  }
  await call(visitor.page, `/rest/v1/missions?id=eq.${published}&select=id`, { draft: changed }, 'PATCH')
  return ids
}

/** Opens a state on a page of whoever made the missions. */
export async function openState(page: Page, state: State, ids: Record<Shown, string>, phone = false): Promise<Drawing> {
  const drawing = new Drawing(page)
  await page.goto('/missions')
  await page.goto(`/missions/${ids[state.shown]}`)
  if (!phone && state.shown !== 'empty') await page.getByRole('region', { name: 'Canvas' }).waitFor()
  await drawing.settled()
  await state.open?.(drawing)
  return drawing
}
