import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyOf } from '../../src/mission/body.ts'
import * as edit from '../../src/mission/edit.ts'
import { compile } from '../../src/mission/machine.ts'
import { type Mission, type Step, upgrade } from '../../src/mission/mission.ts'
import { analyse } from '../../src/mission/paths.ts'
import { problems } from '../../src/mission/problems.ts'
import { prose } from '../../src/mission/prose.ts'
import { scope } from '../../src/mission/scope.ts'
import { draw, kinds } from './kinds.ts'

const inside = (within: string): Partial<Step> => ({ within })
const settings = {
  all: { list: '{{ ask.asked }}' },
  hello: { text: 'Hi {{ item.name }}, number {{ all.position }} of {{ all.count }}' },
  bye: { text: 'Bye {{ item.manager.name | default: "boss" }}' },
  last: { text: '{{ all.failed }} of {{ all.results.size }}' },
}
/** Asks, says two things for each who was asked, then one more. */
const simple = (drawing = '', more: Record<string, Step['settings']> = {}, held: Record<string, Partial<Step>> = {}): Mission =>
  draw(
    `joined > ask > all:each > last:say; all.each > hello:say > bye:say${drawing}`,
    { ...settings, ...more },
    { hello: inside('all'), bye: inside('all'), ...held },
  )
/** A list in a list: for each who joined, for each row. */
const nested = () =>
  draw(
    'joined > q:ask > outer:each; outer.each > rows > inner:each; inner.each > note:say',
    {
      outer: { list: '{{ q.asked }}' },
      inner: { list: '{{ rows.rows }}' },
      note: { text: '{{ outer.item.name }} {{ item.room }} {{ inner.position }} {{ outer.position }}' },
    },
    { rows: inside('outer'), inner: inside('outer'), note: inside('inner') },
  )
const faults = (mission: Mission) =>
  problems(mission, kinds)
    .filter(({ severity }) => severity === 'error')
    .map(({ id }) => id)
const within = (mission: Mission) => Object.fromEntries(mission.steps.map((step) => [step.id, step.within]))
const lines = (mission: Mission) =>
  mission.links.map(({ from, exit, to }) => (exit === 'done' ? `${from} > ${to}` : `${from}.${exit} > ${to}`))

describe('a body', () => {
  it('is a mission of its own that its holder starts', () => {
    const body = bodyOf(simple(), 'all')
    expect(body.triggers.map(({ id }) => id)).toEqual(['all'])
    expect(within(body)).toEqual({ hello: undefined, bye: undefined })
    expect(lines(body)).toEqual(['all > hello', 'hello > bye'])
    expect('mission' in upgrade(body)).toBe(true)
  })

  it('keeps what its own steps hold, and the names and places of cards', () => {
    const laid = edit.place(edit.rename(nested(), 'outer', 'Everybody'), { outer: { x: 1, y: 1 }, note: { x: 2, y: 2 }, q: { x: 3, y: 3 } })
    const body = bodyOf(laid, 'outer')
    expect(body.triggers[0]?.name).toBe('Everybody')
    expect(within(body)).toEqual({ rows: undefined, inner: undefined, note: 'inner' })
    expect(lines(body)).toEqual(['outer > rows', 'rows > inner', 'inner.each > note'])
    expect(Object.keys(body.layout)).toEqual(['outer', 'note'])
  })

  it('is the whole mission for a step that is not there', () => {
    const mission = simple()
    expect(bodyOf(mission, 'nobody')).toBe(mission)
  })

  it('is told apart from the rest by graphs and machines', () => {
    expect(analyse(simple(), 'joined').steps).toEqual(['ask', 'all', 'last'])
    expect(analyse(simple(), 'all').steps).toEqual(['hello', 'bye'])
    expect(compile(nested(), 'outer').paths.steps).toEqual(['rows', 'inner'])
    expect(() => analyse(simple(), 'nobody')).toThrow(RangeError)
  })
})

