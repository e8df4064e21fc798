import { describe, expect, it } from 'vitest'
import { compile } from '../../src/mission/machine.ts'
import { failedExit, type Mission } from '../../src/mission/mission.ts'
import { advance, begin, type Frozen, type RunEvent } from '../../src/run/advance.ts'
import { sketch } from '../mission/sketch.ts'
import { TokenGame } from './token-game.ts'

/**
 * Walks a small mission through every order of events and every exit to every end, and holds each decision against the rules played out
 * literally. Places that were reached before are not walked again. Gives back how many places there are.
 */
function walkEverywhere(mission: Mission): number {
  const compiled = compile(mission, 'start')
  const seen = new Set<string>()
  const open: { frozen: Frozen; events: RunEvent[] }[] = [{ frozen: begin(compiled).frozen, events: [] }]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const key = JSON.stringify(place.frozen)
    if (seen.has(key)) continue
    seen.add(key)
    const { game } = replay(mission, place.events)
    const events: RunEvent[] = game.active.flatMap(({ step, visit }) =>
      [...new Set([...game.exits(step), failedExit, 'elsewhere'])].map((exit) => ({ kind: 'left', step, visit, exit }) as const),
    )
    expect(events.length > 0, key).toBe(place.frozen.status === 'active')
    for (const event of events) {
      const step = advance(compiled, JSON.parse(key), event)
      const path = [...place.events, event]
      const { last } = replay(mission, path)
      expect(inOrder(step.decisions), JSON.stringify(path)).toEqual(inOrder(last))
      const ends = step.decisions.filter((decision) => decision.kind === 'end')
      expect(ends).toHaveLength(step.frozen.status === 'done' ? 1 : 0)
      open.push({ frozen: step.frozen, events: path })
    }
  }
  return seen.size
}

function replay(mission: Mission, events: readonly RunEvent[]) {
  const game = new TokenGame(mission, 'start')
  let last = game.begin()
  for (const event of events) last = game.advance(event)
  return { game, last }
}

function inOrder(decisions: readonly unknown[]): string[] {
  return decisions.map((decision) => JSON.stringify(decision)).sort()
}

describe('every order of events leads to an end, by the rules', () => {
  it.each<[string, Mission]>([
    ['a choice whose arms meet', sketch(`start -> a\n a.yes -> b\n a.no -> c\n b -> d\n c -> d`)],
    ['an and that closes', sketch(`start -> a & b & c\n a -> d\n b -> d\n c.yes -> d\n c.no -> d`)],
    ['an and with an early end', sketch(`start -> a & b\n a -> c\n b.yes -> c\n b.no -> d\n c -> e`)],
    ['branches in the shape of an N', sketch(`start -> a & b\n a -> c & d\n b -> d & e\n c -> f\n e -> f`)],
    ['an and in an and', sketch(`start -> a & b\n a -> c & d\n c -> e\n d -> e\n e -> f\n b -> f`)],
    ['a loop in a branch', sketch(`start -> a & b\n a.again -> a\n a -> c\n b -> c`, { a: { maxVisits: 2 } })],
    ['a loop round an and', sketch(`start -> a\n a -> b & c\n b -> d\n c -> d\n d.again -> a\n d -> e`, { a: { maxVisits: 2 } })],
    ['a failure that is caught', sketch(`start -> a & b\n a -> c\n a.failed -> d\n d -> c\n b -> c`)],
    ['a join for any', sketch(`start -> a & b\n a -> c\n b -> d\n d -> c\n c -> e`, { c: { join: { wait: 'any' } } })],
    [
      'a join for two of three',
      sketch(`start -> a & b & c\n a -> d\n b -> d\n c -> d\n d -> e`, { d: { join: { wait: 'atLeast', count: 2 } } }),
    ],
    [
      'a join that cancels the rest',
      sketch(`start -> a & b & c\n a -> d\n b -> e & f\n e -> g\n f -> g\n g -> d\n c.yes -> d\n c.no -> h`, {
        d: { join: { wait: 'any', cancelRest: true } },
      }),
    ],
    [
      'two joins that cancel the rest',
      sketch(`start -> a & b & c\n a -> d\n b -> d & e\n c -> e\n e -> f\n d -> f`, {
        d: { join: { wait: 'any', cancelRest: true } },
        e: { join: { wait: 'atLeast', count: 2, cancelRest: true } },
      }),
    ],
  ])('%s', (_, mission) => {
    expect(walkEverywhere(mission)).toBeGreaterThan(5)
  })
})
