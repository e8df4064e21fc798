import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as edit from '../../src/mission/edit.ts'
import { emptyMission, type Link, type Mission, missionSchema } from '../../src/mission/mission.ts'
import { problems } from '../../src/mission/problems.ts'
import { draw, kinds } from './kinds.ts'
import { anyEdit, edited, telling } from './random-edits.ts'

const lines = (mission: Mission) =>
  mission.links.map(({ from, exit, to }) => (exit === 'done' ? `${from} > ${to}` : `${from}.${exit} > ${to}`))
const line = (from: string, to: string, exit = 'done'): Link => ({ from, exit, to })
const stepIds = (mission: Mission) => mission.steps.map((step) => step.id)
const say = { type: 'say', settings: { text: 'Hi' } }

/** Freezes everything, so that an edit that changes what it was given throws. */
function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) freeze(inner)
  }
  return value
}

describe('adding a step', () => {
  it('puts it onto a line', () => {
    const mission = edit.addStep(draw('joined > a:say > b:say'), { ...say, name: 'Say hello, Zoë!' }, { onto: line('a', 'b') })
    expect(lines(mission)).toEqual(['joined > a', 'a > say_hello_zoe', 'say_hello_zoe > b'])
    expect(mission.steps.at(-1)).toEqual({ id: 'say_hello_zoe', type: 'say', name: 'Say hello, Zoë!', settings: { text: 'Hi' } })
  })

  it('lets it go on by the exit that is its main one, or not at all', () => {
    expect(lines(edit.addStep(draw('joined > a:say > b:say'), { type: 'choose' }, { onto: line('a', 'b') }, 'yes'))).toContain(
      'choose.yes > b',
    )
    expect(lines(edit.addStep(draw('joined > a:say > b:say'), { type: 'end' }, { onto: line('a', 'b') }, null))).toEqual([
      'joined > a',
      'a > end',
    ])
  })

  it('puts it after an exit, beside what is there', () => {
    expect(lines(edit.addStep(draw('joined > q:ask > b:say'), say, { after: 'q', exit: 'timeout' }))).toContain('q.timeout > say')
    expect(lines(edit.addStep(draw('joined > a:say > b:say'), say, { after: 'a' }))).toEqual(['joined > a', 'a > b', 'a > say'])
    expect(lines(edit.addStep(draw('joined'), say, { after: 'joined' }))).toEqual(['joined > say'])
  })

  it('puts it before a step, into all lines that lead there', () => {
    expect(lines(edit.addStep(draw('joined > a:say, b:say > c:say'), say, { before: 'c' }))).toEqual([
      'joined > a',
      'joined > b',
      'a > say',
      'b > say',
      'say > c',
    ])
  })

  it('puts it anywhere', () => {
    const mission = edit.addStep(emptyMission('New'), say, { free: true, point: { x: 3, y: 4 } })
    expect(mission.steps).toEqual([{ id: 'say', ...say }])
    expect(mission.layout).toEqual({ say: { x: 3, y: 4 } })
  })

  it('lays it by what it is added to', () => {
    const mission = edit.place(draw('joined > a:say > b:say'), { a: { x: 0, y: 0 }, b: { x: 10, y: 200 } })
    expect(edit.addStep(mission, say, { onto: line('a', 'b') }).layout['say']).toEqual({ x: 5, y: 160 })
    expect(edit.addStep(mission, say, { after: 'b' }).layout['say']).toEqual({ x: 10, y: 360 })
    expect(edit.addStep(mission, say, { after: 'a' }).layout['say']).toEqual({ x: 330, y: 160 })
    expect(edit.addStep(mission, say, { before: 'a' }).layout['say']).toEqual({ x: 0, y: -160 })
    expect(edit.addStep(mission, say, { onto: line('joined', 'a') }).layout['say']).toBeUndefined()
  })

  it('covers no card that lies by hand: what is below gives way, notes too', () => {
    const laid = edit.place(draw('joined > a:say > b:say > c:say'), { a: { x: 0, y: 0 }, b: { x: 0, y: 160 }, c: { x: 0, y: 320 } })
    const mission = edit.addNote(laid, { x: 400, y: 170 })
    const next = edit.addStep(mission, say, { onto: line('a', 'b') })
    expect(next.layout).toEqual({ a: { x: 0, y: 0 }, say: { x: 0, y: 160 }, b: { x: 0, y: 320 }, c: { x: 0, y: 480 } })
    expect(next.notes?.[0]).toMatchObject({ x: 400, y: 330 })
  })

  it('does nothing where there is no such place, or with what is no step', () => {
    const mission = draw('joined > a:say > b:say')
    expect(edit.addStep(mission, say, { onto: line('b', 'a') })).toBe(mission)
    expect(edit.addStep(mission, say, { after: 'ghost' })).toBe(mission)
    expect(edit.addStep(mission, say, { after: 'joined', exit: 'failed' })).toBe(mission)
    expect(edit.addStep(mission, say, { before: 'joined' })).toBe(mission)
    expect(edit.addStep(mission, say, { free: true, point: { x: Number.NaN, y: 0 } })).toBe(mission)
    expect(edit.addStep(mission, say, { after: 'a', exit: '' })).toBe(mission)
    expect(edit.addStep(mission, { type: '' }, { free: true })).toBe(mission)
  })

  it('does nothing once a mission is full', () => {
    const full = draw(`joined > ${Array.from({ length: 5_000 }, (_, index) => `s${index}:say`).join(' > ')}`)
    expect(edit.addStep(full, say, { free: true })).toBe(full)
  })
})

