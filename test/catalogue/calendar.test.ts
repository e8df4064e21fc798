import { describe, expect, it } from 'vitest'
import { calendar } from '../../src/catalogue/define.ts'

const later = (from: string, duration: string, zone: string) => calendar.later(new Date(from), duration, zone).toISOString().slice(0, 16)

describe('a duration in a time zone', () => {
  it.each([
    // From winter time to summer time and back: the same time of day, whatever the clocks did in between.
    ['Europe/Paris', '2026-01-15T08:00:00Z', '2027-01-15T08:00'],
    ['Europe/Paris', '2026-07-15T07:00:00Z', '2027-07-15T07:00'],
    ['America/New_York', '2026-03-01T14:00:00Z', '2027-03-01T14:00'],
    ['Australia/Lord_Howe', '2026-01-15T22:00:00Z', '2027-01-15T22:00'],
  ])('of a year comes over both changes of clocks to the same hour: %s', (zone, from, until) => {
    expect(later(from, '365d', zone)).toBe(until)
    expect(later(from, '52w 1d', zone)).toBe(until)
  })

  it.each([
    ['Europe/Paris', '2026-03-28T08:00:00Z', '2026-03-29T07:00', '2026-03-29T08:00'],
    ['Europe/Paris', '2026-10-24T07:00:00Z', '2026-10-25T08:00', '2026-10-25T07:00'],
    ['America/New_York', '2026-03-07T14:00:00Z', '2026-03-08T13:00', '2026-03-08T14:00'],
    ['Australia/Lord_Howe', '2026-10-03T00:00:00Z', '2026-10-03T23:30', '2026-10-04T00:00'],
    ['Australia/Lord_Howe', '2026-04-04T00:00:00Z', '2026-04-05T00:30', '2026-04-05T00:00'],
  ])('a day keeps the hour, 24 hours do not: %s from %s', (zone, from, day, hours) => {
    expect(later(from, '1d', zone)).toBe(day)
    expect(later(from, '24h', zone)).toBe(hours)
  })

  it('that would end when the clocks jump ends an hour later on the clock; shown twice, it ends the first time', () => {
    expect(later('2026-03-28T01:30:00Z', '1d', 'Europe/Paris')).toBe('2026-03-29T01:30')
    expect(later('2026-10-24T00:30:00Z', '1d', 'Europe/Paris')).toBe('2026-10-25T00:30')
    expect(later('2026-10-02T15:45:00Z', '1d', 'Australia/Lord_Howe')).toBe('2026-10-03T15:45')
  })

  it('begun on 29 February is over on 28 February, 365 days on', () => {
    expect(later('2028-02-29T08:00:00Z', '365d', 'Europe/Paris')).toBe('2029-02-28T08:00')
    expect(later('2027-02-28T08:00:00Z', '366d', 'Europe/Paris')).toBe('2028-02-29T08:00')
  })
})

describe('a written date', () => {
  it('29 February is one in leap years only', () => {
    expect(calendar.readInstant('2028-02-29', 'Europe/Paris')?.toISOString()).toBe('2028-02-29T08:00:00.000Z')
    expect(calendar.readInstant('2027-02-29', 'Europe/Paris')).toBeUndefined()
  })

  it.each([
    ['2026-03-29T02:30', 'Europe/Paris', '2026-03-29T01:30'],
    ['2026-10-25T02:30', 'Europe/Paris', '2026-10-25T00:30'],
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30'],
    ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45'],
    ['2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45'],
  ])('%s in %s, where the clocks change, is an instant all the same', (written, zone, instant) => {
    expect(calendar.readInstant(written, zone)?.toISOString().slice(0, 16)).toBe(instant)
  })
})

it('the next working hour is nine on the clock, also on the Monday after the clocks changed', () => {
  const next = (from: string, zone: string) => calendar.nextWorkingHour(new Date(from), zone).toISOString().slice(0, 16)
  expect(next('2026-03-27T18:00:00Z', 'Europe/Paris')).toBe('2026-03-30T07:00')
  expect(next('2026-10-23T18:00:00Z', 'Europe/Paris')).toBe('2026-10-26T08:00')
  expect(next('2026-10-02T12:00:00Z', 'Australia/Lord_Howe')).toBe('2026-10-04T22:00')
})