describe('data inside and outside', () => {
  const references = (mission: Mission, step: string) =>
    scope(mission, step, kinds).flatMap(({ id, data }) => (id === 'now' ? [] : data.map(({ reference }) => reference)))

  it('gives the steps inside the item, its number, and everything that there was at the holder', () => {
    expect(references(simple(), 'bye')).toEqual([
      'trigger.person',
      'trigger.channel',
      'item',
      'all.position',
      'all.count',
      'ask.answer',
      'ask.by',
      'ask.asked',
      'hello.message',
      'run.id',
      'run.started',
      'mission.name',
      'workspace.name',
    ])
    expect(faults(simple())).toEqual([])
  })

  it('knows what an item is from the list: one of several people is a person', () => {
    const item = (mission: Mission, step: string, name = 'item') =>
      scope(mission, step, kinds)
        .flatMap(({ data }) => data)
        .find(({ reference }) => reference === name)
    expect(item(simple(), 'hello')?.kind).toBe('person')
    expect(item(nested(), 'note')).toMatchObject({ kind: 'any', sample: { room: 'A' } })
    expect(item(nested(), 'note', 'outer.item')?.kind).toBe('person')
    expect(item(simple('', { all: { list: 'a, b' } }), 'hello')?.kind).toBe('any')
    expect(item(simple('', { all: { list: '{{ ask.nothing }}' } }), 'hello')?.kind).toBe('any')
    expect(faults(nested())).toEqual([])
  })

  it('marks what may be empty inside as it does outside', () => {
    const mission = simple('', { hello: { text: '{{ ask.answer }} {{ ask.by }} {{ item.manager.name }}' } })
    expect(faults(mission)).toEqual(['reference-empty:hello:text:ask.by', 'reference-empty:hello:text:item.manager.name'])
  })

  it('refuses parts that an item does not have, and an item where there is none', () => {
    expect(faults(simple('', { hello: { text: '{{ item.age }} {{ all.results }}' }, last: { text: '{{ item.name }}' } }))).toEqual([
      'reference-unknown:last:text:item.name',
      'reference-part:hello:text:item.age',
      'reference-part:hello:text:all.results',
    ])
  })

  it('shows the steps outside only the results', () => {
    const mission = simple('', { last: { text: '{{ bye.message }}' } })
    const [problem] = problems(mission, kinds).filter(({ severity }) => severity === 'error')
    expect(problem?.id).toBe('reference-inside:last:text:bye.message')
    expect(problem?.why.en).toBe('“bye.message” is there once per item, inside “For each” only.')
    expect(problem?.remedy.en).toContain('results')
  })
})

