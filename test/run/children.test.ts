import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { causeOf } from '../../src/run/cause.ts'
import { missionSchema, type Mission } from '../../src/mission/mission.ts'
import { childrenOf, hasRoom, isSettled, outcomeOf, startMore, withoutChild } from '../../src/run/children.ts'
import { isToSettle, progress, startRun, statusOf, type RunState, type Visit } from '../../src/run/progress.ts'
import { compile } from '../../src/mission/machine.ts'
import { entrySchema } from '../../src/run/journal.ts'
import { tellStory } from '../../src/run/story.ts'
import { toCalls, toHappening } from '../../src/run/turn.ts'
import { waitingWords } from '../../src/run/waiting.ts'
import { bodyOf } from '../../src/mission/body.ts'
import { aMission, inShort, people, rehearsed } from './making.ts'

const set = (id: string, data: Record<string, unknown>, more: object = {}) => ({ id, type: 'set-data', settings: { data }, ...more })
const each = (id: string, list: unknown, settings: object = {}, more: object = {}) => ({
  id,
  type: 'for-each',
  settings: { list, ...settings },
  ...more,
})
const pause = (id: string, time: string, more: object = {}) => ({ id, type: 'wait', settings: { until: 'time', time }, ...more })
const link = (from: string, to: string, exit = 'done') => ({ from, exit, to })
const within = (holder: string) => ({ within: holder })
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const hour = 3_600_000

const gave = (mission: Mission, step: string, more = {}) =>
  rehearsed(mission, [], more).then(
    ({ entries }) => entries.findLast((entry) => entry.what === 'left' && entry.step === step)?.data ?? expect.unreachable(),
  )

