import { describe, expect, it } from 'vitest'
import { catalogue, parseSettings } from '../../src/catalogue/catalogue.ts'
import type { MissionEvent } from '../../src/catalogue/define.ts'
import { ana } from './world.ts'

const general = { id: 'c1', name: 'general' }
const message = { channel: 'c1', message: 'm1', link: 'http://127.0.0.1/m1' }

function match(type: string, written: Record<string, unknown>, event: MissionEvent): Record<string, unknown> | undefined {
  const trigger = catalogue.triggers.get(type) ?? expect.unreachable()
  expect(trigger.listens).toBe(event.kind)
  return trigger.match(parseSettings(trigger.settings, written).data ?? expect.unreachable(), event)
}

const faultsOf = (type: string, settings: Record<string, unknown>) =>
  catalogue.kinds
    .trigger(type)
    ?.check(settings)
    .map(({ setting }) => setting)

describe('a chat command', () => {
  const typed = (name: string, text = ''): MissionEvent => ({ kind: 'command', name, text, channel: general, person: ana })

  it('starts by its name, with or without a slash', () => {
    expect(match('chat-command', { command: '/Poll' }, typed('poll', ' lunch '))).toEqual({ person: ana, channel: general, text: 'lunch' })
    expect(match('chat-command', { command: 'poll' }, typed('polls'))).toBeUndefined()
  })

  it('must be one word', () => {
    expect(faultsOf('chat-command', { command: 'two words' })).toEqual(['command'])
    expect(faultsOf('chat-command', { command: 'congé' })).toEqual([])
  })
})

describe('someone who joins a channel', () => {
  const joined: MissionEvent = { kind: 'person-joined-channel', person: ana, channel: general }

  it.each(['general', '#General', 'c1', { id: 'c1' }])('starts for the channel written as %j', (channel) => {
    expect(match('person-joined-channel', { channel }, joined)).toEqual({ person: ana, channel: general })
  })

  it('starts for no other channel', () => {
    expect(match('person-joined-channel', { channel: 'gener' }, joined)).toBeUndefined()
  })
})

describe('a channel that is created', () => {
  const created: MissionEvent = { kind: 'channel-created', person: ana, channel: { id: 'c2', name: 'project-moon' } }

  it('starts for all, or for names with a certain beginning', () => {
    expect(match('channel-created', {}, created)).toMatchObject({ channel: { name: 'project-moon' } })
    expect(match('channel-created', { prefix: '#Project-' }, created)).toBeDefined()
    expect(match('channel-created', { prefix: 'team-' }, created)).toBeUndefined()
  })
})

describe('a message that contains words', () => {
  const says = (text: string): MissionEvent => ({ kind: 'message', text, person: ana, channel: general, direct: false, message })
  const starts = (text: string, words: string[], channel?: string) =>
    match('message-contains', { words, ...(channel ? { channel } : {}) }, says(text)) !== undefined

  it('finds whole words and phrases, whatever the capitals and blanks', () => {
    expect(starts('We have an INCIDENT!', ['outage', 'incident'])).toBe(true)
    expect(starts('It is out\n of  order', ['out of order'])).toBe(true)
    expect(starts('incidental', ['incident'])).toBe(false)
    expect(starts('précident', ['incident', 'cident'])).toBe(false)
    expect(starts('L’été arrive', ["l'été"])).toBe(true)
    expect(starts('I like C++ a lot', ['c++'])).toBe(true)
    expect(starts('anything', ['.*'])).toBe(false)
  })

  it('listens only in its channel if it has one, and gives the message', () => {
    expect(starts('incident', ['incident'], 'support')).toBe(false)
    expect(match('message-contains', { words: ['incident'], channel: 'general' }, says('incident'))).toEqual({
      text: 'incident',
      person: ana,
      channel: general,
      message,
    })
  })
})

describe('a reaction', () => {
  const reacted = (emoji: string): MissionEvent => ({
    kind: 'reaction-added',
    emoji,
    person: ana,
    channel: general,
    message: { ...message, text: 'Look' },
  })

  it.each([
    [':eyes:', 'eyes'],
    ['👀', 'eyes'],
    ['+1', '👍🏽'],
    ['thumbsup', '+1::skin-tone-3'],
    ['❤️', 'heart'],
  ])('is the same sign written as %s and as %s', (written, added) => {
    expect(match('reaction-added', { emoji: written }, reacted(added))).toEqual({
      emoji: added,
      text: 'Look',
      person: ana,
      channel: general,
      message,
    })
  })

  it('is not just any sign', () => {
    expect(match('reaction-added', { emoji: 'eyes' }, reacted('tada'))).toBeUndefined()
    expect(match('reaction-added', { emoji: 'eyes', channel: 'support' }, reacted('eyes'))).toBeUndefined()
  })
})