describe('the check', () => {
  it('wants a holder to hold something', () => {
    expect(faults(draw('joined > all:each > a:say'))).toEqual(['holds-nothing:all'])
  })

  it('finds steps inside that no item comes to', () => {
    expect(faults(simple('; lost:say', {}, { lost: inside('all') }))).toEqual(['unreachable:lost'])
    expect(faults(draw('joined > a:say; all:each; all.each > b:say', {}, { b: inside('all') }))).toEqual([
      'unreachable:all',
      'unreachable:b',
    ])
  })

  it.each([
    ['joined > all:each > b:say; all.each > a:say > b', { a: inside('all') }, ['border:a.done>b']],
    ['joined > all:each > b:say; all.each > a:say; b > a', { a: inside('all') }, ['border:b.done>a']],
    ['joined > all:each > b:say; all.each > b', {}, ['border:all.each>b']],
    ['joined > all:each; all.each > a:say > all', { a: inside('all') }, ['border:a.done>all']],
  ] satisfies [string, Record<string, Partial<Step>>, string[]][])('refuses a link over the border: %s', (drawing, held, found) => {
    const mission = draw(drawing, { all: { list: '{{ trigger.person }}' } }, held)
    expect(faults(mission)).toEqual(expect.arrayContaining(found))
    expect(problems(mission, kinds).find(({ id }) => id === found[0])?.remedy.en).toMatch(/^Enter by “for each item” only/)
  })

  it('leaves links to what is not there to others', () => {
    const mission = simple()
    const broken = {
      ...mission,
      links: [...mission.links, { from: 'hello', exit: 'done', to: 'ghost' }, { from: 'ghost', exit: 'done', to: 'hello' }],
    }
    expect(faults(broken)).toEqual(['link-to:hello.done>ghost', 'link-from:ghost.done>hello'])
  })

  it('refuses to be held by what holds nothing, by nobody, or in a circle', () => {
    expect(faults(draw('joined > a:say > b:say', {}, { b: inside('a') }))).toContain('held:b')
    expect(faults(draw('joined > a:say > b:say', {}, { b: inside('ghost') }))).toContain('held:b')
    const circle = draw('joined > a:each; a.each > b:each; b.each > a', {}, { a: inside('b'), b: inside('a') })
    expect(faults(circle)).toEqual(expect.arrayContaining(['held:a', 'held:b', 'unreachable:a', 'unreachable:b']))
    expect(faults(draw('joined > a:each', {}, { a: inside('a') }))).toContain('held:a')
  })

  it('refuses lists more than five deep', () => {
    const deep = Array.from({ length: 7 }, (_, depth) => `e${depth}`)
    const mission = draw(
      `joined > ${deep.map((id, depth) => `e${depth}:each; ${id}.each > `).join('')}end`,
      Object.fromEntries(deep.map((id) => [id, { list: 'x' }])),
      { ...Object.fromEntries(deep.slice(1).map((id, depth) => [id, inside(`e${depth}`)])), end: inside('e6') },
    )
    expect(faults(mission)).toEqual(['held-deep:e6', 'held-deep:end'])
  })

  it('proves that what is done with each item ends', () => {
    const round = draw('joined > all:each; all.each > a:say > c:choose; c.yes > a; c.no > a', {}, { a: inside('all'), c: inside('all') })
    expect(faults(round)).toEqual(['endless:a'])
    expect(faults(simple('', { ask: { question: 'Why?' } }))).toEqual(['unbounded:ask'])
    // A loop around a list is not ended by the end of what is done with each item.
    const around = draw('joined > all:each > again:choose; again.yes > all; again.no > all; all.each > a:say', {}, { a: inside('all') })
    expect(faults(around)).toContain('endless:all')
  })

  it('walks into a body to a join that never has enough arrivals, or may have too few', () => {
    const walkOf = (drawing: string, held: Record<string, Partial<Step>>, id: string) =>
      problems(simple(drawing, {}, held), kinds)
        .find((problem) => problem.id === id)
        ?.walk?.map(({ step, exit }) => `${step}.${exit}`)
        .join(' > ')
    const meet = { ...inside('all'), join: { wait: 'atLeast' as const, count: 3 } }
    expect(walkOf('; hello > meet:say; bye > meet', { meet }, 'join-never:meet')).toBe(
      'joined.done > ask.done > all.each > hello.done > bye.done',
    )
    const two = { ...meet, join: { wait: 'atLeast' as const, count: 2 } }
    expect(
      walkOf(
        '; hello > p:choose, meet:say; p.yes > meet; p.no > other:say',
        { meet: two, p: inside('all'), other: inside('all') },
        'join-starves:meet',
      ),
    ).toBe('joined.done > ask.done > all.each > hello.done > p.no')
  })

  it('walks into a body', () => {
    const mission = simple('', { bye: { text: '{{ ask.by }}' } })
    expect(problems(mission, kinds).find(({ id }) => id.startsWith('reference-empty:bye'))?.walk).toEqual([
      { step: 'joined', exit: 'done' },
      { step: 'ask', exit: 'done' },
      { step: 'all', exit: 'each' },
      { step: 'hello', exit: 'done' },
      { step: 'bye' },
    ])
  })

  it('copes with a holder of a type that nobody knows', () => {
    const mission = simple()
    const unknown = { ...mission, steps: mission.steps.map((step) => (step.id === 'all' ? { ...step, type: 'mystery' } : step)) }
    expect(faults(unknown)).toContain('type:all')
    expect(scope(unknown, 'hello', kinds).map(({ id }) => id)).toContain('all')
  })
})