describe('for each, rehearsed', () => {
  it('does the steps inside for every item, as many at once as it may, with the results in the list’s order', async () => {
    const mission = aMission(
      [
        each('all', numbers(5), { width: 2 }),
        pause('rest', '{{ 6 | minus: item }}h', within('all')),
        set('note', { twice: '{{ item | times: 2 }}', at: '{{ all.position }}/{{ all.count }}' }, within('all')),
        set('after', {
          count: '{{ all.count }}',
          failed: '{{ all.failed }}',
          all: '{{ all.results | map: "steps" | map: "note" | map: "twice" }}',
        }),
      ],
      [link('start', 'all'), link('all', 'rest', 'each'), link('rest', 'note'), link('all', 'after')],
    )
    const rehearsal = await rehearsed(mission)
    expect(inShort(rehearsal)).toEqual([
      'started',
      'begun all',
      'called all',
      'returned all',
      'returned all',
      'returned all',
      'returned all',
      'returned all',
      'left all.done',
      'begun after',
      'left after.done',
      'ended completed',
    ])
    expect(
      rehearsal.entries.find(({ what, ...entry }) => what === 'left' && 'step' in entry && entry.step === 'after')?.data,
    ).toMatchObject({
      data: { count: 5, failed: 0, all: [2, 4, 6, 8, 10] },
    })
    // Two at a time: 5 h and 4 + 3 h side by side, then 2 h from the fifth hour on, and 1 h from the seventh.
    expect(rehearsal.elapsed).toBe(8 * hour)
    expect(rehearsal.children.map(({ position, status, entries }) => `${position} ${status} ${entries.length}`)).toEqual(
      numbers(5).map((number) => `${number} completed 7`),
    )
    for (const entry of rehearsal.entries) expect(entrySchema.safeParse(entry).error).toBeUndefined()
  })

  it('is over at once for an empty list, and refuses one that is too long before it does anything', async () => {
    const empty = aMission(
      [
        each('all', '{{ trigger.nothing }}'),
        each('none', []),
        set('in', { x: 1 }, within('none')),
        set('after', { count: '{{ none.count }}' }),
      ],
      [link('start', 'none'), link('none', 'in', 'each'), link('none', 'after')],
    )
    expect(await gave(empty, 'after')).toMatchObject({ data: { count: 0 } })
    const long = aMission(
      [each('all', numbers(4), { most: 3 }), set('in', { x: 1 }, within('all'))],
      [link('start', 'all'), link('all', 'in', 'each')],
    )
    const rehearsal = await rehearsed(long)
    expect(rehearsal.status).toBe('failed')
    expect(rehearsal.children).toEqual([])
    expect(await gave(long, 'all')).toMatchObject({ exit: 'failed', trouble: { what: { en: 'The list has 4 items, more than 3.' } } })
  })

  it('reads a text as a list, one thing as a list of one, and refuses a width that is none', async () => {
    const listing = (list: unknown, more = {}) =>
      aMission(
        [each('all', list, more), set('in', { x: '{{ item.name | default: item }}' }, within('all'))],
        [link('start', 'all'), link('all', 'in', 'each')],
      )
    const items = async (mission: Mission) =>
      (await rehearsed(mission)).children.map(({ entries }) => entries.find(({ what }) => what === 'left')?.data)
    expect(await items(listing('Ana, Bob\nCy'))).toMatchObject([{ data: { x: 'Ana' } }, { data: { x: 'Bob' } }, { data: { x: 'Cy' } }])
    expect(await items(listing('{{ trigger.person }}'))).toMatchObject([{ data: { x: 'Bob' } }])
    expect(await gave(listing('a', { width: '{{ trigger.person.name }}' }), 'all')).toMatchObject({
      exit: 'failed',
      trouble: { kind: 'misconfigured' },
    })
    expect(await gave(listing('a', { most: '{{ trigger.person.name }}' }), 'all')).toMatchObject({
      exit: 'failed',
      trouble: { kind: 'misconfigured' },
    })
  })

  it('goes on when an item fails, and counts it', async () => {
    const mission = aMission(
      [
        each('all', ['Ana', 'Nobody', 'Cy']),
        { id: 'say', type: 'send-message', within: 'all', settings: { to: 'person', person: '{{ item }}', text: 'Hi' } },
        set('after', { failed: '{{ all.failed }}', second: '{{ all.results[1].status }}' }),
      ],
      [link('start', 'all'), link('all', 'say', 'each'), link('all', 'after')],
    )
    expect(await gave(mission, 'after')).toMatchObject({ data: { failed: 1, second: 'failed' } })
  })

  it('fails at the first failure if that is enough, cancels the others and begins no more', async () => {
    const mission = aMission(
      [
        each('all', ['Ana', 'Nobody', 'Cy', 'Ana'], { width: 3, failure: 'stop' }),
        pause('rest', '{% if item == "Nobody" %}1h{% else %}5h{% endif %}', within('all')),
        { id: 'say', type: 'send-message', within: 'all', settings: { to: 'person', person: '{{ item }}', text: 'Hi' } },
        set('after', { x: 1 }),
      ],
      [link('start', 'all'), link('all', 'rest', 'each'), link('rest', 'say'), link('all', 'after', 'failed')],
    )
    const rehearsal = await rehearsed(mission)
    expect(rehearsal.children.map(({ status }) => status)).toEqual(['cancelled', 'failed', 'cancelled'])
    expect(rehearsal.said).toEqual([])
    expect(inShort(rehearsal)).toContain('left after.done')
  })

  it('nests: what is inside sees everything around it', async () => {
    const mission = aMission(
      [
        set('before', { word: 'w' }),
        each('outer', ['a', 'b']),
        set('mid', { letter: '{{ item }}{{ before.word }}' }, within('outer')),
        each('inner', [1, 2], {}, within('outer')),
        set(
          'note',
          { text: '{{ outer.item }}{{ item }}{{ mid.letter }}{{ trigger.person.name }}{{ outer.position }}{{ inner.position }}' },
          within('inner'),
        ),
        set('after', { text: '{{ outer.results[1].steps.inner.results[0].steps.note.text }}' }),
      ],
      [
        link('start', 'before'),
        link('before', 'outer'),
        link('outer', 'mid', 'each'),
        link('mid', 'inner'),
        link('inner', 'note', 'each'),
        link('outer', 'after'),
      ],
    )
    expect(await gave(mission, 'after')).toMatchObject({ data: { text: 'b1bwBob21' } })
  })

  it('asks people side by side, and takes back what nobody needs any more', async () => {
    const ask = {
      id: 'ask',
      type: 'ask',
      within: 'all',
      settings: {
        to: 'people',
        whom: ['{{ item }}'],
        question: 'Well?',
        answer: 'choices',
        choices: ['Yes'],
        needed: 'first',
        within: '3d',
      },
    }
    const mission = aMission(
      [each('all', ['Ana', 'Bob', 'Cy']), ask, pause('short', '2h'), set('first', { x: 1 }, { join: { wait: 'any', cancelRest: true } })],
      [link('start', 'all'), link('start', 'short'), link('all', 'ask', 'each'), link('all', 'first'), link('short', 'first')],
    )
    const rehearsal = await rehearsed(mission, [{ who: 'Cy', after: 'never' }])
    expect(rehearsal.status).toBe('completed')
    expect(rehearsal.children.map(({ status }) => status)).toEqual(['completed', 'completed', 'cancelled'])
    expect(rehearsal.said[2]?.message.buttons ?? []).toEqual([])
    expect(rehearsal.elapsed).toBe(2 * hour)
  })

  it('takes a thousand items in its stride', async () => {
    const mission = aMission(
      [each('all', numbers(1_000), { width: 50 }), pause('rest', '1h', within('all'))],
      [link('start', 'all'), link('all', 'rest', 'each')],
    )
    const rehearsal = await rehearsed(mission)
    expect(rehearsal.status).toBe('completed')
    expect(rehearsal.children).toHaveLength(1_000)
    expect(rehearsal.elapsed).toBe(20 * hour)
  })
})

