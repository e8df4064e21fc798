import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { compile } from '../../src/mission/machine.ts'
import type { Mission } from '../../src/mission/mission.ts'
import { analyse } from '../../src/mission/paths.ts'
import { begin } from '../../src/run/advance.ts'
import { sketch } from '../mission/sketch.ts'
import { aMission, inShort, rehearsed } from './making.ts'
import { Walk } from './walk.ts'

/** What happens when steps are left in this order: `step`, `step.exit` or, for a later visit, `step.exit 2`. */
function played(mission: Mission, ...moves: string[]): string[][] {
  const walk = new Walk(mission)
  return [
    walk.first,
    ...moves.map((move) => {
      const [, step = '', exit = 'done', visit = '1'] = /^(\w+)(?:\.(\w+))?(?: (\d+))?$/.exec(move) ?? []
      return walk.leave(step, exit, Number(visit))
    }),
  ]
}

/** One mission for every pattern that docs/patterns.md calls expressible, by its number there. */
const patterns: Record<number, () => void | Promise<void>> = {
  1: () => expect(played(sketch('start -> a\n a -> b'), 'a', 'b')).toEqual([['begin a'], ['begin b'], ['end completed']]),

  2: () => expect(played(sketch('start -> a\n a -> b & c & d'), 'a')).toEqual([['begin a'], ['begin b', 'begin c', 'begin d']]),

  3: () =>
    expect(played(sketch('start -> a & b & c\n a -> d\n b -> d\n c -> d'), 'c', 'a', 'b')).toEqual([
      ['begin a', 'begin b', 'begin c'],
      [],
      [],
      ['begin d'],
    ]),

  4: () =>
    expect(played(sketch('start -> choose\n choose.left -> a\n choose.right -> b'), 'choose.right')[1]).toEqual(['skip a', 'begin b']),

  5: () =>
    expect(played(sketch('start -> choose\n choose.left -> a\n choose.right -> b\n a -> c\n b -> c'), 'choose.left', 'a')).toEqual([
      ['begin choose'],
      ['skip b', 'begin a'],
      ['begin c'],
    ]),

  // Choices side by side: each decides about its own branch.
  6: () =>
    expect(
      played(sketch('start -> one & two & three\n one.yes -> a\n two.yes -> b\n three.yes -> c'), 'one.yes', 'two.no', 'three.yes'),
    ).toEqual([['begin one', 'begin two', 'begin three'], ['begin a'], ['skip b'], ['begin c']]),

  7: () =>
    expect(
      played(
        sketch('start -> one & two & three\n one.yes -> a\n two.yes -> b\n three.yes -> c\n a -> d\n b -> d\n c -> d'),
        'one.yes',
        'two.no',
        'three.yes',
        'c',
        'a',
      ),
    ).toEqual([['begin one', 'begin two', 'begin three'], ['begin a'], ['skip b'], ['begin c'], [], ['begin d']]),

  9: () =>
    expect(played(sketch('start -> a & b & c\n a -> d\n b -> d\n c -> d', { d: { join: { wait: 'any' } } }), 'b', 'd', 'a', 'c')).toEqual([
      ['begin a', 'begin b', 'begin c'],
      ['begin d'],
      [],
      [],
      ['end completed'],
    ]),

  11: () =>
    expect(played(sketch('start -> a & b\n b -> c'), 'b', 'c', 'a')).toEqual([['begin a', 'begin b'], ['begin c'], [], ['end completed']]),

  12: async () => {
    const start = catalogue.actions.get('run-mission')
    const settings = { mission: 'another', wait: false }
    expect(
      catalogue.kinds
        .step('run-mission')
        ?.exits(settings)
        .map(({ name }) => name),
    ).toEqual(['done'])
    expect(start?.about.en).toContain('goes on at once')
    // The body of a for each that only starts a mission is over as soon as it has: nobody waits for what was started.
    const mission = repeating(['Ana', 'Bob', 'Cy'], [{ id: 'start_it', type: 'run-mission', within: 'each_one', settings }])
    expect(begin(compile(mission, 'each_one')).decisions).toEqual([{ kind: 'begin', step: 'start_it', visit: 1 }])
  },

  13: async () => expect(await itemsDone(['Ana', 'Bob', 'Cy'])).toEqual(['Ana', 'Bob', 'Cy']),

  14: async () => expect(await itemsDone('{{ trigger.person.name }}, {{ trigger.person.email }}')).toEqual(['Bob', 'bob@example.com']),

  // Who answers first, or nobody in time, decides: not the mission.
  16: async () => {
    const asked = aMission(
      [
        { id: 'q', type: 'approve', settings: { whom: 'Ana', request: 'May I?', within: '2d' } },
        ...['yes', 'no', 'late'].map((id) => ({ id, type: 'set-data', settings: { data: { a: 1 } } })),
      ],
      [
        { from: 'start', to: 'q' },
        { from: 'q', exit: 'approved', to: 'yes' },
        { from: 'q', exit: 'declined', to: 'no' },
        { from: 'q', exit: 'timeout', to: 'late' },
      ],
    )
    const outcome = async (behaviour: object) =>
      inShort(await rehearsed(asked, [{ who: 'Ana', ...behaviour }])).find((line) => /^begun (yes|no|late)/.test(line))
    expect(await outcome({ press: 'Decline' })).toBe('begun no')
    expect(await outcome({ after: 'never' })).toBe('begun late')
    expect(await outcome({})).toBe('begun yes')
  },

  // A step that is no longer needed is withdrawn while it is under way.
  19: () =>
    expect(
      played(
        sketch('start -> work & stop\n work -> after\n stop -> after', { after: { join: { wait: 'any', cancelRest: true } } }),
        'stop',
      ),
    ).toEqual([
      ['begin work', 'begin stop'],
      ['begin after', 'cancel work'],
    ]),

  20: () => {
    const walk = new Walk(sketch('start -> a & b\n a -> c'))
    walk.leave('a')
    expect(walk.cancel()).toEqual(['cancel c', 'cancel b', 'end cancelled'])
  },

  21: () =>
    expect(
      played(sketch('start -> a\n a -> check\n check.again -> a\n check.enough -> b'), 'a', 'check.again', 'a 2', 'check.enough 2'),
    ).toEqual([['begin a'], ['begin check'], ['begin a 2'], ['begin check 2'], ['begin b']]),

  22: () => {
    const mission = aMission(
      [{ id: 'deeper', type: 'run-mission', settings: { mission: 'itself', wait: true, within: '1d' } }],
      [{ from: 'start', to: 'deeper' }],
    )
    expect(catalogue.triggers.has('run-by-mission')).toBe(true)
    expect(begin(compile(mission, 'start')).decisions).toEqual([{ kind: 'begin', step: 'deeper', visit: 1 }])
  },

  // An answer counts while it is asked for, and never after.
  23: () =>
    expect(played(sketch('start -> ask & other\n ask -> a\n ask.timeout -> b'), 'ask.timeout', 'ask.done')).toEqual([
      ['begin ask', 'begin other'],
      ['skip a', 'begin b'],
      [],
    ]),

  25: () =>
    expect(
      played(
        sketch('start -> a & b & c\n a -> a2 & a3\n a2 -> end\n a3 -> end\n b -> end\n c -> kept', {
          end: { join: { wait: 'any', cancelRest: true } },
        }),
        'a',
        'b',
        'c',
      ),
    ).toEqual([['begin a', 'begin b', 'begin c'], ['begin a2', 'begin a3'], ['begin end', 'cancel a2', 'cancel a3'], ['begin kept']]),

  // The step that holds the instances is cancelled, and its runs with it.
  26: () => {
    const mission = sketch('start -> each_one & stop\n each_one -> after\n stop -> after', {
      after: { join: { wait: 'any', cancelRest: true } },
    })
    expect(played(mission, 'stop')[1]).toEqual(['begin after', 'cancel each_one'])
  },

  29: () =>
    expect(
      played(sketch('start -> a & b & c\n a -> d\n b -> d\n c -> d', { d: { join: { wait: 'any', cancelRest: true } } }), 'b', 'a'),
    ).toEqual([['begin a', 'begin b', 'begin c'], ['begin d', 'cancel a', 'cancel c'], []]),

  30: () =>
    expect(
      played(sketch('start -> a & b & c\n a -> d\n b -> d\n c -> d', { d: { join: { wait: 'atLeast', count: 2 } } }), 'c', 'a', 'b', 'd'),
    ).toEqual([['begin a', 'begin b', 'begin c'], [], ['begin d'], [], ['end completed']]),

  32: () =>
    expect(
      played(
        sketch('start -> a & b & c\n a -> d\n b -> d\n c -> d', { d: { join: { wait: 'atLeast', count: 2, cancelRest: true } } }),
        'c',
        'a',
      ),
    ).toEqual([['begin a', 'begin b', 'begin c'], [], ['begin d', 'cancel b']]),

  // Branches that do not nest; the join knows from what has happened whether anybody can still come.
  37: () =>
    expect(played(sketch('start -> a & b\n a -> one & two\n b.yes -> two & three\n b.no -> three'), 'a', 'b.no')).toEqual(
      [['begin a', 'begin b'], ['begin one'], ['begin two', 'begin three']].map((line) => expect.arrayContaining(line)),
    ),

  // Somebody may still come round in a loop: the join waits until that is out of the question.
  38: () =>
    expect(
      played(
        sketch('start -> a & b\n b -> check\n check.again -> b\n check.out -> d\n check.away -> e\n a -> d'),
        'a',
        'b',
        'check.again',
        'b 2',
        'check.away 2',
      ),
    ).toEqual([
      ['begin a', 'begin b'],
      [],
      ['begin check'],
      ['begin b 2'],
      ['begin check 2'],
      expect.arrayContaining(['begin e', 'begin d']),
    ]),

  // Whatever leads to the last step, the first to come there ends all the rest.
  43: () =>
    expect(
      played(
        sketch('start -> a & b & c\n a.fine -> a2\n a.stop -> stop\n a2 -> stop\n b -> stop\n c -> stop', {
          stop: { join: { wait: 'any', cancelRest: true } },
        }),
        'a.stop',
        'stop',
      ),
    ).toEqual([['begin a', 'begin b', 'begin c'], ['skip a2', 'begin stop', 'cancel b', 'cancel c'], ['end completed']]),
}

