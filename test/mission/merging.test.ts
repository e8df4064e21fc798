import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { merge } from '../../src/mission/merging.ts'
import { type Mission, missionSchema } from '../../src/mission/mission.ts'
import { kinds } from './kinds.ts'

const say = (id: string, text = id) => ({ id, type: 'say', settings: { text } })
const draw = (steps: object[], links: string[], more: object = {}): Mission =>
  missionSchema.parse({
    format: 1,
    name: 'Base',
    triggers: [{ id: 'start', type: 'joined' }],
    steps,
    links: links.map((line) => ({ from: line.split(' ')[0], to: line.split(' ')[1] })),
    ...more,
  })
const base = draw([say('a'), say('b'), say('c')], ['start a', 'a b', 'b c'])
const texts = (mission: Mission) => mission.steps.map(({ id, settings: { text } }) => `${id}: ${typeof text === 'string' ? text : ''}`)
const lines = (mission: Mission) => mission.links.map(({ from, to }) => `${from} ${to}`).sort()

function merged(mine: Mission, theirs: Mission): Mission {
  const outcome = merge(base, mine, theirs, kinds)
  if ('clashes' in outcome) throw new Error(`It clashes: ${outcome.clashes.join(', ')}`)
  return outcome.mission
}
const clashes = (mine: Mission, theirs: Mission) => {
  const outcome = merge(base, mine, theirs, kinds)
  return 'clashes' in outcome ? outcome.clashes : undefined
}

describe('what two people did to one document is merged', () => {
  test('when they changed different steps, lines and texts', () => {
    const mine = { ...draw([say('a', 'A!'), say('b'), say('c')], ['start a', 'a b', 'b c']), name: 'Mine' }
    const theirs = { ...draw([say('a'), say('b'), say('x'), say('c', 'C!')], ['start a', 'a b', 'b x', 'x c']), description: 'Theirs' }
    const both = merged(mine, theirs)
    expect(texts(both)).toEqual(['a: A!', 'b: b', 'x: x', 'c: C!'])
    expect(lines(both)).toEqual(['a b', 'b x', 'start a', 'x c'])
    expect([both.name, both.description]).toEqual(['Mine', 'Theirs'])
  })

  test('when one removed a step and the other changed another', () => {
    const mine = draw([say('a'), say('b')], ['start a', 'a b'])
    const theirs = draw([say('a', 'A!'), say('b'), say('c')], ['start a', 'a b', 'b c'])
    expect(texts(merged(mine, theirs))).toEqual(['a: A!', 'b: b'])
  })

  test('when both did the same', () => {
    const same = draw([say('a', 'A!'), say('b'), say('c')], ['start a', 'a b', 'b c'])
    expect(merged(same, same)).toEqual(same)
  })

  test('when both added a step under the same id: mine gets another, and what refers to it follows', () => {
    const mine = draw(
      [say('a'), say('b'), say('c'), say('new', 'mine'), say('end', 'see {{ new.message }}')],
      ['start a', 'a b', 'b c', 'c new', 'new end'],
    )
    const theirs = draw([say('new', 'theirs'), say('a'), say('b'), say('c')], ['start new', 'new a', 'a b', 'b c'])
    const both = merged(mine, theirs)
    expect(texts(both)).toEqual(['new: theirs', 'a: a', 'b: b', 'c: c', 'new_2: mine', 'end: see {{ new_2.message }}'])
    expect(lines(both)).toEqual(['a b', 'b c', 'c new_2', 'new a', 'new_2 end', 'start new'])
  })

  test('where cards lie is mine if I moved any, with theirs for what they added', () => {
    const at = (x: number) => ({ x, y: 0 })
    const theirs = draw([say('a'), say('b'), say('c'), say('d')], ['start a', 'a b', 'b c', 'c d'], { layout: { a: at(5), d: at(9) } })
    expect(merged(base, theirs).layout).toEqual({ a: at(5), d: at(9) })
    const mine = { ...draw([say('a'), say('b')], ['start a', 'a b']), layout: { a: at(1), c: at(3) } }
    expect(merged(mine, draw([say('a', 'A!'), say('b'), say('c')], ['start a', 'a b', 'b c'], { layout: { b: at(2) } })).layout).toEqual({
      a: at(1),
      b: at(2),
    })
  })
})

describe('somebody has to choose', () => {
  test('when both changed the same step, or one changed what the other removed: it is named', () => {
    const mine = draw([say('a', 'mine'), say('b'), say('c')], ['start a', 'a b', 'b c'])
    expect(clashes(mine, draw([say('a', 'theirs'), say('b'), say('c')], ['start a', 'a b', 'b c']))).toEqual(['a'])
    expect(clashes(mine, draw([say('b'), say('c')], ['start b', 'b c']))).toEqual(['a'])
  })

  test('when both drew other lines from the same exit, or into the same step', () => {
    const mine = draw([say('a'), say('x'), say('b'), say('c')], ['start a', 'a x', 'x b', 'b c'])
    expect(clashes(mine, draw([say('a'), say('y'), say('b'), say('c')], ['start a', 'a y', 'y b', 'b c']))).toEqual([])
    const one = draw([say('a'), say('b'), say('c'), say('x')], ['start a', 'start x', 'a b', 'b c', 'x c'])
    const other = draw([say('a'), say('b'), say('c'), say('y')], ['start a', 'a b', 'a y', 'b c', 'y c'])
    expect(clashes(one, other)).toEqual([])
  })

  test('when both gave it another name', () => {
    expect(clashes({ ...base, name: 'Mine' }, { ...base, name: 'Theirs' })).toEqual([])
  })

  test('when together they would have a problem that neither has alone', () => {
    const mine = draw([say('a'), say('b', 'see {{ a.message }}'), say('c')], ['start a', 'a b', 'b c'])
    const theirs = draw([say('b'), say('c')], ['start b', 'b c'])
    expect(clashes(mine, theirs)).toEqual([])
    const reaching = draw([say('a'), say('b'), say('c'), say('d')], ['start a', 'a b', 'b c', 'c d'])
    expect(clashes(reaching, draw([say('a'), say('b')], ['start a', 'a b']))).toEqual([])
  })
})

test('whatever one of them did alone is what comes out, from either side', () => {
  const ids = ['a', 'b', 'c']
  const edited = fc
    .record({ texts: fc.array(fc.string({ maxLength: 3, minLength: 1 }), { minLength: 3, maxLength: 3 }), kept: fc.subarray(ids) })
    .map(({ texts: written, kept }) => {
      const steps = ids.flatMap((id, at) => (kept.includes(id) ? [say(id, written[at])] : []))
      const row = ['start', ...steps.map(({ id }) => id)]
      return draw(
        steps,
        row.slice(1).map((id, at) => `${row[at]} ${id}`),
      )
    })
  const same = (mission: Mission) => [texts(mission), lines(mission)]
  fc.assert(
    fc.property(edited, (other) => {
      const told = [texts(other), lines(other)]
      expect(same(merged(base, other))).toEqual(told)
      expect(same(merged(other, base))).toEqual(told)
      expect(same(merged(other, other))).toEqual(told)
    }),
    { numRuns: 200 },
  )
})
