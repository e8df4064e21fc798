import { describe, expect, it } from 'vitest'
import { fireInstants, mostMadeUp } from '../../src/run/lateness.ts'

const now = new Date('2026-11-21T12:00:20Z')
const at = (time: string) => new Date(`2026-11-21T${time}:00Z`)
const hours = [at('09:00'), at('10:00'), at('11:00')]

describe('instants that come on time', () => {
  it.each(['skip', 'once', 'all'] as const)('start a run each, whatever is done about missed ones: %s', (did) => {
    expect(fireInstants([at('12:00')], did, now)).toEqual({ firings: [{ due: at('12:00'), late: false, missed: 0 }], missing: undefined })
  })

  it('may come a minute late', () => {
    const minute = new Date(now.getTime() - 60_000)
    expect(fireInstants([minute], 'skip', now).missing).toBeUndefined()
    expect(fireInstants([new Date(minute.getTime() - 1)], 'skip', now).firings).toEqual([])
  })
})

describe('instants that were missed', () => {
  it('are left out', () => {
    expect(fireInstants(hours, 'skip', now)).toEqual({
      firings: [],
      missing: { first: at('09:00'), last: at('11:00'), count: 3, did: 'skip', runs: 0 },
    })
    expect(fireInstants([...hours, at('12:00')], 'skip', now).firings).toEqual([{ due: at('12:00'), late: false, missed: 3 }])
  })

  it('start one run together, for the newest', () => {
    expect(fireInstants(hours, 'once', now)).toEqual({
      firings: [{ due: at('11:00'), late: true, missed: 2 }],
      missing: { first: at('09:00'), last: at('11:00'), count: 3, did: 'once', runs: 1 },
    })
  })

  it('need no run of their own when the next comes on time', () => {
    const { firings, missing } = fireInstants([...hours, at('12:00')], 'once', now)
    expect(firings).toEqual([{ due: at('12:00'), late: false, missed: 3 }])
    expect(missing).toMatchObject({ count: 3, runs: 0 })
  })

  it('start a run each, in order', () => {
    const { firings, missing } = fireInstants([...hours, at('12:00')], 'all', now)
    expect(firings.map(({ due, late }) => [due, late])).toEqual([
      [at('09:00'), true],
      [at('10:00'), true],
      [at('11:00'), true],
      [at('12:00'), false],
    ])
    expect(missing).toMatchObject({ count: 3, runs: 3 })
  })

  it('start a run each for the newest hundred', () => {
    const many = Array.from({ length: 150 }, (_, index) => new Date(now.getTime() - (150 - index) * 120_000))
    const { firings, missing } = fireInstants(many, 'all', now)
    expect(firings).toHaveLength(mostMadeUp)
    expect(firings[0]).toEqual({ due: many[50], late: true, missed: 50 })
    expect(firings[1]?.missed).toBe(0)
    expect(missing).toMatchObject({ first: many[0], last: many[149], count: 150, runs: 100 })
  })
})

it('nothing that has come starts nothing', () => {
  expect(fireInstants([], 'once', now)).toEqual({ firings: [], missing: undefined })
})
