import { describe, expect, it } from 'vitest'
import { analyse, widestFork } from '../../src/mission/paths.ts'
import { sketch } from './sketch.ts'

describe('a graph that cannot run', () => {
  it('has a loop with two ways in', () => {
    const paths = analyse(
      sketch(`start -> choose
              choose.left -> a
              choose.right -> b
              a -> b
              b -> a`),
      'start',
    )
    expect(paths.faults).toEqual([{ fault: 'tangled', steps: ['b', 'a'], links: [{ from: 'a', exit: 'done', to: 'b' }] }])
  })

  it('has several such loops, each of which is told once', () => {
    const paths = analyse(
      sketch(`start -> choose
              choose.left -> a
              choose.right -> b
              a -> b & c
              b -> a & c
              c -> a & b`),
      'start',
    )
    expect(paths.faults.filter((fault) => fault.fault === 'tangled')).toHaveLength(1)
  })

  it('has a link back out of an and', () => {
    const paths = analyse(
      sketch(`start -> a
              a -> b & c
              b.again -> a
              b -> d
              c -> d`),
      'start',
    )
    expect(paths.faults).toEqual([{ fault: 'jump', steps: ['b', 'a'], links: [{ from: 'b', exit: 'again', to: 'a' }] }])
  })

  it('has a link back across a join that counts arrivals', () => {
    const paths = analyse(
      sketch(
        `start -> a
         a -> b & c
         b -> d
         c -> d
         d.again -> a`,
        { d: { join: { wait: 'any' } } },
      ),
      'start',
    )
    expect(paths.faults.map((fault) => fault.fault)).toEqual(['jump'])
  })

  it('has an exit that goes back and elsewhere at once', () => {
    const paths = analyse(
      sketch(`start -> a
              a -> b
              b -> a & c`),
      'start',
    )
    expect(paths.faults).toEqual([
      {
        fault: 'backFork',
        steps: ['b', 'a', 'c'],
        links: [
          { from: 'b', exit: 'done', to: 'a' },
          { from: 'b', exit: 'done', to: 'c' },
        ],
      },
    ])
  })

  it('has an and of more branches than are allowed', () => {
    const branches = Array.from({ length: widestFork + 1 }, (_, at) => `b${at}`)
    expect(analyse(sketch(`start -> ${branches.join(' & ')}`), 'start').faults).toMatchObject([{ fault: 'wide', steps: ['start'] }])
    expect(analyse(sketch(`start -> ${branches.slice(1).join(' & ')}`), 'start').faults).toEqual([])
  })
})