describe('ids', () => {
  it('are readable, unique, and mean nothing else', () => {
    const mission = draw('joined > say:say > say_2:say')
    expect(edit.freeId(mission, 'Say')).toBe('say_3')
    expect(edit.freeId(mission, 'Now')).toBe('now_2')
    expect(edit.freeId(mission, '  2 Über-Tasks?! ')).toBe('uber_tasks')
    expect(edit.freeId(mission, 'Привет', 'send-message')).toBe('send_message')
    expect(edit.freeId(mission, undefined, '!')).toBe('step')
    expect(edit.freeId(mission, 'x'.repeat(60))).toBe('x'.repeat(40))
    expect(edit.freeId(draw(`joined > ${'x'.repeat(40)}:say`), 'x'.repeat(60))).toBe(`${'x'.repeat(38)}_2`)
  })

  it('change together with all that refers to them', () => {
    const mission = edit.place(
      draw('joined > q:ask > b:say > c:say', {
        b: {
          text: '{{ q.answer }} q {{ q["by"].name | default: q.asked }}',
          deep: [{ x: '{% if q.by %}{{ q.by }}{% endif %}' }],
          same: ['{{ trigger.q }}', 7, null],
        },
        c: { text: '{{ b.message }} {{ broken' },
      }),
      { q: { x: 1, y: 2 }, b: { x: 3, y: 4 } },
    )
    const renamed = edit.renameId(mission, 'q', 'laptop')
    expect(lines(renamed)).toEqual(['joined > laptop', 'laptop > b', 'b > c'])
    expect(renamed.layout).toEqual({ laptop: { x: 1, y: 2 }, b: { x: 3, y: 4 } })
    expect(renamed.steps[1]?.settings).toEqual({
      text: '{{ laptop.answer }} q {{ laptop["by"].name | default: laptop.asked }}',
      deep: [{ x: '{% if laptop.by %}{{ laptop.by }}{% endif %}' }],
      same: ['{{ trigger.q }}', 7, null],
    })
    expect(renamed.steps[1]?.settings['same']).toBe(mission.steps[1]?.settings['same'])
    expect(renamed.steps[2]).toBe(mission.steps[2])
    expect(renamed.links[2]).toBe(mission.links[2])
  })

  it('of triggers change in links only', () => {
    const mission = draw('joined > a:say', { a: { text: '{{ joined.x }}' } })
    const renamed = edit.renameId(mission, 'joined', 'start')
    expect(lines(renamed)).toEqual(['start > a'])
    expect(renamed.steps[0]).toBe(mission.steps[0])
    expect(renamed.layout).toBe(mission.layout)
  })

  it('do not become what is taken, reserved or no id', () => {
    const mission = draw('joined > a:say > b:say')
    for (const [from, to] of [
      ['a', 'b'],
      ['a', 'joined'],
      ['a', 'trigger'],
      ['a', 'A b'],
      ['ghost', 'c'],
      ['a', 'a'],
    ] as const)
      expect(edit.renameId(mission, from, to)).toBe(mission)
  })
})

