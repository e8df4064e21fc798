import { describe, expect, it } from 'vitest'
import { compile } from '../../src/mission/machine.ts'
import { failedExit, type Mission } from '../../src/mission/mission.ts'
import { advance, begin, type Frozen, type RunEvent } from '../../src/run/advance.ts'
import { smallMissions } from './small-missions.ts'
import { TokenGame } from './token-game.ts'

/**
 * Walks a small mission through every order of events and every exit to every end, and holds each decision against the rules played out
 * literally. Places that were reached before are not walked again. From every one of them the end can be reached. Gives back how many there are.
 */
function walkEverywhere(mission: Mission): number {
  const compiled = compile(mission, 'start')
  const seen = new Set<string>()
  const before = new Map<string, string[]>()
  const ends: string[] = []
  const open: { frozen: Frozen; events: RunEvent[] }[] = [{ frozen: begin(compiled).frozen, events: [] }]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const key = JSON.stringify(place.frozen)
    if (seen.has(key)) continue
    seen.add(key)
    if (place.frozen.status === 'done') ends.push(key)
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
      expect(step.decisions.filter((decision) => decision.kind === 'end')).toHaveLength(step.frozen.status === 'done' ? 1 : 0)
      const next = JSON.stringify(step.frozen)
      before.set(next, [...(before.get(next) ?? []), key])
      open.push({ frozen: step.frozen, events: path })
    }
  }
  const ending = new Set(ends)
  for (const key of ending) for (const earlier of before.get(key) ?? []) ending.add(earlier)
  expect([...seen].filter((key) => !ending.has(key))).toEqual([])
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
  it.each(smallMissions)('%s', (_, mission) => {
    expect(walkEverywhere(mission)).toBeGreaterThan(4)
  })
})
