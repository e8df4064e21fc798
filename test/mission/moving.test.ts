import { describe, expect, it } from 'vitest'
import { moveAlong, moveStep, place } from '../../src/mission/edit.ts'
import type { Link, Mission } from '../../src/mission/mission.ts'
import { draw } from './kinds.ts'

const lines = (mission: Mission) =>
  mission.links.map(({ from, exit, to }) => (exit === 'done' ? `${from} > ${to}` : `${from}.${exit} > ${to}`))
const line = (from: string, to: string, exit = 'done'): Link => ({ from, exit, to })
const withins = (mission: Mission) => Object.fromEntries(mission.steps.flatMap(({ id, within }) => (within ? [[id, within]] : [])))

describe('moving a step', () => {
  const mission = draw('joined > a:say > b:say > c:say > d:say')

  it('heals the old place and goes into the new one', () => {
    expect(lines(moveStep(mission, 'b', { onto: line('c', 'd') }))).toEqual(['joined > a', 'a > c', 'c > b', 'b > d'])
    expect(moveStep(mission, 'b', { onto: line('c', 'd') }).steps).toBe(mission.steps)
    expect(lines(moveStep(mission, 'b', { before: 'a' }))).toEqual(['joined > b', 'a > c', 'c > d', 'b > a'])
    expect(lines(moveStep(mission, 'b', { past: 'c' }))).toEqual(['joined > a', 'a > c', 'c > b', 'b > d'])
    expect(lines(moveStep(mission, 'b', { past: 'd' }))).toEqual(['joined > a', 'a > c', 'c > d', 'd > b'])
    expect(lines(moveStep(mission, 'b', { after: 'd' }))).toEqual(['joined > a', 'a > c', 'c > d', 'd > b'])
    expect(lines(moveStep(mission, 'c', { after: 'joined' }))).toEqual(['joined > a', 'a > b', 'b > d', 'joined > c'])
  })

  it('takes its other exits along', () => {
    const asking = draw('joined > q:ask > b:say > c:say; q.timeout > z:say')
    expect(lines(moveStep(asking, 'q', { onto: line('b', 'c') }))).toEqual(['joined > b', 'b > q', 'q > c', 'q.timeout > z'])
    expect(lines(moveStep(asking, 'q', { before: 'z' }))).toEqual(['joined > b', 'b > c', 'q.timeout > z', 'q > z'])
    const ending = draw('joined > b:say > c:say; e:end')
    expect(lines(moveStep(ending, 'e', { onto: line('b', 'c') }, null))).toEqual(['joined > b', 'b > e'])
    const again = draw('joined > q:ask > b:say > c:say; q.timeout > q')
    expect(lines(moveStep(again, 'q', { onto: line('b', 'c') }))).toEqual(['joined > b', 'b > q', 'q > c'])
  })

  it('past a step leads all that followed that step through it', () => {
    const forked = draw('joined > a:say > p:choose; p.yes > b:say, c:say; p.no > d:say')
    expect(lines(moveStep(forked, 'a', { past: 'p' }))).toEqual(['joined > p', 'a > b', 'p.yes > a', 'a > c', 'p.no > d'])
    expect(lines(moveStep(forked, 'a', { past: 'p', exit: 'no' }))).toContain('p.no > a')
    expect(lines(moveStep(forked, 'a', { past: 'p', exit: 'failed' }))).toContain('p.failed > a')
  })

  it('goes into a body and out of it', () => {
    const held = draw('joined > a:say > e:each > z:say; e.each > i:say > j:say', {}, { i: { within: 'e' }, j: { within: 'e' } })
    expect(withins(moveStep(held, 'a', { onto: line('i', 'j') }))).toEqual({ a: 'e', i: 'e', j: 'e' })
    expect(withins(moveStep(held, 'a', { onto: line('e', 'i', 'each') }))).toEqual({ a: 'e', i: 'e', j: 'e' })
    expect(withins(moveStep(held, 'j', { onto: line('joined', 'a') }))).toEqual({ i: 'e' })
    expect(withins(moveStep(held, 'j', { after: 'e' }))).toEqual({ i: 'e' })
    expect(withins(moveStep(held, 'a', { before: 'j' }))).toEqual({ a: 'e', i: 'e', j: 'e' })
    expect(moveStep(held, 'e', { onto: line('i', 'j') })).toBe(held)
  })

  it('leaves a step where it is when there is no such place, or it is its own', () => {
    for (const wrong of [
      { onto: line('a', 'b') },
      { onto: line('b', 'c') },
      { onto: line('c', 'a') },
      { before: 'b' },
      { before: 'c' },
      { before: 'ghost' },
      { before: 'joined' },
      { past: 'a' },
      { past: 'b' },
      { past: 'c', exit: '' },
      { past: 'c', exit: 'each' },
      { after: 'b' },
      { after: 'joined', exit: 'failed' },
      { onto: line('c', 'd'), point: { x: Number.NaN, y: 0 } },
    ])
      expect(moveStep(mission, 'b', wrong)).toBe(mission)
    expect(moveStep(mission, 'ghost', { onto: line('a', 'b') })).toBe(mission)
  })

  it('lays the card by where it goes, or at a point', () => {
    const laid = place(mission, { a: { x: 0, y: 0 }, b: { x: 0, y: 100 }, c: { x: 0, y: 200 }, d: { x: 0, y: 300 } })
    expect(moveStep(laid, 'b', { onto: line('c', 'd') }).layout).toMatchObject({
      b: { x: 0, y: 360 },
      c: { x: 0, y: 200 },
      d: { x: 0, y: 520 },
    })
    expect(moveStep(laid, 'b', { onto: line('c', 'd'), point: { x: 7, y: 8 } }).layout['b']).toEqual({ x: 7, y: 8 })
    expect(moveStep(laid, 'b', { after: 'd' }).layout['b']).toEqual({ x: 0, y: 460 })
    expect(moveStep(laid, 'b', { after: 'c' }).layout['b']).toEqual({ x: 320, y: 360 })
    expect(moveStep(laid, 'b', { past: 'c' }).layout).toMatchObject({ b: { x: 0, y: 200 }, c: { x: 0, y: 100 } })
    expect(moveStep(mission, 'b', { past: 'c' }).layout).toBe(mission.layout)
    expect(moveStep(laid, 'b', { onto: line('joined', 'a') }).layout).toBe(laid.layout)
  })
})

