import { expect, test } from 'vitest'
import { render } from '../../src/mission/data.ts'
import { troubled } from '../../src/run/perform.ts'

test('a text that cannot be filled in is a setting to be mended, not a defect', () => {
  const fill = () => render('{% for i in (1..99999999) %}x{% endfor %}', {}, 'text')
  let thrown: unknown
  try {
    fill()
  } catch (error) {
    thrown = error
  }
  expect(troubled(thrown)).toMatchObject({
    kind: 'trouble',
    trouble: {
      kind: 'misconfigured',
      what: { en: 'The text becomes too long or takes too long to fill in.' },
      remedy: { fr: expect.stringContaining('Raccourcissez-le') },
    },
  })
})
