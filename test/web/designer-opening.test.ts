import { describe, expect, test } from 'vitest'
import { openingView } from '../../src/web/designer/canvas/opening.ts'
import { cardSize } from '../../src/web/designer/canvas/scene.ts'

/** Rows of cards, each told by the left edges of its cards, 160 apart. */
const rows = (...rows: number[][]) => ({
  corners: Object.fromEntries(rows.flatMap((row, down) => row.map((x, along) => [`${down} ${along}`, { x, y: down * 160 }]))),
})
const size = { width: 780, height: 840 }

/** Names of the cards that begin above the lower edge of the view, and of those among them that are cut at its sides. */
const seen = ({ corners }: ReturnType<typeof rows>, view: { x: number; y: number; zoom: number } | undefined) => {
  if (!view) throw new Error('Nothing is shown.')
  const { x, y, zoom } = view
  const inSight = Object.entries(corners).filter(([, corner]) => corner.y * zoom + y < size.height)
  const cut = inSight.filter(([, corner]) => corner.x * zoom + x < 0 || (corner.x + cardSize.width) * zoom + x > size.width)
  return { all: inSight.length, cut: cut.map(([id]) => id) }
}

describe('the view begins', () => {
  test('with all of a small mission, in the middle and not larger than it is', () => {
    const view = openingView(rows([0]), size)
    expect(view).toEqual({ x: (780 - 272) / 2, y: (840 - 96) / 2, zoom: 1 })
    expect(openingView(rows(), size)).toBeUndefined()
    expect(openingView(rows([0]), { width: 0, height: 0 })).toBeUndefined()
  })

  test('smaller where that shows all of it', () => {
    const wide = rows([300], [0, 300, 600])
    const view = openingView(wide, size)
    expect(view?.zoom).toBeGreaterThanOrEqual(0.7)
    expect(seen(wide, view)).toEqual({ all: 4, cut: [] })
  })

  test('with the beginning of a tall one, to be read', () => {
    const view = openingView(rows(...Array.from({ length: 30 }, () => [400])), size)
    expect(view?.zoom).toBe(0.85)
    expect(view?.x).toBeCloseTo((780 - (800 + 272) * 0.85) / 2)
    expect(view?.y).toBe(48)
  })

  test('so that no card in sight is cut at the sides, where a smaller zoom can do that', () => {
    const tall = rows([400], [400], [10, 400, 790], ...Array.from({ length: 12 }, () => [400]))
    const view = openingView(tall, size)
    expect(seen(tall, view).cut).toEqual([])
    expect(view?.zoom).toBeLessThan(0.85)
  })

  test('with the first rows whole where what comes below is too wide at any zoom that can be read', () => {
    const wide = rows([800], [800], [800, 1110], [0, 310, 620, 930, 1240, 1550, 1860], ...Array.from({ length: 9 }, () => [800]))
    const { cut } = seen(wide, openingView(wide, size))
    expect(cut.filter((id) => !id.startsWith('3 '))).toEqual([])
    expect(cut.length).toBeGreaterThan(0)
  })
})
