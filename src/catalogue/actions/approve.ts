import { z } from 'zod'
import {
  defineAction,
  plain,
  question,
  quoted,
  readableDuration,
  readablePeople,
  sample,
  say,
  sentence,
  setting,
  type AskState,
  type Button,
  type Message,
} from '../define.ts'

const settings = z.object({
  whom: setting.people({
    label: { en: 'Who decides', fr: 'Qui décide' },
    help: { en: 'With several people, the first to decide settles it.', fr: 'Avec plusieurs personnes, la première à répondre décide.' },
  }),
  request: setting.message({
    label: { en: 'Request', fr: 'Demande' },
    placeholder: { en: 'May Ana take next week off?', fr: 'Ana peut-elle prendre la semaine prochaine ?' },
  }),
  reasons: setting
    .option(['none', 'optional', 'required'], {
      label: { en: 'Reason when declining', fr: 'Motif en cas de refus' },
      options: {
        none: { en: 'Not asked for', fr: 'Pas demandé' },
        optional: { en: 'May be given', fr: 'Facultatif' },
        required: { en: 'Must be given', fr: 'Obligatoire' },
      },
    })
    .default('optional'),
  within: setting.duration({
    label: { en: 'Time limit', fr: 'Délai' },
    help: { en: 'After it, the step leaves by “Time is up”.', fr: 'Passé ce délai, l’étape sort par « Délai écoulé ».' },
    placeholder: { en: '2d', fr: '2d' },
  }),
})

type Settings = z.output<typeof settings>

const exits = ['approved', 'declined']

export default defineAction({
  type: 'approve',
  title: { en: 'Get approval', fr: 'Faire approuver' },
  icon: 'circle-check',
  group: 'people',
  about: {
    en: 'Asks for a yes or a no, and goes on by the one that was chosen.',
    fr: 'Demande un oui ou un non, et continue selon la réponse.',
  },
  summary: ({ whom, request, within }) => {
    const who = readablePeople(whom)
    const what = quoted(request, { en: 'something', fr: 'quelque chose' })
    const limit = within ? readableDuration(within) : undefined
    return sentence(
      `Ask ${who.en} to approve ${what.en}${limit ? ` within ${limit.en}` : ''}`,
      `Demander à ${who.fr} d’approuver ${what.fr}${limit ? `, délai : ${limit.fr}` : ''}`,
    )
  },
  settings,
  gives: ({ reasons }) => [
    {
      name: 'reason',
      label: { en: 'Why it was declined', fr: 'Motif du refus' },
      kind: 'text',
      sample: 'That week is the release.',
      exits: ['declined'],
      ...(reasons === 'required' ? {} : { maybeEmpty: true }),
    },
    { name: 'by', label: { en: 'Who decided', fr: 'Qui a décidé' }, kind: 'person', sample: sample.samplePerson, exits },
    { name: 'at', label: { en: 'When', fr: 'Quand' }, kind: 'instant', sample: sample.sampleInstant, exits },
  ],
  exits: [
    { name: 'approved', label: { en: 'Approved', fr: 'Approuvé' } },
    { name: 'declined', label: { en: 'Declined', fr: 'Refusé' } },
    { name: 'timeout', label: { en: 'Time is up', fr: 'Délai écoulé' } },
  ],
  example: { whom: ['maya@example.com'], request: 'May Ana take next week off?', reasons: 'optional', within: '2d' },
  effect: 'world',
  repeat: 'Messages that were already sent are not sent again, and a decision that came in counts.',
  asking: { show, settle },
  run: ({ settings, services }) => ({
    ask: {
      to: { people: setting.listPeople(settings.whom) },
      answers: 'first',
      changeable: false,
      until: question.deadline(services.clock.now(), settings.within),
    },
  }),
})

function show(state: AskState<Settings> & { until?: Date; over?: question.Over }): Message {
  const { settings, answers, language, over } = state
  const decision = over && question.firstOf(answers)
  return question.draw(state, {
    text: settings.request,
    buttons: buttons(settings, language),
    lines: decision ? [decisionLine(decision, language)] : [],
    counted: false,
    before: { en: 'Please decide by', fr: 'Merci de décider avant le' },
  })
}

function decisionLine({ person, picked, values }: AskState<Settings>['answers'][number], language: string): string {
  const name = `**${plain(person.name)}**`
  if (picked[0] === 'approve') return say({ en: `Approved by ${name}`, fr: `Approuvé par ${name}` }, language)
  const declined = say({ en: `Declined by ${name}`, fr: `Refusé par ${name}` }, language)
  const reason = values['reason']
  return typeof reason === 'string' && reason !== '' ? `${question.colon(declined, language)} ${plain(question.clip(reason))}` : declined
}

function buttons({ reasons }: Settings, language: string): Button[] {
  const decline = say({ en: 'Decline', fr: 'Refuser' }, language)
  const label = say({ en: 'Reason', fr: 'Motif' }, language)
  const form = {
    title: decline,
    submit: decline,
    fields: [{ id: 'reason', label, kind: 'text' as const, required: reasons === 'required' }],
  }
  return [
    { id: 'approve', label: say({ en: 'Approve', fr: 'Approuver' }, language), style: 'primary' },
    { id: 'decline', label: decline, style: 'danger', ...(reasons === 'none' ? {} : { form }) },
  ]
}

function settle({
  answers,
  timeUp,
}: AskState<Settings> & { timeUp: boolean }): { exit: string; data: Record<string, unknown> } | undefined {
  const decision = question.firstOf(answers)
  if (!decision) return timeUp ? { exit: 'timeout', data: {} } : undefined
  const who = { by: decision.person, at: decision.at }
  return decision.picked[0] === 'approve'
    ? { exit: 'approved', data: who }
    : { exit: 'declined', data: { reason: decision.values['reason'] ?? null, ...who } }
}
