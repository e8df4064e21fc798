import { describe, expect, test } from 'vitest'
import { Interrupted, Refused, Unavailable } from '../../src/catalogue/trouble.ts'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import type { Person, Services } from '../../src/catalogue/services.ts'
import { addressAsk, drawAsk, postAsk, settleAsk, type Ask } from '../../src/run/ask.ts'
import { climb, type Climbed } from '../../src/run/climb.ts'
import { pretendWorld, type Said } from '../../src/run/pretend.ts'
import type { Behaviour, Rehearsal } from '../../src/run/rehearse.ts'
import { aMission, aPerson, inShort, people, rehearsed } from './making.ts'

const question = (more: Record<string, unknown>, type = 'ask') =>
  aMission(
    [
      {
        id: 'q',
        type,
        settings: {
          to: 'people',
          whom: ['bob@example.com'],
          question: 'Which one?',
          answer: 'choices',
          choices: ['Mac', 'PC'],
          within: '4d',
          ...more,
        },
      },
    ],
    [{ from: 'start', to: 'q' }],
  )

/** What happened when, from Monday 2 November 2026, 9:00 UTC on: `Mon 09:00 reminded Bob`. */
function happened({ entries }: Rehearsal): string[] {
  return entries.flatMap((entry) => {
    const names = (who: readonly { name: string }[]) => who.map(({ name }) => name).join('+')
    const when = `${entry.at.slice(8, 10)} ${entry.at.slice(11, 16)}`
    if (entry.what === 'reminded' && entry.data.first) return [`${when} first asked ${names(entry.data.people)}`]
    if (entry.what === 'reminded')
      return [`${when} reminded ${names(entry.data.people)}${entry.data.channel ? ` in ${entry.data.channel.name}` : ''}`]
    if (entry.what === 'escalated')
      return [
        `${when} asked ${names(entry.data.people)} for ${names(entry.data.for)}` +
          (entry.data.without.length > 0 ? `, nobody for ${names(entry.data.without)}` : '') +
          (entry.data.unknown.length > 0 ? `, unknown ${entry.data.unknown.join(' ')}` : ''),
      ]
    if (entry.what === 'answered') return [`${when} answered ${entry.data.person?.name ?? '?'}`]
    return entry.what === 'left' ? [`${when} left ${entry.data.exit}`] : []
  })
}

const told = (rehearsal: Rehearsal) =>
  rehearsal.said.map(
    ({ to, at, message }) => `${at.slice(8, 10)} ${'person' in to ? to.person.name : to.channel.name}: ${message.text.split('\n')[0]}`,
  )
const silence = (...names: string[]): Behaviour[] => names.map((who) => ({ who, after: 'never' }))

describe('a question nobody answers', () => {
  const ladder = { remind: '1d', again: '1d', escalate: 'manager', after: '3d' }

  test('is put again, and again, then to the manager, whose answer counts', async () => {
    const rehearsal = await rehearsed(question(ladder), [...silence('Bob'), { who: 'Ana', after: '2h', press: 'PC' }])
    expect(happened(rehearsal)).toEqual([
      '03 09:00 reminded Bob',
      '04 09:00 reminded Bob',
      '05 09:00 asked Ana for Bob',
      '05 11:00 answered Ana',
      '05 11:00 left done',
    ])
    expect(rehearsal.said.map(({ at, to }) => `${at.slice(8, 10)} ${'person' in to ? to.person.name : ''}`)).toEqual([
      '02 Bob',
      '03 Bob',
      '04 Bob',
      '05 Ana',
    ])
    // Whatever message somebody looks at shows that it is over.
    for (const { message } of rehearsal.said) expect(message).toEqual({ text: 'Which one?\n\n**Ana**: PC' })
    expect(rehearsal.entries.find((entry) => entry.what === 'left')).toMatchObject({
      data: { data: { by: { name: 'Ana' }, missing: [{ name: 'Bob' }] } },
    })
  })

  test('leaves by its time limit, or with its default answer', async () => {
    const all = silence('Bob', 'Ana')
    expect(happened(await rehearsed(question(ladder), all)).at(-1)).toBe('06 09:00 left timeout')
    const rehearsal = await rehearsed(question({ ...ladder, otherwise: 'Mac' }), all)
    expect(happened(rehearsal).at(-1)).toBe('06 09:00 left done')
    expect(rehearsal.entries.some(({ what }) => what === 'answered')).toBe(false)
    expect(rehearsal.entries.find((entry) => entry.what === 'left')).toMatchObject({
      data: { data: { answer: 'Mac', by: null, defaulted: true } },
    })
  })

  test('can be acted on in the reminder itself, which says what it is', async () => {
    const rehearsal = await rehearsed(question(ladder), silence('Bob', 'Ana'))
    // Looked at while it was open: the last redrawing was at its end.
    expect(told(rehearsal)).toEqual(['02 Bob: Which one?', '03 Bob: Which one?', '04 Bob: Which one?', '05 Ana: Which one?'])
    const { said } = await climbed({ now: '2026-11-03T09:00:00Z', ladder: { remind: '1d' } })
    expect(said.at(-1)?.message).toMatchObject({ text: '_A reminder:_\n\nWhich one?', buttons: [{ id: 'Mac' }, { id: 'PC' }] })
  })

  test('keeps out of the night and the weekend', async () => {
    const start = new Date('2026-11-06T15:00:00Z')
    // Friday, 16:00 in Paris: an hour later nobody is at work there any more.
    const rehearsal = await rehearsed(question({ remind: '1h', again: '4h', within: '3d', working: true }), silence('Bob'), { start })
    expect(happened(rehearsal)).toEqual(['09 08:00 reminded Bob', '09 12:00 reminded Bob', '09 15:00 left timeout'])
    const short = await rehearsed(question({ remind: '1h', within: '2d', working: true }), silence('Bob'), { start })
    expect(happened(short)).toEqual(['09 08:00 left timeout'])
  })
})

