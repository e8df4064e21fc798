import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Mission, missionSchema } from '../../src/mission/mission.ts'
import { prose, sentences } from '../../src/mission/prose.ts'
import { draw, kinds } from './kinds.ts'

const told = (mission: Mission) => prose(mission, kinds, 'en').split('\n')
/** French as it is typed, with plain spaces. */
const dit = (mission: Mission) => prose(mission, kinds, 'fr').replaceAll('\u00a0', ' ').split('\n')
const say = (text: string) => ({ text })

describe('a mission in words', () => {
  it('is told step by step', () => {
    const mission = draw('joined > hello:say > q:ask > z:say; q.timeout > late:say > z; q.failed > broken:say')
    expect(told(mission)).toEqual([
      'When someone joins #general:',
      '1. Say “Hello”.',
      '2. Then ask “Which laptop?”.',
      '  2a1. If the time is up, say “Hello”.',
      '  2b1. If it fails, say “Hello”. This branch ends here.',
      '3. Then say “Hello”.',
    ])
    expect(dit(mission)).toEqual([
      'Quand quelqu’un rejoint #general :',
      '1. Dire « Hello ».',
      '2. Ensuite, demander « Which laptop? ».',
      '  2a1. Si le délai est écoulé, dire « Hello ».',
      '  2b1. En cas d’échec, dire « Hello ». Cette branche s’arrête ici.',
      '3. Ensuite, dire « Hello ».',
    ])
  })

  it('comes with ids, depths and numbers', () => {
    expect(sentences(draw('joined > a:say, b:say > c:say'), kinds, 'en').map(({ id, depth, number }) => [id, depth, number])).toEqual([
      ['joined', 0, ''],
      ['a', 1, 'a1'],
      ['b', 1, 'b1'],
      ['c', 0, '1'],
    ])
  })

  it('tells what runs at the same time and what waits for it', () => {
    const mission = draw('joined > x:say > a:say, b:say; a > c:say > meet:say; b > meet > last:end')
    expect(told(mission).slice(1)).toEqual([
      '1. Say “Hello”.',
      '  1a1. At the same time: say “Hello”.',
      '  1a2. Then say “Hello”.',
      '  1b1. And, at the same time, say “Hello”.',
      '2. When all of that is done, say “Hello”.',
      '3. Then end.',
    ])
    expect(dit(mission).slice(2, 6)).toEqual([
      '  1a1. En même temps : dire « Hello ».',
      '  1a2. Ensuite, dire « Hello ».',
      '  1b1. Et, en même temps, dire « Hello ».',
      '2. Quand tout cela est fait, dire « Hello ».',
    ])
  })

  it('tells joins that do not wait for all', () => {
    const meeting = (join: NonNullable<Mission['steps'][number]['join']>) =>
      draw('joined > a:say, b:say, c:say > meet:say', {}, { meet: { join } })
    expect(told(meeting({ wait: 'any' })).at(-1)).toBe('1. As soon as one of these is done, say “Hello”.')
    expect(dit(meeting({ wait: 'any', cancelRest: true })).at(-1)).toBe(
      '1. Dès que l’un d’eux est fait, abandonner le reste et dire « Hello ».',
    )
    expect(told(meeting({ wait: 'atLeast', count: 2, cancelRest: true })).at(-1)).toBe(
      '1. As soon as 2 of these are done, drop the rest and say “Hello”.',
    )
    expect(dit(meeting({ wait: 'atLeast', count: 2 })).at(-1)).toBe('1. Dès que 2 d’entre eux sont faits, dire « Hello ».')
    expect(told(meeting({ wait: 'atLeast' })).at(-1)).toContain('one of these')
    expect(told(meeting({ wait: 'all' })).at(-1)).toContain('all of that')
  })

  it('tells the arms of a choice and where they meet again', () => {
    const mission = draw('joined > p:choose; p.yes > a:say > m:say; p.no > b:say, c:say; b > m; c > m')
    expect(told(mission).slice(1)).toEqual([
      '1. Choose a path.',
      '  1a1. If “yes”, say “Hello”.',
      '  1b1. If “no”, at the same time: say “Hello”.',
      '  1c1. If “no”, at the same time, say “Hello”.',
      '2. When all of that is done, say “Hello”.',
    ])
    const plain = draw('joined > p:choose; p.yes > a:say > m:say; p.no > m')
    expect(told(plain).slice(1)).toEqual([
      '1. Choose a path. If “no”, go on with 2.',
      '  1a1. If “yes”, say “Hello”.',
      '2. After that, say “Hello”.',
    ])
    expect(dit(plain).slice(1)).toEqual([
      '1. Choisir un chemin. Si « non », continuer avec 2.',
      '  1a1. Si « oui », dire « Hello ».',
      '2. Après cela, dire « Hello ».',
    ])
  })

  it('tells exits that lead nowhere', () => {
    expect(told(draw('joined > p:choose; p.yes > a:say')).slice(1)).toEqual([
      '1. Choose a path. If “no”, nothing more happens.',
      '2. If “yes”, say “Hello”.',
    ])
    expect(dit(draw('joined > q:ask > a:say'))[1]).toBe('1. Demander « Which laptop? ». Si le délai est écoulé, rien de plus ne se passe.')
    expect(told(draw('joined > q:ask; q.failed > a:say')).slice(1)).toEqual(['1. Ask “Which laptop?”.', '2. If it fails, say “Hello”.'])
  })

  it('tells loops', () => {
    const mission = draw('joined > a:say > q:ask > z:say; q.timeout > n:say > a')
    expect(told(mission).slice(1)).toEqual([
      '1. Say “Hello”.',
      '2. Then ask “Which laptop?”.',
      '  2a1. If the time is up, say “Hello”. Go back to 1.',
      '3. Then say “Hello”.',
    ])
    expect(dit(mission)[3]).toBe('  2a1. Si le délai est écoulé, dire « Hello ». Revenir à 1.')
    expect(told(draw('joined > q:ask > z:say; q.timeout > q'))[1]).toBe('1. Ask “Which laptop?”. If the time is up, go back to 1.')
  })

  it('refers to steps that are told elsewhere', () => {
    const mission = draw('joined > q:ask > a:say, b:say; q.timeout > a, b; q.failed > c:end')
    expect(told(mission).slice(1)).toEqual([
      '1. Ask “Which laptop?”. If the time is up, go on all the same.',
      '  1a1. At the same time: say “Hello”.',
      '  1b1. And, at the same time, say “Hello”.',
      '  1c1. If it fails, end.',
    ])
    const direct = draw('joined > x:choose; x.yes > a:say > b:say; x.no > a, b')
    expect(told(direct).slice(1)).toEqual([
      '1. Choose a path. If “no”, go on with 1a1.',
      '  1a1. If “yes”, say “Hello”.',
      '2. When all of that is done, say “Hello”.',
    ])
    const shaped = draw('joined > a:say, b:say; a > c:say; b > c, d:say; a > d')
    expect(told(shaped).join('\n')).toContain('go on with')
  })

  it('says once what is alike', () => {
    expect(told(draw('joined > q:ask > a:say; q.timeout > a')).slice(1)).toEqual([
      '1. Ask “Which laptop?”. If the time is up, go on all the same.',
      '2. Then say “Hello”.',
    ])
    const arms = draw('joined > p:choose; p.yes > a:say > c:say; p.no > x:choose; x.yes > c; x.no > c; x.failed > c')
    expect(told(arms)).toContain('  1b1. If “no”, choose a path. If “yes”, or if “no”, or if it fails, go on with 2.')
    expect(dit(arms)).toContain('  1b1. Si « non », choisir un chemin. Si « oui », ou si « non », ou en cas d’échec, continuer avec 2.')
  })

  it('does not tell that a step leads to where its own branches meet, unless that is counted', () => {
    const drawing = 'joined > a:say > b:say, c:say; b > c'
    expect(told(draw(drawing)).slice(1)).toEqual([
      '1. Say “Hello”.',
      '  1a1. Then say “Hello”.',
      '2. When all of that is done, say “Hello”.',
    ])
    expect(told(draw('joined > a:say, b:say; a > b')).slice(1)).toEqual(['  a1. Say “Hello”.', '1. When all of that is done, say “Hello”.'])
    expect(told(draw(drawing, {}, { c: { join: { wait: 'any' } } })).slice(1)).toEqual([
      '1. Say “Hello”. At the same time, go on with 2.',
      '  1a1. At the same time: say “Hello”.',
      '2. As soon as one of these is done, say “Hello”.',
    ])
    expect(told(draw('joined > p:choose; p.yes > b:say, c:say; b > c; p.no > z:say')).slice(1)).toEqual([
      '1. Choose a path.',
      '  1a1. If “yes”, say “Hello”.',
      '  1b1. If “no”, say “Hello”. This branch ends here.',
      '2. When all of that is done, say “Hello”.',
    ])
  })

  it('tells what a step waits for besides what it is told after: branches in the shape of an N', () => {
    const shape = 'joined > a:say, b:say; a > c:say, d:say; b > d, e:say'
    expect(told(draw(shape)).slice(1)).toEqual([
      '  a1. At the same time: say “Hello”. At the same time, go on with 1.',
      '    a1a1. At the same time: say “Hello”.',
      '  b1. And, at the same time, say “Hello”. At the same time, go on with 1.',
      '    b1a1. And, at the same time, say “Hello”.',
      '1. When all of that is done, say “Hello”.',
    ])
    const late = (join: NonNullable<Mission['steps'][number]['join']>) =>
      draw(
        'joined > a:say, b:say, z:say; a > c:say > d:say; b > e:say > d; b > c; z > y:say; a > y',
        {},
        { d: { join }, c: { join }, y: { join } },
      )
    expect(told(late({ wait: 'all' })).join('\n')).toContain('once all that leads here is done, say')
    expect(dit(late({ wait: 'all' })).join('\n')).toContain('une fois fait tout ce qui mène ici, dire')
    expect(told(late({ wait: 'any' })).join('\n')).toContain('as soon as one of those that lead here is done, say')
    expect(told(late({ wait: 'atLeast', count: 2 })).join('\n')).toContain('as soon as 2 of those that lead here are done, say')
  })

  it('is set in French with spaces at which no line ends', () => {
    expect(prose(draw('joined > a:say, b:say'), kinds, 'fr').split('\n').slice(0, 2)).toEqual([
      'Quand quelqu’un rejoint #general\u00a0:',
      '  a1. En même temps\u00a0: dire «\u00a0Hello\u00a0».',
    ])
  })

  it('tells triggers that start the same together, others one after the other', () => {
    expect(told(draw('joined > a:say; hook > a; clock > b:say > a'))).toEqual([
      'When someone joins #general,',
      'or when the web hook is called:',
      '1. Say “Hello”.',
      'Every Monday:',
      '2. Say “Hello”. Go on with 1.',
    ])
    expect(told(draw('joined > a:say > b:say; hook > b'))).toEqual([
      'When someone joins #general:',
      '1. Say “Hello”.',
      '2. Then say “Hello”.',
      'When the web hook is called: Go on with 2.',
    ])
    expect(dit(draw('clock; joined > a:say'))).toEqual([
      'Chaque lundi : rien ne se passe encore.',
      'Quand quelqu’un rejoint #general :',
      '1. Dire « Hello ».',
    ])
  })

  it('tells what nothing leads to, and what nobody knows', () => {
    expect(told(draw('joined > a:say; b:say > c:odd'))).toEqual([
      'When someone joins #general:',
      '1. Say “Hello”.',
      '2. Not linked yet: say “Hello”.',
      '3. Then something unknown (odd).',
    ])
    expect(dit(draw('a:say > b:say > a; x:moon'))).toEqual([
      '1. Pas encore relié : quelque chose d’inconnu (moon).',
      '2. Pas encore relié : dire « Hello ».',
      '3. Ensuite, dire « Hello ». Revenir à 2.',
    ])
    const unknown = { ...draw('joined > a:say'), triggers: [{ id: 'joined', type: 'comet', settings: {} }] }
    expect(told(unknown)[0]).toBe('Something unknown (comet):')
  })

  it('keeps the punctuation and capitals of what it quotes', () => {
    const shouting = {
      ...kinds,
      step: () => ({ ...(kinds.step('say') ?? missing()), summary: () => ({ en: 'IT says hello!', fr: 'Le SI dit bonjour !' }) }),
    }
    expect(prose(draw('joined > a:say > b:say'), shouting, 'en').split('\n').slice(1)).toEqual([
      '1. IT says hello!',
      '2. Then IT says hello!',
    ])
    expect(prose(draw('joined > a:odd; a.strange > b:say; a.other > c:say'), kinds, 'en')).toContain('If “strange”, say “Hello”.')
    expect(told(draw('joined > a:say; a.otherwise > b:say; a.failed > c:say'))[2]).toBe('  1a1. Otherwise, say “Hello”.')
  })

  it('tells what is nested too deeply later', () => {
    const ladder = Array.from(
      { length: 300 },
      (_, index) => `a${index} > b${index}:say; a${index}.timeout > a${index + 1}:ask; a${index}.failed > z:say`,
    )
    const all = sentences(draw(`joined > a0:ask; ${ladder.join('; ')}`), kinds, 'en')
    expect(all).toHaveLength(1 + 301 + 300 + 1)
    expect(Math.max(...all.map(({ depth }) => depth))).toBe(40)
    expect(all.find(({ id }) => id === 'a40')?.text).toMatch(/If the time is up, go on with \d+\./)
    expect(all.find(({ id }) => id === 'a41')).toMatchObject({ depth: 0, text: expect.stringContaining('Ask “Which laptop?”.') })
  })

  it('counts many branches', () => {
    const names = Array.from({ length: 28 }, (_, index) => `s${index}:say`)
    const numbers = sentences(draw(`joined > ${names.join(', ')}`), kinds, 'en').map(({ number }) => number)
    expect([numbers[1], numbers[26], numbers[27], numbers[28]]).toEqual(['a1', 'z1', 'aa1', 'ab1'])
  })
})

