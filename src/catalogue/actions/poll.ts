import { z } from 'zod'
import {
  asking,
  defineAction,
  listed,
  question,
  quoted,
  readableChannel,
  readableDuration,
  say,
  sentence,
  setting,
  type AskState,
  type Button,
  type Message,
  need,
} from '../define.ts'

const settings = z.object({
  channel: setting.channel({
    label: { en: 'Channel', fr: 'Canal' },
    help: { en: 'Whoever reads this channel may vote.', fr: 'Toute personne qui lit ce canal peut voter.' },
  }),
  question: setting.message({
    label: { en: 'Question', fr: 'Question' },
    help: { en: 'What they read above the choices.', fr: 'Ce qu’on lit au-dessus des choix.' },
    placeholder: { en: 'Where shall we have lunch?', fr: 'Où déjeunons-nous ?' },
  }),
  choices: setting.choices({
    label: { en: 'Choices', fr: 'Choix' },
    help: { en: 'What one can vote for, in this order.', fr: 'Ce pour quoi l’on peut voter, dans cet ordre.' },
  }),
  several: setting
    .yesno({
      label: { en: 'Several choices may be picked', fr: 'Plusieurs choix possibles' },
      help: { en: 'Whether one person may vote for more than one.', fr: 'Si une personne peut voter pour plusieurs choix.' },
    })
    .default(false),
  anonymous: setting
    .yesno({
      label: { en: 'Anonymous', fr: 'Anonyme' },
      help: { en: 'Nobody sees who voted for what.', fr: 'Personne ne voit qui a voté quoi.' },
    })
    .default(false),
  ...asking.limit({
    begin: '1d',
    label: { en: 'Closes after', fr: 'Se termine après' },
    help: { en: 'Or as soon as everybody in the channel has voted.', fr: 'Ou dès que tout le monde dans le canal a voté.' },
    placeholder: { en: '1d', fr: '1d' },
  }),
  ...asking.reminders(),
  ...asking.hours(false),
})

type Settings = z.output<typeof settings>
type State = AskState<Settings>

export default defineAction({
  type: 'poll',
  title: { en: 'Poll', fr: 'Sondage' },
  icon: 'chart-bar',
  group: 'people',
  about: {
    en: 'Lets a channel vote, with a tally that everybody sees grow.',
    fr: 'Fait voter un canal, avec un décompte que chacun voit évoluer.',
  },
  also: { en: 'vote survey choose', fr: 'vote voter choisir enquête' },
  summary: (written) => {
    const place = readableChannel(written.channel)
    const what = quoted(written.question, { en: 'something', fr: 'quelque chose' })
    const all = Array.isArray(written.choices)
      ? listed(written.choices.map((choice) => quoted(choice, { en: '…', fr: '…' })))
      : { en: '', fr: '' }
    const limit = written.within ? readableDuration(written.within) : undefined
    const ladder = asking.ladderWords(written)
    return sentence(
      `Let ${place.en} vote on ${what.en}${all.en ? `: ${all.en}` : ''}${limit ? ` (closes after ${limit.en})` : ''}${ladder.en}`,
      `Faire voter ${place.fr} sur ${what.fr}${all.fr ? ` : ${all.fr}` : ''}${limit ? ` (se termine après ${limit.fr})` : ''}${ladder.fr}`,
    )
  },
  settings,
  gives: ({ choices }) => [
    {
      name: 'winner',
      label: { en: 'The winner', fr: 'Le gagnant' },
      kind: 'text',
      sample: Array.isArray(choices) ? choices[0] : 'Pizza',
      maybeEmpty: true,
    },
    { name: 'tie', label: { en: 'Was it a tie?', fr: 'Y a-t-il égalité ?' }, kind: 'yesno', sample: false },
    { name: 'counts', label: { en: 'Votes by choice', fr: 'Votes par choix' }, kind: 'record', sample: {} },
    { name: 'total', label: { en: 'How many voted', fr: 'Nombre de votants' }, kind: 'number', sample: 4 },
    { name: 'summary', label: { en: 'The result as text', fr: 'Le résultat en texte' }, kind: 'text', sample: 'Pizza: 3\nSushi: 1' },
    { name: 'votes', label: { en: 'The votes', fr: 'Les votes' }, kind: 'list', sample: [] },
  ],
  exits: [{ name: 'done', label: { en: 'Closed', fr: 'Terminé' } }],
  needs: ({ question: asked, choices }) => [need.channels, need.redrawing, ...need.text(asked), ...need.buttons(choices)],
  example: {
    channel: 'general',
    question: 'Where shall we have lunch?',
    choices: ['Pizza', 'Sushi', 'Salad'],
    several: false,
    anonymous: false,
    within: '1d',
  },
  effect: 'world',
  repeat: 'A poll that was already posted is not posted again, and votes that came in count.',
  check: (written) => {
    const shared = asking.faults(written, undefined)
    const choices = Array.isArray(written.choices) ? written.choices : []
    const twin = choices.find((choice, index) => choices.indexOf(choice) !== index)
    if (twin !== undefined)
      shared.push({
        setting: 'choices',
        why: { en: `“${twin}” stands there twice.`, fr: `« ${twin} » figure deux fois.` },
        remedy: { en: 'Change or remove one of them.', fr: 'Modifiez ou supprimez l’un des deux.' },
      })
    else if (choices.length === 1)
      shared.push({
        setting: 'choices',
        why: { en: 'There is only one choice to vote for.', fr: 'Il n’y a qu’un seul choix.' },
        remedy: { en: 'Add another one.', fr: 'Ajoutez-en un autre.' },
      })
    return shared
  },
  asking: {
    show,
    anonymous: (settings) => settings.anonymous,
    // Several choices come as one form, one choice as the button itself.
    combine: (_, { button, values }) => ({ picked: Array.isArray(values['votes']) ? values['votes'] : [button], values: {} }),
    settle,
  },
  run: ({ settings }) => ({
    ask: { to: { channel: settings.channel }, ...asking.request(settings), answers: 'several', changeable: true },
  }),
})

