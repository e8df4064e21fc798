import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { references } from '../../src/mission/reference.ts'
import { roots } from '../../src/mission/roots.ts'

const written = (text: string) => roots(text).map(({ name, start, end }) => [name, text.slice(start, end)])

describe('the first parts of references', () => {
  it('are found in outputs and tags, and nowhere else', () => {
    expect(
      written('Hi {{ trigger.person.name }}, laptop: {{laptop.answer | default: "trigger", allow_false: other}} {{ list[count].x }}'),
    ).toEqual([
      ['trigger', 'trigger'],
      ['laptop', 'laptop'],
      ['other', 'other'],
      ['list', 'list'],
      ['count', 'count'],
    ])
    expect(written('{% if laptop.answer == "Mac" and vote.winner %}{{ vote.winner }}{% endif %}').map(([name]) => name)).toEqual([
      'laptop',
      'and',
      'vote',
      'vote',
    ])
    expect(written('{% raw %}{{ laptop.answer }}{% endraw %}{% # laptop %} plain laptop')).toEqual([])
  })

  const name = fc.constantFrom('laptop', 'vote', 'a', 'hello_2')
  const path = fc.tuple(name, fc.constantFrom('', '.answer', '.by.name', '[0].x', '["k"].y')).map(([root, rest]) => root + rest)
  const value = fc.oneof(path, fc.constantFrom('"laptop"', "'vote.x'", '3', 'true'))
  const output = fc
    .tuple(value, fc.constantFrom('', '-'), fc.option(fc.tuple(fc.constantFrom('default', 'append', 'slice'), value)))
    .map(([first, dash, filter]) => `{{${dash} ${first}${filter ? ` | ${filter[0]}: ${filter[1]}` : ''} ${dash}}}`)
  const tag = fc
    .tuple(path, fc.constantFrom('==', '!=', 'contains'), value, output)
    .map(([left, is, right, inside]) => `{% if ${left} ${is} ${right} %}${inside}{% endif %}`)
  const loop = fc.tuple(path, output).map(([list, inside]) => `{% for item in ${list} limit: 2 %}${inside}{{ item }}{% endfor %}`)
  const text = fc
    .array(fc.oneof(fc.constantFrom('laptop', ' vote.x ', '{', '“', '\n'), output, tag, loop), { maxLength: 6 })
    .map((parts) => parts.join(' '))

  it('stand where Liquid itself finds them', () => {
    fc.assert(
      fc.property(text, (written) => {
        const read = references(written)
        fc.pre(read.faults.length === 0)
        const ids = ['laptop', 'vote', 'a', 'hello_2']
        const mine = roots(written).filter((root) => ids.includes(root.name))
        expect(mine.map(({ start, end }) => [start, end])).toEqual(read.references.map(({ root }) => [root.start, root.end]))
      }),
      { numRuns: 500 },
    )
  })
})
