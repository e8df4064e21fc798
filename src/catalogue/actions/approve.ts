import { z } from 'zod'
import {
  asking,
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
  type Answer,
  type AskState,
  type Button,
  type Message,
  need,
} from '../define.ts'

const settings = z.object({
  whom: setting.people({
    label: { en: 'Who decides', fr: 'Qui décide' },
    help: { en: 'Everybody named here is asked for a yes or a no.', fr: 'Chaque personne nommée ici est invitée à dire oui ou non.' },
  }),
  request: setting.message({
    label: { en: 'Request', fr: 'Demande' },
    help: { en: 'What they read above the two buttons.', fr: 'Ce qu’elles lisent au-dessus des deux boutons.' },
    placeholder: { en: 'May Ana take next week off?', fr: 'Ana peut-elle prendre la semaine prochaine ?' },
  }),
  reasons: setting
    .option(['none', 'optional', 'required'], {
      label: { en: 'Reason when declining', fr: 'Motif en cas de refus' },
      help: { en: 'Whether somebody who declines is asked why.', fr: 'Si l’on demande pourquoi à qui refuse.' },
      options: {
        none: { en: 'Not asked for', fr: 'Pas demandé' },
        optional: { en: 'May be given', fr: 'Facultatif' },
        required: { en: 'Must be given', fr: 'Obligatoire' },
      },
    })
    .default('optional'),
  ...asking.needed({
    first: { en: 'The first decision', fr: 'La première décision' },
    everybody: { en: 'Everybody’s approval', fr: 'L’accord de chacun' },
    number: { en: 'At least so many approvals', fr: 'Un nombre minimum d’accords' },
  }),
  veto: setting
    .option(['anybody', 'named', 'nobody'], {
      label: { en: 'Who can veto', fr: 'Qui a un droit de veto' },
      help: {
        en: 'A veto declines at once. Other refusals decline once too few are left to approve.',
        fr: 'Un veto refuse aussitôt. Les autres refus l’emportent dès qu’il reste trop peu de personnes pour accepter.',
      },
      options: {
        anybody: { en: 'Everybody who decides', fr: 'Chaque personne qui décide' },
        named: { en: 'Some of them', fr: 'Certaines d’entre elles' },
        nobody: { en: 'Nobody', fr: 'Personne' },
      },
      when: { setting: 'needed', is: ['number'] },
    })
    .default('anybody'),
  vetoers: setting
    .people({
      label: { en: 'Who of them', fr: 'Lesquelles' },
      help: { en: 'Only their refusal declines at once.', fr: 'Seul leur refus l’emporte aussitôt.' },
      when: { setting: 'veto', is: ['named'] },
      needed: true,
    })
    .optional(),
  ...asking.limit({
    label: { en: 'Time limit', fr: 'Délai' },
    help: { en: 'After it, the step leaves by “No answer in …”.', fr: 'Passé ce délai, l’étape sort par « Sans réponse après … ».' },
    placeholder: { en: '2d', fr: '2d' },
  }),
  ...asking.reminders(),
  ...asking.escalation(),
  otherwise: setting
    .option(['timeout', 'approved', 'declined'], {
      label: { en: 'When the time is up', fr: 'Délai écoulé' },
      help: { en: 'What counts when nobody has decided by then.', fr: 'Ce qui compte si personne n’a décidé d’ici là.' },
      options: {
        timeout: { en: 'Leave by “No answer in …”', fr: 'Sortir par « Sans réponse après … »' },
        approved: { en: 'Count it as approved', fr: 'Considérer comme approuvé' },
        declined: { en: 'Count it as declined', fr: 'Considérer comme refusé' },
      },
      fold: asking.fold,
    })
    .default('timeout'),
  ...asking.hours(true),
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
  also: { en: 'yes no decision permission sign off', fr: 'oui non décision valider validation accord' },
  summary: (written) => {
    const { whom, request, within, otherwise } = written
    const who = readablePeople(whom)
    const what = quoted(request, { en: 'something', fr: 'quelque chose' })
    const limit = within ? readableDuration(within) : undefined
    const usual =
      otherwise === 'approved'
        ? { en: 'approved', fr: 'approuvé' }
        : otherwise === 'declined'
          ? { en: 'declined', fr: 'refusé' }
          : undefined
    const ladder = asking.ladderWords(written, usual)
    const count = asking.writtenCount(written)
    const wish =
      count === undefined
        ? { en: `Ask ${who.en} to approve ${what.en}`, fr: `Demander à ${who.fr} d’approuver ${what.fr}` }
        : {
            en: `Get ${count} ${count === 1 ? 'approval' : 'approvals'} of ${what.en} from ${who.en}`,
            fr: `Obtenir ${count} ${count < 2 ? 'accord' : 'accords'} de ${who.fr} pour ${what.fr}`,
          }
    return sentence(
      `${wish.en}${limit ? ` within ${limit.en}` : ''}${ladder.en}`,
      `${wish.fr}${limit ? `, délai : ${limit.fr}` : ''}${ladder.fr}`,
    )
  },
  settings,
  gives: ({ reasons, otherwise }) => {
    const usual = otherwise === 'approved' || otherwise === 'declined'
    const byNobody = usual ? { maybeEmpty: true } : {}
    return [
      {
        name: 'reason',
        label: { en: 'Why it was declined', fr: 'Motif du refus' },
        kind: 'text',
        sample: 'That week is the release.',
        exits: ['declined'],
        ...(reasons === 'required' && otherwise !== 'declined' ? {} : { maybeEmpty: true }),
      },
      {
        name: 'by',
        label: { en: 'Who decided', fr: 'Qui a décidé' },
        kind: 'person',
        sample: sample.samplePerson,
        exits,
        ...byNobody,
      },
      { name: 'at', label: { en: 'When', fr: 'Quand' }, kind: 'instant', sample: sample.sampleInstant, exits, ...byNobody },
      ...(usual
        ? [
            {
              name: 'defaulted',
              label: { en: 'Was it decided by the time limit?', fr: 'Décidé par la fin du délai ?' },
              kind: 'yesno' as const,
              sample: false,
              exits,
            },
          ]
        : []),
      { name: 'approved_by', label: { en: 'Who approved', fr: 'Qui a approuvé' }, kind: 'people', sample: [] },
      { name: 'declined_by', label: { en: 'Who declined', fr: 'Qui a refusé' }, kind: 'people', sample: [] },
      { name: 'missing', label: { en: 'Who has not answered', fr: 'Qui n’a pas répondu' }, kind: 'people', sample: [] },
    ]
  },
  exits: ({ otherwise }) => [
    { name: 'approved', label: { en: 'Approved', fr: 'Approuvé' } },
    { name: 'declined', label: { en: 'Declined', fr: 'Refusé' } },
    ...(otherwise === 'approved' || otherwise === 'declined' ? [] : [{ name: 'timeout', label: { en: 'Time is up', fr: 'Délai écoulé' } }]),
  ],
  needs: ({ reasons, request }) => [need.redrawing, ...(reasons === 'none' ? [] : [need.form]), ...need.text(request)],
  example: { whom: ['maya@example.com'], request: 'May Ana take next week off?', reasons: 'optional', within: '2d' },
  effect: 'world',
  repeat: 'Messages that were already sent are not sent again, and a decision that came in counts.',
  check: (written) => {
    const people = asking.namedPeople(written.whom)
    const shared = asking.faults(written, people)
    const vetoers = written.veto === 'named' ? asking.namedPeople(written.vetoers) : undefined
    if (people && vetoers?.every((one) => !people.some((other) => isSame(one, other))))
      shared.push({
        setting: 'vetoers',
        why: { en: 'None of them is asked, so nobody could veto.', fr: 'Aucune n’est interrogée : personne ne pourrait s’opposer.' },
        remedy: { en: 'Choose among those who decide.', fr: 'Choisissez parmi les personnes qui décident.' },
      })
    return shared
  },
  asking: { show, settle },
  run: ({ settings }) => ({ ask: { to: { people: setting.listPeople(settings.whom) }, ...asking.request(settings) } }),
})

