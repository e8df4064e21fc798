import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { bodyOf } from '../../src/mission/body.ts'
import { emptyMission, type Mission } from '../../src/mission/mission.ts'
import { arrange } from '../../src/web/designer/canvas/arrange.ts'
import { drawCompared, unite } from '../../src/web/designer/canvas/compared.ts'
import { findMeetings } from '../../src/web/designer/canvas/meetings.ts'
import { holdStill, placeEnds, placeFreely } from '../../src/web/designer/canvas/placing.ts'
import { puzzleOf } from '../../src/web/designer/canvas/puzzle.ts'
import { routeDown } from '../../src/web/designer/canvas/route.ts'
import { cardSize, drawScene, readingOrder } from '../../src/web/designer/canvas/scene.ts'
import { spotOf } from '../../src/web/designer/canvas/showing.ts'
import { nextSpot, spotAt } from '../../src/web/designer/draft/nearby.ts'

const wait = (id: string) => ({ id, type: 'wait', settings: { time: '1d' } })
const ask = (id: string) => ({ id, type: 'ask', settings: { whom: ['ana@example.com'], question: 'Mac?', choices: ['Yes'], within: '3d' } })
const line = (text: string) => {
  const [from = '', exit = '', to = ''] = text.split(' ')
  return { from, exit, to }
}

/** By hand: then ask; answered: two branches at the same time, which meet in `end`; time is up: straight to `end`. */
const forked: Mission = {
  ...emptyMission('Forked'),
  triggers: [{ id: 'start', type: 'by-hand', settings: {} }],
  steps: [ask('ask'), wait('left'), wait('right'), wait('meet'), wait('late')],
  links: ['start done ask', 'ask done left', 'ask done right', 'left done meet', 'right done meet', 'ask timeout late'].map(line),
}

const sceneOf = (mission: Mission) =>
  drawScene(mission, { catalogue, language: 'en', meetings: findMeetings(mission), failed: 'if it fails', unknown: 'Unknown' })

describe('the scene', () => {
  test('shows each card with its title, sentence, place in the order, and ways out', () => {
    const scene = sceneOf(forked)
    const card = scene.cards.find((one) => one.id === 'ask')
    expect(card).toMatchObject({ role: 'step', title: 'Ask', sentence: 'Ask ana@example.com “Mac?” and wait up to 3 days', order: 1 })
    expect(card?.ports.map(({ exit, lines, aside }) => [exit, lines, aside])).toEqual([
      ['done', 2, false],
      ['timeout', 1, false],
      ['failed', 0, true],
    ])
  })

  test('marks lines that are followed at the same time, and joins only where they really meet', () => {
    const scene = sceneOf(forked)
    expect(scene.lines.filter((each) => each.kind === 'and').map((each) => each.to)).toEqual(['left', 'right'])
    expect(scene.cards.filter((card) => card.meeting).map((card) => card.id)).toEqual(['meet'])
    const choice: Mission = { ...forked, links: ['start done ask', 'ask done meet', 'ask timeout meet'].map(line) }
    expect(sceneOf(choice).cards.filter((card) => card.meeting)).toEqual([])
  })

  test('draws what is done with each item behind a line of its own, and what an item’s run goes through as a mission', () => {
    const listed: Mission = {
      ...emptyMission('Listed'),
      triggers: [{ id: 'start', type: 'by-hand', settings: {} }],
      steps: [
        { id: 'all', type: 'for-each', settings: { list: 'a, b' } },
        ...[wait('one'), wait('two'), wait('both')].map((step) => ({ ...step, within: 'all' })),
        wait('after'),
      ],
      links: ['start done all', 'all each one', 'all each two', 'one done both', 'two done both', 'all done after'].map(line),
    }
    const scene = sceneOf(listed)
    expect(scene.lines.find((each) => each.to === 'one')).toMatchObject({ from: 'all', exit: 'each', kind: 'and' })
    expect(scene.cards.filter((card) => card.meeting).map((card) => card.id)).toEqual(['both'])
    const body = sceneOf(bodyOf(listed, 'all'))
    expect(body.cards.map(({ id, role, title, icon }) => [id, role, title, icon])).toEqual([
      ['all', 'trigger', 'For each', 'repeat'],
      ['one', 'step', 'Wait', 'hourglass'],
      ['two', 'step', 'Wait', 'hourglass'],
      ['both', 'step', 'Wait', 'hourglass'],
    ])
  })

  test('has an open end at every exit that leads nowhere, failing aside', () => {
    expect(sceneOf(forked).ends.map((end) => [end.from, end.exit])).toEqual([
      ['meet', 'done'],
      ['late', 'done'],
    ])
  })

  test('keeps lines visible whose exit the settings no longer give, and cards whose kind nobody knows', () => {
    const odd: Mission = {
      ...forked,
      steps: [wait('left'), { id: 'ask', type: 'teleport', settings: {} }],
      links: ['start done ask', 'ask away left'].map(line),
    }
    const scene = sceneOf(odd)
    expect(scene.lines).toContainEqual({ id: 'ask:away:left', from: 'ask', exit: 'away', to: 'left', label: 'away', kind: 'then' })
    expect(scene.cards.find((card) => card.id === 'ask')?.title).toBe('Unknown')
  })

  test('puts names where settings hold ids, and titles where sentences hold those of steps', () => {
    const ana = '6f9619ff-8b86-4d01-b42d-00c04fc964ff'
    const mission: Mission = {
      ...forked,
      steps: [
        { ...ask('ask'), settings: { ...ask('ask').settings, whom: [ana] } },
        { id: 'room', type: 'create-channel', name: 'Open a room', settings: { name: 'x' } },
        { id: 'say', type: 'send-message', settings: { to: 'channel', channel: '{{ room.channel }}', text: 'Hi' } },
      ],
      links: [],
    }
    const scene = drawScene(mission, {
      catalogue,
      language: 'en',
      meetings: new Set(),
      names: new Map([[ana, 'Ana Lima']]),
      failed: '',
      unknown: '',
    })
    expect(scene.cards.map((card) => card.sentence)).toEqual([
      'When somebody presses Start',
      'Ask Ana Lima “Mac?” and wait up to 3 days',
      'Create the channel #x',
      'Write “Hi” in the channel of “Open a room”',
    ])
  })

  test('reads causes before effects, arms one after the other, loose steps last, loops without end', () => {
    expect(readingOrder(forked)).toEqual(['ask', 'left', 'right', 'meet', 'late'])
    expect(readingOrder({ ...forked, steps: [wait('loose'), ...forked.steps] }).at(-1)).toBe('loose')
    expect(readingOrder({ ...forked, links: [...forked.links, line('meet done ask')] })).toHaveLength(5)
  })
})

