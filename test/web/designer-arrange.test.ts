import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { templates } from '../../src/catalogue/gallery.ts'
import type { Mission, Point } from '../../src/mission/mission.ts'
import { type Area, arrange, type Arrangement } from '../../src/web/designer/canvas/arrange.ts'
import { headRoom } from '../../src/web/designer/canvas/chips.ts'
import { labelExit } from '../../src/web/designer/canvas/exits.ts'
import { foldFaults, foldScene } from '../../src/web/designer/canvas/frames.ts'
import { findMeetings } from '../../src/web/designer/canvas/meetings.ts'
import { carryHeld } from '../../src/web/designer/canvas/carrying.ts'
import { placeEnds, placeFreely } from '../../src/web/designer/canvas/placing.ts'
import { puzzleOf } from '../../src/web/designer/canvas/puzzle.ts'
import { cornersAside, cornersDown, frameOf, portPoint, turnBelow } from '../../src/web/designer/canvas/route.ts'
import { cardSize, drawScene, type Scene } from '../../src/web/designer/canvas/scene.ts'
import { largeMission } from '../browser/large.ts'
import { tapesOf } from '../run/random-mission.ts'
import { randomWork } from '../run/random-work.ts'

const sceneOf = (mission: Mission): Scene =>
  drawScene(mission, { catalogue, language: 'en', meetings: findMeetings(mission), failed: 'if it fails', unknown: 'Unknown' })

const draw = (mission: Mission) => {
  const scene = sceneOf(mission)
  return { scene, arrangement: placeEnds(scene, arrange(puzzleOf(scene))) }
}

const overlap = (one: Area, other: Area) =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height

/** Everything that lies on something else: cards on cards, and lines on cards that they only pass. */
function clashes(scene: Scene, arrangement: Arrangement): string[] {
  const areas = scene.cards.map((card) => ({ id: card.id, ...(arrangement.corners[card.id] ?? { x: Number.NaN, y: 0 }), ...cardSize }))
  const found: string[] = []
  for (const [at, one] of areas.entries())
    for (const other of areas.slice(at + 1)) if (overlap(one, other)) found.push(`${one.id} lies on ${other.id}`)
  for (const [id, frame] of Object.entries(arrangement.frames))
    for (const area of areas)
      if (area.id !== id && overlap(frame, area) !== isHeld(scene, area.id, id)) found.push(`${area.id} is wrong at the frame of ${id}`)
  for (const line of scene.lines) {
    const path = pathOf(scene, arrangement, line.id)
    for (const area of areas) {
      const isEnd = area.id === line.from || area.id === line.to
      const inner = isEnd ? shrink(area) : area
      if (path.slice(1).some((to, at) => overlap(span(path[at] ?? to, to), inner))) found.push(`${line.id} crosses ${area.id}`)
    }
  }
  return found
}

const isHeld = (scene: Scene, id: string, holder: string): boolean => {
  const within = scene.cards.find((card) => card.id === id)?.within
  return within === holder || (within !== undefined && isHeld(scene, within, holder))
}
const span = (one: Point, other: Point): Area => ({
  x: Math.min(one.x, other.x),
  y: Math.min(one.y, other.y),
  width: Math.max(Math.abs(one.x - other.x), 0.1),
  height: Math.max(Math.abs(one.y - other.y), 0.1),
})
const shrink = ({ x, y, width, height }: Area): Area => ({ x: x + 2, y: y + 2, width: width - 4, height: height - 4 })

function pathOf(scene: Scene, arrangement: Arrangement, id: string): Point[] {
  const line = scene.lines.find((one) => one.id === id)
  const card = scene.cards.find((one) => one.id === line?.from)
  const [above, below] = [arrangement.corners[line?.from ?? ''], arrangement.corners[line?.to ?? '']]
  if (!line || !card || !above || !below) return []
  const frame = frameOf(arrangement, card.id)
  const port = portPoint(card.ports, line.exit, frame)
  const from = { x: above.x + port.x, y: above.y + port.y }
  const to = { x: below.x + (line.kind === 'open' ? 14 : cardSize.width / 2), y: below.y }
  const through = arrangement.ways[id]?.through ?? []
  const head = headRoom(scene.cards.find((one) => one.id === line.to))
  if (line.kind === 'failed') return cornersAside(from, through, to, head)
  return cornersDown(from, through, to, from.y + turnBelow(card.ports, line.exit, (through[0]?.x ?? to.x) - from.x, frame), head)
}

const middle = ({ corners }: Arrangement, id: string) => (corners[id]?.x ?? Number.NaN) + cardSize.width / 2

