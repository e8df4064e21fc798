import { describe, expect, test } from 'vitest'
import { nextWorkingHour } from '../../src/catalogue/calendar.ts'
import { missionSchema, type Mission } from '../../src/mission/mission.ts'
import { loadAsk } from '../../src/server/store/asks.ts'
import { aDatabase } from '../making.ts'
import { anOffice, aProgram, newestRun, pressed, published, startedByHand, until, type Office } from './program.ts'

const database = await aDatabase()

const question = (settings: Record<string, unknown>, type = 'ask'): Mission =>
  missionSchema.parse({
    format: 1,
    name: 'A question',
    triggers: [{ id: 'start', type: 'by-hand', settings: {} }],
    steps: [
      {
        id: 'q',
        type,
        settings: {
          to: 'people',
          whom: ['bob@example.com'],
          question: 'Which one?',
          answer: 'choices',
          choices: ['Mac', 'PC'],
          within: '1h',
          ...settings,
        },
      },
    ],
    links: [{ from: 'start', to: 'q' }],
  })

/** Starts a mission in an office and waits until its question stands in the chat. */
async function asked(office: Office, mission: Mission): Promise<void> {
  const id = await published(database, office, mission)
  await startedByHand(database, office, id, 'Ana')
  await until('it is asked', async () => {
    const { rows } = await database.pool.query(
      `select 1 from asks a join runs r on r.id = a.run_id where r.mission_id = $1 and a.messages <> '[]'`,
      [id],
    )
    return rows.length > 0
  })
}

/** What stands in a person's conversation with the mission, oldest first. */
async function readBy(office: Office, who: string): Promise<{ text: string; buttons: number }[]> {
  const { rows } = await database.pool.query<{ body: { text: string; buttons?: unknown[] } }>(
    `select m.body from messages m join channel_members c on c.channel_id = m.channel_id and c.person_id = $1
     join channels r on r.id = m.channel_id and r.kind = 'direct' order by m.at`,
    [office.people[who]],
  )
  return rows.map(({ body }) => ({ text: body.text, buttons: body.buttons?.length ?? 0 }))
}

const journal = async (line: string) => (await newestRun(database))?.journal.includes(line)
const ended = () => until('the run has ended', async () => newestRun(database).then((run) => run?.status === 'completed' && run))
const told = (reply: Awaited<ReturnType<typeof pressed>>) => ('told' in reply ? reply.told.en : JSON.stringify(reply.wrong))

