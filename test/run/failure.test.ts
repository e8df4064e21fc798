import { describe, expect, it } from 'vitest'
import { sketch } from '../mission/sketch.ts'
import { Walk } from './walk.ts'

describe('a failure', () => {
  it('goes by the exit for it, if that is linked, and the run completes', () => {
    const walk = new Walk(
      sketch(`start -> send
              send -> done
              send.failed -> report`),
    )
    expect(walk.leave('send', 'failed')).toEqual(['skip done', 'begin report'])
    expect(walk.leave('report')).toEqual(['end completed'])
  })

  it('with nowhere to go ends the run as failed', () => {
    const walk = new Walk(
      sketch(`start -> send
              send -> after`),
    )
    expect(walk.leave('send', 'failed')).toEqual(['end failed'])
  })

  it('lets other branches finish, but nothing start after it', () => {
    const walk = new Walk(
      sketch(`start -> a & b
              a -> both
              b -> c
              c -> both
              both -> after`),
    )
    expect(walk.leave('a', 'failed')).toEqual([])
    expect(walk.leave('b')).toEqual(['begin c'])
    expect(walk.leave('c')).toEqual(['end failed'])
  })

  it('keeps a join from starting that does not nest, and what follows from it', () => {
    const walk = new Walk(
      sketch(`start -> a & b
              a -> one & two
              b -> two
              two -> three
              one -> three`),
    )
    expect(walk.leave('b', 'failed')).toEqual([])
    expect(walk.leave('a')).toEqual(['begin one'])
    expect(walk.leave('one')).toEqual(['end failed'])
  })

  it('inside an and inside an and keeps both joins from starting', () => {
    const walk = new Walk(
      sketch(`start -> a & b
              a -> c & d
              c -> e
              d -> e
              e -> f
              b -> f
              f -> g`),
    )
    walk.leave('a')
    expect(walk.leave('c', 'failed')).toEqual([])
    expect(walk.leave('b')).toEqual([])
    expect(walk.leave('d', 'failed')).toEqual(['end failed'])
  })

  it('counts as a branch that does not come where arrivals are counted', () => {
    const walk = new Walk(
      sketch(
        `start -> a & b & c
         a -> any
         b -> any
         any -> both
         c -> both`,
        { any: { join: { wait: 'any' } } },
      ),
    )
    expect(walk.leave('a', 'failed')).toEqual([])
    expect(walk.leave('c')).toEqual([])
    expect(walk.leave('b', 'failed')).toEqual(['skip any', 'begin both'])
    expect(walk.leave('both')).toEqual(['end failed'])
  })

  it('before the arms of a choice that count arrivals leaves what follows them to others', () => {
    const walk = new Walk(
      sketch(
        `start -> ask & other
         ask.yes -> a
         ask.no -> b
         a -> any
         b -> any
         any -> both
         other -> both`,
        { any: { join: { wait: 'any' } } },
      ),
    )
    expect(walk.leave('ask', 'failed')).toEqual(['skip any'])
    expect(walk.leave('other')).toEqual(['begin both'])
  })
})
