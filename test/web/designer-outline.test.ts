import { describe, expect, test } from 'vitest'
import { lineBeside, lineInto, lineOut, nextAfter } from '../../src/web/designer/outline/lines.ts'
import { cardInWalk, isLineInWalk, trackOf } from '../../src/web/designer/review/track.ts'
import { keysOf, pressed, shortcuts, type Where } from '../../src/web/designer/shortcuts.ts'

const press = (key: string, held: { ctrlKey?: true; metaKey?: true; altKey?: true; shiftKey?: true } = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

describe('a key that is pressed', () => {
  test('means something in one place and something else, or nothing, in another', () => {
    expect(pressed(press('ArrowUp'), 'card')).toBe('go')
    expect(pressed(press('ArrowLeft'), 'line')).toBe('out')
    expect(pressed(press('ArrowLeft'), 'page')).toBeUndefined()
    expect(pressed(press('q'), 'card')).toBeUndefined()
  })

  test('is held to what is held with it', () => {
    expect(pressed(press('z', { ctrlKey: true }), 'page')).toBe('undo')
    expect(pressed(press('z', { metaKey: true }), 'page')).toBe('undo')
    expect(pressed(press('Z', { ctrlKey: true, shiftKey: true }), 'page')).toBe('redo')
    expect(pressed(press('z'), 'page')).toBeUndefined()
    expect(pressed(press('Enter', { shiftKey: true }), 'card')).toBe('pick')
    expect(pressed(press('ArrowUp', { altKey: true }), 'card')).toBe('along')
    expect(pressed(press('ArrowUp', { altKey: true, shiftKey: true }), 'card')).toBe('move')
    expect(pressed(press('c', { ctrlKey: true }), 'card')).toBeUndefined()
  })

  test('that is a sign counts with Shift and without, because keyboards differ', () => {
    for (const shift of [{}, { shiftKey: true }] as const) {
      expect(pressed(press('?', shift), 'page')).toBe('help')
      expect(pressed(press('+', shift), 'line')).toBe('add')
    }
    expect(pressed(press('A'), 'card')).toBe('add')
  })

  test('does one thing in one place', () => {
    for (const place of ['page', 'card', 'line'] satisfies Where[]) {
      const all = Object.values<readonly string[]>(shortcuts[place]).flat()
      expect(new Set(all).size).toBe(all.length)
    }
    expect(keysOf('card', 'remove')).toEqual(['Delete', 'Backspace'])
  })
})

describe('going through the outline', () => {
  const told = [
    { id: 'start', depth: 0 },
    { id: 'ask', depth: 0 },
    { id: 'yes', depth: 1 },
    { id: 'deeper', depth: 2 },
    { id: 'no', depth: 1 },
    { id: 'last', depth: 0 },
  ]

  test('up and down go line by line and stay at the ends', () => {
    expect(lineBeside(told, 'ask', 1)).toBe('yes')
    expect(lineBeside(told, 'ask', -1)).toBe('start')
    expect(lineBeside(told, 'start', -1)).toBeUndefined()
    expect(lineBeside(told, 'last', 1)).toBeUndefined()
    expect(lineBeside(told, 'gone', 1)).toBeUndefined()
  })

  test('left goes to what a branch stands under, right into the first branch', () => {
    expect(lineOut(told, 'no')).toBe('ask')
    expect(lineOut(told, 'deeper')).toBe('yes')
    expect(lineOut(told, 'last')).toBeUndefined()
    expect(lineInto(told, 'ask')).toBe('yes')
    expect(lineInto(told, 'no')).toBeUndefined()
    expect(lineInto(told, 'last')).toBeUndefined()
  })

  test('when a line is deleted the next one is gone on with, or the one before the last', () => {
    expect(nextAfter(told, 'ask')).toBe('yes')
    expect(nextAfter(told, 'last')).toBe('no')
    expect(nextAfter([{ id: 'only', depth: 0 }], 'only')).toBeUndefined()
  })
})

describe('the walk to a problem', () => {
  const links = [
    { from: 'start', exit: 'done', to: 'one' },
    { from: 'start', exit: 'done', to: 'two' },
    { from: 'one', exit: 'done', to: 'meet' },
    { from: 'two', exit: 'done', to: 'meet' },
    { from: 'two', exit: 'timeout', to: 'meet' },
  ]
  const stages = trackOf(
    [{ step: 'start', exit: 'done' }, { step: 'one', exit: 'done' }, { step: 'two', exit: 'timeout' }, { step: 'meet' }],
    links,
  )

  test('comes to each card on the lines by which it was left, from several sides where branches meet', () => {
    expect(stages).toEqual([
      { card: 'start', lines: [] },
      { card: 'one', lines: ['start:done:one'] },
      { card: 'two', lines: ['start:done:two'] },
      { card: 'meet', lines: ['one:done:meet', 'two:timeout:meet'] },
    ])
  })

  test('marks where it is and where it has been, and nothing that is still to come', () => {
    const showing = { stages, at: 2, sentence: '' }
    expect(['start', 'one', 'two', 'meet'].map((id) => cardInWalk(showing, id))).toEqual(['before', 'before', 'now', undefined])
    expect(['start:done:one', 'start:done:two', 'one:done:meet'].map((name) => isLineInWalk(showing, name))).toEqual([true, true, false])
    expect([cardInWalk(undefined, 'one'), isLineInWalk(undefined, 'start:done:one')]).toEqual([undefined, false])
  })
})