describe('a question outside working hours', () => {
  const late = { start: new Date('2026-11-06T19:00:00Z') }

  test('is put to each when they work, and answered from then on', async () => {
    const rehearsal = await rehearsed(question({ remind: '1d', working: true }), [{ who: 'Bob', after: '2h' }], late)
    expect(rehearsal.entries.find(({ what }) => what === 'asked')).toMatchObject({ data: { people: [{ name: 'Bob' }], working: true } })
    expect(happened(rehearsal)).toEqual(['09 08:00 first asked Bob', '09 10:00 answered Bob', '09 10:00 left done'])
    expect(rehearsal.said.map(({ at }) => at)).toEqual(['2026-11-09T08:00:00.000Z'])
  })

  test('comes without the reminders that were missed meanwhile, and says when it cannot be sent', async () => {
    const start = '2026-11-06T19:00:00Z'
    const ladder = { remind: '1h', working: true }
    const { entries, said } = await climbed({ start, now: '2026-11-09T12:00:00Z', ladder })
    expect(entries).toMatchObject([{ what: 'reminded', data: { people: [{ name: 'Bob' }], first: true } }])
    expect(said.map(({ message }) => message.text)).toEqual(['Which one?'])
    const send = () => Promise.reject(new Refused({ en: 'No.', fr: 'Non.' }, { en: '', fr: '' }))
    const lost = await climbed({
      start,
      now: '2026-11-09T08:00:00Z',
      ladder,
      meddle: (services) => ({ ...services, chat: { ...services.chat, send } }),
    })
    expect(lost.entries).toMatchObject([{ what: 'reminded', data: { first: true, trouble: { kind: 'refused' } } }])
  })

  test('stands in a channel at once', async () => {
    const rehearsal = await rehearsed(
      question({ to: 'channel', channel: 'general', working: true }),
      [{ who: 'Bob', after: '1h' }, ...silence('Ana', 'Cy')],
      late,
    )
    expect(happened(rehearsal)).toEqual(['06 20:00 answered Bob', '06 20:00 left done'])
  })
})

describe('several people', () => {
  const both = { whom: ['bob@example.com', 'cy@example.com'], needed: 'everybody', remind: '1d', escalate: 'manager', after: '2d' }

  test('are reminded only while they have not answered, and their manager stands in for the rest', async () => {
    const rehearsal = await rehearsed(question(both), [{ who: 'Bob', after: '2h' }, ...silence('Cy'), { who: 'Ana', after: '1h' }])
    expect(happened(rehearsal)).toEqual([
      '02 11:00 answered Bob',
      '03 09:00 reminded Cy',
      '04 09:00 asked Ana for Cy',
      '04 10:00 answered Ana',
      '04 10:00 left done',
    ])
  })

  test('have one manager, who is asked once for all of them', async () => {
    const rehearsal = await rehearsed(question(both), silence('Bob', 'Cy', 'Ana'))
    expect(happened(rehearsal)).toEqual(['03 09:00 reminded Bob+Cy', '04 09:00 asked Ana for Bob+Cy', '06 09:00 left timeout'])
  })

  test('who all have answered are left alone', async () => {
    const rehearsal = await rehearsed(question({ ...both, needed: 'number', count: 2 }), [
      { who: 'Bob', after: '1h' },
      { who: 'Cy', after: '2h' },
    ])
    expect(happened(rehearsal)).toEqual(['02 10:00 answered Bob', '02 11:00 answered Cy', '02 11:00 left done'])
  })
})

