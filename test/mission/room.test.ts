import { describe, expect, it } from 'vitest'
import { columnWidth, findFree, isPoint, makeRoom, rowHeight, rowsOf } from '../../src/mission/room.ts'
import { draw } from './kinds.ts'

const line = { from: 'a', exit: 'done', to: 'b' }
const mission = draw('joined > a:say > b:say > c:say')

describe('room on a line between two cards that lie by hand', () => {
  it('is in its middle when the cards are far enough apart', () => {
    const laid = { ...mission, layout: { a: { x: 0, y: 0 }, b: { x: 40, y: 2 * rowHeight } } }
    const room = makeRoom(laid, line, rowHeight)
    expect(room).toEqual({ mission: laid, at: { x: 20, y: rowHeight } })
    expect(room?.mission).toBe(laid)
  })

  it('lies right below the upper card when they are too near, and what is lower moves down as far as is missing', () => {
    const layout = { a: { x: 0, y: 0 }, beside: { x: 400, y: 20 }, b: { x: 0, y: rowHeight }, c: { x: 0, y: 2 * rowHeight } }
    const room = makeRoom({ ...mission, layout }, line, 2 * rowHeight)
    expect(room?.at).toEqual({ x: 0, y: rowHeight })
    expect(room?.mission.layout).toEqual({
      a: { x: 0, y: 0 },
      beside: { x: 400, y: 20 },
      b: { x: 0, y: 3 * rowHeight },
      c: { x: 0, y: 4 * rowHeight },
    })
  })

  it('takes the notes along that lie there by themselves; those by a card go with it', () => {
    const note = { text: '', colour: 'yellow', x: 300, width: 200, height: 100 } as const
    const [above, below, by] = [
      { ...note, id: 'note:1', y: 0 },
      { ...note, id: 'note:2', y: 200 },
      { ...note, id: 'note:3', y: 200, by: 'b' },
    ]
    const laid = { ...mission, layout: { a: { x: 0, y: 0 }, b: { x: 0, y: rowHeight } }, notes: [above, below, by] }
    expect(makeRoom(laid, line, rowHeight)?.mission.notes).toEqual([above, { ...below, y: 200 + rowHeight }, by])
  })

  it('is where no other card lies: above the lower one, below the upper one, or else beside what lies there', () => {
    const [a, b] = [
      { x: 0, y: 0 },
      { x: 340, y: rowHeight + 14 },
    ]
    const at = (...others: { x: number; y: number }[]) =>
      makeRoom({ ...mission, layout: { a, b, ...Object.fromEntries(others.map((point, i) => [`o${i}`, point])) } }, line, rowHeight)?.at
    expect(at()).toEqual({ x: 170, y: rowHeight })
    expect(at({ x: 20, y: rowHeight })).toEqual({ x: 340, y: rowHeight })
    expect(at({ x: 400, y: rowHeight })).toEqual({ x: 0, y: rowHeight })
    expect(at({ x: 200, y: rowHeight })).toEqual({ x: 200 + columnWidth, y: rowHeight })
    // What is beside the row above leaves the middle free.
    expect(at({ x: columnWidth, y: 20 })).toEqual({ x: 170, y: rowHeight })
  })

  it('counts neither what lies further than the cards reach nor those that are on their way', () => {
    const layout = { a: { x: 0, y: 0 }, b: { x: 0, y: 4 * rowHeight }, c: { x: 0, y: 2 * rowHeight }, d: { x: 0, y: 9 * rowHeight } }
    expect(makeRoom({ ...mission, layout }, line, 2 * rowHeight)?.at).toEqual({ x: columnWidth, y: 1.5 * rowHeight })
    expect(makeRoom({ ...mission, layout }, line, 2 * rowHeight, new Set(['c']))?.at).toEqual({ x: 0, y: 1.5 * rowHeight })
  })

  it('is in the middle of a line that leads back up', () => {
    const laid = { ...mission, layout: { a: { x: 0, y: 300 }, b: { x: 0, y: 0 } } }
    expect(makeRoom(laid, line, rowHeight)).toEqual({ mission: laid, at: { x: 0, y: 150 } })
  })

  it('is nowhere when an end does not lie by hand, and moves nothing beyond all numbers', () => {
    expect(makeRoom({ ...mission, layout: { a: { x: 0, y: 0 } } }, line, rowHeight)).toBeUndefined()
    expect(makeRoom({ ...mission, layout: { b: { x: 0, y: 0 } } }, line, rowHeight)).toBeUndefined()
    const layout = { a: { x: 0, y: 0 }, b: { x: 0, y: 10 }, c: { x: 0, y: Number.MAX_VALUE } }
    expect(makeRoom({ ...mission, layout }, line, Number.MAX_VALUE)?.mission.layout['c']).toEqual(layout.c)
  })
})

it('cards take the height from the first of them to the row below the last', () => {
  const layout = { a: { x: 0, y: 500 }, b: { x: 0, y: 100 }, c: { x: 0, y: 9_000 } }
  expect(rowsOf(layout, ['a', 'b', 'not laid'])).toBe(400 + rowHeight)
  expect(rowsOf({})).toBe(rowHeight)
})

it('a card is laid beside those that lie there already, in the first gap that is wide enough', () => {
  const at = { x: 0, y: 0 }
  expect(findFree({}, at)).toEqual(at)
  expect(findFree({ a: { x: 0, y: rowHeight }, b: { x: columnWidth, y: 0 } }, at)).toEqual(at)
  expect(findFree({ b: { x: columnWidth + 10, y: 20 }, a: { x: -10, y: 0 } }, at)).toEqual({ x: 2 * columnWidth + 10, y: 0 })
})

it('no card lies where a coordinate is no number', () => {
  expect(
    [
      { x: 0, y: 0 },
      { x: Number.NaN, y: 0 },
      { x: 0, y: Number.POSITIVE_INFINITY },
    ].map(isPoint),
  ).toEqual([true, false, false])
})
