import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addStep, addTrigger, setName } from '../../src/mission/edit.ts'
import { emptyMission, missionSchema } from '../../src/mission/mission.ts'
import { openDraft } from '../../src/web/designer/draft/draft.ts'
import { pastOf } from '../../src/web/designer/draft/past.ts'
import { anyEdit } from '../mission/random-edits.ts'

/** A draft of a mission with a few cards, whose clock stands still. */
function aDraft(readOnly = false) {
  const begun = addStep(addTrigger(emptyMission('Lunch'), { type: 'joined' }), { type: 'say' }, { after: 'joined' })
  return openDraft(begun, {
    readOnly,
    undone: (what) => `Undone: ${what}`,
    redone: (what) => `Redone: ${what}`,
    wentTo: (what) => `At: ${what}`,
    now: () => 0,
  })
}

describe('any edits', () => {
  test('leave a valid document each time; undone, all of them give back the first one byte for byte, redone the last one', () => {
    const done = fc.record({ edit: anyEdit, together: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }) })
    fc.assert(
      fc.property(fc.array(done, { maxLength: 40 }), fc.array(fc.nat(60)), (edits, places) => {
        const draft = aDraft()
        const { mission: opened, edit } = draft.getState()
        const written = JSON.stringify(opened)
        const states = [written]
        for (const { edit: one, together } of edits) {
          const before = draft.temporal.getState().pastStates.length
          if (!edit(one.name, one.apply, together === undefined ? {} : { together })) continue
          const now = JSON.stringify(draft.getState().mission)
          expect(missionSchema.parse(JSON.parse(now))).toEqual(JSON.parse(now))
          // Edits in a row under one name are one.
          if (draft.temporal.getState().pastStates.length === before) states.pop()
          states.push(now)
        }
        const { names, at } = pastOf(draft)
        expect([names.length, at]).toEqual([states.length, states.length - 1])

        for (let place = at - 1; place >= 0; place--) {
          draft.getState().undo()
          expect(JSON.stringify(draft.getState().mission)).toBe(states[place])
        }
        expect(draft.getState().mission).toBe(opened)
        for (let place = 1; place <= at; place++) {
          draft.getState().redo()
          expect(JSON.stringify(draft.getState().mission)).toBe(states[place])
        }
        for (const place of places.map((one) => one % states.length)) {
          draft.getState().goTo(place)
          expect(JSON.stringify(draft.getState().mission)).toBe(states[place])
          expect(pastOf(draft)).toEqual({ names, at: place })
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('what was done', () => {
  const named = () => {
    const draft = aDraft()
    for (const name of ['A', 'B', 'C']) draft.getState().edit(`naming it ${name}`, (mission) => setName(mission, name))
    return draft
  }
  const nameOf = (draft: ReturnType<typeof named>) => draft.getState().mission.name

  test('is a list of names, in which one goes back and forth and hears where one is', () => {
    const draft = named()
    expect(pastOf(draft)).toEqual({ names: ['', 'naming it A', 'naming it B', 'naming it C'], at: 3 })
    draft.getState().goTo(1)
    expect(nameOf(draft)).toBe('A')
    expect(draft.getState().told.text).toBe('At: naming it A')
    expect(pastOf(draft)).toEqual({ names: ['', 'naming it A', 'naming it B', 'naming it C'], at: 1 })
    draft.getState().goTo(3)
    expect(nameOf(draft)).toBe('C')
    draft.getState().goTo(2)
    expect(draft.getState().told.text).toBe('Undone: naming it C')
    draft.getState().goTo(0)
    expect([nameOf(draft), draft.getState().told.text]).toEqual(['Lunch', 'At: '])
  })

  test('stays where it is when there is no such place', () => {
    const draft = named()
    for (const nowhere of [3, 4, -1]) draft.getState().goTo(nowhere)
    expect([nameOf(draft), draft.getState().told.text]).toEqual(['C', 'naming it C'])
  })

  test('loses what was undone once something else is done', () => {
    const draft = named()
    draft.getState().goTo(1)
    draft.getState().edit('naming it D', (mission) => setName(mission, 'D'))
    expect(pastOf(draft)).toEqual({ names: ['', 'naming it A', 'naming it D'], at: 2 })
  })
})
