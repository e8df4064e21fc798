import { describe, expect, it } from 'vitest'
import { compareMissions } from '../../src/mission/comparison.ts'
import * as edit from '../../src/mission/edit.ts'
import { bodyOf } from '../../src/mission/body.ts'
import { emptyMission, type Mission, missionJsonSchema, upgrade } from '../../src/mission/mission.ts'
import { isNoteId } from '../../src/mission/notes.ts'
import { problems } from '../../src/mission/problems.ts'
import { draw, kinds } from './kinds.ts'

const mission = draw('joined > a:say > b:say > c:say')
const noted = edit.addNote(edit.addNote(mission, { text: 'By a', by: 'a', x: 300, y: 10 }), {
  text: 'By b',
  by: 'b',
  x: 0,
  y: 20,
  colour: 'blue',
})
const ids = ({ notes = [] }: Mission) => notes.map(({ id }) => id)
const places = ({ notes = [] }: Mission) => notes.map(({ by, x, y }) => [by, x, y])

describe('notes', () => {
  it('are put down, changed and taken from their card', () => {
    expect(noted.notes?.[0]).toEqual({ id: 'note:1', text: 'By a', by: 'a', x: 300, y: 10, width: 220, height: 120, colour: 'yellow' })
    expect(ids(noted)).toEqual(['note:1', 'note:2'])
    const changed = edit.changeNote(noted, 'note:1', { text: 'Other', by: undefined, width: 400 })
    expect(changed.notes?.[0]).toEqual({ id: 'note:1', text: 'Other', x: 300, y: 10, width: 400, height: 120, colour: 'yellow' })
    expect(changed.notes?.[1]).toBe(noted.notes?.[1])
    expect(edit.addNote(mission, { by: undefined }).notes).toEqual([
      { id: 'note:1', text: '', x: 0, y: 0, width: 220, height: 120, colour: 'yellow' },
    ])
    expect(isNoteId('note:1') && !isNoteId('note')).toBe(true)
  })

  it('stay as they are when nothing changes or cannot', () => {
    expect(edit.changeNote(noted, 'note:1', { text: 'By a' })).toBe(noted)
    expect(edit.changeNote(noted, 'note:9', { text: 'Other' })).toBe(noted)
    expect(edit.changeNote(mission, 'note:1', { text: 'Other' })).toBe(mission)
    expect(edit.changeNote(noted, 'note:1', { width: 7 })).toBe(noted)
    expect(edit.addNote(mission, { x: Number.NaN })).toBe(mission)
    let many: Mission = emptyMission('Many')
    for (let count = 0; count < 200; count++) many = edit.addNote(many, {})
    expect(many.notes).toHaveLength(200)
    expect(edit.addNote(many, {})).toBe(many)
    expect(edit.paste(many, edit.copy(many, ['note:1']))).toBe(many)
    expect(edit.paste(many, edit.copy(noted, ['a', 'note:1']))).toBe(many)
  })

  it('mean nothing: no check, no comparison and no machine knows them', () => {
    expect(problems(noted, kinds)).toEqual(problems(mission, kinds))
    expect(compareMissions(mission, noted)).toEqual(compareMissions(mission, mission))
    expect(bodyOf(noted, 'a')).toEqual(bodyOf(mission, 'a'))
  })

  it('are part of the document, also of its published schema', () => {
    expect(upgrade(JSON.parse(JSON.stringify(noted)))).toEqual({ mission: noted })
    expect(upgrade({ ...noted, notes: [{ id: 'a' }] })).toHaveProperty('faults')
    expect(JSON.stringify(missionJsonSchema())).toContain('"notes"')
  })

  it('are deleted with or without cards; those of deleted cards lie by the one before', () => {
    expect(edit.removeSteps(noted, ['note:1']).notes).toEqual([noted.notes?.[1]])
    expect(edit.removeSteps(noted, ['note:1', 'note:2'])).toEqual(mission)
    expect(edit.removeSteps(noted, ['note:1']).steps).toBe(noted.steps)
    expect(places(edit.removeSteps(noted, ['b']))).toEqual([
      ['a', 300, 10],
      ['a', 0, 180],
    ])
    expect(places(edit.removeSteps(noted, ['joined', 'a', 'b', 'note:2']))).toEqual([[undefined, 300, 10]])
    // Without one before, it stays where it is to be seen.
    const laid = edit.place(noted, { joined: { x: 500, y: 600 }, a: { x: 500, y: 760 } })
    expect(places(edit.removeSteps(laid, ['joined', 'a', 'note:2']))).toEqual([[undefined, 800, 770]])
    expect(edit.removeSteps(noted, ['c']).notes).toBe(noted.notes)
  })

  it('follow their card when it gets another id or others become one step', () => {
    expect(places(edit.renameId(noted, 'a', 'hello'))[0]).toEqual(['hello', 300, 10])
    expect(edit.renameId(mission, 'a', 'hello')).not.toHaveProperty('notes')
    expect(places(edit.replaceSection(noted, ['a', 'b'], { type: 'say', id: 'one' }))).toEqual([
      ['one', 300, 10],
      ['one', 0, 20],
    ])
    expect(places(edit.replaceSection(noted, ['b'], { type: 'say', id: 'one' }))[0]).toEqual(['a', 300, 10])
  })

  it('are copied with a selection, by the new cards or beside themselves, also into other missions', () => {
    const twice = edit.duplicate(noted, ['a', 'note:1', 'note:2'])
    expect(ids(twice)).toEqual(['note:1', 'note:2', 'note:3', 'note:4'])
    expect(places(twice).slice(2)).toEqual([
      ['a_2', 300, 10],
      ['b', 40, 60],
    ])
    const piece = edit.copy(noted, ['note:1', 'note:2'])
    expect(piece).toEqual({ triggers: [], steps: [], links: [], layout: {}, notes: noted.notes })
    expect(places(edit.paste(emptyMission('New'), piece))).toEqual([
      [undefined, 340, 50],
      [undefined, 40, 60],
    ])
    expect(edit.insert(noted, piece, { onto: { from: 'a', exit: 'done', to: 'b' } }).links).toEqual(noted.links)
    expect(edit.copy(noted, ['a'])).not.toHaveProperty('notes')
  })
})
