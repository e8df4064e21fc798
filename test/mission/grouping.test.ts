import { describe, expect, it } from 'vitest'
import { cutOut } from '../../src/mission/cutting.ts'
import { holdSection, place, replaceSection } from '../../src/mission/edit.ts'
import type { Mission } from '../../src/mission/mission.ts'
import { problems } from '../../src/mission/problems.ts'
import { readSection } from '../../src/mission/section.ts'
import { draw, kinds } from './kinds.ts'

const lines = (mission: Pick<Mission, 'links'>) =>
  mission.links.map(({ from, exit, to }) => (exit === 'done' ? `${from} > ${to}` : `${from}.${exit} > ${to}`))
const withins = (mission: Pick<Mission, 'steps'>) =>
  Object.fromEntries(mission.steps.flatMap(({ id, within }) => (within ? [[id, within]] : [])))
const stepIds = (mission: Pick<Mission, 'steps'>) => mission.steps.map(({ id }) => id)
const one = { type: 'say', id: 'one', settings: { text: 'All of it' } }

describe('steps are a section', () => {
  it('when they have one way in and one way out', () => {
    const mission = draw('joined > a:say > b:say, c:say > d:say > e:say')
    expect(readSection(mission, ['b', 'c', 'd'])).toMatchObject({ is: 'ways-in', ids: ['b', 'c'] })
    expect(readSection(mission, ['a', 'b', 'c'])).toEqual({ ids: new Set(['a', 'b', 'c']), entry: 'a', targets: ['d'] })
    expect(readSection(mission, ['a', 'b', 'c', 'd', 'e'])).toMatchObject({ entry: 'a', targets: [] })
    expect(readSection(mission, ['a'])).toMatchObject({ entry: 'a', targets: ['b', 'c'] })
    expect(readSection(mission, ['ghost', 'e'])).toMatchObject({ entry: 'e', targets: [] })
  })

  it('not without steps, with a trigger, or over the border of a list', () => {
    const mission = draw('joined > a:say > e:each > z:say; e.each > i:say > j:say', {}, { i: { within: 'e' }, j: { within: 'e' } })
    expect(readSection(mission, [])).toEqual({ is: 'nothing' })
    expect(readSection(mission, ['joined', 'a'])).toEqual({ is: 'trigger', id: 'joined' })
    expect(readSection(mission, ['a', 'i'])).toEqual({ is: 'border' })
    expect(readSection(mission, ['i', 'j'])).toMatchObject({ entry: 'i', targets: [] })
    expect(readSection(mission, ['e'])).toMatchObject({ ids: new Set(['e', 'i', 'j']), targets: ['z'] })
  })

  it('not when nothing leads to them alone, or lines leave from the middle, by failing, or to different steps', () => {
    expect(readSection(draw('joined > a:say; b:say > c:say > b'), ['b', 'c'])).toEqual({ is: 'ways-in', ids: ['b', 'c'] })
    expect(readSection(draw('joined > a:say > b:say; l:say'), ['a', 'l'])).toEqual({ is: 'ways-in', ids: ['a', 'l'] })
    const asking = draw('joined > q:ask > a:say > b:say; q.timeout > z:say')
    expect(readSection(asking, ['q', 'a'])).toEqual({ is: 'ways-out', ids: ['a', 'q'] })
    expect(readSection(draw('joined > a:say > b:say > d:say; a > c:say'), ['a', 'b'])).toEqual({ is: 'ways-out', ids: ['a', 'b'] })
    expect(readSection(draw('joined > a:say; a.failed > f:say'), ['a'])).toEqual({ is: 'ways-out', ids: ['a'] })
  })

  it('not when what follows starts before they are done, or uses what they give', () => {
    const mission = draw('joined > a:say > b:say, c:say > d:say', {}, { d: { join: { wait: 'any' } } })
    expect(readSection(mission, ['a', 'b', 'c'])).toEqual({ is: 'first', id: 'd' })
    expect(readSection(draw('joined > b:say > d:say', {}, { d: { join: { wait: 'any' } } }), ['b'])).toMatchObject({ targets: ['d'] })
    const using = draw('joined > q:ask > a:say > b:say', { b: { text: 'It is {{ q.answer }}' } })
    expect(readSection(using, ['q', 'a'])).toEqual({ is: 'used', id: 'q', by: 'b' })
    expect(readSection(using, ['q', 'a', 'b'])).toMatchObject({ entry: 'q' })
  })
})

