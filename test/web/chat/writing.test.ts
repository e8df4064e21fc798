import { describe, expect, test } from 'vitest'
import { begunAt, suggestCommands, suggestPeople } from '../../../src/web/chat/composer/completion.ts'
import { keepMentions, typeMentions } from '../../../src/web/chat/composer/mentions.ts'
import type { ChatPerson, Directory } from '../../../src/web/chat/people.ts'

const person = (id: string, name: string, here = true): [string, ChatPerson] => [id, { id, name, email: '', here }]
const ana = '00000000-0000-4000-8000-000000000001'
const anaSilva = '00000000-0000-4000-8000-000000000002'
const people: Directory = new Map([
  person(ana, 'Ana'),
  person(anaSilva, 'Ana Silva'),
  person('3', 'Élodie Roy'),
  person('4', 'Gone Girl', false),
])

describe('mentions', () => {
  test.each([
    ['Hi @Ana Silva!', `Hi <@${anaSilva}>!`],
    ['Hi @ana, you', `Hi <@${ana}>, you`],
    ['@Anabel', '@Anabel'],
    ['mail ana@Ana', 'mail ana@Ana'],
    ['@Gone Girl', '@Gone Girl'],
  ])('%s is kept as %s', (typed, kept) => expect(keepMentions(typed, people)).toBe(kept))

  test('a kept text is typed with names again', () =>
    expect(typeMentions(`<@${anaSilva}> and <@${ana}>`, people)).toBe('@Ana Silva and @Ana'))
})

describe('completion', () => {
  test.each([
    ['/po', { kind: 'command', words: 'po', start: 0, end: 3 }],
    ['hi @an', { kind: 'person', words: 'an', start: 3, end: 6 }],
    ['hi @ana si', { kind: 'person', words: 'ana si', start: 3, end: 10 }],
    ['see /po', undefined],
    ['mail me@ho', undefined],
  ])('%s', (typed, begun) => expect(begunAt(typed, typed.length)).toEqual(begun))

  test('people are found by any part of their name, without accents, and only while they are here', () => {
    const named = (words: string) => suggestPeople(people.values(), words).map(({ name }) => name)
    expect([named('elo'), named('silv'), named('gone')]).toEqual([['Élodie Roy'], ['Ana Silva'], []])
  })

  test('commands are found by how they begin', () => {
    const commands = ['poll', 'report', 'point'].map((name) => ({ name, mission: name, about: '' }))
    expect(suggestCommands(commands, 'po').map(({ name }) => name)).toEqual(['poll', 'point'])
  })
})
