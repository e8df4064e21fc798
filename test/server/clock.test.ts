import { expect, onTestFinished, test, vi } from 'vitest'
import { DatabaseClock } from '../../src/server/clock.ts'

/** A process that counts its own milliseconds as the test says. */
function aProcess(): { clock: DatabaseClock; at: (milliseconds: number) => void } {
  const count = vi.spyOn(performance, 'now').mockReturnValue(0)
  onTestFinished(() => count.mockRestore())
  return { clock: new DatabaseClock(), at: (milliseconds) => void count.mockReturnValue(milliseconds) }
}

test('it is never behind what the database has said, however long the answer was under way', () => {
  const { clock, at } = aProcess()
  at(400)
  clock.hear(10_000_300, 100)
  expect(clock.milliseconds()).toBeGreaterThanOrEqual(10_000_300)
  // At the most the answer was written the moment it was asked for.
  expect(clock.milliseconds()).toBeLessThanOrEqual(10_000_600)
})

test('an answer that was long under way does not set it back behind an earlier one', () => {
  const { clock, at } = aProcess()
  at(1_000)
  clock.hear(10_001_000, 999)
  // Asked for before that, and written before that; only read later.
  at(1_200)
  clock.hear(10_000_700, 600)
  expect(clock.milliseconds()).toBeGreaterThanOrEqual(10_001_200)
})

test('what it is ahead is corrected, and it goes on by the milliseconds of the process', () => {
  const { clock, at } = aProcess()
  at(1_000)
  clock.hear(10_001_000, 1_000)
  at(2_000)
  clock.hear(10_001_500, 1_990)
  expect(clock.milliseconds()).toBe(10_001_510)
  at(3_000)
  expect(clock.now().getTime()).toBe(10_002_510)
})