describe('somebody else to ask', () => {
  test('may not be there: the journal says so and the question goes on', async () => {
    const nobody = await rehearsed(question({ whom: ['ana@example.com'], escalate: 'manager', after: '1d' }), silence('Ana'))
    expect(happened(nobody)).toEqual(['03 09:00 asked  for , nobody for Ana', '06 09:00 left timeout'])
    const unknown = await rehearsed(
      question({ escalate: 'backup', backup: ['gone@example.com', 'cy@example.com'], after: '1d' }),
      silence('Bob', 'Cy'),
    )
    expect(happened(unknown)).toEqual(['03 09:00 asked Cy for Bob, unknown gone@example.com', '06 09:00 left timeout'])
    const empty = await rehearsed(question({ escalate: 'backup', backup: '{{ trigger.person.buddy }}', after: '1d' }), silence('Bob'))
    expect(happened(empty)).toEqual(['03 09:00 asked  for , nobody for Bob', '06 09:00 left timeout'])
    expect(inShort(empty).at(-1)).toBe('ended completed')
  })

  test('is nobody who was asked anyway', async () => {
    const rehearsal = await rehearsed(
      question({ whom: ['ana@example.com', 'bob@example.com'], needed: 'everybody', escalate: 'manager', after: '1d' }),
      silence('Ana', 'Bob'),
    )
    expect(happened(rehearsal)[0]).toBe('03 09:00 asked  for , nobody for Ana+Bob')
  })

  test('may be several, each told for whom they are asked', async () => {
    const { said, entries } = await climbed({ now: '2026-11-04T09:00:00Z', ladder: { escalate: { to: ['ana', 'cy'], after: '2d' } } })
    expect(said.slice(-2).map(({ message }) => message.text)).toEqual([
      '_You are asked because Bob has not answered._\n\nWhich one?',
      '_You are asked because Bob has not answered._\n\nWhich one?',
    ])
    expect(entries).toMatchObject([
      { what: 'escalated', data: { people: [{ name: 'Ana' }, { name: 'Cy' }], for: [{ name: 'Bob' }], manager: false } },
    ])
  })
})

describe('a question in a channel', () => {
  const open = { to: 'channel', channel: 'general', needed: 'everybody', remind: '1d', within: '2d' }

  test('is put there again, for those who have not answered', async () => {
    const rehearsal = await rehearsed(question(open), [{ who: 'Bob', after: '1h' }, ...silence('Ana', 'Cy')])
    expect(happened(rehearsal)).toEqual(['02 10:00 answered Bob', '03 09:00 reminded  in general', '04 09:00 left timeout'])
    expect(rehearsal.said).toHaveLength(2)
    const named = await rehearsed(question({ ...open, only: ['bob', 'cy'] }), [{ who: 'Bob', after: '1h' }, ...silence('Cy')])
    expect(happened(named)).toContain('03 09:00 reminded Cy in general')
  })

  test('mentions those who are missing, unless they are many or nobody may know', async () => {
    const text = async (members: number, anonymous = false) => {
      const cast = Array.from({ length: members }, (_, index) => aPerson(`P${index}`))
      const settings = anonymous
        ? { channel: 'general', question: 'Lunch?', choices: ['A', 'B'], several: false, anonymous: true, within: '4d' }
        : undefined
      const { said } = await climbed({
        now: '2026-11-03T09:00:00Z',
        ladder: { remind: '1d' },
        cast,
        channel: 'general',
        ...(settings ? { type: 'poll', settings } : {}),
      })
      return said.at(-1)?.message.text.split('\n')[0]
    }
    expect(await text(2)).toBe('_A reminder for <@p0>, <@p1>:_')
    expect(await text(11)).toBe('_A reminder: 11 people have not answered yet._')
    expect(await text(2, true)).toBe('_A reminder:_')
  })
})

