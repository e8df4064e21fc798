import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareMissions } from '../../src/mission/comparison.ts'
import { type Difference, differences } from '../../src/mission/differences.ts'
import { addStep, addTrigger, connect, place, removeSteps, rename, setDescription, setName, setSettings } from '../../src/mission/edit.ts'
import type { Mission } from '../../src/mission/mission.ts'
import { sameMission, sameValue } from '../../src/mission/sameness.ts'
import { draw, kinds } from './kinds.ts'

const label = (_: string, setting: string) => (setting === 'text' ? { en: 'Text', fr: 'Texte' } : undefined)
const told = (before: Mission, after: Mission) => differences(before, after, kinds, label, 'en').map(({ text }) => text)
/** French as it is typed, with plain spaces. */
const dit = (before: Mission, after: Mission) =>
  differences(before, after, kinds, label, 'fr').map(({ text }) => text.replaceAll('\u00a0', ' '))

const mission = draw('joined > hello:say > laptop:ask > order:say; laptop.timeout > late:say')
const nothing = { added: [], removed: [], changed: [] }

describe('two documents are the same', () => {
  test('whatever the order of their keys, which the database keeps its own way', () => {
    expect(sameValue({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true)
    expect(sameValue([1, 2], [2, 1])).toBe(false)
    expect(sameValue(undefined, null)).toBe(false)
    const reversed: Mission = { ...mission, ...Object.fromEntries(Object.entries(mission).toReversed()) }
    expect(sameMission(mission, reversed)).toBe(true)
    expect(sameMission(mission, place(mission, { hello: { x: 1, y: 2 } }))).toBe(false)
  })
})

describe('comparing two documents', () => {
  test('finds nothing where only cards were moved or the order of the lists changed', () => {
    const moved = place(mission, { hello: { x: 10, y: 20 } })
    const shuffled = { ...moved, steps: moved.steps.toReversed(), links: moved.links.toReversed() }
    expect(compareMissions(mission, shuffled)).toEqual({ triggers: nothing, steps: nothing, links: { added: [], removed: [] } })
    expect(told(mission, shuffled)).toEqual([])
  })

  test('finds name, description, triggers, steps, settings and links', () => {
    let after = setDescription(setName(mission, 'Welcome'), 'For all')
    after = setSettings(after, 'hello', { text: 'Good morning', loud: true })
    after = removeSteps(after, ['late'])
    const found = compareMissions(mission, after)
    expect(found).toMatchObject({
      name: { before: 'Drawn', after: 'Welcome' },
      description: { before: '', after: 'For all' },
      triggers: nothing,
      steps: { added: [], removed: [{ id: 'late' }], changed: [{ after: { id: 'hello' }, aspects: [], settings: ['text', 'loud'] }] },
      links: { added: [], removed: [{ from: 'laptop', exit: 'timeout', to: 'late' }] },
    })
    expect(compareMissions(after, mission).steps).toMatchObject({
      added: [{ id: 'late' }],
      removed: [],
      changed: [{ settings: ['text', 'loud'] }],
    })
  })

  test('finds all that a step says besides its settings', () => {
    const changed: Mission = {
      ...mission,
      steps: mission.steps.map((step) =>
        step.id === 'order'
          ? {
              ...step,
              type: 'ask',
              name: 'Buy',
              join: { wait: 'any' },
              retry: { times: 2, first: '1m', factor: 2 },
              maxVisits: 3,
              within: 'hello',
            }
          : step,
      ),
    }
    expect(compareMissions(mission, changed).steps.changed).toMatchObject([
      { aspects: ['type', 'name', 'join', 'retry', 'maxVisits', 'within'], settings: [] },
    ])
  })

  test('is the other way round when the documents are, and finds nothing in one and the same', () => {
    const edits = fc.constantFrom<(mission: Mission) => Mission>(
      (now) => setName(now, `${now.name}!`),
      (now) => addStep(now, { type: 'say' }, { after: 'hello', exit: 'done' }, 'done'),
      (now) => removeSteps(now, ['order']),
      (now) => rename(now, 'laptop', 'Which one'),
      (now) => connect(now, { from: 'hello', exit: 'done', to: 'late' }),
      (now) => addTrigger(now, { type: 'clock' }, { to: 'hello' }),
    )
    fc.assert(
      fc.property(fc.array(edits), fc.array(edits), (some, others) => {
        const [one, other] = [some, others].map((list) => list.reduce((now, edit) => edit(now), mission))
        if (!one || !other) throw new Error('Two lists give two documents.')
        const [there, back] = [compareMissions(one, other), compareMissions(other, one)]
        expect(there.steps.added).toEqual(back.steps.removed)
        expect(there.triggers.removed).toEqual(back.triggers.added)
        expect(there.links.added).toEqual(back.links.removed)
        expect(there.steps.changed.map(({ after }) => after.id).toSorted()).toEqual(
          back.steps.changed.map(({ before }) => before.id).toSorted(),
        )
        expect(told(one, one)).toEqual([])
        expect(told(one, other).length > 0).toBe(told(other, one).length > 0)
      }),
    )
  })
})

describe('differences in sentences', () => {
  test('tell what is new, and after what', () => {
    let after = addStep(mission, { type: 'ask', settings: { question: 'Which bag?' } }, { onto: mission.links[1] ?? never() }, 'done')
    after = connect(after, { from: 'late', exit: 'done', to: 'ask' })
    after = addTrigger(after, { type: 'clock' }, { to: 'hello' })
    expect(told(mission, after)).toEqual([
      'New trigger: every Monday.',
      'New step “Ask” after “Say” and “Say”: ask “Which bag?”.',
      '“Ask” now leads to “Ask”.',
      '“Schedule” now leads to “Say”.',
      '“Say” no longer leads to “Ask”.',
    ])
    expect(dit(mission, after)[1]).toBe('Nouvelle étape « Ask » après « Say » et « Say » : demander « Which bag? ».')
  })

  test('tell what is gone and where one goes instead', () => {
    const after = { ...removeSteps(mission, ['laptop', 'late']), triggers: [], name: 'Short', description: 'Less' }
    expect(told(mission, after)).toEqual([
      'The mission is now called “Short” (before: “Drawn”).',
      'Its description is different.',
      'Trigger removed: when someone joins #general.',
      'Step “Ask” removed.',
      'Step “Say” removed.',
      '“Say” now leads to “Say”.',
    ])
    expect(dit(mission, after)).toEqual([
      'La mission s’appelle désormais « Short » (avant : « Drawn »).',
      'Sa description est différente.',
      'Déclencheur supprimé : quand quelqu’un rejoint #general.',
      'Étape « Ask » supprimée.',
      'Étape « Say » supprimée.',
      '« Say » mène désormais à « Say ».',
    ])
  })

  test('tell which settings changed, with the sentence before and now', () => {
    const after = rename(setSettings(mission, 'hello', { text: 'Good morning', loud: true }), 'hello', 'Greet')
    expect(told(mission, after)).toEqual([
      '“Greet” (before: “Say”) changed: its name, Text, loud. Before: say “Hello”. Now: say “Good morning”.',
    ])
    expect(dit(mission, after)).toEqual([
      '« Greet » (avant : « Say ») a changé : son nom, Texte, loud. Avant : dire « Hello ». Maintenant : dire « Good morning ».',
    ])
  })

  test('tell by which exit a link leaves', () => {
    const after: Mission = {
      ...mission,
      links: [...mission.links.filter(({ to }) => to !== 'late'), { from: 'laptop', exit: 'failed', to: 'late' }],
    }
    expect(told(mission, after)).toEqual(['“Ask” now leads to “Say”, if it fails.', '“Ask” no longer leads to “Say”, if the time is up.'])
  })

  test('speak of what nobody knows by its own name, and say which card each is about', () => {
    const strange = draw('joined > hello:say')
    const after: Mission = {
      ...strange,
      steps: [...strange.steps, { id: 'odd', type: 'teleport', settings: {} }],
      links: [...strange.links, { from: 'odd', exit: 'done', to: 'nowhere' }],
    }
    expect(differences(strange, after, kinds, label, 'en')).toEqual<Difference[]>([
      { is: 'added', id: 'odd', text: 'New step “teleport”: something unknown (teleport).' },
      { is: 'changed', id: 'odd', text: '“teleport” now leads to “nowhere”.' },
    ])
  })
})

function never(): never {
  throw new Error('The mission has a second link.')
}
