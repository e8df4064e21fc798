import { describe, expect, it } from 'vitest'
import { sketch } from '../mission/sketch.ts'
import { Walk } from './walk.ts'

describe('a loop', () => {
  const lines = `start -> ask
                 ask.no -> remind
                 remind -> ask
                 ask.yes -> thanks
                 ask.never -> sorry`

  it('visits its steps anew, and skips what it never came to when it is left', () => {
    const walk = new Walk(sketch(lines))
    expect(walk.leave('ask', 'no')).toEqual(['begin remind'])
    expect(walk.leave('remind')).toEqual(['begin ask 2'])
    expect(walk.leave('ask', 'no', 2)).toEqual(['begin remind 2'])
    expect(walk.leave('remind', 'done', 2)).toEqual(['begin ask 3'])
    expect(walk.leave('ask', 'yes', 3)).toEqual(['skip sorry', 'begin thanks'])
    const first = new Walk(sketch(lines))
    expect(first.leave('ask', 'yes')).toEqual(['skip remind', 'skip sorry', 'begin thanks'])
  })

  it('does not take what belongs to an earlier visit', () => {
    const walk = new Walk(sketch(lines))
    walk.leave('ask', 'no')
    walk.leave('remind')
    expect(walk.leave('ask', 'yes', 1)).toEqual([])
    expect(walk.leave('ask', 'yes', 2)).toEqual(['skip sorry', 'begin thanks'])
  })

  it('may consist of one step', () => {
    const walk = new Walk(
      sketch(`start -> poll
              poll.again -> poll
              poll -> end`),
    )
    expect(walk.leave('poll', 'again')).toEqual(['begin poll 2'])
    expect(walk.leave('poll', 'again', 2)).toEqual(['begin poll 3'])
    expect(walk.leave('poll', 'done', 3)).toEqual(['begin end'])
  })

  it('that goes round too often fails at the step that may not be visited again', () => {
    const walk = new Walk(sketch(lines, { ask: { maxVisits: 2 } }))
    walk.leave('ask', 'no')
    walk.leave('remind')
    walk.leave('ask', 'no', 2)
    expect(walk.leave('remind', 'done', 2)).toEqual(['exhausted ask 3', 'end failed'])
  })

  it('that goes round too often leaves by the exit for failures, if that is linked', () => {
    const walk = new Walk(sketch(`${lines}\n ask.failed -> give_up`, { ask: { maxVisits: 1 } }))
    walk.leave('ask', 'no')
    expect(walk.leave('remind')).toEqual(['exhausted ask 2', 'skip thanks', 'skip sorry', 'begin give_up'])
    expect(walk.leave('give_up')).toEqual(['end completed'])
  })

  it('of exhausted steps that send each other on comes to an end', () => {
    const walk = new Walk(
      sketch(
        `start -> a
         a -> b
         a.failed -> b
         b -> a
         b.failed -> a`,
        { a: { maxVisits: 1 }, b: { maxVisits: 1 } },
      ),
    )
    walk.leave('a')
    expect(walk.leave('b')).toEqual(['exhausted a 2', 'exhausted b 2', 'exhausted a 3', 'end failed'])
  })

  it('goes round 25 times unless a step says otherwise', () => {
    const walk = new Walk(
      sketch(`start -> a
              a -> a`),
    )
    for (let visit = 1; visit < 25; visit++) expect(walk.leave('a', 'done', visit)).toEqual([`begin a ${visit + 1}`])
    expect(walk.leave('a', 'done', 25)).toEqual(['exhausted a 26', 'end failed'])
  })

  it('may go through a step with the name of something that every object has', () => {
    const walk = new Walk(
      sketch(`start -> a & constructor
              a -> b
              constructor.again -> constructor
              constructor -> b`),
    )
    expect(walk.leave('constructor', 'again')).toEqual(['begin constructor 2'])
    expect(walk.leave('a')).toEqual([])
    expect(walk.leave('constructor', 'done', 2)).toEqual(['begin b'])
    const alone = new Walk(
      sketch(`start -> a & b & c
              a -> constructor
              b -> constructor & d
              c -> d`),
    )
    expect(alone.leave('a')).toEqual([])
    expect(alone.leave('b')).toEqual(['begin constructor'])
  })

  it('round an and finds its join as new each time', () => {
    const walk = new Walk(
      sketch(`start -> a
              a -> b & c
              b -> d
              c -> d
              d.again -> a`),
    )
    expect(walk.leave('a')).toEqual(['begin b', 'begin c'])
    expect(walk.leave('b')).toEqual([])
    expect(walk.leave('c')).toEqual(['begin d'])
    expect(walk.leave('d', 'again')).toEqual(['begin a 2'])
    expect(walk.leave('a', 'done', 2)).toEqual(['begin b 2', 'begin c 2'])
    expect(walk.leave('c', 'done', 2)).toEqual([])
    expect(walk.leave('c', 'done', 2)).toEqual([])
    expect(walk.leave('b', 'nothing', 2)).toEqual(['begin d 2'])
    expect(walk.leave('d', 'enough', 2)).toEqual(['end completed'])
  })

  it('round an and with joins inside finds those as new, too', () => {
    const walk = new Walk(
      sketch(`start -> a
              a -> b & c
              b -> d & e
              c -> e
              d -> f
              e -> f
              f.again -> a`),
    )
    for (const visit of [1, 2]) {
      const again = visit === 1 ? '' : ` ${visit}`
      expect(walk.leave('a', 'done', visit)).toEqual([`begin b${again}`, `begin c${again}`])
      expect(walk.leave('c', 'done', visit)).toEqual([])
      expect(walk.leave('b', 'done', visit)).toEqual([`begin d${again}`, `begin e${again}`])
      expect(walk.leave('d', 'done', visit)).toEqual([])
      expect(walk.leave('e', 'done', visit)).toEqual([`begin f${again}`])
      walk.leave('f', 'again', visit)
    }
  })
})
