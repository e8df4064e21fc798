import { describe, expect, it } from 'vitest'
import { references, render, renderSettings, UnreadableText } from '../../src/mission/data.ts'

const ana = {
  id: 'p-ana',
  name: 'Ana Lima',
  first_name: 'Ana',
  email: 'ana@example.com',
  time_zone: 'Europe/Lisbon',
  language: 'en',
  manager: null,
  buddy: null,
}
const bob = { ...ana, id: 'p-bob', name: 'Bob *Star*', first_name: 'Bob', email: 'bob@example.com' }
const general = { id: 'c-1', name: 'general' }
const data = {
  trigger: {
    person: { ...ana, manager: bob },
    channel: general,
    text: '**hi** <@p-bob>',
    message: { channel: 'c-1', message: 'm-1', link: 'https://chat.example/c-1/m-1' },
  },
  team: { people: [ana, bob], count: 3, remote: true, started: '2026-11-21T09:00:00.000Z', none: [], note: null },
  now: '2026-11-23T08:30:00.000Z',
}

const text = (template: string) => render(template, data, 'text')
const value = (template: string) => render(template, data, 'value')
const message = (template: string) => render(template, data, 'message')

describe('filling data into a text', () => {
  it('leaves a text without references as it is', () => {
    expect(text('50 % of { this }')).toBe('50 % of { this }')
  })

  it('gives the value itself when the text is one reference', () => {
    expect(value('{{ team.people }}')).toBe(data.team.people)
    expect(value(' {{ team.count }} ')).toBe(3)
    expect(value('{{ trigger.person.manager }}')).toBe(bob)
    expect(value('{{ team.count | plus: 1 }}')).toBe(4)
    expect(value('{{ team.people | first }}')).toBe(ana)
  })

  it('gives null for one reference that leads nowhere, and empty text within a text', () => {
    expect(value('{{ laptop.answer.name }}')).toBeNull()
    expect(value('{{ team.note }}')).toBeNull()
    expect(value('Got: {{ laptop.answer }}')).toBe('Got: ')
    expect(text('{{ laptop.answer }}')).toBe('')
  })

  it('gives a fallback where there is one', () => {
    expect(value('{{ laptop.by | default: trigger.person }}')).toBe(data.trigger.person)
    expect(text('{{ laptop.answer | default: "nothing" }}')).toBe('nothing')
  })

  it('writes values as people read them', () => {
    expect(text('{{ trigger.person }} in {{ trigger.channel }}')).toBe('Ana Lima in #general')
    expect(text('{{ team.people }}')).toBe('Ana Lima, Bob *Star*')
    expect(text('{{ team.count }} {{ team.remote }} {{ team.started }}')).toBe('3 true 2026-11-21T09:00:00.000Z')
    expect(text('{{ trigger.message }}')).toBe('https://chat.example/c-1/m-1')
    expect(render('{{ form }}', { form: { room: 'A', seats: 2, who: ana } }, 'text')).toBe('room: A, seats: 2, who: Ana Lima')
    expect(value('For {{ trigger.person }}')).toBe('For Ana Lima')
  })

  it('lets text filters work on people and lists as they are read', () => {
    expect(text('{{ trigger.person | upcase }}')).toBe('ANA LIMA')
    expect(text('{{ team.people | join: " and " }}')).toBe('Ana Lima and Bob *Star*')
    expect(text('{{ trigger.person | join: " and " }}')).toBe('Ana Lima')
    expect(text('{{ "To " | append: trigger.person.name }}')).toBe('To Ana Lima')
    expect(text('{{ team.people | map: "first_name" | join: "+" }}')).toBe('Ana+Bob')
  })

  it('mentions people in messages', () => {
    expect(message('Hello {{ trigger.person }}, ask {{ team.people }}')).toBe('Hello <@p-ana>, ask <@p-ana>, <@p-bob>')
  })

  it('keeps the formatting of the text but not that of the data', () => {
    expect(message('**{{ trigger.text }}**')).toBe('**\\*\\*hi\\*\\* \\<\\@p-bob\\>**')
    expect(message('{{ trigger.person.manager.name }}')).toBe('Bob \\*Star\\*')
    expect(message('{{ trigger.channel }}')).toBe('#general')
  })

  it('shows somebody with an odd id by name, since the id could carry formatting', () => {
    expect(render('{{ who }}', { who: { id: 'x> **', name: 'Eve_', email: 'e@example.com' } }, 'message')).toBe('Eve\\_')
  })

  it('does not let data begin a list or a quote', () => {
    expect(render('{{ said }}', { said: '- one\n> two\n1. three\n  + four\n# five' }, 'message')).toBe(
      '\\- one\n\\> two\n1\\. three\n  \\+ four\n\\# five',
    )
  })

  it('keeps addresses of web pages in data as links', () => {
    const link = 'see https://example.com/a_b*c_/(d)?x=~1 now_'
    expect(render('{{ said }}', { said: link }, 'message')).toBe('see https://example.com/a_b%2Ac%5F/%28d%29?x=%7E1 now\\_')
  })

  it('keeps e-mail addresses readable', () => {
    expect(message('{{ trigger.person.email }}')).toBe('ana@example.com')
  })

  it('offers conditions and loops', () => {
    expect(text('{% for who in team.people %}{{ forloop.index }}. {{ who }}\n{% endfor %}')).toBe('1. Ana Lima\n2. Bob *Star*\n')
    expect(text('{% if team.note %}a{% else %}b{% endif %}')).toBe('b')
  })

  it('writes dates in the zone that is named, and takes now from the run', () => {
    expect(text('{{ team.started | date: "%d.%m. %H:%M" }}')).toBe('21.11. 09:00')
    expect(text('{{ team.started | date: "%H:%M", "Europe/Paris" }}')).toBe('10:00')
    expect(text('{{ "now" | date: "%Y-%m-%d" }}{{ "today" | date: " %H" }}')).toBe('2026-11-23 08')
  })

  it('does not reach what data does not own', () => {
    expect(text('{{ team.constructor.name }}{{ toString }}{{ team.people.map }}')).toBe('')
  })

  it('refuses files, filters that undo escaping and what nobody knows', () => {
    expect(() => text('{% include "secrets" %}')).toThrow(UnreadableText)
    expect(() => text('{% render "secrets" %}')).toThrow('“{% render %}” is not something')
    expect(() => text('{{ trigger.text | raw }}')).toThrow('There is no filter called “raw”.')
  })

  it('stops a text that grows or loops without end', () => {
    expect(() => text('{% for i in (1..99999999) %}x{% endfor %}')).toThrow('too long')
    expect(() => text('{% for i in (1..2000) %}{% for j in (1..2000) %}{{ trigger.text }}{% endfor %}{% endfor %}')).toThrow('too long')
    expect(() => render(`{% for i in (1..900) %}${'x'.repeat(90_000)}{% endfor %}`, data, 'text')).toThrow('too long')
    expect(() => render('x'.repeat(200_000) + '{{ a }}', data, 'text')).toThrow('too long')
    expect(() => render('{{ big }}{{ big }}', { big: 'x'.repeat(600_000) }, 'message')).toThrow('too long')
  })

  it('survives data that is nested beyond reason', () => {
    let deep: unknown = 'x'
    for (let depth = 0; depth < 100_000; depth++) deep = [deep]
    expect(() => render('{{ deep }}', { deep }, 'text')).toThrow(UnreadableText)
  })

  it('tells a fault at filling in as well', () => {
    expect(() => text('{{ team.started | date: "%H", "Mars/Olympus" }}')).toThrow('cannot be read')
  })
})