describe('run another mission, rehearsed', () => {
  const runs = (settings: object = {}) => ({
    id: 'other',
    type: 'run-mission',
    settings: { mission: 'm2', values: { topic: 'Cake' }, within: '2d', ...settings },
  })
  const called = {
    id: 'called',
    type: 'run-by-mission',
    settings: { fields: [{ id: 'topic', label: 'Topic', kind: 'line', required: true }] },
  }
  const other = (steps: unknown[], links: unknown[]) => missionSchema.parse({ format: 1, name: 'Bakes', triggers: [called], steps, links })
  const around = (mission: Mission) => ({ missions: new Map([['m2', mission]]), triggers: catalogue.triggers })
  const mission = (settings: object = {}) =>
    aMission(
      [runs(settings), set('after', { said: '{{ other.outcome }}', status: '{{ other.status }}' })],
      [link('start', 'other'), link('other', 'after')],
    )
  const baking = other(
    [pause('bake', '3h'), { id: 'end', type: 'end', settings: { outcome: '{{ trigger.topic }} for {{ trigger.mission.name }}' } }],
    [link('called', 'bake'), link('bake', 'end')],
  )

  it('waits for its end and gets what its end said', async () => {
    expect(await gave(mission(), 'after', around(baking))).toMatchObject({ data: { said: 'Cake for Test', status: 'completed' } })
    expect((await rehearsed(mission(), [], around(baking))).elapsed).toBe(3 * hour)
  })

  it('goes on at once where it does not wait; the other goes on by itself', async () => {
    const rehearsal = await rehearsed(mission({ wait: false }), [], around(baking))
    expect(rehearsal.elapsed).toBe(0)
    expect(rehearsal.children).toMatchObject([{ parent: 'rehearsal', status: 'completed' }])
  })

  it('leaves by its time limit', async () => {
    const rehearsal = await rehearsed(mission({ within: '1h' }), [], around(baking))
    expect(inShort(rehearsal)).toContain('left other.timeout')
    expect(rehearsal.children[0]?.status).toBe('completed')
  })

  it('fails where the other fails', async () => {
    const failing = other(
      [{ id: 'say', type: 'send-message', settings: { to: 'person', person: 'Nobody', text: 'x' } }],
      [link('called', 'say')],
    )
    expect(await gave(mission(), 'other', around(failing))).toMatchObject({
      exit: 'failed',
      trouble: { what: { en: 'The other mission failed.' } },
    })
  })

  it('says in words what is missing', async () => {
    expect(await gave(mission({ values: {} }), 'other', around(baking))).toMatchObject({
      trouble: { what: { en: 'The mission “Bakes” is not given everything that it needs.' } },
    })
    expect(await gave(mission(), 'other', around({ ...baking, triggers: [] }))).toMatchObject({
      trouble: { what: { en: 'The mission “Bakes” cannot be run by another one.' } },
    })
  })

  it('takes a mission that is not there as done', async () => {
    expect(await gave(mission(), 'after')).toMatchObject({ data: { said: null, status: 'completed' } })
  })

  it('stops a mission that runs itself for ever', async () => {
    const own = other([runs()], [link('called', 'other')])
    const rehearsal = await rehearsed(mission(), [], around(own))
    expect(rehearsal.status).toBe('failed')
    expect(rehearsal.children).toHaveLength(20)
    expect(rehearsal.children.at(-1)?.entries.find(({ what }) => what === 'left')?.data).toMatchObject({
      trouble: { what: { en: 'This run was started by 20 others in a row, so it starts no more of them.' } },
    })
  })
})