describe('a question that nobody answers', () => {
  test('is put again in the chat, then to the manager, whose answer is taken', async () => {
    const office = await anOffice(database, ['Ana', 'Bob', 'Cy'])
    const program = await aProgram(database)
    await asked(office, question({ remind: '1s', escalate: 'manager', after: '2s' }))
    expect(told(await pressed(program, office, 'Ana', 'q', 'Mac'))).toMatch(/not put to you/)

    await until('Bob is reminded', () => journal('reminded q'))
    expect(await readBy(office, 'Bob')).toEqual([
      { text: 'Which one?', buttons: 2 },
      { text: '_A reminder:_\n\nWhich one?', buttons: 2 },
    ])
    await until('Ana is asked', () => journal('escalated q'))
    expect(await readBy(office, 'Ana')).toEqual([{ text: '_You are asked because Bob has not answered._\n\nWhich one?', buttons: 2 }])
    const { rows } = await database.pool.query('select waiting from run_cards where id = $1', [(await newestRun(database))?.id])
    expect(rows[0]?.waiting).toMatchObject([{ what: 'asked', people: [{ name: 'Bob' }, { name: 'Ana' }] }])

    expect(told(await pressed(program, office, 'Cy', 'q', 'Mac'))).toMatch(/not put to you/)
    expect(told(await pressed(program, office, 'Ana', 'q', 'PC'))).toMatch(/kept/)
    expect(told(await pressed(program, office, 'Bob', 'q', 'Mac'))).toBe('Ana was faster and has already answered.')
    expect((await ended()).journal).toEqual([
      'started',
      'begun q',
      'asked q',
      'reminded q',
      'escalated q',
      'answered q',
      'left q.done',
      'ended completed',
    ])
    await until('every message shows it', async () =>
      [...(await readBy(office, 'Bob')), ...(await readBy(office, 'Ana'))].every(
        ({ buttons, text }) => buttons === 0 && text.includes('**Ana**: PC'),
      ),
    )
  })

  test('leaves with its default answer, and a late one is told so kindly', async () => {
    const office = await anOffice(database, ['Ana', 'Bob'])
    const program = await aProgram(database)
    await asked(office, question({ within: '1s', otherwise: 'Mac' }))
    const run = await ended()
    expect(run.journal).toContain('left q.done')
    const { rows } = await database.pool.query(`select data->'data' as data from entries where run_id = $1 and what = 'left'`, [run.id])
    expect(rows[0]?.data).toMatchObject({ answer: 'Mac', by: null, defaulted: true, missing: [{ name: 'Bob' }] })
    expect(told(await pressed(program, office, 'Bob', 'q', 'PC'))).toMatch(/^Too late: .* Thank you/)
    await until('the message says so', async () => (await readBy(office, 'Bob'))[0]?.text.includes('“Mac” counts.'))
  })

  test('is put to nobody else when there is no manager, and goes on', async () => {
    const office = await anOffice(database, ['Ana', 'Bob'])
    const program = await aProgram(database)
    await asked(office, question({ whom: ['ana@example.com'], escalate: 'manager', after: '1s' }))
    await until('it is told', () => journal('escalated q'))
    expect((await newestRun(database))?.status).toBe('waiting')
    await pressed(program, office, 'Ana', 'q', 'Mac')
    await ended()
  })

  test('is put to nobody at night, but in the morning', async () => {
    const office = await anOffice(database, ['Ana', 'Bob'])
    const program = await aProgram(database)
    const away = ['Europe/Paris', 'Asia/Tokyo', 'America/Los_Angeles'].find((zone) => nextWorkingHour(new Date(), zone) > new Date())
    await database.pool.query('update people set time_zone = $2 where id = $1', [office.people['Bob'], away])
    const id = await published(database, office, question({ working: true, within: '1d' }))
    await startedByHand(database, office, id, 'Ana')
    await until('the run waits', async () => (await newestRun(database))?.status === 'waiting' && (await journal('asked q')))
    expect(await readBy(office, 'Bob')).toEqual([])
    // The morning comes: the same as if what was due then were due now.
    const { pool, queue } = program.context
    const { rows } = await pool.query<{ id: string }>(
      `update run_states s set state = jsonb_set(state, '{open,0,next}', '"2026-01-01T08:00:00.000Z"')
       from asks a where a.run_id = s.run_id and s.run_id = (select id from runs where mission_id = $1) returning s.run_id as id`,
      [id],
    )
    const run = rows[0]?.id ?? ''
    const ladder = `jsonb_set(jsonb_set(ladder, '{working}', 'false'), '{rungs,0,at}', '"2026-01-01T08:00:00.000Z"')`
    await pool.query(`update asks set ladder = ${ladder} where run_id = $1`, [run])
    await queue.drive(pool, run)
    await until('Bob is asked', async () => (await readBy(office, 'Bob')).length === 1)
  })

  test('is neither put nor passed on twice when the process dies before it has written that down', async () => {
    const office = await anOffice(database, ['Ana', 'Bob'])
    const program = await aProgram(database)
    const { pool, queue } = program.context
    await asked(office, question({ remind: '2s', escalate: 'manager', after: '3s' }))
    await until('the run waits', async () => (await newestRun(database))?.status === 'waiting')
    const run = (await newestRun(database))?.id
    const { rows } = await pool.query<{ state: unknown; last_entry: number; ladder: unknown; messages: unknown }>(
      'select s.state, s.last_entry, a.ladder, a.messages from run_states s join asks a on a.run_id = s.run_id where s.run_id = $1',
      [run],
    )
    const before = rows[0] ?? expect.unreachable()
    await until('Ana is asked', () => journal('escalated q'))
    await until('the run waits', async () => (await newestRun(database))?.status === 'waiting')
    // As it would stand if none of the commits since had come through.
    await pool.query('delete from entries where run_id = $1 and number > $2', [run, before.last_entry])
    await pool.query('update asks set ladder = $2, messages = $3 where run_id = $1', [
      run,
      JSON.stringify(before.ladder),
      JSON.stringify(before.messages),
    ])
    await pool.query('update run_states set state = $2, last_entry = $3 where run_id = $1', [
      run,
      JSON.stringify(before.state),
      before.last_entry,
    ])
    await queue.drive(pool, run ?? '')
    await until('it is written down', () => journal('escalated q'))
    expect((await newestRun(database))?.journal).toEqual(['started', 'begun q', 'asked q', 'reminded q', 'escalated q'])
    expect(await readBy(office, 'Bob')).toHaveLength(2)
    expect(await readBy(office, 'Ana')).toHaveLength(1)
    await pressed(program, office, 'Ana', 'q', 'PC')
    await ended()
    await until('every message shows it', async () => (await readBy(office, 'Bob')).every(({ text }) => text.includes('**Ana**: PC')))
  })

  test('is climbed on by another process after the first has gone', async () => {
    const office = await anOffice(database, ['Ana', 'Bob'])
    const first = await aProgram(database)
    await asked(office, question({ remind: '2s' }))
    await until('the run waits', async () => (await newestRun(database))?.status === 'waiting')
    await first.stop()
    await aProgram(database)
    await until('Bob is reminded', () => journal('reminded q'))
    expect(await readBy(office, 'Bob')).toHaveLength(2)
  })
})

