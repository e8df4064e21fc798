import { expect, test } from 'vitest'
import { arrange } from '../../../src/web/chat/stream/arranging.ts'
import type { ChatMessage } from '../../../src/web/chat/stream/message.ts'
import { withReaction } from '../../../src/web/chat/stream/reacting.ts'

const said = (number: number, person: string, at: string, more: Partial<ChatMessage> = {}): ChatMessage => ({
  id: String(number),
  number,
  channel_id: 'c',
  thread_id: null,
  person_id: person,
  sender: null,
  ask_id: null,
  body: { text: `Line ${number}` },
  at,
  edited_at: null,
  deleted_at: null,
  changed_at: at,
  replies: 0,
  replied_at: null,
  reactions: [],
  ...more,
})

const lines = (...[messages, missed]: [ChatMessage[], { after: number; upTo: number }?]) =>
  arrange(messages, missed, 'me').map((line) => (line.kind === 'message' ? `${line.message.number}${line.head ? ' head' : ''}` : line.kind))

test('days part the messages, and one author’s messages within five minutes stand together', () => {
  expect(
    lines([
      said(1, 'ana', '2026-03-02T12:00:00Z'),
      said(2, 'ana', '2026-03-02T12:04:00Z'),
      said(3, 'ana', '2026-03-02T12:10:00Z'),
      said(4, 'bob', '2026-03-02T12:10:30Z'),
      said(5, 'bob', '2026-03-03T12:10:40Z'),
    ]),
  ).toEqual(['day', '1 head', '2', '3 head', '4 head', 'day', '5 head'])
})

test('a question stands for itself', () => {
  expect(
    lines([
      said(1, 'ana', '2026-03-02T12:00:00Z'),
      said(2, 'ana', '2026-03-02T12:00:10Z', { ask_id: 'a' }),
      said(3, 'ana', '2026-03-02T12:00:20Z'),
    ]),
  ).toEqual(['day', '1 head', '2 head', '3 head'])
})

test('a deleted message is shown only where others answered it', () => {
  const gone = { deleted_at: '2026-03-02T13:00:00Z' }
  expect(lines([said(1, 'ana', '2026-03-02T12:00:00Z', gone), said(2, 'ana', '2026-03-02T12:00:10Z', { ...gone, replies: 1 })])).toEqual([
    'day',
    '2 head',
  ])
})

test('the first message of others that one missed is marked, what came later is not', () => {
  const messages = [1, 2, 3, 4].map((number) => said(number, number === 2 ? 'me' : 'ana', `2026-03-02T12:0${number}:00Z`))
  expect(lines(messages, { after: 1, upTo: 3 })).toEqual(['day', '1 head', '2 head', 'unread', '3 head', '4'])
  expect(lines(messages, { after: 3, upTo: 3 })).toEqual(['day', '1 head', '2 head', '3 head', '4'])
})

test('a reaction is added once and goes with its last person', () => {
  const first = withReaction([], '👍', 'ana', true)
  const both = withReaction(withReaction(first, '👍', 'bob', true), '👍', 'bob', true)
  expect(both).toEqual([{ emoji: '👍', people: ['ana', 'bob'] }])
  expect(withReaction(withReaction(both, '👍', 'ana', false), '👍', 'bob', false)).toEqual([])
})