describe('counting children', () => {
  const items = (count: number, width: number, stopAtFailure = false) => childrenOf({ items: numbers(count), width, stopAtFailure })
  const visit = (children: Visit['children']): Visit => ({
    step: 'all',
    visit: 1,
    phase: 'calling',
    attempt: 0,
    ...(children ? { children } : {}),
  })
  const state = (open: Visit[]): RunState => ({ machine: { compiler: '', value: {}, context: {} as never, status: 'active' }, open })

  it('starts up to the width, then one for each that ends, and is settled when the last has ended', () => {
    const first = startMore(state([visit(items(3, 2))]))
    expect(first.starts.map(({ position }) => position)).toEqual([1, 2])
    expect(startMore(first.state)).toEqual({ state: first.state, starts: [] })
    const after = withoutChild(first.state.open[0]?.children ?? expect.unreachable(), 2, false) ?? expect.unreachable()
    expect(withoutChild(after, 2, false)).toBeUndefined()
    const second = startMore(state([visit(after)]))
    expect(second.starts.map(({ position }) => position)).toEqual([3])
    const last = second.state.open[0]?.children ?? expect.unreachable()
    expect(last.running).toEqual([1, 3])
    expect(isSettled(last)).toBe(false)
    expect(isSettled({ ...last, running: [] })).toBe(true)
  })

  it('is settled by one failure where that is enough, and has no room then', () => {
    const failed = { ...items(3, 1, true), started: 1, failed: 1 }
    expect(isToSettle(visit(failed))).toBe(true)
    expect(hasRoom(visit(failed))).toBe(false)
    expect(hasRoom(visit(items(3, 1)))).toBe(true)
    expect(hasRoom(visit(undefined))).toBe(false)
    expect(isToSettle(visit(undefined))).toBe(false)
  })

  it('waits while its children do, and is busy once they are all over', () => {
    expect(statusOf(state([visit({ ...items(1, 1), started: 1, running: [1] })]))).toBe('waiting')
    expect(statusOf(state([visit({ ...items(1, 1), started: 1 })]))).toBe('running')
  })

  it('hears each end once, and none of a visit that does not wait for any', () => {
    const mission = aMission([each('all', [1, 2]), set('in', { x: 1 }, within('all'))], [link('start', 'all'), link('all', 'in', 'each')])
    const compiled = compile(mission, 'start')
    const { state: begun } = startRun(compiled, 'start', {})
    const end = { kind: 'returned' as const, step: 'all', visit: 1, returned: { run: 'r', position: 1, status: 'completed' as const } }
    expect(progress(compiled, mission, begun, end, new Date()).state).toBe(begun)
    const happening = toCalls(
      { step: 'all', visit: 1, phase: 'performing', attempt: 0 },
      { items: [1, 2], width: 2, stopAtFailure: false },
      {},
    )
    const { state: calling } = startMore(progress(compiled, mission, begun, happening, new Date()).state)
    const once = progress(compiled, mission, calling, end, new Date())
    expect(once.entries).toMatchObject([{ what: 'returned' }])
    expect(progress(compiled, mission, once.state, end, new Date()).state).toBe(once.state)
  })

  it('takes a request to run a mission that nobody has looked for as a defect', () => {
    const at: Visit = { step: 'other', visit: 1, phase: 'performing', attempt: 0 }
    const outcome = { runs: { mission: 'm', values: {}, wait: true } }
    expect(toHappening(at, { kind: 'outcome', outcome, settings: {} })).toMatchObject({ kind: 'troubled' })
  })

  it('knows what an end said only from a step that is one', () => {
    const mission = aMission([{ id: 'end', type: 'end', settings: {} }, set('note', { x: 1 })], [])
    expect(outcomeOf(mission, { note: { outcome: 'no' }, end: { outcome: 'yes' } })).toBe('yes')
    expect(outcomeOf(mission, { note: { outcome: 'no' } })).toBeNull()
    expect(outcomeOf(mission, { end: { outcome: null } })).toBeNull()
  })
})

