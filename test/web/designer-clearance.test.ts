import { expect, test } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { templates } from '../../src/catalogue/gallery.ts'
import { useTemplate } from '../../src/catalogue/template.ts'
import type { Mission } from '../../src/mission/mission.ts'
import type { Area } from '../../src/web/designer/canvas/arrange.ts'
import { findMeetings } from '../../src/web/designer/canvas/meetings.ts'
import { placeFreely } from '../../src/web/designer/canvas/placing.ts'
import { labelHeight, labelWidth } from '../../src/web/designer/canvas/puzzle.ts'
import { cardSize, drawScene, endSize } from '../../src/web/designer/canvas/scene.ts'
import { layByHand } from '../by-hand.ts'

// Not a hook, though its name says "use": it copies a template.
const copyTemplate = useTemplate

const overlap = (one: Area, other: Area) =>
  Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x) > 0.5 &&
  Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y) > 0.5

const draw = (mission: Mission) =>
  drawScene(mission, { catalogue, language: 'en', meetings: findMeetings(mission), failed: 'if it fails', unknown: 'Unknown' })

test.each([1e6, 1e12, 1e300])('cards that lie as far apart as %s are placed all the same', (far) => {
  const [template] = templates
  if (!template) throw new Error('There is no template.')
  const mission = layByHand(copyTemplate(template, { language: 'en', zone: 'Europe/Paris', answer: 'maya@example.com' }))
  const layout = Object.fromEntries(Object.keys(mission.layout).map((id, at) => [id, { x: at * far, y: at % 2 === 0 ? far : -far }]))
  const scene = draw(mission)
  const { corners, ways } = placeFreely(scene, layout)
  for (const { id } of scene.cards) expect(corners[id]).toEqual(layout[id])
  for (const { id } of scene.lines) expect(ways[id]?.label).toBeDefined()
})

test.each(templates.map(({ slug }) => slug))('labels and open ends find their places between cards that lie by hand: %s', (slug) => {
  const template = templates.find((one) => one.slug === slug)
  if (!template) throw new Error(`There is no template ${slug}.`)
  const mission = layByHand(copyTemplate(template, { language: 'en', zone: 'Europe/Paris', answer: 'maya@example.com' }))
  const scene = draw(mission)
  const { corners, ways } = placeFreely(scene, mission.layout)
  const areas = [
    ...scene.cards.map((card) => ({ name: card.title, ...(corners[card.id] ?? { x: 0, y: 0 }), ...cardSize })),
    ...scene.ends.map((end) => ({ name: end.id, ...(corners[end.id] ?? { x: 0, y: 0 }), ...endSize })),
    ...scene.lines
      .filter(({ kind, label }) => kind !== 'open' || label !== '')
      .map((line) => {
        const { x, y } = ways[line.id]?.label ?? { x: 0, y: 0 }
        const width = line.kind === 'open' ? labelWidth(line) - labelHeight : labelWidth(line)
        return { name: `label of ${line.id}`, x: x - width / 2, y: y - labelHeight / 2, width, height: labelHeight }
      }),
  ]
  const clashes = areas.flatMap((one, at) =>
    areas.slice(at + 1).flatMap((other) => (overlap(one, other) ? [`${one.name} lies on ${other.name}`] : [])),
  )
  expect(clashes).toEqual([])
})