describe('adding a trigger', () => {
  it('leads it to a step', () => {
    const mission = edit.addTrigger(draw('joined > a:say'), { type: 'hook' }, { to: 'a', point: { x: 1, y: 1 } })
    expect(mission.triggers.at(-1)).toEqual({ id: 'hook', type: 'hook', settings: {} })
    expect(lines(mission)).toEqual(['joined > a', 'hook > a'])
    expect(mission.layout['hook']).toEqual({ x: 1, y: 1 })
    expect(lines(edit.addTrigger(mission, { type: 'clock' }))).toHaveLength(2)
    expect(edit.addTrigger(mission, { type: 'clock' }, { to: 'ghost' }).links).toEqual(mission.links)
  })

  it('stops at twenty', () => {
    let mission = emptyMission('Many')
    for (let count = 0; count < 20; count++) mission = edit.addTrigger(mission, { type: 'hook' })
    expect(mission.triggers).toHaveLength(20)
    expect(edit.addTrigger(mission, { type: 'hook' })).toBe(mission)
  })
})

describe('removing steps', () => {
  it('heals the line', () => {
    const mission = draw('joined > a:say > b:say > c:say')
    const removed = edit.removeSteps(edit.place(mission, { b: { x: 0, y: 0 }, c: { x: 1, y: 1 } }), ['b'])
    expect(lines(removed)).toEqual(['joined > a', 'a > c'])
    expect(removed.layout).toEqual({ c: { x: 1, y: 1 } })
    expect(removed.steps[0]).toBe(mission.steps[0])
    expect(removed.links[0]).toBe(mission.links[0])
    expect(removed.triggers).toBe(mission.triggers)
  })

  it('heals by the main exit, over several at once', () => {
    expect(lines(edit.removeSteps(draw('joined > q:ask > b:say; q.timeout > c:say'), ['q']))).toEqual(['joined > b'])
    expect(lines(edit.removeSteps(draw('joined > p:choose; p.yes > b:say; p.no > c:say'), ['p']))).toEqual(['joined > b'])
    expect(lines(edit.removeSteps(draw('joined > a:say; a.failed > b:say'), ['a']))).toEqual(['joined > b'])
    expect(lines(edit.removeSteps(draw('joined > a:say > b:say > c:say, d:say'), ['a', 'b']))).toEqual(['joined > c', 'joined > d'])
  })

  it('makes no line twice and none from a step to itself', () => {
    expect(lines(edit.removeSteps(draw('joined > a:say > b:say; joined > b'), ['a']))).toEqual(['joined > b'])
    expect(lines(edit.removeSteps(draw('joined > q:ask > z:say; q.timeout > n:say > q'), ['n']))).toEqual(['joined > q', 'q > z'])
    expect(lines(edit.removeSteps(draw('joined > a:say > b:say > a'), ['a', 'b']))).toEqual([])
  })

  it('removes triggers too, and leaves the rest as it is', () => {
    const mission = draw('joined > a:say; hook > a')
    expect(lines(edit.removeSteps(mission, ['hook', 'ghost']))).toEqual(['joined > a'])
    expect(edit.removeSteps(mission, ['ghost'])).toBe(mission)
    const loose = draw('joined > a:say; b:say')
    expect(edit.removeSteps(loose, ['b']).links).toBe(loose.links)
  })
})

describe('lines', () => {
  const mission = draw('joined > q:ask > b:say')

  it('are drawn and cut', () => {
    const more = edit.connect(mission, { from: 'q', exit: 'timeout', to: 'b' })
    expect(lines(more)).toEqual(['joined > q', 'q > b', 'q.timeout > b'])
    expect(lines(edit.disconnect(more, line('q', 'b')))).toEqual(['joined > q', 'q.timeout > b'])
    expect(lines(edit.connect(mission, { from: 'q', exit: 'timeout', to: 'q' }))).toContain('q.timeout > q')
  })

  it('are not drawn where they make no sense', () => {
    for (const wrong of [
      { from: 'q', to: 'b' },
      { from: 'ghost', to: 'b' },
      { from: 'q', to: 'ghost' },
      { from: 'q', to: 'joined' },
      { from: 'joined', exit: 'failed', to: 'b' },
      { from: 'q', exit: '', to: 'b' },
    ])
      expect(edit.connect(mission, wrong)).toBe(mission)
    expect(edit.disconnect(mission, line('b', 'q'))).toBe(mission)
  })
})

