import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Mission } from '../../src/mission/mission.ts'
import { analyse } from '../../src/mission/paths.ts'
import { bodyOf, holders } from '../../src/mission/body.ts'
import type { Decision } from '../../src/run/advance.ts'
import type { Entry } from '../../src/run/journal.ts'
import { rehearsed } from './making.ts'
import { tapesOf } from './random-mission.ts'
import { randomWork, workActions } from './random-work.ts'
import { TokenGame } from './token-game.ts'

/** Set SEED to play the missions of an earlier run again, RUNS for more of them. */
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const numRuns = Number(process.env['RUNS'] ?? 1_000)

/** What a journal says that the rules have a say in, entry by entry: what began, was skipped, cancelled, visited once too often, and the end. */
function decided(entries: readonly Entry[]): string[] {
  const begun = new Set<string>()
  return entries
    .flatMap((entry): Decision[] => {
      switch (entry.what) {
        case 'begun':
          begun.add(`${entry.step}/${entry.visit}`)
          return [{ kind: 'begin', step: entry.step, visit: entry.visit }]
        case 'skipped':
          return [{ kind: 'skip', step: entry.step }]
        case 'cancelled':
          return [{ kind: 'cancel', step: entry.step, visit: entry.visit }]
        case 'left':
          return begun.has(`${entry.step}/${entry.visit}`) ? [] : [{ kind: 'exhausted', step: entry.step, visit: entry.visit }]
        case 'ended':
          return [{ kind: 'end', status: entry.data.status }]
        default:
          return []
      }
    })
    .map((decision) => JSON.stringify(decision))
}

/** What the rules, played out literally, decide when steps are left as they were in a journal. */
function ruled(mission: Mission, trigger: string, entries: readonly Entry[]): string[] {
  // What a step holds are runs of their own.
  const game = new TokenGame({ ...mission, steps: mission.steps.filter((step) => step.within === undefined) }, trigger)
  const decisions = game.begin()
  const begun = new Set<string>()
  for (const entry of entries) {
    if (entry.what === 'begun') begun.add(`${entry.step}/${entry.visit}`)
    if (entry.what === 'ended' && entry.data.status === 'cancelled') decisions.push(...game.advance({ kind: 'cancel' }))
    if (entry.what !== 'left' || !begun.has(`${entry.step}/${entry.visit}`)) continue
    const event = { kind: 'left', step: entry.step, visit: entry.visit, exit: entry.data.exit } as const
    decisions.push(...game.advance(event))
    expect(game.advance(event)).toEqual([])
  }
  return decisions.map((decision) => JSON.stringify(decision))
}

describe(`rehearsals of random missions (seed ${seed})`, () => {
  it('agree with the rules played out literally on every entry, in every run that they start', async () => {
    const seen = { runs: 0, children: 0, entries: new Map<string, number>() }
    await fc.assert(
      fc.asyncProperty(tapesOf(randomWork), async (tape) => {
        const mission = randomWork(tape.draws())
        if (['start', ...holders(mission)].some((start) => analyse(mission, start).faults.length > 0)) return
        const rehearsal = await rehearsed(mission, [], { actions: workActions })
        expect(rehearsal.status).not.toBe('unfinished')
        const missions = new Map([['rehearsal', mission]])
        expect(decided(rehearsal.entries).sort(), JSON.stringify(rehearsal.entries)).toEqual(
          ruled(mission, 'start', rehearsal.entries).sort(),
        )
        for (const { id, parent, step, entries } of rehearsal.children) {
          const body = bodyOf(missions.get(parent) ?? mission, step)
          missions.set(id, body)
          expect(decided(entries).sort(), JSON.stringify(entries)).toEqual(ruled(body, step, entries).sort())
          seen.children++
        }
        seen.runs++
        for (const { what } of rehearsal.entries) seen.entries.set(what, (seen.entries.get(what) ?? 0) + 1)
      }),
      { seed, numRuns },
    )
    expect(seen.runs).toBeGreaterThan(numRuns / 2)
    expect(seen.children).toBeGreaterThan(numRuns / 10)
    expect([...seen.entries.keys()]).toEqual(
      expect.arrayContaining(['begun', 'left', 'skipped', 'cancelled', 'waiting', 'asked', 'answered', 'retrying', 'ended']),
    )
  })
})
