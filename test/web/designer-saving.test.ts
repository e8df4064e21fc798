import { describe, expect, test } from 'vitest'
import { emptyMission, type Mission } from '../../src/mission/mission.ts'
import { type SaveOutcome, type SaveState, startSaving } from '../../src/web/designer/draft/saving.ts'

const named = (name: string): Mission => emptyMission(name)

/** Saving with a server that answers as it is told, and timers that are fired by hand. */
function aSaving(...answers: SaveOutcome[]) {
  const sent: { name: string; rev: number }[] = []
  const states: SaveState['at'][] = []
  const kept: (string | undefined)[] = []
  let timer: (() => void) | undefined
  const saving = startSaving(
    { rev: 1 },
    {
      save: (mission, rev) => {
        sent.push({ name: mission.name, rev })
        return Promise.resolve(answers.shift() ?? { saved: rev + 1 })
      },
      keep: (unsaved) => kept.push(unsaved?.mission.name),
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
    await Promise.resolve()
    await Promise.resolve()
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
    expect(kept).toEqual(['a', 'ab', undefined])
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
    expect(kept.at(-1)).toBe('b')
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

    saving.settle(theirs.rev, named('mine too'))
    await wait()
    expect(sent.at(-1)).toEqual({ name: 'mine too', rev: 7 })
    expect(saving.rev()).toBe(8)
  })

  test('goes on from theirs when that was chosen', async () => {
    const { saving, sent, kept, wait } = aSaving({ newer: { mission: named('theirs'), rev: 7 } })
    saving.note(named('mine'))
    await wait()
    saving.settle(7)
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
