import { expect, test } from 'vitest'
import { clock, fullTime, moment } from '../../../src/web/chat/time.ts'

test('the chat tells the time as every other screen does: by 24 hours, the day before the month', () => {
  const early = new Date(2026, 0, 5, 0, 7).toISOString()
  expect(clock(early)).toBe('00:07')
  expect(fullTime(early)).toMatch(/5 January 2026.* 00:07$/)
  expect(moment(new Date(2025, 0, 5, 0, 7).toISOString())).toBe('5 Jan 2025')
})