describe('replacing a step', () => {
  const mission = draw(
    'joined > p:choose; p.yes > a:say; p.no > b:say; p.failed > f:say',
    { p: { text: 'kept', whom: 'dropped' } },
    { p: { name: 'Pick', join: { wait: 'any' } } },
  )

  it('keeps what fits', () => {
    const replaced = edit.replaceStep(mission, 'p', {
      type: 'ask',
      settings: { text: 'kept', within: '3d' },
      exits: ['done', 'no'],
    })
    expect(replaced.steps[0]).toEqual({
      id: 'p',
      type: 'ask',
      name: 'Pick',
      join: { wait: 'any' },
      settings: { text: 'kept', within: '3d' },
    })
    expect(lines(replaced)).toEqual(['joined > p', 'p > a', 'p.no > b', 'p.failed > f'])
  })

  it('cuts the lines of exits that are gone', () => {
    expect(lines(edit.replaceStep(mission, 'p', { type: 'say', exits: ['done'] }))).toEqual(['joined > p', 'p > a', 'p.failed > f'])
    expect(lines(edit.replaceStep(mission, 'p', { type: 'end', exits: [] }))).toEqual(['joined > p', 'p.failed > f'])
    expect(edit.replaceStep(mission, 'a', { type: 'ask', exits: ['done'] }).links).toBe(mission.links)
  })

  it('does nothing for what is not there or no step', () => {
    expect(edit.replaceStep(mission, 'ghost', { type: 'say', exits: [] })).toBe(mission)
    expect(edit.replaceStep(mission, 'p', { type: '', exits: [] })).toBe(mission)
  })
})

describe('setting parts', () => {
  const mission = draw('joined > a:say > b:say')

  it('changes only the step that is meant', () => {
    const next = edit.setSettings(mission, 'a', { text: 'Bye', gone: undefined })
    expect(next.steps[0]).toEqual({ id: 'a', type: 'say', settings: { text: 'Bye' } })
    expect(next.steps[1]).toBe(mission.steps[1])
    expect(next.triggers).toBe(mission.triggers)
    expect(next.links).toBe(mission.links)
    expect(edit.setSettings(mission, 'joined', { channel: 'x' }).triggers[0]?.settings).toEqual({ channel: 'x' })
  })

  it('names, joins and retries, and takes all that away again', () => {
    const named = edit.rename(edit.rename(mission, 'joined', 'Start'), 'a', ' Hello ')
    expect([named.triggers[0]?.name, named.steps[0]?.name]).toEqual(['Start', 'Hello'])
    expect(edit.rename(named, 'a', '').steps[0]).toEqual(mission.steps[0])
    const joined = edit.setJoin(mission, 'b', { wait: 'atLeast', count: 2 })
    expect(joined.steps[1]?.join).toEqual({ wait: 'atLeast', count: 2 })
    expect(edit.setJoin(joined, 'b', undefined).steps[1]).toEqual(mission.steps[1])
    const retried = edit.setRetry(mission, 'b', { times: 3, first: '1m', factor: 2 })
    expect(retried.steps[1]?.retry?.times).toBe(3)
    expect(edit.setRetry(retried, 'b', undefined).steps[1]).toEqual(mission.steps[1])
  })

  it('gives the same mission back when nothing changes or cannot', () => {
    expect(edit.setSettings(mission, 'a', { text: 'Hello' })).toBe(mission)
    expect(edit.setSettings(mission, 'a', { text: () => 'no' })).toBe(mission)
    expect(edit.setSettings(mission, 'ghost', {})).toBe(mission)
    expect(edit.rename(mission, 'a', '  ')).toBe(mission)
    expect(edit.setJoin(mission, 'a', undefined)).toBe(mission)
    expect(edit.setJoin(mission, 'a', { wait: 'atLeast', count: 0 })).toBe(mission)
    expect(edit.setRetry(mission, 'a', { times: 1, first: 'soon', factor: 2 })).toBe(mission)
    expect(edit.setName(mission, mission.name)).toBe(mission)
    expect(edit.setName(mission, '')).toBe(mission)
    expect(edit.setDescription(mission, '')).toBe(mission)
    expect(edit.setDescription(mission, 'x'.repeat(2_001))).toBe(mission)
  })

  it('names and describes the mission', () => {
    expect(edit.setName(mission, 'Other').name).toBe('Other')
    expect(edit.setDescription(mission, 'Why').description).toBe('Why')
  })

  it('lays cards', () => {
    const placed = edit.place(mission, { a: { x: 1, y: 2 }, ghost: { x: 0, y: 0 }, b: { x: Number.POSITIVE_INFINITY, y: 0 } })
    expect(placed.layout).toEqual({ a: { x: 1, y: 2 } })
    expect(edit.place(placed, { a: { x: 1, y: 2 } })).toBe(placed)
    expect(edit.place(placed, { a: { x: 1, y: 3 } }).layout['a']).toEqual({ x: 1, y: 3 })
  })
})