interface Scene {
  whom?: string[]
  answered?: string[]
  start?: string
  now: string
  ladder: Parameters<typeof addressAsk>[0]['ladder'] extends infer Given ? Partial<NonNullable<Given>> : never
  cast?: readonly Person[]
  channel?: string
  type?: string
  settings?: Record<string, unknown>
  /** Changes what the world does. */
  meddle?(services: Services): Services
  keep?(later: Pick<Climbed, 'asked' | 'standIns'>): void
  twice?: boolean
}

/** Bob (or a cast) is asked on Monday, 9:00 UTC; at another instant the ladder is climbed. */
async function climbed(scene: Scene): Promise<Climbed & { said: Said[]; ask: Ask }> {
  const { cast = people, channel, type = 'ask', meddle = (services) => services } = scene
  let now = new Date(scene.start ?? '2026-11-02T09:00:00Z')
  const { services, said } = pretendWorld({ people: cast, channels: [{ name: 'general' }], now: () => now })
  const settings = scene.settings ?? {
    to: channel ? 'channel' : 'people',
    question: 'Which one?',
    answer: 'choices',
    choices: ['Mac', 'PC'],
    needed: 'everybody',
    within: '4d',
  }
  const action = catalogue.actions.get(type) ?? expect.unreachable()
  const opened = await addressAsk(
    {
      to: channel ? { channel } : { people: scene.whom ?? ['bob'] },
      answers: 'several',
      changeable: true,
      within: '4d',
      ladder: { working: false, ...scene.ladder },
    },
    { id: 'ask', step: 'q', visit: 1, type, settings },
    services,
  )
  let ask: Ask = { ...opened, messages: await postAsk(action, opened, services, 'key', 'en') }
  now = new Date(scene.now)
  const again = () =>
    climb({
      action,
      ask,
      answers: cast
        .filter(({ id }) => scene.answered?.includes(id))
        .map((person) => ({ person, picked: ['Mac'], values: {}, at: '2026-11-02T10:00:00.000Z' })),
      services: meddle(services),
      key: 'key',
      language: 'en',
      keep: async (later) => {
        ask = { ...ask, ...later }
        scene.keep?.(later)
      },
    })
  if (scene.twice) await again()
  return { ...(await again()), said, ask }
}

test('a question from before an action was given more settings is drawn and settled as if they were not set', async () => {
  const { services } = pretendWorld({ people, now: () => new Date('2026-11-02T09:00:00Z') })
  const action = catalogue.actions.get('approve') ?? expect.unreachable()
  const settings = { whom: ['bob', 'cy'], request: 'May I?', reasons: 'none', within: '2d' }
  const ask = await addressAsk(
    { to: { people: ['bob', 'cy'] }, answers: 'first', changeable: false, within: '2d' },
    { id: 'ask', step: 'q', visit: 1, type: 'approve', settings },
    services,
  )
  const [bob] = ask.asked
  const refusal = { person: bob ?? expect.unreachable(), picked: ['decline'], values: {}, at: '2026-11-02T10:00:00.000Z' }
  expect(settleAsk(action, ask, [refusal], 'en', false)).toMatchObject({ exit: 'declined', data: { by: { name: 'Bob' } } })
  expect(drawAsk(action, ask, [refusal], 'en').note).toMatch(/^Please decide by/)
})