describe('several people', () => {
  const all = { whom: ['ana@example.com', 'bob@example.com', 'cy@example.com'] }

  test('change their answers until enough have answered; then each is told how it ended', async () => {
    const office = await anOffice(database, ['Ana', 'Bob', 'Cy'])
    const program = await aProgram(database)
    await asked(office, question({ ...all, needed: 'number', count: 2 }))
    expect(told(await pressed(program, office, 'Ana', 'q', 'Mac'))).toMatch(/kept/)
    expect(told(await pressed(program, office, 'Ana', 'q', 'PC'))).toBe('Your answer was changed.')
    expect(told(await pressed(program, office, 'Bob', 'q', 'PC'))).toMatch(/kept/)
    expect(told(await pressed(program, office, 'Cy', 'q', 'Mac'))).toBe(
      'Ana and Bob have already answered, and that was enough. Thank you all the same.',
    )
    expect(told(await pressed(program, office, 'Ana', 'q', 'Mac'))).toMatch(/can no longer be changed/)
    const run = await ended()
    const { rows } = await database.pool.query(`select data->'data' as data from entries where run_id = $1 and what = 'left'`, [run.id])
    expect(rows[0]?.data).toMatchObject({ counts: { Mac: 0, PC: 2 }, missing: [{ name: 'Cy' }] })
  })

  test('press the same again, because a reply got lost: they are thanked again, and it is told once', async () => {
    const office = await anOffice(database, ['Ana', 'Bob'])
    const program = await aProgram(database)
    await asked(office, question({ ...all, whom: all.whom.slice(0, 2), needed: 'everybody' }))
    for (let press = 0; press < 3; press++) expect(told(await pressed(program, office, 'Ana', 'q', 'Mac'))).toMatch(/kept/)
    await pressed(program, office, 'Bob', 'q', 'PC')
    const { journal } = await ended()
    expect(journal.filter((line) => line.startsWith('answered'))).toHaveLength(2)
  })

  test('keep their first answer where the step does not let them change it', async () => {
    const office = await anOffice(database, ['Ana', 'Bob', 'Cy'])
    const program = await aProgram(database)
    await asked(office, question({ ...all, needed: 'everybody', changeable: false }))
    await pressed(program, office, 'Ana', 'q', 'Mac')
    expect(told(await pressed(program, office, 'Ana', 'q', 'PC'))).toBe('You have already answered.')
    expect((await newestRun(database))?.status).not.toBe('completed')
  })

  test('decide together, and a veto ends it', async () => {
    const office = await anOffice(database, ['Ana', 'Bob', 'Cy'])
    const program = await aProgram(database)
    const approval = question(
      { ...all, request: 'A new roof?', needed: 'number', count: 2, veto: 'named', vetoers: ['cy@example.com'] },
      'approve',
    )
    await asked(office, approval)
    await pressed(program, office, 'Ana', 'q', 'decline')
    await pressed(program, office, 'Cy', 'q', 'decline')
    expect(told(await pressed(program, office, 'Bob', 'q', 'approve'))).toMatch(/^Ana and Cy have already answered/)
    expect((await ended()).journal).toContain('left q.declined')
  })

  test('who press at the same moment are never counted beyond what is enough', async () => {
    const office = await anOffice(database, ['Ana', 'Bob', 'Cy'])
    const program = await aProgram(database)
    await asked(office, question({ ...all, needed: 'number', count: 2 }))
    const replies = await Promise.all(['Ana', 'Bob', 'Cy'].map((who) => pressed(program, office, who, 'q', 'Mac')))
    expect(replies.filter((reply) => 'accepted' in reply && reply.accepted)).toHaveLength(2)
    const run = await ended()
    expect(run.journal.filter((line) => line === 'answered q')).toHaveLength(2)
  })
})

