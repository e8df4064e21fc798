import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { mostReminders, planRungs, type Ladder } from '../../src/catalogue/ladder.ts'
import type { Person } from '../../src/catalogue/services.ts'
import { aPerson, asking } from './world.ts'

const boss = aPerson('boss', { time_zone: 'America/New_York' })
const lea = aPerson('lea', { time_zone: 'Europe/Paris', manager: boss })
const sam = aPerson('sam', { time_zone: 'America/New_York' })

/** What is planned for people who are asked at an instant: `at what who` and, last, the end. */
function planned(now: string, within: string, ladder: Partial<Ladder>, people: readonly Person[] = [lea], directly = true): string[] {
  const { until, rungs } = planRungs({ within, ladder: { working: false, ...ladder } }, people, new Date(now), directly)
  const short = (iso: string) => iso.slice(0, 16)
  return [...rungs.map(({ at, what, people }) => `${short(at)} ${what} ${people.join(' ')}`), `${short(until?.toISOString() ?? '')} over`]
}

describe('a ladder', () => {
  it('reminds, reminds again until others are asked, and ends', () => {
    expect(planned('2026-12-01T10:00:00Z', '4d', { remind: '1d', again: '12h', escalate: { to: 'manager', after: '2d' } })).toEqual([
      '2026-12-02T10:00 remind lea',
      '2026-12-02T22:00 remind lea',
      '2026-12-03T10:00 escalate lea',
      '2026-12-05T10:00 over',
    ])
  })

  it('reminds nobody for ever', () => {
    const rungs = planned('2026-12-01T10:00:00Z', '2w', { remind: '1h', again: '1h' })
    expect(rungs).toHaveLength(mostReminders + 1)
  })

  it('leaves out what would come when it is over', () => {
    expect(planned('2026-12-01T10:00:00Z', '1d', { remind: '1d', escalate: { to: 'manager', after: '2d' } })).toEqual([
      '2026-12-02T10:00 over',
    ])
  })

  it('counts days by the calendar of each person, across daylight saving', () => {
    // Clocks went back in Paris on 25 October and in New York on 1 November 2026.
    expect(planned('2026-10-24T08:00:00Z', '3d', { remind: '1d' }, [lea, sam])).toEqual([
      '2026-10-25T08:00 remind sam',
      '2026-10-25T09:00 remind lea',
      '2026-10-27T09:00 over',
    ])
    // And forward in Paris on 28 March 2027: an hour less, hours stay exact.
    expect(planned('2027-03-27T08:00:00Z', '2d', { remind: '24h' })).toEqual(['2027-03-28T08:00 remind lea', '2027-03-29T07:00 over'])
  })
})

describe('a ladder within working hours', () => {
  const working = true

  it('waits over the weekend, and no reminder comes twice on Monday morning', () => {
    // Friday, 16:00 in Paris.
    expect(planned('2026-12-04T15:00:00Z', '6d', { remind: '1d', again: '1d', working })).toEqual([
      '2026-12-07T08:00 remind lea',
      '2026-12-08T08:00 remind lea',
      '2026-12-09T08:00 remind lea',
      '2026-12-10T08:00 remind lea',
      '2026-12-10T15:00 over',
    ])
  })

  it('asks and begins to count at nine where each person is, except in a channel', () => {
    // Tuesday, 20:00 in Paris and 14:00 in New York.
    expect(planned('2026-12-01T19:00:00Z', '2d', { remind: '2h', working }, [lea, sam])).toEqual([
      '2026-12-01T21:00 remind sam',
      '2026-12-02T08:00 ask lea',
      '2026-12-02T10:00 remind lea',
      '2026-12-04T08:00 over',
    ])
    expect(planned('2026-12-01T19:00:00Z', '2d', { remind: '2h', working }, [lea], false)).toEqual([
      '2026-12-02T08:00 remind lea',
      '2026-12-04T08:00 over',
    ])
  })

  it('begins at nine by the clock of that day, also after clocks were changed', () => {
    // Saturday before the change: nine in Paris on Monday is 8:00 UTC, on the Friday before it was 7:00.
    expect(planned('2026-10-23T07:00:00Z', '5d', { remind: '12h', again: '12h', working })).toEqual([
      '2026-10-26T08:00 remind lea',
      '2026-10-27T08:00 remind lea',
      '2026-10-28T08:00 over',
    ])
  })

  it('asks a manager in the manager’s own hours', () => {
    expect(planned('2026-12-01T09:00:00Z', '2d', { escalate: { to: 'manager', after: '1h' }, working })).toEqual([
      '2026-12-01T14:00 escalate lea',
      '2026-12-03T09:00 over',
    ])
  })

  it('takes a time zone that is none for UTC', () => {
    expect(planned('2026-12-01T19:00:00Z', '2d', { remind: '1h', working }, [aPerson('x', { time_zone: 'Mars/Base' })])).toEqual([
      '2026-12-02T09:00 ask x',
      '2026-12-02T10:00 remind x',
      '2026-12-04T09:00 over',
    ])
  })
})

it('is asked for by every action that asks', async () => {
  const ladder = { remind: '1d', again: '1d', escalate: 'backup', backup: ['boss'], after: '36h', working: true, within: '2d' }
  const wanted = { remind: '1d', again: '1d', escalate: { to: ['boss'], after: '36h' }, working: true }
  expect(await asking('ask', { whom: ['ana'], question: 'Q?', choices: ['A'], ...ladder }).run()).toMatchObject({
    within: '2d',
    ladder: wanted,
  })
  expect(await asking('approve', { whom: ['ana'], request: 'Q?', ...ladder }).run()).toMatchObject({ ladder: wanted })
  expect(await asking('poll', { channel: 'general', question: 'Q?', choices: ['A', 'B'], ...ladder }).run()).toMatchObject({
    ladder: { remind: '1d', again: '1d', working: true },
  })
  expect(await asking('ask', { whom: ['ana'], question: 'Q?', choices: ['A'] }).run()).not.toHaveProperty('ladder')
})

it('says what cannot be meant', () => {
  const faults = (more: Record<string, unknown>) =>
    catalogue.kinds
      .step('ask')
      ?.check({ whom: ['ana', 'bo'], question: 'Q?', choices: ['A'], within: '2d', ...more })
      .map(({ setting }) => setting)
  expect(faults({ remind: '1d', again: '1d', escalate: 'manager', after: '36h' })).toEqual([])
  expect(faults({ remind: '2d' })).toEqual(['remind'])
  expect(faults({ remind: '1d', escalate: 'manager', after: '1d' })).toEqual(['remind'])
  expect(faults({ remind: '1d', again: '5s' })).toEqual(['again'])
  expect(faults({ escalate: 'manager', after: '3d' })).toEqual(['after'])
  expect(faults({ escalate: 'manager' })).toEqual(['after'])
  expect(faults({ escalate: 'backup', after: '1d' })).toEqual(['backup'])
  expect(faults({ escalate: 'backup', backup: ['bo'], after: '1d' })).toEqual(['backup'])
  expect(faults({ to: 'channel', channel: 'general', escalate: 'manager', after: '1d' })).toEqual(['escalate'])
  expect(faults({ remind: '{{ trigger.text }}' })).toEqual([])
})
