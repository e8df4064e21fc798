import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { copy, setName } from '../../src/mission/edit.ts'
import { emptyMission, type Mission } from '../../src/mission/mission.ts'
import { openDesk } from '../../src/web/designer/desk.ts'
import { readClipping, writeClipping } from '../../src/web/designer/draft/clipboard.ts'
import { makeCommands } from '../../src/web/designer/draft/commands.ts'
import { openDraft } from '../../src/web/designer/draft/draft.ts'
import { lossOf } from '../../src/web/designer/draft/replacing.ts'

/** A draft whose clock stands still until it is moved. */
function aDraft(mission: Mission = emptyMission('Lunch'), readOnly = false) {
  const clock = { now: 0 }
  const draft = openDraft(mission, {
    readOnly,
    undone: (what) => `Undone: ${what}`,
    redone: (what) => `Redone: ${what}`,
    wentTo: (what) => `At: ${what}`,
    now: () => clock.now,
  })
  const desk = openDesk()
  const commands = makeCommands({ draft, desk, language: 'en', timeZone: 'Europe/Paris', corners: () => ({}), middle: () => undefined })
  return { draft, desk, commands, clock, mission: () => draft.getState().mission }
}

const past = (draft: ReturnType<typeof aDraft>['draft']) => draft.temporal.getState().pastStates.length

describe('undo and redo', () => {
  test('go back and forth through named edits', () => {
    const { draft, mission } = aDraft()
    draft.getState().edit('naming it', (now) => setName(now, 'Dinner'))
    expect(draft.getState()).toMatchObject({ doing: 'naming it', told: { text: 'naming it' } })
    draft.getState().undo()
    expect(mission().name).toBe('Lunch')
    expect(draft.getState().told.text).toBe('Undone: naming it')
    draft.getState().redo()
    expect(mission().name).toBe('Dinner')
    expect(draft.getState().told.text).toBe('Redone: naming it')
  })

  test('take letters typed into one setting as one edit, until there is a pause', () => {
    const { draft, clock, mission } = aDraft()
    for (const name of ['D', 'Di', 'Din']) {
      clock.now += 200
      draft.getState().edit('naming it', (now) => setName(now, name), { together: 'name' })
    }
    clock.now += 10_000
    draft.getState().edit('naming it', (now) => setName(now, 'Dinner'), { together: 'name' })
    expect(past(draft)).toBe(2)
    draft.getState().undo()
    expect(mission().name).toBe('Din')
    draft.getState().undo()
    expect(mission().name).toBe('Lunch')
  })

  test('never mix what is typed after an undo with what was typed before it', () => {
    const { draft, mission } = aDraft()
    draft.getState().edit('naming it', (now) => setName(now, 'A'), { together: 'name' })
    draft.getState().edit('another', (now) => setName(now, 'B'))
    draft.getState().undo()
    draft.getState().edit('naming it', (now) => setName(now, 'C'), { together: 'name' })
    draft.getState().redo()
    expect(mission().name).toBe('C')
    draft.getState().undo()
    expect(mission().name).toBe('A')
  })

  test('keep nothing of an edit that changes nothing, and let nobody edit who only reads', () => {
    const { draft } = aDraft()
    expect(draft.getState().edit('nothing', (mission) => mission)).toBe(false)
    expect(past(draft)).toBe(0)
    const reading = aDraft(emptyMission('Lunch'), true)
    expect(reading.draft.getState().edit('naming it', (mission) => setName(mission, 'Dinner'))).toBe(false)
    expect(reading.mission().name).toBe('Lunch')
  })

  test('forget cards that are gone from the selection', () => {
    const { draft, commands } = aDraft()
    commands.add({ role: 'step', type: 'wait' }, { at: 'loose' })
    expect(draft.getState().selection).toEqual(['wait'])
    draft.getState().undo()
    expect(draft.getState().selection).toEqual([])
  })
})