function repeating(list: unknown[], steps: object[]): Mission {
  return aMission(
    [{ id: 'each_one', type: 'for-each', settings: { list } }, ...steps],
    [{ from: 'start', to: 'each_one' }, ...steps.map((step) => ({ from: 'each_one', exit: 'each', to: 'id' in step ? step.id : '' }))],
  )
}

/** What a for each did, item by item, in the order of its list; only then does what follows it begin. */
async function itemsDone(list: unknown): Promise<unknown[]> {
  const body = { id: 'note', type: 'set-data', within: 'each_one', settings: { data: { item: '{{ item }}' } } }
  const repeated = repeating([], [body])
  const after = aMission([{ id: 'after', type: 'set-data', settings: { data: { a: 1 } } }], []).steps
  const mission = {
    ...repeated,
    steps: [
      ...repeated.steps.map((step) => (step.id === 'each_one' ? { ...step, settings: { list: z.json().parse(list) } } : step)),
      ...after,
    ],
    links: [...repeated.links, { from: 'each_one', exit: 'done', to: 'after' }],
  }
  const rehearsal = await rehearsed(mission)
  expect(inShort(rehearsal).filter((line) => /^(begun after|left each_one)/.test(line))).toEqual(['left each_one.done', 'begun after'])
  expect(rehearsal.children.map(({ status }) => status)).toEqual(rehearsal.children.map(() => 'completed'))
  return rehearsal.children
    .toSorted((one, other) => one.position - other.position)
    .map(({ entries }) => {
      const left = entries.find((entry) => entry.what === 'left')
      return left?.what === 'left' ? left.data.data['item'] : undefined
    })
}

