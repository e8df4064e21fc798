import { describe, expect, it } from 'vitest'
import { analyse, type Block, type ClosedFork } from '../../src/mission/paths.ts'
import { sketch } from './sketch.ts'

/** Threads as lists of steps, closed forks as `from → join` with the threads inside. */
function outline(block: Block): unknown[] {
  const inside = (fork: ClosedFork): unknown => ({ [`${fork.from} → ${fork.join}`]: outline(fork.block) })
  return [...block.threads.map((thread) => thread.steps.join(' ')), ...block.forks.map(inside)]
}

describe('threads', () => {
  it('hold straight runs, the arms of a choice and the step in which they meet again', () => {
    const paths = analyse(
      sketch(`start -> ask
              ask.yes -> thanks
              ask.no -> sorry
              thanks -> note
              sorry -> note`),
      'start',
    )
    expect(outline(paths.root)).toEqual(['start ask thanks sorry note'])
    expect(paths.looped).toEqual(new Set())
  })

  it('are restricted to what the trigger reaches', () => {
    const paths = analyse(
      sketch(`morning -> greet
              evening -> sum
              sum -> greet`),
      'morning',
    )
    expect(paths.steps).toEqual(['greet'])
    expect(outline(paths.root)).toEqual(['morning greet'])
  })

  it('know nothing of links that lead nowhere, come from nowhere or are there twice', () => {
    const mission = sketch(`start -> one
                            one -> two`)
    const link = { from: 'one', exit: 'done' }
    const paths = analyse(
      { ...mission, links: [...mission.links, { ...link, to: 'two' }, { ...link, to: 'gone' }, { from: 'gone', exit: 'done', to: 'two' }] },
      'start',
    )
    expect(outline(paths.root)).toEqual(['start one two'])
    expect(paths.ways.get('one')).toEqual(new Map([['done', { next: 'two', heads: [], closes: false }]]))
  })

  it('are refused for a trigger that is not there', () => {
    expect(() => analyse(sketch('start -> one'), 'other')).toThrow('The mission has no trigger "other"')
  })
})

describe('an and', () => {
  it('closes at the join to which all its branches come back, and the thread goes on there', () => {
    const paths = analyse(
      sketch(`start -> begin
              begin -> laptop & accounts
              accounts -> badge
              laptop -> summary
              badge -> summary
              summary -> end`),
      'start',
    )
    expect(outline(paths.root)).toEqual(['start begin summary end', { 'begin → summary': ['laptop', 'accounts badge'] }])
    expect(paths.rootThreadOf('badge')).toBe(paths.rootThreadOf('end'))
    expect(paths.rootThreadOf('nothing')).toBeUndefined()
  })

  it('nests in another', () => {
    const paths = analyse(
      sketch(`start -> a
              a -> b & c
              b -> d & e
              d -> f
              e -> f
              f -> g
              c -> g`),
      'start',
    )
    expect(outline(paths.root)).toEqual(['start a g', { 'a → g': ['b f', 'c', { 'b → f': ['d', 'e'] }] }])
  })

  it('closes when one of its links leads to the join directly', () => {
    const paths = analyse(
      sketch(`start -> a
              a -> b & c
              b -> c`),
      'start',
    )
    expect(outline(paths.root)).toEqual(['start a c', { 'a → c': ['b'] }])
    expect(paths.root.forks[0]?.direct).toBe(true)
  })

  it('stays open when a branch may end elsewhere', () => {
    const paths = analyse(
      sketch(`start -> a
              a -> b & c
              b.yes -> d
              b.no -> sorry
              c -> d`),
      'start',
    )
    expect(outline(paths.root)).toEqual(['start a', 'b sorry', 'c', 'd'])
  })

  it('stays open when its branches share joins in the shape of an N', () => {
    const paths = analyse(
      sketch(`start -> a & b
              a -> c & d
              b -> d`),
      'start',
    )
    expect(outline(paths.root)).toEqual(['start', 'a', 'c', 'b', 'd'])
    expect(paths.waiting('d')).toEqual({ links: 2 })
    expect(paths.ways.get('a')?.get('done')?.heads).toEqual(['c', 'd'])
  })

  it('stays open when its join counts arrivals, or lies behind one that does', () => {
    const lines = `start -> a & b
                   a -> c
                   b -> c`
    expect(outline(analyse(sketch(lines, { c: { join: { wait: 'any' } } }), 'start').root)).toEqual(['start', 'a', 'b', 'c'])
    const paths = analyse(
      sketch(
        `start -> a & b
         b -> d & e
         d -> f
         e -> f
         a -> g
         f -> g`,
        { f: { join: { wait: 'atLeast', count: 2 } } },
      ),
      'start',
    )
    expect(outline(paths.root)).toEqual(['start', 'a', 'b', 'd', 'e', 'f', 'g'])
    expect(paths.waiting('f')).toEqual({ links: 2, needed: 2 })
  })

  it('stays open when somebody enters between it and its join', () => {
    const paths = analyse(
      sketch(`start -> a & x
              a -> b & c
              b -> d
              c -> d
              x -> c`),
      'start',
    )
    expect(paths.root.forks.map((fork) => fork.join)).toEqual([])
  })

  it('that holds many more closes only where a loop goes round it', () => {
    const levels = Array.from(
      { length: 7 },
      (_, n) => `f${n} -> f${n + 1} & x${n}\n x${n} -> j${n}\n ${n < 6 ? `j${n + 1}` : 'f7'} -> j${n}`,
    )
    const deep = `start -> f0\n ${levels.join('\n')}`
    expect(analyse(sketch(deep), 'start').root.forks.map((fork) => fork.from)).toEqual(['f1'])
    const looped = analyse(sketch(`${deep}\n j0.again -> f0`), 'start')
    expect(looped.root.forks.map((fork) => fork.from)).toEqual(['f0'])
    expect(looped.faults).toEqual([])
  })

  it('with joins inside closes only where a loop goes round it', () => {
    const shape = `start -> a
                   a -> b & c
                   b -> d & e
                   c -> e
                   d -> f
                   e -> f`
    expect(outline(analyse(sketch(shape), 'start').root)).toEqual(['start a', 'b', 'd', 'c', 'e', 'f'])
    const looped = analyse(sketch(`${shape}\n f.again -> a`), 'start')
    expect(outline(looped.root)).toEqual(['start a f', { 'a → f': ['b', 'd', 'c', 'e'] }])
    expect(looped.root.forks[0]?.block.looped).toBe(true)
    expect(looped.faults).toEqual([])
  })
})

