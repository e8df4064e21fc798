import { z } from 'zod'
import {
  asking,
  defineAction,
  fieldData,
  fieldFaults,
  plain,
  question,
  quoted,
  readDefaults,
  readableChannel,
  readableDuration,
  readablePeople,
  sample,
  say,
  sentence,
  setting,
  type Answer,
  type AskState,
  type Button,
  type Field,
  type FieldValue,
  type Message,
  need,
} from '../define.ts'
import { Misconfigured } from '../trouble.ts'

const settings = z.object({
  to: setting
    .option(['people', 'channel'], {
      label: { en: 'Ask', fr: 'Interroger' },
      options: {
        people: { en: 'People, directly', fr: 'Des personnes, en direct' },
        channel: { en: 'Everybody in a channel', fr: 'Tous ceux d’un canal' },
      },
    })
    .default('people'),
  whom: setting.people({ label: { en: 'Whom', fr: 'Qui' }, when: { setting: 'to', is: ['people'] }, needed: true }).optional(),
  channel: setting.channel({ label: { en: 'Channel', fr: 'Canal' }, when: { setting: 'to', is: ['channel'] }, needed: true }).optional(),
  only: setting
    .people({
      label: { en: 'Only these may answer', fr: 'Seules ces personnes peuvent répondre' },
      help: { en: 'Empty: everybody who reads the channel.', fr: 'Vide : toutes les personnes qui lisent le canal.' },
      when: { setting: 'to', is: ['channel'] },
    })
    .optional(),
  question: setting.message({
    label: { en: 'Question', fr: 'Question' },
    placeholder: { en: 'Which laptop shall we order?', fr: 'Quel ordinateur faut-il commander ?' },
  }),
  answer: setting
    .option(['choices', 'text', 'form'], {
      label: { en: 'They answer with', fr: 'Réponse par' },
      options: {
        choices: { en: 'A button', fr: 'Un bouton' },
        text: { en: 'A text', fr: 'Un texte' },
        form: { en: 'A form', fr: 'Un formulaire' },
      },
    })
    .default('choices'),
  choices: setting
    .choices({
      label: { en: 'Buttons', fr: 'Boutons' },
      help: { en: 'One is enough: “Done”.', fr: 'Un seul suffit : « Fait ».' },
      when: { setting: 'answer', is: ['choices'] },
      needed: true,
    })
    .optional(),
  fields: setting.fields({ label: { en: 'Form', fr: 'Formulaire' }, when: { setting: 'answer', is: ['form'] }, needed: true }).optional(),
  ...asking.needed({
    first: { en: 'The first answer', fr: 'La première réponse' },
    everybody: { en: 'Everybody’s answer', fr: 'La réponse de chacun' },
    number: { en: 'At least so many answers', fr: 'Un nombre minimum de réponses' },
  }),
  ...asking.limit({
    label: { en: 'Time limit', fr: 'Délai' },
    help: { en: 'After it, the step leaves by “Time is up”.', fr: 'Passé ce délai, l’étape sort par « Délai écoulé ».' },
    placeholder: { en: '3d', fr: '3d' },
  }),
  ...asking.reminders(),
  ...asking.escalation(),
  otherwise: setting
    .line({
      label: { en: 'When the time is up, count as the answer', fr: 'Délai écoulé, retenir comme réponse' },
      help: { en: 'Empty: the step leaves by “Time is up”.', fr: 'Vide : l’étape sort par « Délai écoulé ».' },
      when: { setting: 'answer', is: ['choices', 'text'] },
      fold: asking.fold,
    })
    .optional(),
  defaults: setting
    .row({
      label: { en: 'When the time is up, count as the form’s answers', fr: 'Délai écoulé, retenir comme réponses au formulaire' },
      help: { en: 'Empty: the step leaves by “Time is up”.', fr: 'Vide : l’étape sort par « Délai écoulé ».' },
      when: { setting: 'answer', is: ['form'] },
      fold: asking.fold,
    })
    .optional(),
  ...asking.hours(true),
})

type Settings = z.output<typeof settings>

/** Names that the step gives itself, so no field of its form may have them. */
const own = ['answer', 'by', 'at', 'answers', 'summary', 'missing', 'defaulted']

/** Whether some answer counts when the time is up, as far as the settings are written. */
const hasDefault = ({ answer = 'choices', otherwise, defaults }: Partial<z.input<typeof settings>>) =>
  answer === 'form' ? Object.keys(defaults ?? {}).length > 0 : otherwise !== undefined && otherwise !== ''