/** A row of the table in the docs. */
interface Row {
  number: number
  name: string
  verdict: string
}

function readTable(): Row[] {
  const text = readFileSync(new URL('../../docs/patterns.md', import.meta.url), 'utf8')
  return [...text.matchAll(/^\| (\d+) +\| ([^|]+?) +\| (yes|in part|no) +\|/gm)].map(([, number, name = '', verdict = '']) => ({
    number: Number(number),
    name,
    verdict,
  }))
}

describe('the workflow patterns', () => {
  const rows = readTable()

  it('are all 43 in the table of the docs', () => {
    expect(rows.map(({ number }) => number).sort((a, b) => a - b)).toEqual(Array.from({ length: 43 }, (_, index) => index + 1))
  })

  it('that are called expressible have a mission that shows it, and no others have', () => {
    expect(rows.flatMap(({ number, verdict }) => (verdict === 'no' ? [] : [number])).sort((a, b) => a - b)).toEqual(
      Object.keys(patterns).map(Number),
    )
  })

  it.each(rows.filter(({ verdict }) => verdict !== 'no'))('$number $name: $verdict', async ({ number }) => {
    const play = patterns[number]
    expect(play).toBeDefined()
    await play?.()
  })

  it('that are not expressible are refused where somebody draws them', () => {
    const faults = (mission: Mission) => analyse(mission, 'start').faults.map(({ fault }) => fault)
    // 10, arbitrary cycles: a loop with two ways in.
    expect(faults(sketch('start -> choose\n choose.left -> a\n choose.right -> b\n a -> b\n b -> a'))).toEqual(['tangled'])
    // 28 and 31, joins that block and are reset: a counting join in a loop.
    expect(faults(sketch('start -> a\n a -> b & c\n b -> d\n c -> d\n d.again -> a', { d: { join: { wait: 'any' } } }))).toEqual(['jump'])
  })
})