describe('edits', () => {
  it('put a step after the exit into the body, or onto its line, inside', () => {
    const say = { type: 'say', settings: { text: 'x' } }
    const first = edit.addStep(draw('joined > all:each > b:say'), { ...say, id: 'a' }, { after: 'all', exit: 'each' })
    expect(within(first)).toEqual({ all: undefined, b: undefined, a: 'all' })
    const second = edit.addStep(first, { ...say, id: 'c' }, { after: 'a' })
    const third = edit.addStep(second, { ...say, id: 'd' }, { onto: { from: 'all', exit: 'each', to: 'a' } })
    const fourth = edit.addStep(third, { ...say, id: 'e' }, { before: 'a' })
    expect(within(fourth)).toMatchObject({ c: 'all', d: 'all', e: 'all' })
    const outside = edit.addStep(fourth, { ...say, id: 'f' }, { onto: { from: 'all', exit: 'done', to: 'b' } })
    expect(within(outside)['f']).toBeUndefined()
    expect(faults(outside)).toEqual([])
  })

  it('take a step in or out by the line that is drawn to it, with all that follows', () => {
    const loose = draw('joined > all:each; a:say > b:say > c:say')
    const taken = edit.connect(loose, { from: 'all', exit: 'each', to: 'a' })
    expect(within(taken)).toEqual({ all: undefined, a: 'all', b: 'all', c: 'all' })
    const freed = edit.connect(edit.disconnect(taken, { from: 'a', exit: 'done', to: 'b' }), { from: 'all', to: 'b' })
    expect(within(freed)).toEqual({ all: undefined, a: 'all', b: undefined, c: undefined })
  })

  it('leave a step where it is that others lead to, or that would come to hold itself', () => {
    const shared = edit.connect(draw('joined > all:each > b:say; all.each > a:say', {}, { a: inside('all') }), { from: 'a', to: 'b' })
    expect(within(shared)['b']).toBeUndefined()
    expect(faults(shared)).toContain('border:a.done>b')
    expect(within(edit.connect(draw('joined, a:say; all:each'), { from: 'all', exit: 'each', to: 'all' }))['all']).toBeUndefined()
    const outer = edit.connect(draw('x:each > y:each; y.each > z:say', {}, { z: inside('y') }), { from: 'z', to: 'x' })
    expect(within(outer)['x']).toBeUndefined()
  })

  it('copy and remove what a step holds with it', () => {
    const mission = nested()
    expect(edit.copy(mission, ['inner']).steps.map(({ id }) => id)).toEqual(['inner', 'note'])
    expect(edit.removeSteps(mission, ['outer']).steps.map(({ id }) => id)).toEqual(['q'])
    expect(edit.removeSteps(simple(), ['all']).links).toEqual([
      { from: 'joined', exit: 'done', to: 'ask' },
      { from: 'ask', exit: 'done', to: 'last' },
    ])
    const copied = edit.duplicate(simple(), ['all'])
    expect(within(copied)).toMatchObject({ all_2: undefined, hello_2: 'all_2', bye_2: 'all_2' })
    expect(copied.steps.find(({ id }) => id === 'hello_2')?.settings['text']).toContain('all_2.position')
    expect(within(edit.duplicate(simple(), ['hello']))['hello_2']).toBeUndefined()
  })

  it('put a copied list onto a line: it leads on by its own exit, not by what it holds', () => {
    const mission = simple()
    const put = edit.insert(mission, edit.copy(mission, ['all']), { onto: { from: 'ask', exit: 'done', to: 'all' } })
    expect(lines(put)).toEqual(expect.arrayContaining(['ask > all_2', 'all_2 > all', 'all_2.each > hello_2', 'hello_2 > bye_2']))
    expect(faults(put)).toEqual([])
  })

  it('move a step between inside and outside, never into itself', () => {
    const moved = edit.moveStep(simple(), 'hello', { onto: { from: 'all', exit: 'done', to: 'last' } })
    expect(within(moved)['hello']).toBeUndefined()
    expect(lines(moved)).toContain('all.each > bye')
    const back = edit.moveStep(moved, 'hello', { onto: { from: 'all', exit: 'each', to: 'bye' } })
    expect(within(back)['hello']).toBe('all')
    const mission = nested()
    expect(edit.moveStep(mission, 'outer', { onto: { from: 'inner', exit: 'each', to: 'note' } })).toBe(mission)
  })

  it('rename a holder for those it holds', () => {
    const renamed = edit.renameId(simple(), 'all', 'everybody')
    expect(within(renamed)).toMatchObject({ hello: 'everybody', bye: 'everybody' })
    expect(faults(renamed)).toEqual([])
  })

  it('lay beside it what a step held, once it is replaced by one that holds nothing', () => {
    const mission = simple()
    const replaced = edit.replaceStep(mission, 'all', { type: 'say', settings: { text: 'x' }, exits: ['done'] })
    expect(within(replaced)).toMatchObject({ hello: undefined, bye: undefined })
    expect(lines(replaced)).toEqual(['joined > ask', 'ask > all', 'all > last', 'hello > bye'])
    const again = edit.replaceStep(mission, 'all', { type: 'each', settings: { list: 'x' }, exits: ['done', 'each'] })
    expect(within(again)['hello']).toBe('all')
  })
})