export default defineAction({
  type: 'ask',
  title: { en: 'Ask', fr: 'Demander' },
  icon: 'message-question',
  group: 'people',
  about: {
    en: 'Asks people and waits for their answer, for as long as you say.',
    fr: 'Pose une question et attend la réponse, aussi longtemps que vous le dites.',
  },
  summary: (written) => {
    const who = written.to === 'channel' ? readableChannel(written.channel) : readablePeople(written.whom)
    const what = quoted(written.question, { en: 'something', fr: 'quelque chose' })
    const limit = written.within ? readableDuration(written.within) : undefined
    const usual =
      written.answer === 'form'
        ? { en: 'the default answers', fr: 'les réponses par défaut' }
        : quoted(written.otherwise, { en: '', fr: '' })
    const ladder = asking.ladderWords(written, hasDefault(written) ? usual : undefined)
    const count = asking.writtenCount(written)
    const until =
      count === undefined
        ? { en: '', fr: '' }
        : {
            en: ` until ${count} ${count === 1 ? 'has' : 'have'} answered`,
            fr: ` jusqu’à ${count} ${count < 2 ? 'réponse' : 'réponses'}`,
          }
    return sentence(
      `Ask ${who.en} ${what.en}${until.en}${limit ? ` and wait up to ${limit.en}` : ''}${ladder.en}`,
      `Demander à ${who.fr} ${what.fr}${until.fr}${limit ? ` et attendre au plus ${limit.fr}` : ''}${ladder.fr}`,
    )
  },
  settings,
  gives: (written) => [
    {
      name: 'answer',
      label: { en: 'The answer', fr: 'La réponse' },
      kind: written.answer === 'form' ? 'record' : 'text',
      sample: written.answer === 'form' ? {} : Array.isArray(written.choices) ? written.choices[0] : 'Yes',
      exits: ['done'],
      ...(written.answer === 'form' ? { parts: fieldData(written.fields) } : {}),
    },
    {
      name: 'by',
      label: { en: 'Who answered', fr: 'Qui a répondu' },
      kind: 'person',
      sample: sample.samplePerson,
      exits: ['done'],
      ...(hasDefault(written) ? { maybeEmpty: true } : {}),
    },
    {
      name: 'at',
      label: { en: 'When', fr: 'Quand' },
      kind: 'instant',
      sample: sample.sampleInstant,
      exits: ['done'],
      ...(hasDefault(written) ? { maybeEmpty: true } : {}),
    },
    ...(hasDefault(written)
      ? [
          {
            name: 'defaulted',
            label: { en: 'Is it the default answer?', fr: 'Est-ce la réponse par défaut ?' },
            kind: 'yesno' as const,
            sample: false,
            exits: ['done'],
          },
        ]
      : []),
    { name: 'answers', label: { en: 'All answers', fr: 'Toutes les réponses' }, kind: 'list', sample: [] },
    { name: 'summary', label: { en: 'All answers as text', fr: 'Toutes les réponses en texte' }, kind: 'text', sample: 'Ana Lima: Yes' },
    { name: 'missing', label: { en: 'Who has not answered', fr: 'Qui n’a pas répondu' }, kind: 'people', sample: [] },
    ...((written.answer ?? 'choices') === 'choices'
      ? [{ name: 'counts', label: { en: 'Answers by button', fr: 'Réponses par bouton' }, kind: 'record' as const, sample: {} }]
      : []),
    ...(written.answer === 'form' ? fieldData(written.fields).map((datum) => ({ ...datum, exits: ['done'] })) : []),
  ],
  exits: (written) => [
    { name: 'done', label: { en: 'Answered', fr: 'Répondu' } },
    ...(hasDefault(written) ? [] : [{ name: 'timeout', label: { en: 'Time is up', fr: 'Délai écoulé' } }]),
  ],
  needs: ({ to, question: asked, answer = 'choices', choices, fields }) => [
    need.redrawing,
    ...(to === 'channel' ? [need.channels] : []),
    ...need.text(asked),
    ...(answer === 'choices' ? need.buttons(choices) : [need.form]),
    ...(answer === 'form' ? need.fields(fields) : []),
  ],
  example: {
    to: 'people',
    whom: ['ana@example.com'],
    question: 'Which laptop shall we order?',
    answer: 'choices',
    choices: ['Mac', 'PC'],
    needed: 'first',
    within: '3d',
  },
  effect: 'world',
  repeat: 'Messages that were already sent are not sent again, and answers that came in count.',
  check: (written) => {
    const { to = 'people', whom, channel, only, answer = 'choices', choices, fields, otherwise, escalate, defaults } = written
    const shared = asking.faults(written, asking.namedPeople(to === 'people' ? whom : only))
    if (escalate === 'manager' && to === 'channel' && channel && !only)
      shared.push({
        setting: 'escalate',
        why: { en: 'A whole channel has no one manager.', fr: 'Un canal entier n’a pas un seul responsable.' },
        remedy: { en: 'Choose somebody by name.', fr: 'Désignez quelqu’un.' },
      })
    if (answer === 'form') {
      const read = readDefaults(fields, defaults)
      return [...shared, ...fieldFaults('fields', fields, own), ...('faults' in read ? read.faults : [])]
    }
    const buttons = answer === 'choices' && Array.isArray(choices) ? choices : undefined
    const same = buttons?.find((choice, index) => buttons.indexOf(choice) !== index)
    if (same !== undefined)
      shared.push({
        setting: 'choices',
        why: { en: `Two buttons say “${same}”.`, fr: `Deux boutons disent « ${same} ».` },
        remedy: { en: 'Change or remove one of them.', fr: 'Modifiez ou supprimez l’un des deux.' },
      })
    if (buttons && otherwise && !setting.holdsReference(otherwise) && !buttons.includes(otherwise))
      shared.push({
        setting: 'otherwise',
        why: { en: `No button says “${otherwise}”.`, fr: `Aucun bouton ne dit « ${otherwise} ».` },
        remedy: { en: 'Write it exactly as one of the buttons.', fr: 'Écrivez-le exactement comme l’un des boutons.' },
      })
    return shared
  },
  asking: { show, settle },
  run({ settings }) {
    const { to, channel, whom, only } = settings
    const asked = to === 'channel' ? channel && { channel } : whom && { people: setting.listPeople(whom) }
    if (!asked)
      throw new Misconfigured(
        { en: 'Nobody is named to be asked.', fr: 'Personne n’est désigné pour répondre.' },
        {
          en: 'Choose people or a channel in the step’s settings.',
          fr: 'Choisissez des personnes ou un canal dans les réglages de l’étape.',
        },
      )
    if (hasDefault(settings) && !defaultOf(settings))
      throw new Misconfigured(
        {
          en: 'What counts as the answer when the time is up fits none of the answers.',
          fr: 'Ce qui est retenu comme réponse une fois le délai écoulé ne correspond à aucune réponse possible.',
        },
        { en: 'Correct it in the step’s settings.', fr: 'Corrigez-le dans les réglages de l’étape.' },
      )
    return {
      ask: {
        to: asked,
        ...(to === 'channel' && only ? { only: setting.listPeople(only) } : {}),
        ...asking.request(settings),
      },
    }
  },
})

