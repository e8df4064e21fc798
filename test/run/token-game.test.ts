import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/mission/machine.ts'
import { failedExit } from '../../src/mission/mission.ts'
import { analyse } from '../../src/mission/paths.ts'
import { advance, begin, type Decision, type Frozen, type RunEvent } from '../../src/run/advance.ts'
import { type Draw, randomMission, tapes } from './random-mission.ts'
import { TokenGame } from './token-game.ts'

/** Set SEED to play the missions of an earlier run again, RUNS for more of them. */
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const numRuns = Number(process.env['RUNS'] ?? 2_000)

function sorted(decisions: readonly Decision[]): string[] {
  return decisions.map((decision) => JSON.stringify(decision)).sort()
}

describe(`random missions (seed ${seed})`, () => {
  it('are decided by the machine as by the rules played out literally', () => {
    let played = 0
    fc.assert(
      fc.property(tapes, (tape) => {
        const draw = tape.draws()
        const mission = randomMission(draw)
        const game = new TokenGame(mission, 'start')
        const { faults } = analyse(mission, 'start')
        expect(faults.some((fault) => fault.fault === 'tangled')).toBe(game.tangled)
        if (faults.length > 0) return
        played++
        play(game, mission, draw)
      }),
      { seed, numRuns },
    )
    expect(played).toBeGreaterThan(numRuns * 0.7)
  })
})

function play(game: TokenGame, mission: ReturnType<typeof randomMission>, draw: Draw): void {
  const compiled = compile(mission, 'start')
  const first = begin(compiled)
  const events: RunEvent[] = []
  let frozen: Frozen = JSON.parse(JSON.stringify(first.frozen))
  const ends: Decision[] = first.decisions.filter((decision) => decision.kind === 'end')
  expect(sorted(first.decisions)).toEqual(sorted(game.begin()))
  for (let moves = 0; game.active.length > 0 && moves < 400; moves++) {
    const event = drawEvent(game, draw)
    events.push(event)
    const step = advance(compiled, frozen, event)
    expect(sorted(step.decisions), JSON.stringify(events)).toEqual(sorted(game.advance(event)))
    const again = advance(compiled, step.frozen, event)
    expect(again.frozen).toBe(step.frozen)
    expect(again.decisions).toEqual([])
    frozen = JSON.parse(JSON.stringify(step.frozen))
    ends.push(...step.decisions.filter((decision) => decision.kind === 'end'))
  }
  expect(ends).toHaveLength(1)
  expect(frozen.status).toBe('done')
}

function drawEvent(game: TokenGame, draw: Draw): RunEvent {
  const active = game.active
  const { step, visit } = active[draw(active.length)] ?? { step: '', visit: 0 }
  if (draw(100) === 99) return { kind: 'cancel' }
  const exits = game.exits(step)
  const chance = draw(20)
  const exit = chance === 19 ? failedExit : chance === 18 ? 'elsewhere' : (exits[draw(exits.length || 1)] ?? 'done')
  return { kind: 'left', step, visit, exit }
}
