import { z } from 'zod'
import { parseSettings, settingMeta } from '../catalogue/catalogue.ts'
import type { Action, Outcome } from '../catalogue/define.ts'
import type { Services } from '../catalogue/services.ts'
import { isInterruption, Trouble, Unavailable, type TroubleRecord } from '../catalogue/trouble.ts'
import { renderSettings, type RenderMode, UnreadableText } from '../mission/data.ts'
import type { Step } from '../mission/mission.ts'
import type { Words } from '../mission/words.ts'
import { keepable, mendedText, readOutcome } from './given.ts'
import { troubleSchema } from './journal.ts'

/** What performing one visit came to. `settings` are its inputs, after references were filled in. */
export type Performed =
  | { kind: 'outcome'; outcome: Outcome; settings: Record<string, unknown> }
  | { kind: 'trouble'; trouble: TroubleRecord; retryAfter?: number; settings?: Record<string, unknown> }

/** One visit to perform: which step by which action, the run's data so far, and the ports it may use. */
export interface Performing {
  step: Step
  action: Action
  data: Record<string, unknown>
  services: Services
  /** The same for every repeat of the visit: `run/step/visit`. */
  key: string
}

/**
 * Performs one visit: fills in the references, checks the result against the action's schema, runs the action.
 *
 * @throws Interrupted when the program itself could not go on; the visit is to be performed again. Nothing else is ever thrown.
 */
export async function perform({ step, action, data, services, key }: Performing): Promise<Performed> {
  const read = readSettings(action, step, data)
  if ('trouble' in read) return read
  const { settings } = read
  try {
    const outcome = readOutcome(await action.run({ settings, services, key }))
    // The items are kept once: as the list that the settings have.
    const listed = action.holds && 'runs' in outcome && 'items' in outcome.runs ? { [action.holds.list]: outcome.runs.items } : {}
    return { kind: 'outcome', outcome, settings: { ...settings, ...listed } }
  } catch (error) {
    if (isInterruption(error)) throw error
    return { ...troubled(error), settings }
  }
}

/** How the references in a setting become text: message texts mention people, plain texts name them, the rest keeps values. */
export function renderMode(action: Pick<Action, 'settings'>, key: string): RenderMode {
  const field: unknown = action.settings.shape[key]
  const widget = field instanceof z.ZodType ? settingMeta(field)?.widget : undefined
  if (widget === 'message') return 'message'
  return widget === 'line' || widget === 'text' || widget === 'row' || widget === 'headers' || widget === 'table' || widget === 'choices'
    ? 'text'
    : 'value'
}

type ReadSettings = { settings: Record<string, unknown> } | Extract<Performed, { kind: 'trouble' }>

function readSettings(action: Action, step: Step, data: Record<string, unknown>): ReadSettings {
  let rendered: Record<string, unknown>
  try {
    rendered = keepable(renderSettings(step.settings, data, (key) => renderMode(action, key)))
  } catch (error) {
    return troubled(error)
  }
  const read = parseSettings(action.settings, rendered)
  if (read.success) return { settings: read.data }
  const key = String(read.error.issues[0]?.path[0] ?? '')
  const field: unknown = action.settings.shape[key]
  const label: Words = (field instanceof z.ZodType ? settingMeta(field)?.label : undefined) ?? { en: key, fr: key }
  return {
    kind: 'trouble',
    settings: rendered,
    trouble: {
      kind: 'misconfigured',
      what: {
        en: `“${label.en}” came out empty or unusable with the data of this run.`,
        fr: `« ${label.fr} » s’est révélé vide ou inutilisable avec les données de cette exécution.`,
      },
      remedy: {
        en: 'Open the step’s settings and give the data it uses a fallback, or pick other data.',
        fr: 'Ouvrez les réglages de l’étape et donnez une valeur de repli aux données utilisées, ou choisissez d’autres données.',
      },
    },
  }
}

/** Longest time that another side may ask to be left alone, in milliseconds. */
const longestRest = 7 * 86_400_000

/** Whatever was thrown, as a trouble in words. What is no Trouble is a defect of the action and is not retried. Never throws, however odd that is. */
export function troubled(error: unknown): Extract<Performed, { kind: 'trouble' }> {
  try {
    if (error instanceof Trouble) {
      const { kind, what, remedy } = troubleSchema.parse(error.record())
      const retryAfter = error instanceof Unavailable ? error.retryAfter : undefined
      return {
        kind: 'trouble',
        trouble: { kind, what: mendedWords(what), remedy: mendedWords(remedy) },
        ...(retryAfter !== undefined && retryAfter > 0 ? { retryAfter: Math.min(retryAfter, longestRest) } : {}),
      }
    }
    if (error instanceof UnreadableText)
      return { kind: 'trouble', trouble: { kind: 'misconfigured', what: error.fault.why, remedy: error.fault.remedy } }
    return defect(error instanceof Error ? error.message : String(error))
  } catch {
    return defect('something that cannot be read was thrown')
  }
}

const mendedWords = ({ en, fr }: Words): Words => ({ en: mendedText(en), fr: mendedText(fr) })

function defect(message: string): Extract<Performed, { kind: 'trouble' }> {
  const short = mendedText(message.slice(0, 300))
  return {
    kind: 'trouble',
    trouble: {
      kind: 'refused',
      what: { en: `The step stopped because of a defect: ${short}`, fr: `L’étape s’est arrêtée à cause d’un défaut : ${short}` },
      remedy: {
        en: 'Nothing else in the run was harmed. Tell whoever looks after the program, with the time of this run.',
        fr: 'Le reste de l’exécution n’est pas touché. Prévenez la personne qui s’occupe du programme en indiquant l’heure de cette exécution.',
      },
    },
  }
}
