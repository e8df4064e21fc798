import { describe, expect, it } from 'vitest'
import { catalogue, parseSettings } from '../../src/catalogue/catalogue.ts'
import type { Outcome } from '../../src/catalogue/define.ts'
import type { Services } from '../../src/catalogue/services.ts'
import { Refused } from '../../src/catalogue/trouble.ts'
import { ana, aWorld, now } from './world.ts'

async function performed(type: string, written: Record<string, unknown>, services: Services = aWorld().services): Promise<Outcome> {
  const action = catalogue.actions.get(type) ?? expect.unreachable()
  const settings = parseSettings(action.settings, written).data ?? expect.unreachable()
  return action.run({ settings, services, key: 'run/step/1' })
}

const faultsOf = (type: string, settings: Record<string, unknown>) =>
  catalogue.kinds
    .step(type)
    ?.check(settings)
    .map(({ setting }) => setting)

describe('send-message', () => {
  it('writes to a person or to a channel, and gives the message', async () => {
    const directly = aWorld()
    expect(await performed('send-message', { person: ana, text: 'Hello' }, directly.services)).toMatchObject({
      exit: 'done',
      data: { message: { channel: 'direct-ana' } },
    })
    expect(directly.said).toMatchObject([{ to: { person: ana }, message: { text: 'Hello' } }])
    const openly = aWorld()
    await performed('send-message', { to: 'channel', channel: '#general', text: 'Hello all' }, openly.services)
    expect(openly.said).toMatchObject([{ to: { channel: { name: 'general' } }, message: { text: 'Hello all' } }])
  })

  it('does not go out without somebody to go to', async () => {
    await expect(performed('send-message', { text: 'Hello' })).rejects.toMatchObject({ kind: 'misconfigured' })
    expect(faultsOf('send-message', { text: 'Hello' })).toEqual(['person'])
    expect(faultsOf('send-message', { to: 'channel', text: 'Hello' })).toEqual(['channel'])
  })
})

describe('wait', () => {
  const until = async (settings: Record<string, unknown>, at: Date = now) => {
    const outcome = await performed('wait', settings, aWorld({ now: () => at }).services)
    return 'waitUntil' in outcome ? outcome.waitUntil.toISOString() : outcome
  }

  it('counts days as a calendar does, also across daylight saving', async () => {
    const friday = new Date('2026-10-23T08:00:00Z')
    expect(await until({ time: '3d', zone: 'Europe/Paris' }, friday)).toBe('2026-10-26T09:00:00.000Z')
    expect(await until({ time: '72h', zone: 'Europe/Paris' }, friday)).toBe('2026-10-26T08:00:00.000Z')
    expect(await until({ time: '1w 1d 30m', zone: 'UTC' }, friday)).toBe('2026-10-31T08:30:00.000Z')
  })

  it('reads a date in the time zone, and goes on at once when it is past', async () => {
    expect(await until({ until: 'date', date: '2026-12-24', zone: 'America/New_York' })).toBe('2026-12-24T14:00:00.000Z')
    expect(await until({ until: 'date', date: '2026-12-24T20:30', zone: 'Europe/Paris' })).toBe('2026-12-24T19:30:00.000Z')
    expect(await until({ until: 'date', date: '2026-12-24 20:30', zone: 'Europe/Paris' })).toBe('2026-12-24T19:30:00.000Z')
    expect(await until({ until: 'date', date: '2026-12-24T20:30:00+02:00', zone: 'Europe/Paris' })).toBe('2026-12-24T18:30:00.000Z')
    expect(await until({ until: 'date', date: '2026-11-01', zone: 'UTC' })).toEqual({ exit: 'done', data: { until: now.toISOString() } })
  })

  it('goes on when people are at work', async () => {
    const zone = 'Europe/Paris'
    const working = (at: string) => until({ until: 'working', zone }, new Date(at))
    expect(await working('2026-12-01T10:00:00Z')).toMatchObject({ exit: 'done' })
    expect(await working('2026-12-01T05:00:00Z')).toBe('2026-12-01T08:00:00.000Z')
    expect(await working('2026-12-01T16:00:00Z')).toBe('2026-12-02T08:00:00.000Z')
    expect(await working('2026-12-04T17:00:00Z')).toBe('2026-12-07T08:00:00.000Z')
    expect(await working('2026-12-05T10:00:00Z')).toBe('2026-12-07T08:00:00.000Z')
  })

  it('says what is wrong with its times', async () => {
    expect(faultsOf('wait', { until: 'date', date: 'tomorrow', zone: 'Mars/Base' })).toEqual(['zone', 'date'])
    expect(faultsOf('wait', { until: 'date' })).toEqual(['date'])
    expect(faultsOf('wait', { time: '{{ ask.answer }}', zone: '{{ trigger.person.time_zone }}' })).toEqual([])
    for (const settings of [
      { time: '300w' },
      { until: 'date', date: '2099-01-01' },
      { until: 'date', date: 'tomorrow' },
      { time: '3d', zone: '+02:00' },
    ])
      await expect(performed('wait', settings)).rejects.toMatchObject({ kind: 'misconfigured' })
  })
})