describe('commands', () => {
  test('add a step where it was asked for, with the workspace’s time zone, and select it', () => {
    const { commands, draft, mission } = aDraft()
    commands.add({ role: 'trigger', type: 'by-hand' }, { at: 'top' })
    commands.add({ role: 'step', type: 'send-message' }, { at: 'exit', from: 'by_hand', exit: 'done' })
    commands.add({ role: 'step', type: 'wait' }, { at: 'line', link: { from: 'by_hand', exit: 'done', to: 'send_message' } })
    expect(mission().links).toEqual([
      { from: 'by_hand', exit: 'done', to: 'wait' },
      { from: 'wait', exit: 'done', to: 'send_message' },
    ])
    expect(mission().steps.find((step) => step.id === 'wait')?.settings).toEqual({ zone: 'Europe/Paris' })
    expect(draft.getState().selection).toEqual(['wait'])
  })

  test('lead a second trigger to where the first one leads', () => {
    const { commands, mission } = aDraft()
    commands.add({ role: 'trigger', type: 'by-hand' }, { at: 'top' })
    commands.add({ role: 'step', type: 'end' }, { at: 'exit', from: 'by_hand', exit: 'done' })
    commands.add({ role: 'trigger', type: 'schedule' }, { at: 'top' })
    expect(mission().links).toContainEqual({ from: 'schedule', exit: 'done', to: 'end' })
  })

  test('replace a step by another kind, keeping the settings that mean the same there', () => {
    const { commands, mission } = aDraft()
    commands.add({ role: 'step', type: 'ask' }, { at: 'loose' })
    commands.set('ask', 'question', 'Shall we?')
    commands.set('ask', 'choices', ['Yes', 'No'])
    commands.set('ask', 'whom', ['ana@example.com'])
    commands.replace('ask', 'poll')
    expect(mission().steps[0]).toEqual({
      id: 'ask',
      type: 'poll',
      settings: { question: 'Shall we?', choices: ['Yes', 'No'], within: '3d' },
    })
  })

  test('keep the lines of exits that the other kind has because of a setting that it keeps', () => {
    const { commands, mission } = aDraft()
    commands.add({ role: 'step', type: 'ask' }, { at: 'loose' })
    commands.set('ask', 'within', '3d')
    commands.add({ role: 'step', type: 'end' }, { at: 'exit', from: 'ask', exit: 'timeout' })
    commands.replace('ask', 'approve')
    expect(mission().links).toEqual([{ from: 'ask', exit: 'timeout', to: 'end' }])
  })

  test('say before what a step would lose if another took its place', () => {
    const { commands, mission } = aDraft()
    commands.add({ role: 'step', type: 'ask' }, { at: 'loose' })
    commands.set('ask', 'question', 'Shall we?')
    const loss = (type: string) => lossOf(mission(), 'ask', commands.replacement('ask', type), 'en')
    expect(loss('poll')).toBeUndefined()
    commands.set('ask', 'whom', ['ana@example.com'])
    commands.set('ask', 'within', '3d')
    commands.add({ role: 'step', type: 'end' }, { at: 'exit', from: 'ask', exit: 'timeout' })
    expect(loss('poll')).toMatch(/^Loses: Whom/)
    expect(loss('send-message')).toMatch(/^Loses: .*Question, .*Whom.* and what follows “.+”$/)
    const list = aDraft()
    list.commands.add({ role: 'step', type: 'for-each' }, { at: 'loose' })
    list.commands.add({ role: 'step', type: 'wait' }, { at: 'exit', from: 'for_each', exit: 'each' })
    expect(lossOf(list.mission(), 'for_each', list.commands.replacement('for_each', 'wait'), 'en')).toMatch(/its hold on the steps inside$/)
    expect(lossOf(list.mission(), 'ghost', list.mission(), 'en')).toBeUndefined()
    expect(list.commands.replacement('ghost', 'wait')).toBe(list.mission())
  })

  test('say so when two cards cannot be connected', () => {
    const { commands, draft } = aDraft()
    commands.add({ role: 'trigger', type: 'by-hand' }, { at: 'top' })
    commands.link({ from: 'by_hand', exit: 'done', to: 'by_hand' })
    expect(draft.getState().told.text).toBe('These two cannot be connected, or already are.')
  })

  test('paste after the card that is chosen', () => {
    const { commands, draft, mission } = aDraft()
    commands.add({ role: 'trigger', type: 'by-hand' }, { at: 'top' })
    commands.add({ role: 'step', type: 'send-message' }, { at: 'exit', from: 'by_hand', exit: 'done' })
    commands.add({ role: 'step', type: 'end' }, { at: 'exit', from: 'send_message', exit: 'done' })
    draft.getState().select(['send_message'])
    expect(commands.paste(commands.copy(['send_message']))).toBe(true)
    expect(mission().links).toContainEqual({ from: 'send_message', exit: 'done', to: 'send_message_2' })
    expect(mission().links).toContainEqual({ from: 'send_message_2', exit: 'done', to: 'end' })
    expect(commands.paste('a letter to my aunt')).toBe(false)
  })
})