describe('a loop', () => {
  it('goes back to a step of its own thread', () => {
    const paths = analyse(
      sketch(`start -> ask
              ask.no -> remind
              remind -> ask
              ask.yes -> end`),
      'start',
    )
    expect(paths.backLinks).toEqual([{ from: 'remind', exit: 'done', to: 'ask' }])
    expect(paths.looped).toEqual(new Set(['ask', 'remind']))
    expect(outline(paths.root)).toEqual(['start ask remind end'])
  })

  it('holds all that is inside the ands it goes round', () => {
    const paths = analyse(
      sketch(`start -> a
              a -> b & c
              b -> d
              c -> d
              d.again -> a
              d.enough -> e`),
      'start',
    )
    expect([...paths.looped].sort()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('may lie in a branch, which can still come to the join', () => {
    const paths = analyse(
      sketch(`start -> ask & other
              ask.no -> remind
              remind -> ask
              ask.yes -> end
              other -> end`),
      'start',
    )
    expect(outline(paths.root)).toEqual(['start end', { 'start → end': ['ask remind', 'other'] }])
    expect(paths.looped).toEqual(new Set(['ask', 'remind']))
  })

  it('without a way out, in a branch, leaves the and open', () => {
    const paths = analyse(
      sketch(`start -> a & b
              a.yes -> j
              b -> j
              a.no -> trap
              trap -> more
              more -> trap`),
      'start',
    )
    expect(paths.root.forks).toEqual([])
    const past = analyse(
      sketch(`start -> a & b
              a -> j
              b -> j
              j -> trap
              a.no -> trap
              trap -> trap`),
      'start',
    )
    expect(past.root.forks).toEqual([])
  })
})

describe('what is lost', () => {
  const paths = analyse(
    sketch(`start -> ask & other
            ask.yes -> both
            ask.no -> sorry
            sorry -> note
            other -> both`),
    'start',
  )

  it('when a token takes one exit is all that it could reach by the others', () => {
    expect(paths.loss('ask', paths.ways.get('ask')?.get('no'))).toEqual({ steps: [], heads: new Map([['both', 1]]) })
    expect(paths.loss('ask', paths.ways.get('ask')?.get('yes'))).toEqual({ steps: ['sorry', 'note'], heads: new Map() })
  })

  it('when it ends or fails is everything', () => {
    expect(paths.loss('ask')).toEqual({ steps: ['sorry', 'note'], heads: new Map([['both', 1]]) })
    expect(paths.ruin('ask')).toEqual({ poisoned: new Map([['both', 1]]), dead: { steps: [], heads: new Map() } })
  })
})

describe('steps that lead only to some joins', () => {
  const paths = analyse(
    sketch(
      `start -> a & b & c & d & f
       a -> join
       b.yes -> join
       b.no -> elsewhere
       c -> deep
       deep -> join
       d.again -> d
       d.done -> join
       f -> join & second
       join -> after
       after.again -> join`,
      { join: { join: { wait: 'any' } }, second: {} },
    ),
    'start',
  )

  it('are those from which every way comes to one of them', () => {
    expect(paths.leadingOnlyTo(['join'])).toEqual(new Set(['a', 'c', 'deep', 'd']))
    expect(paths.leadingOnlyTo(['join', 'second'])).toEqual(new Set(['a', 'c', 'deep', 'd', 'f']))
  })
})