describe('choose-path', () => {
  const paths = [
    { id: 'big', label: 'Big', when: [{ left: 12, is: 'more-than', right: [10] }] },
    { id: 'mac', label: 'Mac', when: [{ left: 'mac', is: 'is', right: ['PC', 'Mac'] }] },
  ]

  it('takes the first path whose conditions hold, otherwise the last exit', async () => {
    expect(await performed('choose-path', { paths })).toEqual({ exit: 'big' })
    expect(await performed('choose-path', { paths: paths.slice(1) })).toEqual({ exit: 'mac' })
    expect(await performed('choose-path', { paths: [{ id: 'none', label: 'None', when: [{ left: ana, is: 'is-empty' }] }] })).toEqual({
      exit: 'otherwise',
    })
  })

  it('takes a path of which one condition is enough when one of them holds', async () => {
    const [big, mac] = paths
    const never = { left: 1, is: 'more-than', right: [2] }
    const either = { ...big, when: [never, ...(mac?.when ?? [])] }
    expect(await performed('choose-path', { paths: [either] })).toEqual({ exit: 'otherwise' })
    expect(await performed('choose-path', { paths: [{ ...either, any: true }] })).toEqual({ exit: 'big' })
    expect(await performed('choose-path', { paths: [{ ...either, when: [never, never], any: true }] })).toEqual({ exit: 'otherwise' })
    const words = catalogue.kinds.step('choose-path')?.summary({ paths: [{ ...either, any: true }] })
    expect(words?.en).toContain('1 is more than 2 or mac is PC or Mac')
  })

  it('has an exit for each path', () => {
    expect(
      catalogue.kinds
        .step('choose-path')
        ?.exits({ paths })
        .map(({ name }) => name),
    ).toEqual(['big', 'mac', 'otherwise'])
  })

  it('says what is wrong with its paths', () => {
    const [big] = paths
    expect(faultsOf('choose-path', { paths: [big, big] })).toEqual(['paths.1'])
    expect(faultsOf('choose-path', { paths: [{ ...big, id: 'otherwise' }] })).toEqual(['paths.0'])
    expect(faultsOf('choose-path', { paths: [{ ...big, when: [{ left: '', is: 'is', right: ['a'] }] }] })).toEqual(['paths.0'])
    expect(faultsOf('choose-path', { paths: [{ ...big, when: [{ left: '{{ a.b }}', is: 'is', right: [] }] }] })).toEqual(['paths.0'])
  })
})

describe('create-channel', () => {
  it('writes the name as channels are called', async () => {
    expect(await performed('create-channel', { name: ' Welcome  Léa & Bo! ' })).toMatchObject({
      data: { channel: { name: 'welcome-léa-bo' } },
    })
    await expect(performed('create-channel', { name: '!?' })).rejects.toMatchObject({ kind: 'misconfigured' })
  })

  it('takes the next number when the name is taken, or stops if told to', async () => {
    const { services } = aWorld({ channels: [{ name: 'welcome' }, { name: 'welcome-2' }] })
    await expect(performed('create-channel', { name: 'welcome', taken: 'fail' }, services)).rejects.toMatchObject({ kind: 'refused' })
    expect(await performed('create-channel', { name: 'welcome' }, services)).toMatchObject({ data: { channel: { name: 'welcome-3' } } })
    expect(await performed('create-channel', { name: 'welcome' }, services)).toMatchObject({ data: { channel: { name: 'welcome-3' } } })
  })

  it('passes on a refusal that is not about the name', async () => {
    const { services } = aWorld()
    const refusal = new Refused({ en: 'No more channels.', fr: 'Plus de canaux.' }, { en: 'Ask.', fr: 'Demandez.' })
    const missing = new Refused({ en: 'No such channel.', fr: 'Aucun canal.' }, { en: 'Ask.', fr: 'Demandez.' })
    const chat = { ...services.chat, createChannel: () => Promise.reject(refusal), findChannel: () => Promise.reject(missing) }
    await expect(performed('create-channel', { name: 'welcome' }, { ...services, chat })).rejects.toBe(refusal)
  })
})

describe('invite-people', () => {
  it('invites each person once, however often they are named', async () => {
    const outcome = await performed('invite-people', { channel: 'general', people: [ana, 'ana', ana, 'bo@example.com'] })
    expect(outcome).toMatchObject({ exit: 'done', data: { channel: { name: 'general' } } })
    expect('data' in outcome && outcome.data?.['people']).toHaveLength(2)
  })
})

