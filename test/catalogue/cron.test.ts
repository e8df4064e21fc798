import { afterEach, describe, expect, it } from 'vitest'
import { catalogue, parseSettings } from '../../src/catalogue/catalogue.ts'
import { instantsOfSchedule, nextOfSchedule } from '../../src/catalogue/define.ts'
import { nextTimes } from '../../src/web/designer/settings/widgets/timetable.ts'

const iso = (instants: readonly Date[]) => instants.map((instant) => instant.toISOString().slice(0, 16))
const after = (cron: string, zone: string, from: string, count: number) => iso(nextTimes(cron, zone, new Date(from), count))

const own = process.env['TZ']
afterEach(() => {
  if (own === undefined) delete process.env['TZ']
  else process.env['TZ'] = own
})

describe('a time that the clocks jump over', () => {
  it.each([
    ['Europe/Paris', '30 2 * * *', '2026-03-28T12:00:00Z', ['2026-03-29T01:00', '2026-03-30T00:30']],
    ['America/New_York', '30 2 * * *', '2026-03-07T12:00:00Z', ['2026-03-08T07:00', '2026-03-09T06:30']],
    // Half an hour only: 02:00 becomes 02:30.
    ['Australia/Lord_Howe', '15 2 * * *', '2026-10-03T12:00:00Z', ['2026-10-03T15:30', '2026-10-04T15:15']],
  ])('comes when the clocks have jumped, once: %s', (zone, cron, from, instants) => {
    expect(after(cron, zone, from, 2)).toEqual(instants)
  })
})

describe('a time that the clocks show twice', () => {
  it.each([
    ['Europe/Paris', '30 2 * * *', '2026-10-24T12:00:00Z', ['2026-10-25T00:30', '2026-10-26T01:30']],
    ['America/New_York', '30 1 * * *', '2026-10-31T12:00:00Z', ['2026-11-01T05:30', '2026-11-02T06:30']],
    ['Australia/Lord_Howe', '45 1 * * *', '2026-04-04T12:00:00Z', ['2026-04-04T14:45', '2026-04-05T15:15']],
  ])('comes the first time only: %s', (zone, cron, from, instants) => {
    expect(after(cron, zone, from, 2)).toEqual(instants)
  })

  it('comes both times where it means every so many minutes', () => {
    expect(after('*/30 * * * *', 'Europe/Paris', '2026-10-24T23:45:00Z', 4)).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T00:30',
      '2026-10-25T01:00',
      '2026-10-25T01:30',
    ])
  })
})

it('29 February comes in leap years', () => {
  expect(after('0 9 29 2 *', 'Europe/Paris', '2026-11-21T00:00:00Z', 3)).toEqual([
    '2028-02-29T08:00',
    '2032-02-29T08:00',
    '2036-02-29T08:00',
  ])
})

const zones = ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'UTC']
const crons = ['30 2 * * *', '45 1 * * *', '*/15 * * * *', '*/20 1-3 * * *', '0 2,14 * * *', '0 9 * * 1']
/** Days around every change of clocks in those zones. */
const changes = ['2026-03-06', '2026-03-27', '2026-04-02', '2026-10-02', '2026-10-23', '2026-10-30']

describe.each(zones)('in %s, around every change of clocks', (zone) => {
  it.each(crons)('looking back finds what looking ahead finds: %s', (cron) => {
    for (const day of changes) {
      const from = new Date(`${day}T00:00:00Z`)
      const until = new Date(from.getTime() + 4 * 86_400_000)
      const ahead: Date[] = []
      for (
        let next = nextOfSchedule(cron, zone, new Date(from.getTime() - 1));
        next && next <= until;
        next = nextOfSchedule(cron, zone, next)
      )
        ahead.push(next)
      expect(instantsOfSchedule(cron, zone, from, until, 1_000)).toEqual(ahead)
      expect(instantsOfSchedule(cron, zone, from, until, 3)).toEqual(ahead.slice(-3))
    }
  })

  it.each(crons)('the next five that the designer shows are those that the server keeps one after the other: %s', (cron) => {
    const trigger = catalogue.triggers.get('schedule')
    const settings = parseSettings(trigger?.settings ?? expect.unreachable(), { cron, zone }).data ?? expect.unreachable()
    for (const day of changes) {
      const now = new Date(`${day}T21:17:03.456Z`)
      const kept: Date[] = []
      for (let next = trigger?.instants?.next(settings, now); next && kept.length < 5; next = trigger?.instants?.next(settings, next)) {
        // Looked at up to a second late, as workers do.
        kept.push(next)
        next = new Date(next.getTime() + 999)
      }
      expect(nextTimes(cron, zone, now, 5)).toEqual(kept)
    }
  })

  it('does not depend on the time zone of the machine', () => {
    const everywhere = ['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Kiritimati'].map((machine) => {
      process.env['TZ'] = machine
      return changes.map((day) => crons.map((cron) => iso(nextTimes(cron, zone, new Date(`${day}T00:00:00Z`), 12))))
    })
    for (const there of everywhere) expect(there).toEqual(everywhere[0])
  })
})

it('nothing that cannot be read has instants', () => {
  const now = new Date('2026-11-21T00:00:00Z')
  expect(instantsOfSchedule('every day', 'UTC', now, now, 5)).toEqual([])
  expect(nextOfSchedule('0 9 * * 1', 'Mars/Base', now)).toBeUndefined()
})
