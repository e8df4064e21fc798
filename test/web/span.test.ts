import { expect, test } from 'vitest'
import { spanOf } from '../../src/web/history/span.ts'

const now = new Date('2026-11-21T10:00:00Z')

test('without a span any time will do', () => {
  expect(spanOf({ from: '2026-11-01' }, 'UTC', now)).toEqual({})
})

test('the last week ends now', () => {
  expect(spanOf({ span: 'week' }, 'UTC', now)).toEqual({ from: new Date('2026-11-14T10:00:00Z') })
})

test('two dates include both days, from midnight to midnight where the reader is', () => {
  expect(spanOf({ span: 'dates', from: '2026-10-24', to: '2026-10-25' }, 'Europe/Paris', now)).toEqual({
    from: new Date('2026-10-23T22:00:00Z'),
    // Clocks go back on the 25th: the day has 25 hours.
    before: new Date('2026-10-25T23:00:00Z'),
  })
})

test('a span may be open at either end', () => {
  expect(spanOf({ span: 'dates', to: '2026-12-31' }, 'UTC', now)).toEqual({ before: new Date('2027-01-01T00:00:00Z') })
  expect(spanOf({ span: 'dates', from: '2026-12-31' }, 'UTC', now)).toEqual({ from: new Date('2026-12-31T00:00:00Z') })
})