describe('copying and pasting', () => {
  const mission = edit.place(draw('joined > q:ask > a:say > b:say; q.timeout > a', { a: { text: '{{ q.asked }} {{ trigger.person }}' } }), {
    q: { x: 10, y: 10 },
    a: { x: 10, y: 150 },
  })

  it('gives fresh ids and keeps inner links, references and places', () => {
    const pasted = edit.duplicate(mission, ['q', 'a'])
    expect(stepIds(pasted)).toEqual(['q', 'a', 'b', 'q_2', 'a_2'])
    expect(lines(pasted).slice(mission.links.length)).toEqual(['q_2 > a_2', 'q_2.timeout > a_2'])
    expect(pasted.steps.at(-1)?.settings['text']).toBe('{{ q_2.asked }} {{ trigger.person }}')
    expect(pasted.layout).toMatchObject({ q_2: { x: 50, y: 50 }, a_2: { x: 50, y: 190 } })
  })

  it('keeps references to steps that are not copied', () => {
    expect(edit.duplicate(mission, ['a']).steps.at(-1)?.settings['text']).toBe('{{ q.asked }} {{ trigger.person }}')
  })

  it('puts a piece of another mission at a point', () => {
    const pasted = edit.paste(emptyMission('New'), edit.copy(mission, ['joined', 'q', 'a']), { x: 0, y: 0 })
    expect(stepIds(pasted)).toEqual(['q', 'a'])
    expect(lines(pasted)).toEqual(['joined > q', 'q > a', 'q.timeout > a'])
    expect(pasted.layout).toEqual({ q: { x: 0, y: 0 }, a: { x: 0, y: 140 } })
  })

  it('puts several steps into a line', () => {
    const piece = edit.copy(draw('joined > x:say, y:say > z:say; x.failed > w:say'), ['x', 'y', 'z', 'w'])
    const next = edit.insert(draw('joined > a:say > b:say'), piece, { onto: line('a', 'b') }, (step) => (step.id === 'w' ? null : 'done'))
    expect(lines(next)).toEqual(['joined > a', 'a > x', 'a > y', 'z > b', 'x > z', 'y > z', 'x.failed > w'])
  })

  it('does nothing with nothing, or with what is not a piece of a mission', () => {
    expect(edit.duplicate(mission, ['ghost'])).toBe(mission)
    expect(edit.paste(mission, { triggers: [], steps: [{ id: 'Not an id', type: 'say', settings: {} }], links: [], layout: {} })).toBe(
      mission,
    )
  })

  it('leaves out links whose ends are not in the piece', () => {
    const piece = {
      triggers: [],
      steps: [{ id: 'x', type: 'say', settings: {} }],
      links: [line('x', 'ghost'), line('ghost', 'x')],
      layout: {},
    }
    expect(edit.paste(draw('joined > a:say'), piece).links).toHaveLength(1)
  })
})

describe('any edits one after the other', () => {
  it('are all the edits there are', () => {
    expect([...edited, ...telling].sort()).toEqual(Object.keys(edit).sort())
  })

  it('keep the document valid, share what did not change, and give the same mission back when nothing changed', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 25 }), (edits) => {
        let mission = freeze(draw('joined > say:say > ask:ask > each:each; each.each > say_2:say'))
        for (const { apply } of edits) {
          const next = freeze(apply(mission))
          // As it is read again after it was kept.
          const written = JSON.stringify(next)
          expect(missionSchema.parse(JSON.parse(written))).toEqual(JSON.parse(written))
          expect(missionSchema.safeParse(next).success).toBe(true)
          expect(problems(next, kinds).filter(({ id: problem }) => /^(twice|reserved|link-(from|to|twice)):/.test(problem))).toEqual([])
          if (next !== mission) expect(written).not.toBe(JSON.stringify(mission))
          for (const [index, step] of next.steps.entries()) {
            const before = mission.steps[index]
            if (before && before !== step) expect(JSON.stringify(before)).not.toBe(JSON.stringify(step))
          }
          const there = new Set([...next.triggers, ...next.steps].map(({ id }) => id))
          expect(Object.keys(next.layout).filter((key) => !there.has(key))).toEqual([])
          expect(next.steps.filter(({ within }) => within !== undefined && !there.has(within))).toEqual([])
          mission = next
        }
      }),
      { numRuns: 400 },
    )
  })
})