describe('moving a step along its line', () => {
  it('changes places with the one before or after it', () => {
    const mission = draw('joined > a:say > b:say > c:say')
    expect(lines(moveAlong(mission, 'b', -1))).toEqual(['joined > b', 'a > c', 'b > a'])
    expect(lines(moveAlong(mission, 'b', 1))).toEqual(['joined > a', 'a > c', 'c > b'])
    expect(lines(moveAlong(moveAlong(mission, 'b', 1), 'b', -1)).sort()).toEqual(lines(mission).sort())
  })

  it('goes on by the exit that its kind has when no line shows one', () => {
    const mission = draw('joined > a:say > p:choose')
    const exits = (id: string) => (id === 'p' ? 'yes' : 'done')
    expect(lines(moveAlong(mission, 'a', 1, exits))).toEqual(['joined > p', 'p.yes > a'])
    expect(lines(moveAlong(mission, 'p', -1, exits))).toEqual(['joined > p', 'p.yes > a'])
  })

  it('stops at the ends of a line, where lines meet or part, and at the border of a body', () => {
    const mission = draw('joined > a:say > b:say, c:say > d:say > e:end')
    const exits = (id: string) => (id === 'e' ? null : 'done')
    expect(moveAlong(mission, 'a', -1)).toBe(mission)
    expect(moveAlong(mission, 'a', 1)).toBe(mission)
    expect(moveAlong(mission, 'd', -1)).toBe(mission)
    expect(moveAlong(mission, 'd', 1, exits)).toBe(mission)
    expect(moveAlong(mission, 'e', -1, exits)).toBe(mission)
    expect(moveAlong(mission, 'e', 1)).toBe(mission)
    expect(moveAlong(mission, 'ghost', 1)).toBe(mission)
    const held = draw('joined > f:each > z:say; f.each > i:say', {}, { i: { within: 'f' } })
    expect(moveAlong(held, 'i', -1)).toBe(held)
    expect(moveAlong(held, 'i', 1)).toBe(held)
    // Past all that is done for each of a list, not into it.
    expect(lines(moveAlong(held, 'f', 1))).toEqual(['joined > z', 'f.each > i', 'z > f'])
  })
})
