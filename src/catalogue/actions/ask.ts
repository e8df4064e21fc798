import { z } from 'zod'
import {
  asking,
  defineAction,
  fieldData,
  plain,
  question,
  quoted,
  readableChannel,
  readableDuration,
  readablePeople,
  reply,
  sample,
  say,
  sentence,
  setting,
  type AskState,
  type Message,
  need,
} from '../define.ts'
import { Misconfigured } from '../trouble.ts'

const settings = z.object({
  to: setting
    .option(['people', 'channel'], {
      label: { en: 'Ask', fr: 'Interroger' },
      help: {
        en: 'Each person gets the question in private, or a channel reads it.',
        fr: 'Chacun reçoit la question en privé, ou un canal la lit.',
      },
      options: {
        people: { en: 'People, directly', fr: 'Des personnes, en direct' },
        channel: { en: 'Everybody in a channel', fr: 'Tous ceux d’un canal' },
      },
    })
    .default('people'),
  whom: setting
    .people({
      label: { en: 'Whom', fr: 'Qui' },
      help: { en: 'Everybody named here gets the question.', fr: 'Chaque personne nommée ici reçoit la question.' },
      when: { setting: 'to', is: ['people'] },
      needed: true,
    })
    .optional(),
  channel: setting
    .channel({
      label: { en: 'Channel', fr: 'Canal' },
      help: { en: 'Where the question is posted.', fr: 'L’endroit où la question est publiée.' },
      when: { setting: 'to', is: ['channel'] },
      needed: true,
    })
    .optional(),
  only: setting
    .people({
      label: { en: 'Only these may answer', fr: 'Seules ces personnes peuvent répondre' },
      help: { en: 'Empty: everybody who reads the channel.', fr: 'Vide : toutes les personnes qui lisent le canal.' },
      when: { setting: 'to', is: ['channel'] },
    })
    .optional(),
  question: setting.message({
    label: { en: 'Question', fr: 'Question' },
    help: { en: 'What they read above the buttons.', fr: 'Ce qu’elles lisent au-dessus des boutons.' },
    placeholder: { en: 'Which laptop shall we order?', fr: 'Quel ordinateur faut-il commander ?' },
  }),
  ...reply.settings(),
  ...asking.needed({
    first: { en: 'The first answer', fr: 'La première réponse' },
    everybody: { en: 'Everybody’s answer', fr: 'La réponse de chacun' },
    number: { en: 'At least so many answers', fr: 'Un nombre minimum de réponses' },
  }),
  ...asking.limit({
    label: { en: 'Time limit', fr: 'Délai' },
    help: { en: 'After it, the step leaves by “No answer in …”.', fr: 'Passé ce délai, l’étape sort par « Sans réponse après … ».' },
    placeholder: { en: '3d', fr: '3d' },
  }),
  ...asking.reminders(),
  ...asking.escalation(),
  otherwise: setting
    .line({
      label: { en: 'When the time is up, count as the answer', fr: 'Délai écoulé, retenir comme réponse' },
      help: { en: 'Empty: the step leaves by “No answer in …”.', fr: 'Vide : l’étape sort par « Sans réponse après … ».' },
      when: { setting: 'answer', is: ['choices', 'text'] },
      fold: asking.fold,
    })
    .optional(),
  defaults: setting
    .row({
      label: { en: 'When the time is up, count as the form’s answers', fr: 'Délai écoulé, retenir comme réponses au formulaire' },
      help: { en: 'Empty: the step leaves by “No answer in …”.', fr: 'Vide : l’étape sort par « Sans réponse après … ».' },
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
  also: { en: 'question answer reply who survey remind', fr: 'question réponse répondre relance rappel sondage' },
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
    const { to = 'people', whom, channel, only, escalate } = written
    const shared = asking.faults(written, asking.namedPeople(to === 'people' ? whom : only))
    if (escalate === 'manager' && to === 'channel' && channel && !only)
      shared.push({
        setting: 'escalate',
        why: { en: 'A whole channel has no one manager.', fr: 'Un canal entier n’a pas un seul responsable.' },
        remedy: { en: 'Choose somebody by name.', fr: 'Désignez quelqu’un.' },
      })
    return [...shared, ...reply.faults(written, own)]
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
    if (hasDefault(settings) && !reply.defaultOf(settings))
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
  const all = answers.map((answer) => reply.line(settings, answer, language, true)).join(settings.answer === 'form' ? '\n\n' : '\n')
  const usual = over === 'timeout' && !asking.isEnough(settings, state) ? reply.defaultOf(settings) : undefined
  const counts = usual && [`_${plain(reply.defaultLine(settings, usual, language))}_`]
  const given = over === undefined ? (several && settings.to === 'channel' ? answered : []) : isPrivate(state) ? answered : [all]
  const progress =
    settings.needed === 'everybody'
      ? question.progressNote(answers, question.originalsOf(asked, standIns), language)
      : asking.progressNote(settings, state, language)
  return question.draw(state, {
    text: settings.question,
    buttons: reply.buttons(settings, language),
    lines: [...given, ...(counts ?? [])].filter((text) => text !== ''),
    progress,
    before: { en: 'Please answer by', fr: 'Merci de répondre avant le' },
  })
}

/** Several people who are asked directly, each for themselves, do not read what the others wrote. */
function isPrivate({ settings, asked }: AskState<Settings>): boolean {
  return settings.to === 'people' && settings.needed !== 'first' && asked.length > 1
}

function settle(state: AskState<Settings> & { timeUp: boolean }): { exit: string; data: Record<string, unknown> } | undefined {
  const { settings, answers, asked, standIns, language, timeUp } = state
  const enough = asking.isEnough(settings, state)
  if (!enough && !timeUp) return undefined
  const all = {
    answers: answers.map((answer) => ({ person: answer.person, answer: reply.valueOf(settings, answer), at: answer.at })),
    summary: answers.map((answer) => reply.line(settings, answer, language, false)).join(settings.answer === 'form' ? '\n\n' : '\n'),
    missing: question.missingOf(asked, answers, standIns),
    ...(settings.answer === 'choices' ? { counts: reply.countsOf(settings, answers) } : {}),
  }
  const usual = reply.defaultOf(settings)
  const last = settings.needed === 'first' ? question.firstOf(answers) : question.newestOf(answers)
  if (enough && last) {
    const fields = settings.answer === 'form' ? last.values : {}
    return {
      exit: 'done',
      data: {
        ...fields,
        answer: reply.valueOf(settings, last),
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