type State = AskState<Settings>

function show(state: State & { until?: Date; over?: question.Over }): Message {
  const { settings, answers, language, over } = state
  const first = question.firstOf(answers)
  const decisions = settings.needed === 'first' ? (over && first ? [first] : []) : answers
  const usual = over === 'timeout' ? byDefault(state) : undefined
  return question.draw(state, {
    text: settings.request,
    buttons: buttons(settings, language),
    lines: [
      ...decisions.map((decision) => decisionLine(decision, language)),
      ...(usual
        ? [
            usual === 'approved'
              ? say({ en: '_It counts as approved._', fr: '_La demande est considérée comme approuvée._' }, language)
              : say({ en: '_It counts as declined._', fr: '_La demande est considérée comme refusée._' }, language),
          ]
        : []),
    ],
    progress: settings.needed === 'first' ? undefined : approvalsNote(state),
    before: { en: 'Please decide by', fr: 'Merci de décider avant le' },
  })
}

/** “1 of 2 approvals”. */
function approvalsNote(state: State): string {
  const count = state.answers.filter(isApproval).length
  const wanted = asking.wantedOf(state.settings, state)
  return say(
    {
      en: `${count} of ${wanted} ${wanted === 1 ? 'approval' : 'approvals'}`,
      fr: `${count} ${count < 2 ? 'accord' : 'accords'} sur ${wanted}`,
    },
    state.language,
  )
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

const isApproval = ({ picked }: Answer) => picked[0] === 'approve'

/** True for two mentions of the same person: an id, an e-mail address or a name, or somebody from earlier data. */
function isSame(one: unknown, other: unknown): boolean {
  const names = (who: unknown) =>
    (typeof who === 'object' && who !== null
      ? ['id', 'email', 'name'].flatMap((part) => (part in who ? [Reflect.get(who, part) as unknown] : []))
      : [who]
    ).flatMap((name) => (typeof name === 'string' ? [name.trim().replace(/^@/, '').toLowerCase()] : []))
  const known = new Set(names(one))
  return names(other).some((name) => known.has(name))
}

/** What has been decided, and by whose press; undefined while it is open. */
function decide(state: State): { exit: 'approved' | 'declined'; by: Answer } | undefined {
  const { settings, answers, asked } = state
  const first = question.firstOf(answers)
  const newest = question.newestOf(answers)
  if (!first || !newest) return undefined
  if (settings.needed === 'first') return { exit: isApproval(first) ? 'approved' : 'declined', by: first }
  const declines = answers.filter((answer) => !isApproval(answer))
  const vetoes = declines.filter(({ person }) => canVeto(settings, person))
  const veto = question.firstOf(vetoes)
  if (veto) return { exit: 'declined', by: veto }
  if (asking.isEnough(settings, { ...state, answers: answers.filter(isApproval) })) return { exit: 'approved', by: newest }
  // Whoever has not answered may still approve; when even all of them would not be enough, it is over.
  const open = asked.length - asked.filter(({ id }) => answers.some(({ person }) => person.id === id)).length
  const reachable = answers.length - declines.length + open >= asking.wantedOf(settings, state)
  return reachable ? undefined : { exit: 'declined', by: question.newestOf(declines) ?? newest }
}

/** Where everybody must approve, everybody's refusal is a veto. */
function canVeto({ needed, veto, vetoers }: Settings, person: Answer['person']): boolean {
  if (needed === 'everybody' || veto === 'anybody') return true
  return veto === 'named' && vetoers !== undefined && setting.listPeople(vetoers).some((one) => isSame(one, person))
}

/** How it ends when the time is up and nothing was decided. */
function byDefault(state: State): 'approved' | 'declined' | undefined {
  const { otherwise } = state.settings
  return otherwise === 'timeout' || decide(state) ? undefined : otherwise
}

function settle(state: State & { timeUp: boolean }): { exit: string; data: Record<string, unknown> } | undefined {
  const { settings, answers, asked, standIns, timeUp } = state
  const all = {
    approved_by: answers.filter(isApproval).map(({ person }) => person),
    declined_by: answers.filter((answer) => !isApproval(answer)).map(({ person }) => person),
    missing: question.missingOf(asked, answers, standIns),
  }
  const usual = settings.otherwise === 'timeout' ? {} : { defaulted: false }
  const decision = decide(state)
  if (decision) {
    const { exit, by } = decision
    const reason = exit === 'declined' ? { reason: by.values['reason'] ?? null } : {}
    return { exit, data: { ...reason, by: by.person, at: by.at, ...usual, ...all } }
  }
  if (!timeUp) return undefined
  if (settings.otherwise === 'timeout') return { exit: 'timeout', data: all }
  const reason = settings.otherwise === 'declined' ? { reason: null } : {}
  return { exit: settings.otherwise, data: { ...reason, by: null, at: null, defaulted: true, ...all } }
}