describe('told', () => {
  const mission = aMission(
    [
      each('all', ['Ana', 'Nobody']),
      { id: 'say', type: 'send-message', within: 'all', settings: { to: 'person', person: '{{ item }}', text: 'Hi' } },
    ],
    [link('start', 'all'), link('all', 'say', 'each')],
  )
  const reader = { names: new Map(people.map(({ id, name }) => [id, name])), timeZone: 'UTC' }

  it('says how many items there were and which failed; the line into the body was taken', async () => {
    const { entries, children } = await rehearsed(mission)
    const story = tellStory({ entries, mission, catalogue, reader })
    expect(story.moments.map(({ sentence }) => sentence.en)).toEqual([
      'Bob started it by hand',
      'Goes through 2 items',
      'Item 2 failed',
      'When all are done',
      expect.stringMatching(/^Completed after/),
    ])
    expect(story.links).toEqual(['taken', 'taken'])
    expect(story.steps.get('all')?.visits[0]?.runs).toEqual({ count: 2, ended: 2, failed: 1 })
    const half = story.at(4)
    expect(half.steps.get('all')?.state).toBe('calling')
    expect(half.status).toBe('waiting')
    expect(waitingWords(half.waiting, 'UTC')).toEqual({ en: '1 of 2 items done', fr: '1 élément traité sur 2' })
    const item = tellStory({ entries: children[1]?.entries ?? [], mission: bodyOf(mission, 'all'), catalogue, reader })
    expect(item.cause).toEqual({ en: 'Item 2 of 2: Nobody', fr: 'Élément 2 sur 2\u00a0: Nobody' })
    expect([...item.steps.keys()]).toEqual(['say'])
  })

  it('names the mission that is run, and says how it ended', async () => {
    const called = { id: 'called', type: 'run-by-mission', settings: {} }
    const baking = missionSchema.parse({
      format: 1,
      name: 'Bakes',
      triggers: [called],
      steps: [pause('bake', '1h')],
      links: [link('called', 'bake')],
    })
    const ordering = aMission([{ id: 'other', type: 'run-mission', settings: { mission: 'm2', within: '2d' } }], [link('start', 'other')])
    const { entries, children } = await rehearsed(ordering, [], { missions: new Map([['m2', baking]]), triggers: catalogue.triggers })
    const story = tellStory({ entries, mission: ordering, catalogue, reader })
    expect(story.moments.map(({ sentence }) => sentence.en).slice(1, 3)).toEqual([
      'Starts the mission “Bakes”',
      'The mission “Bakes” has completed',
    ])
    expect(waitingWords(story.at(3).waiting, 'UTC')?.en).toBe('Waiting for the mission “Bakes”')
    const other = tellStory({ entries: children[0]?.entries ?? [], mission: baking, catalogue, reader })
    expect(other.cause.en).toBe('The mission “Test” ran it')
    expect(causeOf(baking.triggers[0], {}, catalogue).en).toBe('Another mission ran it')
  })

  it('names an item by its text, a long one cut short, and counts one that has none', () => {
    const holder = { type: 'for-each', settings: {} }
    const words = (item: unknown) => causeOf(holder, { item, position: 1, count: 2 }, catalogue).en
    expect(words(7)).toBe('Item 1 of 2: 7')
    expect(words('x'.repeat(200))).toBe(`Item 1 of 2: ${'x'.repeat(79)}…`)
    expect(words({ id: 1 })).toBe('Item 1 of 2')
  })
})