const step = (id: string, name?: string) => ({ id, type: 'wait', settings: {}, ...(name === undefined ? {} : { name }) })
const aMission: Mission = { ...emptyMission('M'), steps: [step('a'), step('b')], links: [{ from: 'a', exit: 'done', to: 'b' }] }

describe('restoring a version', () => {
  test('is one edit that is undone as a whole, and none when the draft is the same already', () => {
    const { draft, commands, mission } = aDraft(aMission)
    const version: Mission = { ...aMission, name: 'Earlier', steps: [step('a', 'Rest')], links: [] }
    draft.getState().select(['b'])
    expect(commands.restore({ number: 2, mission: version })).toBe(true)
    expect(mission()).toEqual(version)
    expect(draft.getState()).toMatchObject({ doing: 'restoring version 2', selection: [] })
    expect(commands.restore({ number: 2, mission: structuredClone(version) })).toBe(false)
    expect(past(draft)).toBe(1)
    draft.getState().undo()
    expect(mission()).toBe(aMission)
  })

  test('is refused to who only reads', () => {
    const { commands, mission } = aDraft(aMission, true)
    expect(commands.restore({ number: 2, mission: emptyMission('Earlier') })).toBe(false)
    expect(mission()).toBe(aMission)
  })
})

describe('the clipboard', () => {
  test('holds cards as text that any mission reads again, and takes whole missions too', () => {
    const clipping = copy(aMission, ['a', 'b'])
    expect(readClipping(writeClipping(clipping))).toEqual(clipping)
    expect(readClipping(JSON.stringify(aMission))?.steps).toEqual(aMission.steps)
    expect(readClipping('{"missions":"steps"}')).toBeUndefined()
  })
})

describe('any edits', () => {
  const offers = fc.constantFrom('send-message', 'ask', 'wait', 'choose-path', 'end')
  const doing = fc.oneof(
    fc.record({ add: offers, at: fc.nat(20) }),
    fc.record({ remove: fc.nat(20) }),
    fc.record({ link: fc.tuple(fc.nat(20), fc.nat(20)) }),
    fc.record({ move: fc.nat(20) }),
    fc.record({ name: fc.string({ minLength: 1, maxLength: 8 }) }),
  )

  test('undone one by one give back the first document, redone the last one, byte for byte', () => {
    fc.assert(
      fc.property(fc.array(doing, { maxLength: 50 }), (edits) => {
        const { draft, commands, mission } = aDraft()
        commands.add({ role: 'trigger', type: 'by-hand' }, { at: 'top' })
        draft.temporal.getState().clear()
        const first = JSON.stringify(mission())
        const idAt = (at: number) => {
          const ids = [...mission().triggers, ...mission().steps].map((node) => node.id)
          return ids[at % Math.max(1, ids.length)] ?? 'by_hand'
        }
        for (const edit of edits) {
          if ('add' in edit) commands.add({ role: 'step', type: edit.add }, { at: 'exit', from: idAt(edit.at), exit: 'done' })
          else if ('remove' in edit) commands.remove([idAt(edit.remove)])
          else if ('link' in edit) commands.link({ from: idAt(edit.link[0]), exit: 'done', to: idAt(edit.link[1]) })
          else if ('move' in edit) commands.move({ [idAt(edit.move)]: { x: edit.move, y: 1 } })
          else commands.nameMission(edit.name)
        }
        const last = JSON.stringify(mission())
        const steps = past(draft)
        for (let at = 0; at < steps; at++) draft.getState().undo()
        expect(JSON.stringify(mission())).toBe(first)
        for (let at = 0; at < steps; at++) draft.getState().redo()
        expect(JSON.stringify(mission())).toBe(last)
      }),
      { numRuns: 60 },
    )
  })
})