function show(state: AskState<Settings> & { until?: Date; over?: question.Over }): Message {
  const { settings, answers, asked, standIns, language, over } = state
  const several = settings.needed !== 'first'
  const names = question.listNames(
    answers.map((answer) => answer.person),
    language,
  )
  const answered = names === '' ? [] : [`_${plain(say({ en: `Answered: ${names}`, fr: `Ont répondu : ${names}` }, language))}_`]
  const all = answers.map((answer) => line(settings, answer, language, true)).join(settings.answer === 'form' ? '\n\n' : '\n')
  const usual = over === 'timeout' && !asking.isEnough(settings, state) ? defaultOf(settings) : undefined
  const counts = usual && [`_${plain(defaultLine(settings, usual, language))}_`]
  const given = over === undefined ? (several && settings.to === 'channel' ? answered : []) : isPrivate(state) ? answered : [all]
  const progress =
    settings.needed === 'everybody'
      ? question.progressNote(answers, question.originalsOf(asked, standIns), language)
      : asking.progressNote(settings, state, language)
  return question.draw(state, {
    text: settings.question,
    buttons: buttons(settings, language),
    lines: [...given, ...(counts ?? [])].filter((text) => text !== ''),
    progress,
    before: { en: 'Please answer by', fr: 'Merci de répondre avant le' },
  })
}