test('somebody asked later answers in a channel that others may answer, and a vote that is secret names nobody', async () => {
  const office = await anOffice(database, ['Ana', 'Bob', 'Cy'])
  const program = await aProgram(database)
  await database.pool.query('delete from channel_members where channel_id = $1 and person_id = $2', [
    office.general.id,
    office.people['Cy'],
  ])
  await database.pool.query(`update channels set kind = 'private' where id = $1`, [office.general.id])
  await asked(
    office,
    question({ to: 'channel', channel: 'general', remind: '1s', escalate: 'backup', backup: ['cy@example.com'], after: '2s' }),
  )
  expect(told(await pressed(program, office, 'Cy', 'q', 'Mac'))).toMatch(/not put to you/)
  await until('Cy is asked', () => journal('escalated q'))
  const { rows } = await database.pool.query<{ text: string }>('select text from messages where channel_id = $1', [office.general.id])
  expect(rows).toHaveLength(2)
  expect(told(await pressed(program, office, 'Cy', 'q', 'Mac'))).toMatch(/kept/)
  await ended()

  await database.pool.query(`update channels set kind = 'public' where id = $1`, [office.general.id])
  await asked(office, question({ channel: 'general', choices: ['A', 'B'], anonymous: true }, 'poll'))
  await pressed(program, office, 'Ana', 'q', 'A')
  await pressed(program, office, 'Bob', 'q', 'A')
  expect(told(await pressed(program, office, 'Cy', 'q', 'A'))).toBe('Enough people have already answered. Thank you all the same.')
})

test('every message of a question is known, and closed with it', async () => {
  const office = await anOffice(database, ['Ana', 'Bob'])
  const program = await aProgram(database)
  await asked(office, question({ remind: '1s' }))
  await until('Bob is reminded', () => journal('reminded q'))
  await pressed(program, office, 'Bob', 'q', 'Mac')
  await ended()
  const { rows } = await database.pool.query<{ id: string }>('select id from asks order by created_at desc limit 1')
  const id = rows[0]?.id ?? ''
  await until(
    'it is closed',
    async () => (await database.pool.query('select 1 from asks where id = $1 and closed_at is not null', [id])).rows.length > 0,
  )
  const loaded = await loadAsk(database.pool, id)
  expect(loaded?.ask.messages).toMatchObject([{ person: office.people['Bob'] }, { why: 'reminder' }])
})
