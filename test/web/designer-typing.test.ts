import { expect, test } from 'vitest'
import * as edit from '../../src/mission/edit.ts'
import { differsInWords } from '../../src/web/designer/canvas/unhurried.ts'
import { differsOnlyAt } from '../../src/web/designer/settings/around.ts'
import { asking } from '../browser/drafts.ts'

test('what is written in settings and names leaves the drawing as it is, everything else does not', () => {
  const written = edit.rename(edit.setSettings(asking, 'hello', { to: 'channel' }), 'pick', 'Another name')
  expect(differsInWords(asking, written)).toBe(true)
  expect(differsInWords(asking, edit.removeSteps(asking, ['hello']))).toBe(false)
  expect(differsInWords(asking, edit.disconnect(asking, { from: 'pick', exit: 'timeout', to: 'chase' }))).toBe(false)
  expect(differsInWords(asking, edit.place(asking, { hello: { x: 1, y: 2 } }))).toBe(false)
  expect(differsInWords(asking, edit.setJoin(asking, 'order', { wait: 'any' }))).toBe(false)
})

test('what lies around a card stays the same while only that card is written in', () => {
  const written = edit.setSettings(asking, 'hello', { to: 'channel' })
  expect(differsOnlyAt('hello', asking, written)).toBe(true)
  expect(differsOnlyAt('pick', asking, written)).toBe(false)
  expect(differsOnlyAt('hello', asking, edit.removeSteps(asking, ['order']))).toBe(false)
})
