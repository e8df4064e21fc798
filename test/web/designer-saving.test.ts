import { describe, expect, test } from 'vitest'
import { emptyMission, type Mission } from '../../src/mission/mission.ts'
import { type SaveOutcome, type SavedDraft, type SaveState, type Saving, startSaving } from '../../src/web/designer/draft/saving.ts'

const named = (name: string): Mission => emptyMission(name)

/** Saving with a server that answers as it is told, and timers that are fired by hand. */
function aSaving(...answers: SaveOutcome[]) {
  return aMergingSaving(() => Promise.resolve(undefined), ...answers)
}

/** The same, with a way to merge. What is merged is shown on the page, which notes it like any change. */
function aMergingSaving(
  merge: (base: Mission, mine: Mission, theirs: SavedDraft) => Promise<Mission | undefined>,
  ...answers: SaveOutcome[]
) {
  const sent: { name: string; rev: number }[] = []
  const states: SaveState['at'][] = []
  const kept: (string | undefined)[] = []
  let timer: (() => void) | undefined
  const saving: Saving = startSaving(
    { mission: named('base'), rev: 1 },
    {
      save: (mission, rev) => {
        sent.push({ name: mission.name, rev })
        return Promise.resolve(answers.shift() ?? { saved: rev + 1 })
      },
      keep: (unsaved) => kept.push(unsaved && [unsaved.mission.name, unsaved.rev, unsaved.base?.name].join(' ')),
      merge,
      merged: (mission) => saving.note(mission),
      changed: (state) => states.push(state.at),
      after: (_, callback) => {
        timer = callback
        return () => {
          timer = undefined
        }
      },
    },
  )
  const wait = async () => {
    const fire = timer
    timer = undefined
    fire?.()
    // Everything that was only waiting for promises has happened by the next task.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { saving, sent, states, kept, wait, isWaiting: () => timer !== undefined }
}

describe('saving by itself', () => {
  test('sends the newest once it is quiet, and forgets what was kept on the device', async () => {
    const { saving, sent, states, kept, wait } = aSaving()
    saving.note(named('a'))
    saving.note(named('ab'))
    await wait()
    expect(sent).toEqual([{ name: 'ab', rev: 1 }])
    expect(states.at(-1)).toBe('saved')
    expect(kept).toEqual(['a 1 base', 'ab 1 base', undefined])
    expect(saving.rev()).toBe(2)
  })

  test('sends what changed while it was sending as the next revision', async () => {
    const { saving, sent, wait } = aSaving()
    saving.note(named('a'))
    const first = wait()
    saving.note(named('b'))
    await first
    await wait()
    expect(sent).toEqual([
      { name: 'a', rev: 1 },
      { name: 'b', rev: 2 },
    ])
  })

  test('keeps everything while nobody answers and sends the newest when somebody does', async () => {
    const { saving, sent, states, kept, wait, isWaiting } = aSaving('unreachable')
    saving.note(named('a'))
    await wait()
    expect(states.at(-1)).toBe('offline')
    expect(isWaiting()).toBe(true)
    saving.note(named('b'))
    expect(kept.at(-1)).toBe('b 1 base')
    await wait()
    expect(sent.at(-1)).toEqual({ name: 'b', rev: 1 })
    expect(states.at(-1)).toBe('saved')
  })

  test('overwrites nothing that somebody else saved: it stops until a person has chosen', async () => {
    const theirs = { mission: named('theirs'), rev: 7, by: 'Ana' }
    const { saving, sent, states, wait, isWaiting } = aSaving({ newer: theirs })
    saving.note(named('mine'))
    await wait()
    expect(states.at(-1)).toBe('conflict')
    saving.note(named('mine too'))
    expect(isWaiting()).toBe(false)
    expect(await saving.flush()).toBe(false)
    expect(sent).toHaveLength(1)

    saving.settle(theirs, named('mine too'))
    await wait()
    expect(sent.at(-1)).toEqual({ name: 'mine too', rev: 7 })
    expect(saving.rev()).toBe(8)
  })

  test('goes on from theirs when that was chosen', async () => {
    const { saving, sent, kept, wait } = aSaving({ newer: { mission: named('theirs'), rev: 7 } })
    saving.note(named('mine'))
    await wait()
    saving.settle({ mission: named('theirs'), rev: 7 })
    expect(saving.state()).toEqual({ at: 'saved' })
    expect(kept.at(-1)).toBeUndefined()
    saving.note(named('theirs, mended'))
    await wait()
    expect(sent.at(-1)).toEqual({ name: 'theirs, mended', rev: 7 })
  })

  test('says why when the server refuses, and tries again when asked to', async () => {
    const { saving, sent, wait } = aSaving({ refused: 'You may not.' })
    saving.note(named('a'))
    await wait()
    expect(saving.state()).toEqual({ at: 'refused', why: 'You may not.' })
    expect(await saving.flush()).toBe(true)
    expect(sent).toHaveLength(2)
  })

  test('saves at once before something that needs it, such as publishing', async () => {
    const { saving, sent } = aSaving()
    saving.note(named('a'))
    expect(await saving.flush()).toBe(true)
    expect(sent).toEqual([{ name: 'a', rev: 1 }])
    expect(await saving.flush()).toBe(true)
    expect(sent).toHaveLength(1)
  })
})

describe('somebody else has saved meanwhile', () => {
  const theirs = { mission: named('theirs'), rev: 7, by: 'Ana' }
  const joined = (base: Mission, mine: Mission, other: SavedDraft) =>
    Promise.resolve(named([base.name, mine.name, other.mission.name].join('+')))

  test('what both did is merged from the document that both began with, and saved on top of theirs', async () => {
    const { saving, sent, states, kept, wait } = aMergingSaving(joined, { newer: theirs })
    saving.note(named('mine'))
    await wait()
    expect(states).not.toContain('conflict')
    expect(kept.at(-1)).toBe('base+mine+theirs 7 theirs')
    await wait()
    expect(sent).toEqual([
      { name: 'mine', rev: 1 },
      { name: 'base+mine+theirs', rev: 7 },
    ])
    expect(saving.state()).toEqual({ at: 'saved' })
  })

  test('what is drawn while it is being merged is in it', async () => {
    const { saving, sent, wait } = aMergingSaving(
      (base, mine, other) => {
        if (mine.name === 'mine') saving.note(named('mine, newer'))
        return joined(base, mine, other)
      },
      { newer: theirs },
    )
    saving.note(named('mine'))
    await wait()
    expect(await saving.flush()).toBe(true)
    expect(sent.at(-1)).toEqual({ name: 'base+mine, newer+theirs', rev: 7 })
  })

  test('where it cannot be merged a person chooses, and is shown what both began with', async () => {
    for (const merge of [() => Promise.resolve(undefined), () => Promise.reject(new Error('not loaded'))]) {
      const { saving, sent, wait } = aMergingSaving(merge, { newer: theirs })
      saving.note(named('mine'))
      await wait()
      expect(saving.state()).toEqual({ at: 'conflict', theirs, base: named('base') })
      expect(await saving.flush()).toBe(false)
      expect(sent).toHaveLength(1)
    }
  })

  test('what was kept on the device from an earlier visit is merged, or left to a person where nobody knows what it began with', async () => {
    const merged = aMergingSaving(joined)
    await merged.saving.meet(theirs, { mission: named('kept'), rev: 3, base: named('then') })
    expect(await merged.saving.flush()).toBe(true)
    expect(merged.sent).toEqual([{ name: 'then+kept+theirs', rev: 7 }])
    const unknown = aMergingSaving(joined)
    await unknown.saving.meet(theirs, { mission: named('kept'), rev: 3 })
    expect(unknown.saving.state()).toEqual({ at: 'conflict', theirs })
    expect(unknown.kept.at(-1)).toBe('kept 3 ')
  })

  test('the next meeting begins from what was saved last', async () => {
    const { saving, sent, wait } = aMergingSaving(joined, { saved: 2 }, { newer: theirs })
    saving.note(named('first'))
    await wait()
    saving.note(named('second'))
    await wait()
    await saving.flush()
    expect(sent.at(-1)).toEqual({ name: 'first+second+theirs', rev: 7 })
  })
})