describe('climbing', () => {
  const manager = { escalate: { to: 'manager' as const, after: '1d' } }

  test('after a crash sends nothing twice, and writes down the same', async () => {
    const once = await climbed({ now: '2026-11-03T09:00:00Z', ladder: manager })
    const twice = await climbed({ now: '2026-11-03T09:00:00Z', ladder: manager, twice: true })
    expect(twice.said).toEqual(once.said)
    expect(twice.entries).toEqual(once.entries)
    expect(twice.messages).toEqual(once.messages)
    expect(twice.asked.map(({ name }) => name)).toEqual(['Bob', 'Ana'])
  })

  test('lets others answer before they are asked', async () => {
    let before = -1
    const { said } = await climbed({
      now: '2026-11-03T09:00:00Z',
      ladder: manager,
      keep: ({ standIns }) => {
        before = standIns.length
        expect(standIns).toEqual([{ person: 'ana', for: ['bob'], rung: '1' }])
      },
      meddle: (services) => ({
        ...services,
        chat: { ...services.chat, send: (input) => (expect(before).toBe(1), services.chat.send(input)) },
      }),
    })
    expect(said).toHaveLength(2)
  })

  test('reminds once, however many reminders were missed', async () => {
    const { entries, rungs } = await climbed({ now: '2026-11-04T12:00:00Z', ladder: { remind: '12h', again: '12h' } })
    expect(entries).toHaveLength(1)
    expect(rungs[0]?.at).toBe('2026-11-04T21:00:00.000Z')
  })

  test('is put off to working hours when it comes too late', async () => {
    const { entries, rungs } = await climbed({ now: '2026-11-03T20:00:00Z', ladder: { remind: '1d', ...manager, working: true } })
    expect(entries).toEqual([])
    expect(rungs).toEqual([{ id: '1@2026-11-04T08:00:00.000Z', at: '2026-11-04T08:00:00.000Z', what: 'escalate', people: ['bob'] }])
  })

  test('is tried again when the chat is away, and told when somebody cannot be reached', async () => {
    const failing = (error: Error) => (services: Services) => ({
      ...services,
      chat: { ...services.chat, send: () => Promise.reject(error) },
    })
    const words = { en: 'No.', fr: 'Non.' }
    const now = '2026-11-03T09:00:00Z'
    for (const ladder of [{ remind: '1d' }, manager]) {
      const away = await climbed({ now, ladder, meddle: failing(new Unavailable(words, words, { retryAfter: 300_000 })) })
      expect(away.entries).toEqual([])
      expect(away.rungs).toMatchObject([{ id: '1', at: '2026-11-03T09:05:00.000Z' }])
      const refused = await climbed({ now, ladder, meddle: failing(new Refused(words, words)) })
      expect(refused.entries).toMatchObject([{ data: { trouble: { what: words } } }])
      expect(refused.rungs).toEqual([])
    }
  })

  test('does not fail the run for what is broken', async () => {
    const now = '2026-11-03T09:00:00Z'
    const broken = await climbed({
      now,
      ladder: { escalate: { to: ['cy'], after: '1d' } },
      meddle: (services) => ({ ...services, people: { ...services.people, find: () => Promise.reject(new Error('odd')) } }),
    })
    expect(broken.entries).toMatchObject([{ what: 'escalated', data: { for: [{ name: 'Bob' }], trouble: { kind: 'refused' } } }])
    const lost = await climbed({
      now,
      ladder: { remind: '1d' },
      channel: 'general',
      meddle: (services) => ({ ...services, chat: { ...services.chat, send: () => Promise.reject(new Error('odd')) } }),
    })
    expect(lost.entries).toMatchObject([{ what: 'reminded', data: { trouble: { kind: 'refused' } } }])
  })

  test('reaches those who work now, and the others together when they do', async () => {
    const abroad = { ...aPerson('Dan'), time_zone: 'America/New_York' }
    const whom = ['bob', 'cy', 'dan']
    // Tuesday, 19:00 in Paris and 13:00 in New York.
    const { entries, rungs } = await climbed({
      now: '2026-11-03T18:00:00Z',
      cast: [...people, abroad],
      whom,
      ladder: { remind: '1d', working: true },
    })
    expect(entries).toMatchObject([{ what: 'reminded', data: { people: [{ name: 'Dan' }] } }])
    expect(rungs).toMatchObject([{ at: '2026-11-04T08:00:00.000Z', what: 'remind', people: ['bob', 'cy'] }])
  })

  test('asks nobody instead of people who have all answered', async () => {
    const { entries, said } = await climbed({ now: '2026-11-03T09:00:00Z', ladder: { ...manager, remind: '12h' }, answered: ['bob'] })
    expect(entries).toEqual([])
    expect(said).toHaveLength(1)
  })

  test('names people of earlier data who are gone by their names', async () => {
    const gone = { id: 'x1', name: 'Zed' }
    const { entries } = await climbed({ now: '2026-11-03T09:00:00Z', ladder: { escalate: { to: [gone, { id: 'x2' }], after: '1d' } } })
    expect(entries).toMatchObject([{ what: 'escalated', data: { people: [], unknown: ['Zed', 'x2'] } }])
  })

  test('is interrupted, with nothing written down, when the program itself cannot go on', async () => {
    const now = '2026-11-03T09:00:00Z'
    const send = () => Promise.reject(new Interrupted('away'))
    const cut = (services: Services): Services => ({ ...services, chat: { ...services.chat, send } })
    await expect(climbed({ now, ladder: { remind: '1d' }, meddle: cut })).rejects.toBeInstanceOf(Interrupted)
    const keep = () => {
      throw new Error('away')
    }
    await expect(climbed({ now, ladder: manager, keep })).rejects.toBeInstanceOf(Interrupted)
  })
})