describe('filling data into settings', () => {
  it('fills lists and records as deep as they go, each setting in its own way', () => {
    const settings = {
      whom: '{{ trigger.person.manager }}',
      text: 'Hi {{ trigger.person }}',
      row: { name: '{{ trigger.person.name }}', seats: '{{ team.count }}', fixed: 7, none: null },
      fields: [{ id: 'a', label: 'Room for {{ team.count }}', required: true }],
    }
    expect(renderSettings(settings, data, (key) => (key === 'text' ? 'message' : 'value'))).toEqual({
      whom: bob,
      text: 'Hi <@p-ana>',
      row: { name: 'Ana Lima', seats: 3, fixed: 7, none: null },
      fields: [{ id: 'a', label: 'Room for 3', required: true }],
    })
    expect(settings.text).toBe('Hi {{ trigger.person }}')
  })

  it('makes one list of people of references to people, to lists and to nobody', () => {
    const settings = { people: ['{{ trigger.person }}', '{{ team.people }}', '{{ trigger.person.buddy }}', 'cy@example.com'] }
    expect(renderSettings(settings, data, () => 'value')).toEqual({ people: [data.trigger.person, ana, bob, 'cy@example.com'] })
  })
})

describe('finding references', () => {
  const found = (template: string) =>
    references(template).references.map(({ text: written, fallback }) => (fallback ? `${written}?` : written))

  it('finds nothing in ordinary text', () => {
    expect(references('Nothing { here }')).toEqual({ references: [], faults: [] })
  })

  it('tells path and position', () => {
    const template = 'Hi {{ trigger.person.name }}, {{ laptop.answer | default: "none" }}'
    const all = references(template).references
    expect(all).toEqual([
      { text: 'trigger.person.name', path: ['trigger', 'person', 'name'], start: 6, end: 25, root: { start: 6, end: 13 }, fallback: false },
      { text: 'laptop.answer', path: ['laptop', 'answer'], start: 33, end: 46, root: { start: 33, end: 39 }, fallback: true },
    ])
    expect(references(template)).toBe(references(template))
  })

  it('reads brackets, numbers and looked-up parts', () => {
    const all = references(
      '{{ hook.body["first name"] }}{{ team.people[0].name }}{{ team.people[trigger.count].name }}{{ ["odd"].x }}',
    ).references
    expect(all.map(({ path }) => path)).toEqual([
      ['hook', 'body', 'first name'],
      ['team', 'people', 0, 'name'],
      ['team', 'people'],
      ['trigger', 'count'],
      ['odd', 'x'],
    ])
  })

  it('finds them in filters, ranges, conditions, loops and assignments', () => {
    expect(found('{{ a.x | append: b.y | default: c.z }}')).toEqual(['a.x?', 'b.y', 'c.z'])
    expect(found('{% for i in (a.x..b.y) %}{{ i }}{{ forloop.index }}{% endfor %}')).toEqual(['a.x?', 'b.y?'])
    expect(found('{% for who in team.people %}{{ who.name }} {{ a.x }}{% endfor %}{{ who.name }}')).toEqual([
      'team.people?',
      'a.x',
      'who.name',
    ])
    expect(found('{{ n.x }}{% assign n = a.x %}{{ n }}')).toEqual(['n.x', 'a.x'])
    expect(found('{{ "text" }}{{ "text".size }}{{ 5 }}{{ a.x and b.y }}')).toEqual(['a.x', 'b.y'])
    expect(found('{{ a.x | default: b.y, allow_false: c.z }}')).toEqual(['a.x?', 'b.y', 'c.z'])
  })

  it('takes data that an if asks for as carrying a fallback inside it', () => {
    expect(found('{% if a.x %}{{ a.x }}{{ a.x.name }}{{ a.y }}{% endif %}{{ a.x }}')).toEqual(['a.x?', 'a.x?', 'a.x.name?', 'a.y', 'a.x'])
    expect(found('{% case a.x %}{% when b.y %}{{ a.x[0] }}{% endcase %}')).toEqual(['a.x?', 'b.y?', 'a.x[0]?'])
  })

  it('leaves raw text and comments alone', () => {
    expect(found('{% raw %}{{ a.x }}{% endraw %}{% comment %}{{ b.y }}{% endcomment %}')).toEqual([])
  })

  it('tells what is wrong in words, never by an exception', () => {
    const fault = (template: string) => references(template).faults[0]
    expect(fault('Hi {{ trigger.person')).toMatchObject({
      why: { en: 'A reference begins with “{{” but does not end with “}}”.' },
      start: 3,
    })
    expect(fault('{% if a %}x')?.why.en).toBe('A block such as “{% if … %}” is not closed.')
    expect(fault('{% if a')?.why.en).toBe('A block such as “{% if … %}” is not closed.')
    expect(fault('{{ a | shout }}')?.why.fr).toBe('Il n’existe pas de filtre « shout ».')
    expect(fault('{{ a | shout }}')?.remedy.en).toContain('upcase')
    expect(fault('{% layout "x" %}')?.why.en).toContain('{% layout %}')
    expect(fault('{{ | }}')?.why.en).toContain('cannot be read')
    expect(fault('{{ }}')?.why.en).toContain('cannot be read')
  })

  it('reads many different texts without keeping them all', () => {
    for (let number = 0; number < 2_100; number++) expect(references(`{{ a.x${number} }}`).references).toHaveLength(1)
  })
})

describe('a chain of fallbacks', () => {
  it('each but the last may be empty, because the next stands in for it', () => {
    const { references: found } = references('{{ a.b | default: c.d | default: "?" }} {{ e.f | default: g.h }}')
    expect(found.map(({ text, fallback }) => [text, fallback])).toEqual([
      ['a.b', true],
      ['c.d', true],
      ['e.f', true],
      ['g.h', false],
    ])
  })
})