describe('any mission', () => {
  const drawn = fc
    .array(fc.tuple(fc.nat({ max: 7 }), fc.constantFrom('done', 'timeout', 'yes', 'no', 'failed'), fc.nat({ max: 7 })), { maxLength: 16 })
    .map((links) => {
      const types = ['joined', 'hook', 'say', 'ask', 'choose', 'say', 'end', 'odd']
      const ids = types.map((_, index) => `n${index}`)
      return missionSchema.parse({
        format: 1,
        name: 'Random',
        triggers: [0, 1].map((index) => ({ id: ids[index], type: types[index] })),
        steps: [2, 3, 4, 5, 6, 7].map((index) => ({ id: ids[index], type: types[index], settings: say('x') })),
        links: links.map(([from, exit, to]) => ({ from: ids[from], exit, to: ids[to] })),
      })
    })

  it('is told with every trigger and step once, each with a number of its own, in both languages alike', () => {
    fc.assert(
      fc.property(drawn, (mission) => {
        const english = sentences(mission, kinds, 'en')
        expect(english.map(({ id }) => id).sort()).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7'])
        const numbers = english.map(({ number }) => number).filter((number) => number !== '')
        expect(new Set(numbers).size).toBe(6)
        expect(sentences(mission, kinds, 'fr').map(({ id, depth, number }) => [id, depth, number])).toEqual(
          english.map(({ id, depth, number }) => [id, depth, number]),
        )
      }),
      { numRuns: 500 },
    )
  })
})

function missing(): never {
  throw new Error('no such kind')
}