describe('replacing a section by one step', () => {
  it('leads to it and on from it as to the section, and keeps the join and the place', () => {
    const mission = place(draw('joined > x:say, y:say > a:say > b:say, c:say > d:say', {}, { a: { join: { wait: 'any' } } }), {
      a: { x: 1, y: 2 },
      b: { x: 3, y: 4 },
      d: { x: 5, y: 6 },
    })
    const replaced = replaceSection(mission, ['a', 'b', 'c'], one)
    expect(lines(replaced)).toEqual(['joined > x', 'joined > y', 'x > one', 'y > one', 'one > d'])
    expect(replaced.steps[2]).toEqual({ ...one, join: { wait: 'any' } })
    expect(replaced.layout).toEqual({ one: { x: 1, y: 2 }, d: { x: 5, y: 6 } })
    expect(stepIds(replaceSection(mission, ['d'], { type: 'say', name: 'Bye' }))).toEqual(['x', 'y', 'a', 'b', 'c', 'bye'])
  })

  it('stays in the body in which it was', () => {
    const mission = draw('joined > e:each; e.each > i:say > j:say', {}, { i: { within: 'e' }, j: { within: 'e' } })
    const replaced = replaceSection(mission, ['i', 'j'], one)
    expect(lines(replaced)).toEqual(['joined > e', 'e.each > one'])
    expect(withins(replaced)).toEqual({ one: 'e' })
  })

  it('does nothing with what is no section or no step', () => {
    const mission = draw('joined > a:say > b:say')
    expect(replaceSection(mission, ['joined'], one)).toBe(mission)
    expect(replaceSection(mission, ['a'], { type: '' })).toBe(mission)
  })
})

describe('putting a section into a list', () => {
  it('holds it in a new step, which leads on when all items are done', () => {
    const mission = place(draw('joined > a:say > b:say > c:say', {}, { a: { join: { wait: 'all' } } }), { a: { x: 0, y: 200 } })
    const held = holdSection(mission, ['a', 'b'], { type: 'each', id: 'list', settings: { list: '{{ rows.rows }}' } })
    expect(lines(held)).toEqual(['joined > list', 'list > c', 'list.each > a', 'a > b'])
    expect(withins(held)).toEqual({ a: 'list', b: 'list' })
    expect(held.steps.map(({ id, join }) => [id, join?.wait])).toEqual([
      ['list', 'all'],
      ['a', undefined],
      ['b', undefined],
      ['c', undefined],
    ])
    expect(held.layout).toEqual({ a: { x: 0, y: 200 }, list: { x: 0, y: 60 } })
    expect(problems(held, kinds).filter(({ id }) => !id.startsWith('data') && !id.startsWith('empty'))).not.toContainEqual(
      expect.objectContaining({ id: expect.stringMatching(/^(link|each|within)/) }),
    )
  })

  it('lies in the list in which the section was', () => {
    const mission = draw('joined > e:each; e.each > i:say > j:say', {}, { i: { within: 'e' }, j: { within: 'e' } })
    expect(withins(holdSection(mission, ['j'], { type: 'each', id: 'list' }))).toEqual({ i: 'e', list: 'e', j: 'list' })
  })

  it('does nothing with what is no section, or when the mission is full', () => {
    const mission = draw('joined > a:say > b:say')
    expect(holdSection(mission, [], { type: 'each' })).toBe(mission)
    expect(holdSection(mission, ['a'], { type: '' })).toBe(mission)
    const full = draw(`joined > ${Array.from({ length: 5_000 }, (_, index) => `s${index}:say`).join(' > ')}`)
    expect(holdSection(full, ['s0'], { type: 'each' })).toBe(full)
  })
})

