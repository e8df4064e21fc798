import { z } from 'zod'
import type { Mission, Step } from '../mission/mission.ts'
import { catalogue, settingMeta, type Catalogue } from './catalogue.ts'
import type { Action } from './define.ts'
import { holdsReference } from './setting.ts'

/** A mission that another one is to run, as far as that decides whether it can be. */
export interface Called {
  id: string
  name: string
  archived: boolean
  /** What is live of it; null when nothing is. */
  live: Pick<Mission, 'triggers'> | null
}

/** How the ids of problems begin that a publishing of other missions ends. */
export const calledProblem = 'called-'

/** A step that runs a certain mission, and the setting that says which. */
export interface Call {
  step: Step
  setting: string
  mission: string
}

/** Which missions a mission's steps run, as their settings say. What is taken from data is known in a run only. */
export function callsOf(mission: Mission, known: Catalogue = catalogue): Call[] {
  return mission.steps.flatMap((step) => {
    const action = known.actions.get(step.type)
    return (action ? settingsOf(action) : []).flatMap((setting) => {
      const value = step.settings[setting]
      return typeof value === 'string' && value !== '' && !holdsReference(value) ? [{ step, setting, mission: value }] : []
    })
  })
}

const found = new WeakMap<Action, string[]>()

/** The settings of an action that name a mission. Remembered: a mission may have thousands of steps, and almost none of them runs another. */
function settingsOf(action: Action): string[] {
  const remembered = found.get(action)
  if (remembered) return remembered
  const settings = Object.entries(action.settings.shape).flatMap(([setting, schema]) =>
    schema instanceof z.ZodType && settingMeta(schema)?.widget === 'mission' ? [setting] : [],
  )
  found.set(action, settings)
  return settings
}

/** The ids of the missions that a mission's steps run, each once, in a fixed order. */
export function calledBy(mission: Mission, known: Catalogue = catalogue): string[] {
  return [...new Set(callsOf(mission, known).map((call) => call.mission))].sort()
}