describe('any edits', () => {
  const deed = fc.record({
    what: fc.constantFrom('add', 'onto', 'before', 'remove', 'duplicate', 'move', 'insert', 'replace', 'rename'),
    at: fc.nat(),
    line: fc.nat(),
    type: fc.constantFrom('say', 'each', 'choose', 'end'),
  })
  const exits = { say: ['done'], each: ['done', 'each'], choose: ['yes', 'no'], end: [] } as const

  it('leave what is held with its holder, and no line over a border', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 25 }), (deeds) => {
        let mission = nested()
        for (const { what, at, line, type } of deeds) {
          const step = mission.steps[at % Math.max(1, mission.steps.length)]
          const link = mission.links[line % Math.max(1, mission.links.length)]
          if (!step || !link) break
          const own = exits[type]
          const settings: Step['settings'] = type === 'say' ? { text: 'x' } : type === 'each' ? { list: 'x' } : {}
          const part = { type, settings }
          const goesOn = own[0] ?? null
          const kindExits = step.type in exits ? exits[step.type as keyof typeof exits] : ['done']
          const exit = kindExits[line % Math.max(1, kindExits.length)]
          const before = mission
          if (what === 'add' && exit !== undefined) mission = edit.addStep(mission, part, { after: step.id, exit }, goesOn)
          else if (what === 'onto') mission = edit.addStep(mission, part, { onto: link }, goesOn)
          else if (what === 'before') mission = edit.addStep(mission, part, { before: step.id }, goesOn)
          else if (what === 'remove') mission = edit.removeSteps(mission, [step.id])
          else if (what === 'duplicate') mission = edit.duplicate(mission, [step.id])
          else if (what === 'move') mission = edit.moveStep(mission, step.id, { onto: link })
          else if (what === 'insert') mission = edit.insert(mission, edit.copy(mission, [step.id]), { onto: link })
          else if (what === 'replace') mission = edit.replaceStep(mission, step.id, { ...part, exits: own })
          else if (what === 'rename') mission = edit.renameId(mission, step.id, `renamed_${line}`.slice(0, 30))
          expect('mission' in upgrade(mission)).toBe(true)
          const wrong = faults(mission).filter((id) => /^(border|held):/.test(id))
          expect([what, before === mission ? 'same' : 'changed', wrong]).toEqual([what, expect.anything(), []])
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('told in words', () => {
  it('is indented under the step that holds it', () => {
    expect(prose(simple(), kinds, 'en').split('\n').slice(-4)).toEqual([
      '2. Then go through the list.',
      '  2a1. Each time, say “Hi {{ item.name }}, number {{ all.position }} of {{ all.count }}”.',
      '  2a2. Then say “Bye {{ item.manager.name | default: "boss" }}”.',
      '3. Once every item is done, say “{{ all.failed }} of {{ all.results.size }}”.',
    ])
    expect(prose(nested(), kinds, 'fr').split('\n').length).toBe(6)
  })

  it('says when several things happen with each item at once, and what follows when all are done', () => {
    const text = prose(
      draw('joined > all:each > last:say; all.each > a:say, b:say', { last: { text: 'x' } }, { a: inside('all'), b: inside('all') }),
      kinds,
      'en',
    )
    expect(text.split('\n').slice(1)).toEqual([
      '1. Go through the list.',
      '  1a1. Each time, at the same time: say “Hello”.',
      '  1b1. And, at the same time, say “Hello”.',
      '2. Once every item is done, say “x”.',
    ])
  })

  it('tells what follows a failed list beside what is done with each item', () => {
    const text = prose(
      draw('joined > all:each > last:say; all.failed > b:say; all.each > a:say', { last: { text: 'x' } }, { a: inside('all') }),
      kinds,
      'en',
    )
    expect(text.split('\n').slice(1)).toEqual([
      '1. Go through the list.',
      '  1a1. Each time, say “Hello”.',
      '  1b1. If it fails, say “Hello”. This branch ends here.',
      '2. Once every item is done, say “x”.',
    ])
  })
})
