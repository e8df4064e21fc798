import { describe, expect, it } from 'vitest'
import { chainOf, moveStep, moveSteps, place } from '../../src/mission/edit.ts'
import type { Link, Mission } from '../../src/mission/mission.ts'
import { draw } from './kinds.ts'

const lines = (mission: Mission) =>
  mission.links.map(({ from, exit, to }) => (exit === 'done' ? `${from} > ${to}` : `${from}.${exit} > ${to}`))
const line = (from: string, to: string, exit = 'done'): Link => ({ from, exit, to })

describe('steps that follow one another', () => {
  const mission = draw('joined > a:say > q:ask > b:say > c:say; q.timeout > z:say')

  it('are told in their order, however they were chosen', () => {
    expect(chainOf(mission, ['b', 'a', 'q'])).toEqual(['a', 'q', 'b'])
    expect(chainOf(mission, ['q'])).toEqual(['q'])
    expect(chainOf(mission, ['q', 'q'])).toEqual(['q'])
  })

  it('are none with a gap, with a branch, by another exit, in a circle, with a trigger, or when nothing is chosen', () => {
    expect(chainOf(mission, ['a', 'b'])).toBeUndefined()
    expect(chainOf(mission, ['q', 'b', 'z'])).toBeUndefined()
    expect(chainOf(mission, ['q', 'z'])).toBeUndefined()
    expect(chainOf(mission, ['q', 'z'], () => 'timeout')).toEqual(['q', 'z'])
    expect(chainOf(mission, ['a', 'q'], () => null)).toBeUndefined()
    expect(chainOf(draw('joined > a:say > b:say > a'), ['a', 'b'])).toBeUndefined()
    expect(chainOf(draw('joined > x:say > a:say > b:say > a'), ['a', 'b', 'x'])).toBeUndefined()
    expect(chainOf(draw('joined > a:say > b:say; c:say > d:say > c'), ['a', 'b', 'c', 'd'])).toBeUndefined()
    expect(chainOf(draw('joined > a:say > b:say,c:say'), ['a', 'b'])).toBeUndefined()
    expect(chainOf(mission, ['joined', 'a'])).toBeUndefined()
    expect(chainOf(mission, [])).toBeUndefined()
  })

  it('take along what they hold, chosen or not', () => {
    const held = draw('joined > a:say > f:each > b:say; f.each > i:say', {}, { i: { within: 'f' } })
    expect(chainOf(held, ['i', 'f', 'a'])).toEqual(['a', 'f'])
    expect(lines(moveSteps(held, ['i', 'f', 'a'], { after: 'b' }))).toEqual(['joined > b', 'a > f', 'f.each > i', 'b > a'])
  })
})

describe('moving them', () => {
  const mission = draw('joined > a:say > b:say > c:say > d:say > e:say')

  it('heals the old place and goes into the new one with the lines between them', () => {
    expect(lines(moveSteps(mission, ['c', 'b'], { onto: line('d', 'e') }))).toEqual(['joined > a', 'a > d', 'b > c', 'd > b', 'c > e'])
    expect(lines(moveSteps(mission, ['b', 'c'], { after: 'e' }))).toEqual(['joined > a', 'a > d', 'b > c', 'd > e', 'e > b'])
    expect(lines(moveSteps(mission, ['b', 'c'], { before: 'a' }))).toEqual(['joined > b', 'a > d', 'b > c', 'd > e', 'c > a'])
    expect(lines(moveSteps(mission, ['b', 'c'], { past: 'd' }))).toEqual(['joined > a', 'a > d', 'b > c', 'd > b', 'c > e'])
  })

  it('takes the lines of other exits along, and lets those that led into the middle lead on', () => {
    const asking = draw('joined > q:ask > b:say > c:say > d:say; q.timeout > z:say > b')
    expect(lines(moveSteps(asking, ['q', 'b'], { onto: line('c', 'd') }))).toEqual([
      'joined > c',
      'q > b',
      'c > q',
      'b > d',
      'q.timeout > z',
      'z > c',
    ])
  })

  it('is what moving one step is, for one', () => {
    const onto = { onto: line('c', 'd') }
    expect(moveSteps(mission, ['a'], onto)).toEqual(moveStep(mission, 'a', onto))
  })

  it('changes nothing where they are no chain, where the place is their own, or inside what they hold', () => {
    expect(moveSteps(mission, ['a', 'c'], { after: 'e' })).toBe(mission)
    expect(moveSteps(mission, ['b', 'c'], { onto: line('b', 'c') })).toBe(mission)
    expect(moveSteps(mission, ['b', 'c'], { onto: line('a', 'b') })).toBe(mission)
    expect(moveSteps(mission, ['b', 'c'], { after: 'c' })).toBe(mission)
    const held = draw('joined > a:say > f:each > b:say; f.each > i:say', {}, { i: { within: 'f' } })
    expect(moveSteps(held, ['a', 'f'], { after: 'i' })).toBe(held)
    const inside = moveSteps(draw('joined > a:say > b:say > f:each; f.each > i:say'), ['a', 'b'], { onto: line('f', 'i', 'each') })
    expect(inside.steps.flatMap(({ id, within }) => (within === undefined ? [] : [id]))).toEqual(['a', 'b'])
  })

  it('keeps how their cards lie to one another', () => {
    const laid = place(mission, { b: { x: 0, y: 0 }, c: { x: 10, y: 140 }, d: { x: 0, y: 280 } })
    const moved = moveSteps(laid, ['b', 'c'], { onto: line('d', 'e'), point: { x: 100, y: 400 } })
    expect(moved.layout).toEqual({ b: { x: 100, y: 400 }, c: { x: 110, y: 540 }, d: { x: 0, y: 280 } })
    const partly = place(mission, { b: { x: 0, y: 0 } })
    expect(moveSteps(partly, ['b', 'c'], { after: 'e', point: { x: 5, y: 5 } }).layout).toEqual({ b: { x: 5, y: 5 } })
  })
})