describe('the tidy layout', () => {
  test.each([...templates.map((template) => [template.slug, template.mission] as const), ['large', largeMission(60)] as const])(
    'of %s: no card lies on another, and no line crosses a card',
    (_, mission) => {
      const { scene, arrangement } = draw(mission)
      expect(clashes(scene, arrangement)).toEqual([])
    },
  )

  test('of any mission: no card lies on another, and frames hold what stands within and nothing else', () => {
    const tapes = tapesOf((next) => randomWork(next))
    fc.assert(
      fc.property(tapes, (tape) => {
        const { scene, arrangement } = draw(randomWork(tape.draws()))
        expect(clashes(scene, arrangement).filter((clash) => !clash.includes('crosses'))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('what usually happens goes straight down, however much stands beside it', () => {
    const { arrangement } = draw(largeMission(60))
    const spine = ['hello_1', 'pick_1', 'which_1', 'told_1', 'ready_1', 'each_1', 'again_1', 'call_1', 'hello_2', 'call_2', 'hello_3']
    expect(new Set(spine.map((id) => middle(arrangement, id)))).toHaveLength(1)
  })
})

describe('frames', () => {
  const large = largeMission(21)

  test('close around what stands in them, whose problems are then told on the one card that is left', () => {
    const whole = sceneOf(large)
    const open = foldScene(whole, new Set())
    expect(open.cards.find((card) => card.id === 'each_1')?.frame).toEqual({ open: true, count: 4 })
    expect(open.cards).toHaveLength(whole.cards.length)
    const closed = foldScene(whole, new Set(['each_1']))
    expect(closed.cards.find((card) => card.id === 'each_1')).toMatchObject({ frame: { open: false, count: 4 } })
    expect(whole.cards.length - closed.cards.length).toBe(4)
    const there = new Set([...closed.cards, ...closed.ends].map((one) => one.id))
    expect(closed.lines.filter((line) => !there.has(line.from) || !there.has(line.to))).toEqual([])
    const faults = new Map([
      ['greet_1', { words: 'Nobody is asked.', count: 1, severity: 'error' as const }],
      ['each_1', { words: 'The list may be empty.', count: 2, severity: 'warning' as const }],
    ])
    expect(foldFaults(faults, whole, closed)).toEqual(new Map([['each_1', { words: 'Nobody is asked.', count: 3, severity: 'error' }]]))
    expect(foldFaults(faults, whole, open)).toEqual(faults)
  })

  test('are left at their rim, and stand around what they hold when cards are laid out by hand, too', () => {
    const scene = foldScene(sceneOf(large), new Set())
    const placing = placeFreely(scene, { each_1: { x: 0, y: 0 }, greet_1: { x: 40, y: 200 }, how_1: { x: 500, y: 400 } })
    const frame = placing.frames['each_1']
    for (const id of ['greet_1', 'how_1', 'thank_1', 'quiet_1'])
      expect(
        overlap({ ...(frame ?? { x: 0, y: 0, width: 0, height: 0 }) }, { ...(placing.corners[id] ?? { x: 0, y: 0 }), ...cardSize }),
      ).toBe(true)
    const ports = scene.cards.find((card) => card.id === 'each_1')?.ports ?? []
    const rim = frameOf(placing, 'each_1')
    expect(portPoint(ports, 'done', rim).y).toBe((frame?.y ?? 0) + (frame?.height ?? 0))
    expect(portPoint(ports, 'each', rim).y).toBe(cardSize.height)
    expect(portPoint(ports, 'failed', rim).x).toBe((frame?.x ?? 0) + (frame?.width ?? 0))
  })

  test('move with the card that holds what is in them', () => {
    const scene = sceneOf(large)
    const placing = { ...placeEnds(scene, arrange(puzzleOf(scene))), free: false }
    const corner = placing.corners['each_1'] ?? { x: 0, y: 0 }
    const carried = carryHeld(large, placing, { each_1: { x: corner.x + 7, y: corner.y - 5 } })
    expect(Object.keys(carried).sort()).toEqual(['each_1', 'greet_1', 'how_1', 'quiet_1', 'thank_1'])
    const greeted = placing.corners['greet_1'] ?? { x: 0, y: 0 }
    expect(carried['greet_1']).toEqual({ x: greeted.x + 7, y: greeted.y - 5 })
  })
})

test('where time runs out, the line says how much of it there is', () => {
  const timeout = { name: 'timeout', label: { en: 'Time is up', fr: 'Délai écoulé' } }
  const words = (type: string, within?: string) => labelExit(timeout, catalogue.kinds.step(type), within === undefined ? {} : { within })
  expect(words('ask', '3d')).toEqual({ en: 'No answer in 3 days', fr: 'Sans réponse après 3 jours' })
  expect(words('ask').en).toBe('No answer in time')
  expect(words('ask', '{{ trigger.time }}').en).toBe('No answer in time')
  expect(words('run-mission', '2d').en).toBe('Not done in 2 days')
  expect(words('run-mission').en).toBe('Time is up')
})
