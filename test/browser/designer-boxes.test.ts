import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { templates } from '../../src/catalogue/gallery.ts'
import { useTemplate } from '../../src/catalogue/template.ts'
import type { Mission } from '../../src/mission/mission.ts'
import { layByHand } from '../by-hand.ts'
import { call } from './asking.ts'
import { make } from './drafts.ts'
import { largeMission } from './large.ts'
import { aVisitor, runProgram, signUp } from './program.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
await signUp(maya)

// Not a hook, though its name says "use": it copies a template.
const copyTemplate = useTemplate

/** Opens a new mission and waits until its picture is there. */
async function open(mission: Mission): Promise<Page> {
  const { page } = maya
  await page.goto(`/missions/${await make(maya, mission)}`)
  await page.locator('[data-reviewed="true"]').waitFor()
  await page.locator('.react-flow__node-card').nth(mission.steps.length).waitFor()
  return page
}

/** What of the picture lies on something else: cards, chips, labels of lines and their "+", open ends, also those that only come when one points. */
function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const viewport = document.querySelector('.react-flow__viewport')
    const zoom = viewport ? new DOMMatrix(getComputedStyle(viewport).transform).a : 1
    const parts = [
      ...document.querySelectorAll(
        '.react-flow__node-card, .react-flow__node-card button, .react-flow__node-end button, [data-line] > span, [data-line] > button',
      ),
    ]
    const boxes = parts.map((part) => ({
      part,
      card: part.closest('.react-flow__node-card'),
      // A port is on the edge of its card: this is where one leaves it.
      isPort: part.closest('.react-flow__handle') !== null,
      name: part.getAttribute('aria-label') ?? part.textContent,
      area: part.getBoundingClientRect(),
    }))
    type Box = (typeof boxes)[number]
    const isIn = ({ area: inner }: Box, { area: outer }: Box) =>
      inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
    const least = 0.5 * zoom
    const overlap = ({ area: one }: Box, { area: other }: Box) =>
      Math.min(one.right, other.right) - Math.max(one.left, other.left) > least &&
      Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > least
    return boxes.flatMap((one, at) =>
      boxes.slice(at + 1).flatMap((other) => {
        const isOwn = other.card === one.part && (other.isPort || isIn(other, one))
        return !isOwn && overlap(one, other) ? [`“${one.name}” and “${other.name}”`] : []
      }),
    )
  })
}

/** Titles of which a part cannot be read: they end below what is shown of them. */
function cutTitles(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('[data-title]')]
      .filter((title) => {
        const shown = title.parentElement?.parentElement?.getBoundingClientRect()
        const whole = title.getBoundingClientRect()
        return !shown || whole.bottom > shown.bottom + 1 || whole.right > shown.right + 1
      })
      .map((title) => title.textContent),
  )
}

describe.each(['en', 'fr'])('in the language %s', (language) => {
  test.each([...templates.map(({ slug }) => slug), 'a mission of sixty steps'])(
    'nothing lies on anything else, and every title is read in full: %s',
    async (slug) => {
      await call(maya.page, '/rest/v1/people?name=eq.Maya&select=id', { language }, 'PATCH')
      const template = templates.find((one) => one.slug === slug)
      const page = await open(
        template ? copyTemplate(template, { language, zone: 'Europe/Paris', answer: 'maya@example.com' }) : largeMission(60),
      )
      await expect.poll(() => overlaps(page)).toEqual([])
      await expect.poll(() => cutTitles(page)).toEqual([])
    },
  )

  test.each(templates.map(({ slug }) => slug))('nothing lies on anything else where cards lie by hand: %s', async (slug) => {
    await call(maya.page, '/rest/v1/people?name=eq.Maya&select=id', { language }, 'PATCH')
    const template = templates.find((one) => one.slug === slug)
    if (!template) throw new Error(`There is no template ${slug}.`)
    const page = await open(layByHand(copyTemplate(template, { language, zone: 'Europe/Paris', answer: 'maya@example.com' })))
    await expect.poll(() => overlaps(page)).toEqual([])
  })
})
