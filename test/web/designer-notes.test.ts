import { describe, expect, test } from 'vitest'
import { addNote, addStep } from '../../src/mission/edit.ts'
import { emptyMission, type Mission } from '../../src/mission/mission.ts'
import { openDesk } from '../../src/web/designer/desk.ts'
import { readClipping, writeClipping } from '../../src/web/designer/draft/clipboard.ts'
import { makeCommands } from '../../src/web/designer/draft/commands.ts'
import { openDraft } from '../../src/web/designer/draft/draft.ts'
import { cornerOf, lieBy } from '../../src/web/designer/notes/lying.ts'

const cards = new Set(['a', 'b', 'folded'])
const corners = { a: { x: 0, y: 0 }, b: { x: 0, y: 400 } }
const size = { width: 220, height: 120 }

describe('a note', () => {
  test('lies where its card lies, and is not to be seen while that is folded away', () => {
    expect(cornerOf({ by: 'b', x: 10, y: -20 }, corners, cards)).toEqual({ x: 10, y: 380 })
    expect(cornerOf({ by: 'folded', x: 10, y: 10 }, corners, cards)).toBeUndefined()
    expect(cornerOf({ by: 'gone', x: 10, y: 10 }, corners, cards)).toEqual({ x: 10, y: 10 })
    expect(cornerOf({ x: 7, y: 8 }, corners, cards)).toEqual({ x: 7, y: 8 })
  })

  test('lies by the nearest card', () => {
    expect(lieBy({ x: 300, y: 390.4 }, size, corners, cards)).toEqual({ by: 'b', x: 300, y: -10 })
    expect(lieBy({ x: 3, y: 4 }, size, {}, new Set())).toEqual({ by: undefined, x: 3, y: 4 })
  })
})

function aDraft(mission: Mission, middle = { x: 300, y: 420 }) {
  const draft = openDraft(mission, { readOnly: false, undone: String, redone: String, wentTo: String, now: () => 0 })
  const desk = openDesk()
  const commands = makeCommands({ draft, desk, language: 'en', timeZone: 'UTC', corners: () => corners, middle: () => middle })
  return { draft, desk, commands, notes: () => draft.getState().mission.notes ?? [] }
}

describe('commands', () => {
  const mission = addStep(addStep(emptyMission('M'), { type: 'wait', id: 'a' }, { free: true }), { type: 'wait', id: 'b' }, { after: 'a' })

  test('put a note beside the chosen card or where one looks, and begin to write it', () => {
    const { draft, desk, commands, notes } = aDraft(mission)
    commands.addNote()
    expect(notes()[0]).toMatchObject({ by: 'b', x: 320, y: -40 })
    expect([draft.getState().selection, desk.getState().writing]).toEqual([['note:1'], 'note:1'])
    draft.getState().select(['a'])
    commands.addNote()
    expect(notes()[1]).toMatchObject({ by: 'a', x: 320, y: 0 })
    commands.changeNote('note:2', { text: 'H' })
    commands.changeNote('note:2', { text: 'Hi' })
    draft.getState().undo()
    expect(notes()[1]?.text).toBe('')
    commands.layNotes({ 'note:2': { x: 290, y: 410 }, 'note:9': { x: 0, y: 0 } })
    expect(notes()[1]).toMatchObject({ by: 'b', x: 290, y: 10 })
    commands.remove(['note:1'])
    expect(notes()).toHaveLength(1)
    expect(draft.getState().doing).toBe('deleting “Note”')
  })

  test('put no note on a card or on another note', () => {
    const { draft, commands, notes } = aDraft(mission, { x: 5_000, y: 5_000 })
    commands.addNote()
    expect(notes()[0]).toMatchObject({ by: 'b', x: 4_890, y: 4_540 })
    draft.getState().select(['b'])
    for (let more = 0; more < 2; more++) commands.addNote('a')
    expect(notes().slice(1)).toMatchObject([
      { by: 'a', x: 320, y: 0 },
      { by: 'a', x: 640, y: 0 },
    ])
  })

  test('copy and paste notes, and choose what was pasted', () => {
    const { draft, commands } = aDraft(addNote(mission, { text: 'Hi', by: 'a' }))
    expect(readClipping(writeClipping({ triggers: [], steps: [], links: [], layout: {} }))).toBeDefined()
    commands.paste(commands.copy(['note:1']))
    expect(draft.getState().selection).toEqual(['note:2'])
    expect(readClipping(JSON.stringify(draft.getState().mission))?.notes).toHaveLength(2)
  })
})
