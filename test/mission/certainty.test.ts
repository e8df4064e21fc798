import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exitsOf, readCertainty } from '../../src/mission/certainty.ts'
import type { Kinds } from '../../src/mission/kinds.ts'
import { type Mission, missionSchema } from '../../src/mission/mission.ts'
import { analyse } from '../../src/mission/paths.ts'
import { randomMission } from '../run/random-mission.ts'
import { TokenGame } from '../run/token-game.ts'
import { draw, kinds } from './kinds.ts'

type Draw = (below: number) => number

/**
 * Plays a mission by the rules, the next step to leave and its exit drawn by lot, and tells for every start of a step by which exits
 * all others had been left when last visited.
 */
function* starts(mission: Mission, known: Kinds, draw: Draw): Generator<{ step: string; left: ReadonlyMap<string, string> }> {
  const game = new TokenGame(mission, mission.triggers[draw(mission.triggers.length)]?.id ?? '')
  const left = new Map<string, string>()
  let decisions = game.begin()
  for (let moves = 0; moves < 200; moves++) {
    for (const decision of decisions) if (decision.kind === 'begin') yield { step: decision.step, left }
    const next = game.active[draw(game.active.length || 1)]
    const step = mission.steps.find((one) => one.id === next?.step)
    if (!next || !step) return
    // Mostly on to somewhere, now and then into nothing or a failure.
    const linked = game.exits(step.id)
    const all = [...exitsOf(mission, step, known), 'failed']
    const exits = linked.length > 0 && draw(8) < 6 ? linked : all
    const exit = exits[draw(exits.length)] ?? 'failed'
    left.set(step.id, exit)
    decisions = game.advance({ kind: 'left', ...next, exit })
  }
}

/** Holds what is called sure against what has happened, whenever a step starts. */
function expectSure(mission: Mission, known: Kinds, draw: Draw): number {
  const certainty = readCertainty(mission, known)
  const given = [undefined, ['done'], ['timeout'], ['done', 'timeout'], ['yes'], ['done', 'yes', 'no', 'again', 'enough']]
  let claims = 0
  for (const { step, left } of starts(mission, known, draw)) {
    for (const { id } of mission.steps) {
      const exit = left.get(id)
      for (const exits of given) {
        if (!certainty.surelyLeft(step, id, exits)) continue
        claims++
        const holds = exits ? exits.includes(exit ?? '') : exit !== undefined && exit !== 'failed'
        if (!holds)
          throw new Error(
            `${id} was called sure before ${step} (${exits?.join() ?? 'any exit'}), but was ${exit ? `left by ${exit}` : 'not left'}`,
          )
      }
    }
  }
  return claims
}

const missions = fc
  .record({
    types: fc.array(fc.constantFrom('say', 'ask', 'choose'), { minLength: 2, maxLength: 9 }),
    triggers: fc.integer({ min: 1, max: 2 }),
    links: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 2, maxLength: 18 }),
    joins: fc.array(fc.constantFrom(undefined, undefined, { wait: 'any' as const }, { wait: 'atLeast' as const, count: 2 }), {
      minLength: 9,
      maxLength: 9,
    }),
  })
  .map(({ types, triggers, links, joins }) => {
    const starts = ['joined', 'hook'].slice(0, triggers).map((type) => ({ id: type, type }))
    const steps = types.map((type, index) => ({ id: `s${index}`, type, join: joins[index] }))
    const nodes = [...starts, ...steps]
    const drawn = links.map(([source, exit, target]) => {
      const to = starts.length + (target % steps.length)
      const from = nodes[source % to]
      const exits = { say: ['done', 'failed'], ask: ['done', 'timeout'], choose: ['yes', 'no'] }[from?.type ?? ''] ?? ['done']
      return { from: from?.id, exit: exits[exit % exits.length], to: nodes[to]?.id }
    })
    const unique = [...new Map(drawn.map((link) => [JSON.stringify(link), link])).values()]
    return missionSchema.parse({ format: 1, name: 'Random', triggers: starts, steps, links: unique })
  })

describe('what is sure before a step', () => {
  it('has happened in every run that starts the step, from whichever trigger', () => {
    fc.assert(
      fc.property(missions, fc.infiniteStream(fc.nat({ max: 1_000 })), (mission, stream) => {
        for (let round = 0; round < 5; round++) expectSure(mission, kinds, (below) => Number(stream.next().value) % below)
      }),
      { numRuns: 500 },
    )
  })

  it('has happened in every run of larger missions with loops', () => {
    const exits = ['done', 'yes', 'no', 'again', 'enough'].map((name) => ({ name, label: { en: name, fr: name } }))
    const note = kinds.step('say')
    if (!note) throw new Error('no such kind')
    const known: Kinds = { trigger: kinds.trigger, step: () => ({ ...note, exits: () => exits }) }
    let claims = 0
    fc.assert(
      fc.property(fc.array(fc.nat(9_999), { size: 'max', minLength: 300, maxLength: 600 }), (tape) => {
        let at = 0
        const draw = (below: number) => (tape[at++] ?? 0) % below
        const mission = randomMission(draw)
        // A mission that cannot be run makes no promises.
        if (analyse(mission, 'start').faults.length === 0) claims += expectSure(mission, known, draw)
      }),
      { numRuns: 500 },
    )
    expect(claims).toBeGreaterThan(5_000)
  })

  it('is found for forks in forks and choices in forks', () => {
    const mission = draw(
      'joined > a:say, b:say, c:say; a > d:say, e:say > f:say; b > pick:choose; pick.yes > g:say > h:say; pick.no > h; f > last:say; h > last; c > last',
    )
    const { surelyLeft } = readCertainty(mission, kinds)
    const sure = mission.steps.map((step) => step.id).filter((id) => surelyLeft('last', id))
    expect(sure).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'pick', 'h'])
  })

  it('knows nothing of a step that is not reached, or of one that is not there', () => {
    const { surelyLeft, triggersBefore, stepsBefore } = readCertainty(draw('joined > a:say; b:say > c:say'), kinds)
    expect(surelyLeft('c', 'b')).toBe(false)
    expect(surelyLeft('a', 'b')).toBe(false)
    expect(triggersBefore('c')).toEqual([])
    expect(stepsBefore('c')).toEqual([])
  })

  it('is worked out for 1,000 steps', () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `s${index}`)
    const { surelyLeft, stepsBefore } = readCertainty(draw(`joined > ${names.map((name) => `${name}:say`).join(' > ')}`), kinds)
    expect(surelyLeft('s999', 's0')).toBe(true)
    expect(stepsBefore('s999')).toHaveLength(999)
  })
})