describe('a schedule', () => {
  it('keeps its local time across daylight saving', () => {
    const trigger = catalogue.triggers.get('schedule') ?? expect.unreachable()
    const settings = parseSettings(trigger.settings, { cron: '0 9 * * 1', zone: 'Europe/Paris' }).data ?? expect.unreachable()
    expect(trigger.instants?.next(settings, new Date('2026-10-19T07:00:00Z'))?.toISOString()).toBe('2026-10-26T08:00:00.000Z')
    const data = { due: '2026-10-26T08:00:00.000Z', late: true, missed: 2 }
    expect(match('schedule', settings, { kind: 'schedule', ...data })).toEqual(data)
  })

  it('starts for no instant that is not its own: it may be one of an earlier version', () => {
    const due = '2026-10-26T09:00:00.000Z'
    expect(
      match('schedule', { cron: '0 9 * * 1', zone: 'Europe/Paris' }, { kind: 'schedule', due, late: false, missed: 0 }),
    ).toBeUndefined()
  })

  it('refuses what is no schedule, never comes, or names no time zone', () => {
    expect(faultsOf('schedule', { cron: '0 9 * * 1', zone: 'UTC' })).toEqual([])
    for (const cron of ['every day', '0 9 30 2 *', '0 0 9 * * 1', '61 * * * *']) expect(faultsOf('schedule', { cron })).toEqual(['cron'])
    expect(faultsOf('schedule', { cron: '0 9 * * 1', zone: 'Paris' })).toEqual(['zone'])
  })

  it('is told in words', () => {
    expect(catalogue.kinds.trigger('schedule')?.summary({ cron: '30 8 * * 1-5', zone: 'Europe/Paris' })).toEqual({
      en: 'On schedule: at 08:30, Monday through Friday (Europe/Paris)',
      fr: 'Selon l’horaire : à 08:30, de lundi à vendredi (Europe/Paris)',
    })
  })
})

describe('a mission that ended', () => {
  const ended: MissionEvent = { kind: 'mission-ended', mission: { id: 'a1', name: 'Welcome' }, run: { id: 'r1', status: 'failed' } }

  it('starts by mission and by how it ended', () => {
    expect(match('mission-ended', { mission: 'a1' }, ended)).toEqual({
      mission: { id: 'a1', name: 'Welcome' },
      run: { id: 'r1', status: 'failed' },
      status: 'failed',
    })
    expect(match('mission-ended', { mission: 'a1', status: 'completed' }, ended)).toBeUndefined()
    expect(match('mission-ended', { mission: 'b2', status: 'failed' }, ended)).toBeUndefined()
  })
})

describe('what people fill in', () => {
  const fields = [
    { id: 'name', label: 'Name' },
    { id: 'seats', label: 'Seats', kind: 'number', required: false },
  ]

  it('is given field by field, by a form and by hand', () => {
    expect(match('form', { title: 'Talk to us', fields }, { kind: 'form', values: { name: 'Ana', seats: null } })).toEqual({
      name: 'Ana',
      seats: null,
    })
    expect(match('by-hand', { fields }, { kind: 'hand', person: ana, values: { name: 'Ana', seats: 3 } })).toEqual({
      person: ana,
      name: 'Ana',
      seats: 3,
    })
    expect(catalogue.kinds.trigger('form')?.gives({ fields })).toMatchObject([
      { name: 'name', kind: 'text' },
      { name: 'seats', kind: 'number', maybeEmpty: true },
    ])
  })

  it('has names that are not given twice', () => {
    expect(faultsOf('by-hand', { fields: [{ id: 'person', label: 'Who' }] })).toEqual(['fields'])
    expect(faultsOf('by-hand', { fields: [] })).toEqual([])
    expect(faultsOf('form', { title: 'A', fields: [fields[0], fields[0]] })).toEqual(['fields'])
    expect(faultsOf('form', { title: 'A', fields: [{ id: 'size', label: 'Size', kind: 'choice' }] })).toEqual(['fields'])
  })

  it('takes what a web hook was sent as it is', () => {
    expect(match('web-hook', {}, { kind: 'hook', body: { level: 'critical' }, query: { from: 'disk' } })).toEqual({
      body: { level: 'critical' },
      query: { from: 'disk' },
    })
  })
})
