import { expect, test } from 'vitest'
import { causeOf } from '../../src/run/cause.ts'
import { ana, aCatalogue } from './telling.ts'

const channel = { id: 'c1', name: 'general' }
const cause = (type: string, data: Record<string, unknown>, settings: Record<string, string> = {}) =>
  causeOf({ type, settings }, data, aCatalogue)

test.each([
  [
    'command',
    { person: ana, text: 'lunch?' },
    { command: 'poll' },
    'Ana Lima typed “/poll lunch?”',
    'Ana Lima a tapé «\u00a0/poll lunch?\u00a0»',
  ],
  ['command', { person: ana }, {}, 'Ana Lima used the command', 'Ana Lima a utilisé la commande'],
  ['person-joined-workspace', { person: ana }, {}, 'Ana Lima joined the workspace', 'Ana Lima a rejoint l’espace de travail'],
  ['joined', { person: ana, channel }, {}, 'Ana Lima joined #general', 'Ana Lima a rejoint #general'],
  ['channel-created', { channel }, {}, 'Somebody created #general', 'Quelqu’un a créé #general'],
  ['message', { person: ana, text: 'help' }, {}, 'Ana Lima wrote “help” in a channel', 'Ana Lima a écrit «\u00a0help\u00a0» dans un canal'],
  ['message', { person: ana, channel }, {}, 'Ana Lima wrote in #general', 'Ana Lima a écrit dans #general'],
  ['reaction-added', { person: ana, channel, emoji: '👍' }, {}, 'Ana Lima reacted 👍 in #general', 'Ana Lima a réagi 👍 dans #general'],
  ['reaction-added', { person: ana, channel }, {}, 'Ana Lima reacted in #general', 'Ana Lima a réagi dans #general'],
  ['schedule', {}, {}, 'It was time, by the schedule', 'C’était l’heure prévue'],
  ['form', {}, {}, 'The form was filled in', 'Le formulaire a été rempli'],
  ['hook', {}, {}, 'Another program called the web hook', 'Un autre programme a appelé le point d’entrée web'],
  ['hand', { person: ana }, {}, 'Ana Lima started it by hand', 'Ana Lima l’a lancée à la main'],
  [
    'mission-ended',
    { mission: { id: 'm', name: 'Welcome' } },
    {},
    'The mission “Welcome” ended',
    'La mission «\u00a0Welcome\u00a0» s’est terminée',
  ],
  ['mission-ended', {}, {}, 'Another mission ended', 'Une autre mission s’est terminée'],
])('%s %j %j: %s', (type, data, settings, en, fr) => {
  expect(cause(type, data, settings)).toEqual({ en, fr })
})

test('a long text is shortened', () => {
  expect(cause('message', { person: ana, channel, text: 'x'.repeat(100) }).en).toBe(`Ana Lima wrote “${'x'.repeat(79)}…” in #general`)
})

test('a trigger nobody knows any more goes by its name, its type, or a dash', () => {
  expect(causeOf({ type: 'gone', name: 'Comet', settings: {} }, {}, aCatalogue).en).toBe('Comet')
  expect(causeOf({ type: 'gone', settings: {} }, {}, aCatalogue).en).toBe('gone')
  expect(causeOf(undefined, {}, aCatalogue).en).toBe('–')
})
