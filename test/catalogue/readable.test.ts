import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import {
  quoted,
  readable,
  readableChannel,
  readableDuration,
  readablePeople,
  readablePerson,
  readableReference,
} from '../../src/catalogue/readable.ts'

const nothing = { en: 'nothing', fr: 'rien' }

describe('a reference in words', () => {
  it.each([
    ['trigger.person', 'the person', 'la personne'],
    ['trigger.person.manager', 'the manager of the person', 'le responsable de la personne'],
    [
      'trigger.person.manager.buddy.first_name',
      'the first name of the buddy of the manager of the person',
      'le prénom du binôme du responsable de la personne',
    ],
    ['laptop.answer', 'the answer of “laptop”', 'la réponse de « laptop »'],
    [
      'it_check.by.manager | default: trigger.person',
      'the manager of the person who answered of “it check”',
      'le responsable de la personne qui a répondu de « it check »',
    ],
    ['trigger.order_number', 'the order number', '« order number »'],
    ['trigger', 'what started it', 'ce qui l’a lancée'],
    ['rows.rows[0].Name', 'the Name of the rows of “rows”', '« Name » des lignes de « rows »'],
    ['run.started', 'the started of the run', '« started » de l’exécution'],
    ['"Paris"', 'Paris', 'Paris'],
  ])('%s', (expression, en, fr) => {
    expect(readableReference(expression)).toEqual({ en, fr })
  })
})

describe('a setting in words', () => {
  it('names people and channels as far as a reader can know them', () => {
    expect(readablePerson({ id: '1', name: 'Ana Lima' }).en).toBe('Ana Lima')
    expect(readablePerson('0b0e7f52-3c1d-4a57-9f0e-2f6f0f3f7a11')).toEqual({ en: 'the chosen person', fr: 'la personne choisie' })
    expect(readablePeople(['{{ trigger.person }}', 'bo@example.com'])).toEqual({
      en: 'the person and bo@example.com',
      fr: 'la personne et bo@example.com',
    })
    expect(readablePeople(['a', 'b', 'c', 'd']).fr).toBe('4 personnes')
    expect(readableChannel('general').en).toBe('#general')
    expect(readableChannel('#general').en).toBe('#general')
    expect(readableChannel({ id: 'c1', name: 'sales' }).en).toBe('#sales')
    expect(readableChannel('{{ room.channel }}').fr).toBe('le canal de « room »')
    expect(readableChannel('C012345678')).toEqual({ en: 'the chosen channel', fr: 'le canal choisi' })
    expect(readableChannel(undefined).en).toBe('a channel')
  })

  it('quotes texts in one line without marks, and references without quotation marks', () => {
    expect(quoted('**Hello**\n\n- {{ trigger.person.first_name }}, _how_ is {{ laptop.answer }}?', nothing)).toEqual({
      en: '“Hello [first name], how is [answer of “laptop”]?”',
      fr: '« Hello [prénom], how is [réponse de « laptop »]? »',
    })
    expect(quoted('{{ purpose.answer }}', nothing).en).toBe('the answer of “purpose”')
    expect(quoted('snake_case_name and 2 * 3 * 4', nothing).en).toBe('“snake_case_name and 2 * 3 * 4”')
    expect(quoted('Pizza{% if vote.tie %} (a tie){% endif %}!', nothing).en).toBe('“Pizza!”')
    expect(quoted('{% if vote.tie %}A tie{% endif %}', nothing).en).toBe('“A tie”')
    expect(quoted('x'.repeat(200), nothing).en).toHaveLength(82)
    expect(quoted('  ', nothing)).toBe(nothing)
  })

  it('counts as people do', () => {
    expect(readableDuration('1d 12h')).toEqual({ en: '1 day and 12 hours', fr: '1 jour et 12 heures' })
    expect(readableDuration('{{ answer.days }}').en).toBe('the days of “answer”')
    expect(readableDuration(undefined).fr).toBe('un certain temps')
  })

  it('stays readable whatever it is', () => {
    expect(readable(12, nothing).en).toBe('12')
    expect(readable(true, nothing).en).toBe('yes')
    expect(readable([], nothing)).toBe(nothing)
    expect(readable({ a: 1 }, nothing, { en: 'something', fr: 'quelque chose' }).en).toBe('something')
  })
})

describe('a summary', () => {
  const summary = (type: string, settings: Record<string, unknown>) => catalogue.kinds.step(type)?.summary(settings)

  it('is one plain sentence in good French too', () => {
    expect(summary('ask', { whom: '{{ trigger.person.manager }}', question: 'Which laptop?', within: '3d' })).toEqual({
      en: 'Ask the manager of the person “Which laptop?” and wait up to 3 days',
      fr: 'Demander au responsable de la personne « Which laptop? » et attendre au plus 3 jours',
    })
    expect(summary('send-message', { person: '{{ ask.missing }}', text: 'Hello' })?.fr).toBe(
      'Envoyer aux personnes sans réponse de « ask » « Hello »',
    )
    expect(
      summary('choose-path', {
        paths: [{ id: 'a', label: 'Bad', when: [{ left: '{{ trigger.body.level }}', is: 'is', right: ['error', 'fatal'] }] }],
      })?.en,
    ).toBe('Take “Bad” if the level of the content is error or fatal; in all other cases “Otherwise”')
  })
})
