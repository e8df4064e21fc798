import { describe, expect, it } from 'vitest'
import { getAdjacencyMap } from 'xstate/graph'
import { compile, type Move, type ThreadMachine } from '../../src/mission/machine.ts'
import { failedExit, type Mission } from '../../src/mission/mission.ts'
import { smallMissions } from './small-missions.ts'

/** All that may ever be said to the machine of a thread: what becomes of heads, and how each step is left on each visit. */
function movesOf(mission: Mission, heads: readonly string[]): Move[] {
  const exits = (step: string) => [
    ...new Set(mission.links.filter(({ from }) => from === step).map(({ exit }) => exit)),
    failedExit,
    'elsewhere',
  ]
  return [
    ...heads.flatMap((head) => (['opened', 'closed', 'ruined'] as const).map((type) => ({ type, head }))),
    ...mission.steps.flatMap(({ id }) =>
      [1, 2].flatMap((visit) => exits(id).map((exit) => ({ type: 'left', step: id, visit, exit }) as const)),
    ),
    ...mission.steps.map(({ id }) => ({ type: 'dropped', step: id }) as const),
  ]
}

/** Where the tokens are, what the run remembers, and whether it is over. */
type Place = Pick<ReturnType<ThreadMachine['resolveState']>, 'value' | 'context' | 'status'>

function keyOf({ value, context, status }: Place): string {
  return JSON.stringify([value, context, status])
}

/** Walks the machine of every thread with all that may be said to it, in any order. Gives back the places from which its end is out of reach. */
function deadEnds(mission: Mission): { places: number; dead: string[] } {
  const compiled = compile(mission, 'start')
  const dead: string[] = []
  let places = 0
  for (const { head } of compiled.paths.root.threads) {
    const machine = compiled.machineOf(head)
    if (!machine) throw new Error(`no machine for ${head}`)
    const heads = compiled.paths.root.threads.map((thread) => thread.head)
    const map = getAdjacencyMap(machine, { events: movesOf(mission, heads), serializeState: keyOf, limit: 100_000 })
    const before = new Map<string, string[]>()
    const ending = new Set<string>()
    for (const [key, { state, transitions }] of Object.entries(map)) {
      if (state.status === 'done') ending.add(key)
      for (const { state: next } of Object.values<{ state: Place }>(transitions))
        before.set(keyOf(next), [...(before.get(keyOf(next)) ?? []), key])
    }
    for (const key of ending) for (const earlier of before.get(key) ?? []) ending.add(earlier)
    places += Object.keys(map).length
    dead.push(...Object.keys(map).filter((key) => !ending.has(key)))
  }
  return { places, dead }
}

describe('the machines of small missions, walked with everything that may be said to them', () => {
  it.each(smallMissions)('have no dead end: %s', (_, mission) => {
    const { places, dead } = deadEnds(mission)
    expect(dead).toEqual([])
    expect(places).toBeGreaterThan(3)
  })
})