describe('the tidy layout', () => {
  test('goes from top to bottom, with the arms of a choice in the order of its exits and labels beside their exits', () => {
    const scene = sceneOf(forked)
    const { corners, ways } = placeEnds(scene, arrange(puzzleOf(scene)))
    const at = (id: string) => corners[id] ?? { x: Number.NaN, y: Number.NaN }
    expect(at('start').y).toBeLessThan(at('ask').y)
    expect(at('left').y).toBe(at('right').y)
    expect(at('left').x).toBeLessThan(at('right').x)
    expect(at('right').x).toBeLessThan(at('late').x)
    expect(at('meet').y).toBeGreaterThan(at('right').y)
    const label = ways['ask:timeout:late']?.label
    expect(label?.y).toBeGreaterThan(at('ask').y + cardSize.height)
    expect(label?.y).toBeLessThan(at('late').y)
  })

  test('lets no card lie on another', () => {
    const scene = sceneOf(forked)
    const { corners } = arrange(puzzleOf(scene))
    const cards = scene.cards.map((card) => corners[card.id] ?? { x: 0, y: 0 })
    for (const [index, one] of cards.entries())
      for (const other of cards.slice(index + 1))
        expect(Math.abs(one.x - other.x) >= cardSize.width || Math.abs(one.y - other.y) >= cardSize.height).toBe(true)
  })

  test('draws loops, and missions thousands of steps deep', () => {
    const loop: Mission = { ...forked, links: [...forked.links, line('meet done ask')] }
    expect(Object.keys(arrange(puzzleOf(sceneOf(loop))).corners)).toContain('meet')
    const ids = Array.from({ length: 6_000 }, (_, at) => `s${at}`)
    const { corners } = arrange({
      boxes: ids.map((id) => ({ id, ...cardSize })),
      strands: ids.slice(1).map((to, at) => ({ id: `${ids[at]}:done:${to}`, from: ids[at] ?? '', to, labelWidth: 26, labelHeight: 26 })),
    })
    expect((corners['s5999']?.y ?? 0) > (corners['s5998']?.y ?? 0)).toBe(true)
  })

  test('keeps one card where it was when all else moves', () => {
    const arranged = {
      corners: { a: { x: 0, y: 0 }, b: { x: 10, y: 200 } },
      ways: { l: { through: [{ x: 5, y: 100 }], label: { x: 5, y: 100 } } },
      frames: { a: { x: 0, y: 40, width: 300, height: 200 } },
    }
    expect(holdStill(arranged, 'b', { x: 110, y: 100 })).toEqual({
      corners: { a: { x: 100, y: -100 }, b: { x: 110, y: 100 } },
      ways: { l: { through: [{ x: 105, y: 0 }], label: { x: 105, y: 0 } } },
      frames: { a: { x: 100, y: -60, width: 300, height: 200 } },
    })
  })
})

