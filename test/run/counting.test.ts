import { describe, expect, it } from 'vitest'
import { sketch } from '../mission/sketch.ts'
import { Walk } from './walk.ts'

describe('a join that waits for any', () => {
  const lines = `start -> a & b & c
                 a -> first
                 b -> more
                 more -> first
                 c.yes -> first
                 c.no -> apart`

  it('starts at the first arrival and ignores the later ones', () => {
    const walk = new Walk(sketch(lines, { first: { join: { wait: 'any' } } }))
    expect(walk.leave('a')).toEqual(['begin first'])
    expect(walk.leave('b')).toEqual(['begin more'])
    expect(walk.leave('more')).toEqual([])
    expect(walk.leave('c', 'yes')).toEqual(['skip apart'])
    expect(walk.leave('first')).toEqual(['end completed'])
  })

  it('is skipped when nobody can arrive any more', () => {
    const walk = new Walk(sketch(lines, { first: { join: { wait: 'any' } } }))
    expect(walk.leave('a', 'nothing')).toEqual([])
    expect(walk.leave('b', 'nothing')).toEqual(['skip more'])
    expect(walk.leave('c', 'no')).toEqual(['begin apart', 'skip first'])
  })

  it('cancels, if it is to, what could only lead to it, and nothing else', () => {
    const walk = new Walk(sketch(lines, { first: { join: { wait: 'any', cancelRest: true } } }))
    expect(walk.leave('a')).toEqual(['begin first', 'cancel b', 'skip more'])
    expect(walk.leave('b')).toEqual([])
    expect(walk.leave('c', 'no')).toEqual(['begin apart'])
  })

  it('cancels everything inside an and that could only lead to it', () => {
    const walk = new Walk(
      sketch(
        `start -> a & b
         a -> first
         b -> c & d
         c -> e
         d -> e
         e -> first`,
        { first: { join: { wait: 'any', cancelRest: true } } },
      ),
    )
    walk.leave('b')
    expect(walk.leave('c')).toEqual([])
    expect(walk.leave('a')).toEqual(['begin first', 'cancel d', 'skip e'])
    expect(walk.leave('first')).toEqual(['end completed'])
  })

  it('lets nothing start later that could only lead to it', () => {
    const walk = new Walk(
      sketch(
        `start -> a & b
         a -> first
         b.yes -> c
         b.no -> d
         c -> first`,
        { first: { join: { wait: 'any', cancelRest: true } } },
      ),
    )
    expect(walk.leave('a')).toEqual(['begin first'])
    expect(walk.leave('b', 'yes')).toEqual(['skip d', 'skip c'])
  })
})

describe('a join that waits for some', () => {
  const lines = `start -> a & b & c
                 a -> two
                 b -> two
                 c -> two`

  it('starts at the last of them', () => {
    const walk = new Walk(sketch(lines, { two: { join: { wait: 'atLeast', count: 2 } } }))
    expect(walk.leave('c')).toEqual([])
    expect(walk.leave('a')).toEqual(['begin two'])
    expect(walk.leave('b')).toEqual([])
  })

  it('is skipped as soon as too few can come', () => {
    const walk = new Walk(sketch(lines, { two: { join: { wait: 'atLeast', count: 2 } } }))
    expect(walk.leave('c')).toEqual([])
    expect(walk.leave('a', 'nothing')).toEqual([])
    expect(walk.leave('b', 'nothing')).toEqual(['skip two', 'end completed'])
  })

  it('is skipped from the start when it wants more than there are', () => {
    const walk = new Walk(sketch(`${lines}\n two -> after`, { two: { join: { wait: 'atLeast', count: 4 } } }))
    expect(walk.first).toEqual(['begin a', 'begin b', 'begin c', 'skip two', 'skip after'])
  })

  it('counts one where it does not say how many', () => {
    const walk = new Walk(sketch(lines, { two: { join: { wait: 'atLeast' } } }))
    expect(walk.leave('b')).toEqual(['begin two'])
  })
})