/** Several people who are asked directly, each for themselves, do not read what the others wrote. */
function isPrivate({ settings, asked }: AskState<Settings>): boolean {
  return settings.to === 'people' && settings.needed !== 'first' && asked.length > 1
}

/** What counts as the answer when the time is up, if anything does: a button or a text, or the values of a form. */
function defaultOf({ answer, choices, fields, otherwise, defaults }: Settings): { answer: unknown; values: Answer['values'] } | undefined {
  if (answer === 'form') {
    const read = readDefaults(fields, defaults)
    return 'values' in read && read.values ? { answer: read.values, values: read.values } : undefined
  }
  const known = answer === 'text' || choices?.includes(otherwise ?? '')
  return otherwise !== undefined && known ? { answer: otherwise, values: {} } : undefined
}

function defaultLine({ answer }: Settings, usual: { answer: unknown }, language: string): string {
  return answer === 'form'
    ? say({ en: 'The default answers count.', fr: 'Les réponses par défaut sont retenues.' }, language)
    : say({ en: `“${String(usual.answer)}” counts.`, fr: `« ${String(usual.answer)} » est retenu.` }, language)
}

function buttons(settings: Settings, language: string): Button[] {
  if (settings.answer === 'choices') {
    const labels = [...new Set(settings.choices)]
    return labels.map((label, index) => ({
      id: label,
      label,
      ...(index === 0 && labels.length === 1 ? { style: 'primary' as const } : {}),
    }))
  }
  const label = say({ en: 'Answer', fr: 'Répondre' }, language)
  const fields: Field[] =
    settings.answer === 'form'
      ? (settings.fields ?? [])
      : [{ id: 'answer', label: say({ en: 'Your answer', fr: 'Votre réponse' }, language), kind: 'text', required: true }]
  return [{ id: 'answer', label, style: 'primary', form: { title: label, submit: say({ en: 'Send', fr: 'Envoyer' }, language), fields } }]
}

/** One person's answer for readers: “Ana: Mac”, a form field by field below the name. */
function line(settings: Settings, { person, picked, values }: Answer, language: string, marked: boolean): string {
  const name = marked ? `**${plain(person.name)}**` : person.name
  const written = (value: FieldValue | undefined) => {
    const text = question.writeValue(value, language)
    return marked ? plain(question.clip(text)) : text
  }
  if (settings.answer !== 'form')
    return `${question.colon(name, language)} ${written(settings.answer === 'text' ? values['answer'] : picked[0])}`
  const rows = (settings.fields ?? []).map(
    (field) => `${question.colon(marked ? plain(field.label) : field.label, language)} ${written(values[field.id])}`,
  )
  return [name, ...rows].join('\n')
}

function valueOf(settings: Settings, { picked, values }: Answer): unknown {
  if (settings.answer === 'choices') return picked[0]
  return settings.answer === 'text' ? values['answer'] : values
}

function settle(state: AskState<Settings> & { timeUp: boolean }): { exit: string; data: Record<string, unknown> } | undefined {
  const { settings, answers, asked, standIns, language, timeUp } = state
  const enough = asking.isEnough(settings, state)
  if (!enough && !timeUp) return undefined
  const all = {
    answers: answers.map((answer) => ({ person: answer.person, answer: valueOf(settings, answer), at: answer.at })),
    summary: answers.map((answer) => line(settings, answer, language, false)).join(settings.answer === 'form' ? '\n\n' : '\n'),
    missing: question.missingOf(asked, answers, standIns),
    ...(settings.answer === 'choices' ? { counts: countsOf(settings, answers) } : {}),
  }
  const usual = defaultOf(settings)
  const last = settings.needed === 'first' ? question.firstOf(answers) : question.newestOf(answers)
  if (enough && last) {
    const fields = settings.answer === 'form' ? last.values : {}
    return {
      exit: 'done',
      data: {
        ...fields,
        answer: valueOf(settings, last),
        by: last.person,
        at: last.at,
        ...(hasDefault(settings) ? { defaulted: false } : {}),
        ...all,
      },
    }
  }
  if (!usual) return { exit: 'timeout', data: all }
  return { exit: 'done', data: { ...usual.values, answer: usual.answer, by: null, at: null, defaulted: true, ...all } }
}

function countsOf({ choices }: Settings, answers: readonly Answer[]): Record<string, number> {
  return Object.fromEntries([...new Set(choices)].map((label) => [label, answers.filter(({ picked }) => picked[0] === label).length]))
}