describe('a layout by hand', () => {
  test('keeps the places given and hangs cards without one below what leads to them, beside each other', () => {
    const scene = sceneOf(forked)
    const { corners, free } = placeFreely(scene, { start: { x: 0, y: 0 }, ask: { x: 50, y: 300 } })
    expect(free).toBe(true)
    expect(corners['ask']).toEqual({ x: 50, y: 300 })
    const [left, right] = [corners['left'], corners['right']]
    expect(left?.y).toBe(right?.y)
    expect(left?.x).not.toBe(right?.x)
  })
})

describe('lines', () => {
  test('are straight where nothing is in between and turn only where they must', () => {
    expect(routeDown({ x: 10, y: 0 }, [{ x: 10, y: 40 }], { x: 10, y: 100 }, 14)).toBe('M10,0 L10,100')
    expect(routeDown({ x: 0, y: 0 }, [{ x: 100, y: 50 }], { x: 100, y: 100 }, 14).match(/Q/g)).toHaveLength(2)
  })
})

describe('where things go', () => {
  test('names on the canvas say what they stand for', () => {
    expect(spotOf('a:done:b')).toEqual({ at: 'line', link: { from: 'a', exit: 'done', to: 'b' } })
    expect(spotOf('a:done:')).toEqual({ at: 'exit', from: 'a', exit: 'done' })
  })

  test('what is added without a place goes after the chosen card, or to the last open end', () => {
    const scene = sceneOf(forked)
    const step = { role: 'step', type: 'wait' } as const
    expect(nextSpot(scene, ['left'], step)).toEqual({ at: 'line', link: { from: 'left', exit: 'done', to: 'meet' } })
    expect(nextSpot(scene, [], step)).toEqual({ at: 'exit', from: 'late', exit: 'done' })
    expect(nextSpot(scene, ['left'], { role: 'trigger', type: 'form' })).toEqual({ at: 'top' })
    expect(nextSpot(sceneOf(emptyMission('M')), [], step)).toEqual({ at: 'loose' })
  })

  test('what is added after a new for each goes into it first', () => {
    const fresh: Mission = {
      ...emptyMission('Fresh'),
      triggers: [{ id: 'start', type: 'by-hand', settings: {} }],
      steps: [{ id: 'all', type: 'for-each', settings: {} }],
      links: ['start done all'].map(line),
    }
    const step = { role: 'step', type: 'wait' } as const
    expect(nextSpot(sceneOf(fresh), ['all'], step)).toEqual({ at: 'exit', from: 'all', exit: 'each' })
  })

  test('what is dropped onto a card goes to its first open exit, or beside what follows it', () => {
    const scene = sceneOf(forked)
    expect(spotAt(scene, 'meet')).toEqual({ at: 'exit', from: 'meet', exit: 'done' })
    expect(spotAt(scene, 'ask')).toEqual({ at: 'exit', from: 'ask', exit: 'done' })
  })
})

describe('two documents as one picture', () => {
  const before = forked
  // `late` is gone, `new` has come between `left` and `meet`, `right` leads elsewhere.
  const after: Mission = {
    ...forked,
    steps: [...forked.steps.filter(({ id }) => id !== 'late'), wait('new'), wait('end')],
    links: ['start done ask', 'ask done left', 'ask done right', 'left done new', 'new done meet', 'right done meet', 'meet done end'].map(
      line,
    ),
  }

  test('shows what was removed beside what is there, and knows what runs at the same time now', () => {
    const scene = drawCompared({ before, after }, sceneOf)
    expect(scene.cards.map((card) => card.id).sort()).toEqual(['ask', 'end', 'late', 'left', 'meet', 'new', 'right', 'start'])
    const marked = scene.lines.filter((each) => each.mark).map(({ id, mark, told }) => `${mark} ${id}${told ? ' told' : ''}`)
    expect(marked.sort()).toEqual([
      'added left:done:new',
      'added meet:done:end',
      'added new:done:meet',
      'removed ask:timeout:late',
      'removed left:done:meet told',
    ])
    expect(scene.cards.find((card) => card.id === 'left')?.ports.find((port) => port.exit === 'done')?.lines).toBe(1)
    expect(scene.cards.find((card) => card.id === 'late')).toMatchObject({ number: '', meeting: undefined })
    expect(scene.cards.find((card) => card.id === 'meet')?.meeting).toEqual({ join: { wait: 'all' }, lines: 2 })
  })

  test('keeps the places of what was removed when cards were laid out by hand', () => {
    const laid = { ...after, layout: { start: { x: 1, y: 1 } } }
    expect(unite({ before: { ...before, layout: { late: { x: 5, y: 5 }, start: { x: 9, y: 9 } } }, after: laid }).layout).toEqual({
      late: { x: 5, y: 5 },
      start: { x: 1, y: 1 },
    })
    expect(unite({ before: { ...before, layout: { late: { x: 5, y: 5 } } }, after }).layout).toEqual({})
  })
})
