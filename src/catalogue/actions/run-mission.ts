import { z } from 'zod'
import { defineAction, question, readable, readableDuration, sentence, setting } from '../define.ts'
import { Refused } from '../trouble.ts'

const settings = z.object({
  mission: setting.mission({
    label: { en: 'Mission', fr: 'Mission' },
    help: {
      en: 'Its live version is used. It needs the trigger “Another mission runs it”.',
      fr: 'Sa version en service est utilisée. Il lui faut le déclencheur « Une autre mission l’exécute ».',
    },
  }),
  values: setting
    .data({
      label: { en: 'What it is given', fr: 'Ce qui lui est transmis' },
      help: { en: 'By the names that its trigger lists.', fr: 'Sous les noms que son déclencheur énumère.' },
    })
    .optional(),
  wait: setting
    .yesno({
      label: { en: 'Wait until it has ended', fr: 'Attendre qu’elle soit terminée' },
      help: {
        en: 'Whether this mission goes on only when the other has ended.',
        fr: 'Si cette mission attend la fin de l’autre pour continuer.',
      },
    })
    .default(true),
  within: setting
    .duration({
      label: { en: 'Time limit', fr: 'Délai' },
      help: {
        en: 'After it, the step leaves by “Not done in …”; the other mission goes on by itself.',
        fr: 'Passé ce délai, l’étape sort par « Pas fini après … » ; l’autre mission continue de son côté.',
      },
      placeholder: { en: '2d', fr: '2d' },
      when: { setting: 'wait', is: [true] },
      needed: true,
    })
    .optional(),
})

export default defineAction({
  type: 'run-mission',
  title: { en: 'Run another mission', fr: 'Exécuter une autre mission' },
  icon: 'player-play',
  group: 'flow',
  about: {
    en: 'Starts another mission, and waits until it has ended or goes on at once.',
    fr: 'Lance une autre mission, puis attend sa fin ou continue aussitôt.',
  },
  also: { en: 'call start automation', fr: 'lancer appeler automatisation' },
  summary: ({ mission, wait, within }) => {
    const which = readable(mission, { en: 'another mission', fr: 'une autre mission' }, { en: 'another mission', fr: 'une autre mission' })
    if (wait === false) return sentence(`Start ${which.en} and go on`, `Lancer ${which.fr} et continuer`)
    const limit = within ? readableDuration(within) : undefined
    return sentence(
      `Run ${which.en}${limit ? `, at most ${limit.en}` : ''}`,
      `Exécuter ${which.fr}${limit ? `, en ${limit.fr} au plus` : ''}`,
    )
  },
  settings,
  gives: ({ wait }) => [
    { name: 'run', label: { en: 'The run’s identifier', fr: 'Identifiant de l’exécution' }, kind: 'text' },
    { name: 'status', label: { en: 'How it stands', fr: 'Son état' }, kind: 'text', sample: wait === false ? 'running' : 'completed' },
    {
      name: 'outcome',
      label: { en: 'What its end said', fr: 'Ce que dit sa fin' },
      kind: 'text',
      sample: 'Nobody was free',
      maybeEmpty: true,
    },
  ],
  exits: ({ wait }) => [
    { name: 'done', label: { en: 'Then', fr: 'Ensuite' } },
    ...(wait === false ? [] : [{ name: 'timeout', label: { en: 'Time is up', fr: 'Délai écoulé' } }]),
  ],
  example: { mission: '0b0e7f52-3c1d-4a57-9f0e-2f6f0f3f7a11', values: { topic: '{{ trigger.topic }}' }, wait: true, within: '2d' },
  effect: 'world',
  repeat: 'The other mission is started once: that it has been is written down together with its run.',
  run: ({ settings: { mission, values, wait, within }, services }) => ({
    runs: {
      mission,
      values: values ?? {},
      wait,
      ...(wait && within ? { until: question.deadline(services.clock.now(), within) } : {}),
    },
  }),
  calling: {
    settle({ children: [child], timeUp, settings: { wait } }) {
      const data = { run: child?.run ?? null, status: child?.status ?? null, outcome: child?.outcome ?? null }
      if (timeUp) return { exit: 'timeout', data }
      if (!wait || child?.status === 'completed') return { exit: 'done', data }
      const words =
        child?.status === 'cancelled'
          ? { en: 'The other mission was cancelled.', fr: 'L’autre mission a été annulée.' }
          : { en: 'The other mission failed.', fr: 'L’autre mission a échoué.' }
      throw new Refused(words, {
        en: 'Open its run in the history to see why, then start this run again.',
        fr: 'Ouvrez son exécution dans l’historique pour savoir pourquoi, puis relancez celle-ci.',
      })
    },
  },
})