describe('tables', () => {
  it('finds what was added, the newest first, and says when there is nothing', async () => {
    const { services } = aWorld()
    await performed('add-row', { table: 'Leads', row: { Name: 'Ana', Seats: 12 } }, services)
    expect(await performed('find-rows', { table: 'Leads', where: { Name: 'Ana' } }, services)).toMatchObject({
      data: { rows: [{ Name: 'Ana', Seats: 12 }], count: 1, found: true, first: { Name: 'Ana' } },
    })
    expect(await performed('find-rows', { table: 'Leads', where: { Name: 'Bo' } }, services)).toEqual({
      exit: 'done',
      data: { rows: [], first: null, count: 0, found: false },
    })
  })

  it('fetches a sensible number of rows', async () => {
    expect(faultsOf('find-rows', { table: 'Leads', limit: 5_000 })).toEqual(['limit'])
    await expect(performed('find-rows', { table: 'Leads', limit: 'many' })).rejects.toMatchObject({ kind: 'misconfigured' })
  })
})

describe('call-web-address', () => {
  const call = (settings: Record<string, unknown>, status: number, body?: unknown) =>
    performed(
      'call-web-address',
      { url: 'https://example.com/orders', ...settings },
      aWorld({ answers: () => ({ status, body }) }).services,
    )

  it('gives what came back', async () => {
    expect(await call({}, 201, ['a'])).toEqual({ exit: 'done', data: { status: 201, body: ['a'] } })
    expect(await call({}, 204)).toEqual({ exit: 'done', data: { status: 204, body: null } })
  })

  it('says what kind of content it sends, and sends none with GET', async () => {
    const { services } = aWorld()
    const sent: unknown[] = []
    const http = {
      call: async (input: Parameters<Services['http']['call']>[0]) => (
        sent.push({ headers: input.headers, body: input.body }),
        { status: 200, body: null }
      ),
    }
    const url = 'https://example.com'
    await performed('call-web-address', { url, method: 'POST', body: '{"a": 1}' }, { ...services, http })
    await performed('call-web-address', { url, method: 'POST', body: 'a', headers: { 'Content-Type': 'text/csv' } }, { ...services, http })
    await performed('call-web-address', { url, body: 'a' }, { ...services, http })
    expect(sent).toEqual([
      { headers: { 'content-type': 'application/json' }, body: '{"a": 1}' },
      { headers: { 'Content-Type': 'text/csv' }, body: 'a' },
      { headers: {}, body: undefined },
    ])
  })

  it.each([
    [400, 'refused'],
    [401, 'refused'],
    [404, 'refused'],
    [302, 'refused'],
    [408, 'unavailable'],
    [429, 'unavailable'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ])('takes status %i as %s', async (status, kind) => {
    await expect(call({}, status)).rejects.toMatchObject({ kind, what: { en: `example.com answered with status ${status}.` } })
  })

  it('calls nothing but web addresses', async () => {
    expect(faultsOf('call-web-address', { url: 'ftp://example.com' })).toEqual(['url'])
    expect(faultsOf('call-web-address', { url: '{{ trigger.body.url }}' })).toEqual([])
    await expect(call({ url: 'javascript:alert(1)' }, 200)).rejects.toMatchObject({ kind: 'misconfigured' })
  })
})

describe('send-email', () => {
  it('writes to people and to addresses of nobody in the directory, once each', async () => {
    const world = aWorld()
    await performed('send-email', { to: [ana, 'ana', 'guest@example.org'], subject: 'Hello', text: 'Hi' }, world.services)
    expect(world.done).toMatchObject([{ what: 'mailed', to: ['ana@example.com', 'guest@example.org'], subject: 'Hello', text: 'Hi' }])
  })

  it('wants a text', () => {
    expect(faultsOf('send-email', { to: 'ana', subject: 'Hello', text: '' })).toEqual(['text'])
  })
})

describe('set-data', () => {
  it('gives every value under its name, and says what it will be', async () => {
    const data = {
      size: 3,
      late: false,
      who: '{{ trigger.person }}',
      greeting: 'Hello {{ trigger.person.name }}',
      list: ['a'],
      more: { a: 1 },
    }
    expect(await performed('set-data', { data })).toEqual({ exit: 'done', data })
    expect(
      catalogue.kinds
        .step('set-data')
        ?.gives({ data })
        .map(({ kind }) => kind),
    ).toEqual(['number', 'yesno', 'any', 'text', 'list', 'record'])
  })
})

it('counts a cleared optional setting as not given', async () => {
  expect(faultsOf('create-channel', { name: 'welcome', topic: '' })).toEqual([])
  expect(await performed('end', { outcome: '' })).toEqual({ exit: 'done', data: { outcome: null } })
  expect(faultsOf('end', { outcome: null })).toEqual([])
})