describe('cutting a section out', () => {
  it('gives what it needs of the mission around it to its trigger', () => {
    const mission = draw(
      'joined > q:ask > a:say > b:say; q.timeout > z:say',
      {
        a: { text: '{{ q.answer }} for {{ trigger.person.name }}, {{ q.by | default: "nobody" }}, {{ trigger.mission }}, {{ now }}' },
        b: { text: '{{ a.message }} {{ q["answer"] }} {{ run.id }} {{ trigger }}' },
      },
      { a: { join: { wait: 'all' } } },
    )
    const cut = cutOut(mission, ['a', 'b'], kinds)
    if ('is' in cut) throw new Error(cut.is)
    expect(cut.entry).toBe('a')
    expect(lines(cut)).toEqual(['a > b'])
    expect(cut.steps[0]).toEqual({
      id: 'a',
      type: 'say',
      settings: {
        text: '{{ trigger.q_answer }} for {{ trigger.person.name }}, {{ trigger.q_by | default: "nobody" }}, {{ trigger.mission_2 }}, {{ now }}',
      },
    })
    expect(cut.steps[1]?.settings['text']).toBe('{{ a.message }} {{ trigger.q["answer"] }} {{ trigger.run_id }} {{ trigger.trigger_2 }}')
    expect(cut.needs.toSorted((before, after) => (before.name < after.name ? -1 : 1))).toEqual([
      { name: 'mission_2', reference: 'trigger.mission', maybeEmpty: false },
      { name: 'person', reference: 'trigger.person', maybeEmpty: false },
      { name: 'q', reference: 'q', maybeEmpty: false },
      { name: 'q_answer', reference: 'q.answer', maybeEmpty: false },
      { name: 'q_by', reference: 'q.by', maybeEmpty: true },
      { name: 'run_id', reference: 'run.id', maybeEmpty: false },
      { name: 'trigger_2', reference: 'trigger', maybeEmpty: false },
    ])
  })

  it('hands over the item of a list around it, not that of a list inside', () => {
    const mission = draw(
      'joined > e:each; e.each > i:say > f:each; f.each > k:say',
      { i: { text: '{{ item }} {{ e.position }}' }, k: { text: '{{ item }} {{ f.position }} {{ e.item }}' } },
      { i: { within: 'e' }, f: { within: 'e' }, k: { within: 'f' } },
    )
    const cut = cutOut(place(mission, { i: { x: 1, y: 1 }, e: { x: 0, y: 0 } }), ['i', 'f'], kinds)
    if ('is' in cut) throw new Error(cut.is)
    expect(cut.steps.map(({ settings }) => settings['text'])).toEqual([
      '{{ trigger.item_2 }} {{ trigger.e_position }}',
      undefined,
      '{{ item }} {{ f.position }} {{ trigger.e_item }}',
    ])
    expect(withins(cut)).toEqual({ k: 'f' })
    expect(cut.layout).toEqual({ i: { x: 1, y: 1 } })
  })

  it('is not possible with what is no section, or when a way ends inside though others lead on', () => {
    expect(cutOut(draw('joined > a:say'), ['joined'], kinds)).toEqual({ is: 'trigger', id: 'joined' })
    const asking = draw('joined > q:ask > a:say')
    expect(cutOut(asking, ['q'], kinds)).toEqual({ is: 'ends-inside', id: 'q', exit: 'timeout' })
    expect(cutOut(asking, ['q', 'a'], kinds)).toMatchObject({ entry: 'q', needs: [] })
    const ending = draw('joined > p:choose; p.yes > a:say > z:say; p.no > e:end')
    expect(cutOut(ending, ['p', 'a', 'e'], kinds)).toEqual({ is: 'ends-inside', id: 'e', exit: undefined })
    const unknown = draw('joined > a:say > b:say')
    const strange = { ...unknown, steps: unknown.steps.map((step) => ({ ...step, type: 'nobody-knows' })) }
    expect(cutOut(strange, ['a'], kinds)).toEqual({ is: 'ends-inside', id: 'a', exit: undefined })
    const held = draw('joined > e:each > z:say; e.each > i:say', {}, { i: { within: 'e' } })
    expect(cutOut(held, ['e'], kinds)).toMatchObject({ entry: 'e' })
  })
})