interface Tally {
  label: string
  count: number
  names: string[]
}

function tally({ settings, answers }: State): Tally[] {
  return [...new Set(settings.choices)].map((label) => {
    const voters = answers.filter((answer) => answer.picked.includes(label))
    return { label, count: voters.length, names: voters.map((answer) => answer.person.name) }
  })
}

function show(state: State & { until?: Date; over?: question.Over }): Message {
  const { settings, answers, asked, language, until, over } = state
  const bars = tally(state).map(({ label, count, names }) => ({ label, count, ...(settings.anonymous ? {} : { names }) }))
  const closes = over ? undefined : question.untilNote(until, asked, language, { en: 'Closes', fr: 'Se termine le' })
  const secret = settings.anonymous ? say({ en: 'Anonymous', fr: 'Anonyme' }, language) : undefined
  return {
    text: settings.question,
    bars,
    ...(over ? {} : { buttons: buttons(settings, language) }),
    note: question.note(
      ending(over, language),
      over === 'cancelled' ? undefined : votedNote(answers.length, asked.length, language),
      secret,
      closes,
    ),
  }
}

function ending(over: question.Over | undefined, language: string): string | undefined {
  return over === 'answered'
    ? say({ en: 'Closed: everybody has voted', fr: 'Terminé : tout le monde a voté' }, language)
    : over && question.overNote(over, language)
}

function votedNote(voted: number, asked: number, language: string): string {
  // Whoever joins the channel later may vote too.
  const all = Math.max(voted, asked)
  return say(
    { en: `${voted} of ${all} ${voted === 1 ? 'has' : 'have'} voted`, fr: `${voted} sur ${all} ${voted < 2 ? 'a voté' : 'ont voté'}` },
    language,
  )
}

function buttons(settings: Settings, language: string): Button[] {
  const choices = [...new Set(settings.choices)]
  if (!settings.several) return choices.map((choice) => ({ id: choice, label: choice }))
  const label = say({ en: 'Vote', fr: 'Voter' }, language)
  const field = {
    id: 'votes',
    label: say({ en: 'Your choices', fr: 'Vos choix' }, language),
    kind: 'choices' as const,
    required: true,
    choices,
  }
  return [{ id: 'vote', label, style: 'primary', form: { title: label, submit: label, fields: [field] } }]
}

function settle(state: State & { timeUp: boolean }): { exit: string; data: Record<string, unknown> } | undefined {
  const { settings, answers, asked, language, timeUp } = state
  if (!timeUp && !question.allAnswered(asked, answers)) return undefined
  const counted = tally(state)
  const most = Math.max(...counted.map(({ count }) => count))
  const winners = most === 0 ? [] : counted.filter(({ count }) => count === most).map(({ label }) => label)
  const line = ({ label, count, names }: Tally) =>
    `${question.colon(label, language)} ${count}${settings.anonymous || names.length === 0 ? '' : ` (${names.join(', ')})`}`
  return {
    exit: 'done',
    data: {
      winner: winners.length === 0 ? null : winners.join(say({ en: ' and ', fr: ' et ' }, language)),
      tie: winners.length > 1,
      counts: Object.fromEntries(counted.map(({ label, count }) => [label, count])),
      total: answers.length,
      summary: counted.map(line).join('\n'),
      votes: settings.anonymous
        ? // By choice, because the order of voting would tell who it was.
          answers.map((answer) => ({ choices: answer.picked })).sort((one, other) => one.choices.join().localeCompare(other.choices.join()))
        : answers.map((answer) => ({ person: answer.person, choices: answer.picked, at: answer.at })),
    },
  }
}
