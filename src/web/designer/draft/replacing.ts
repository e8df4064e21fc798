import { m } from '#messages'
import { catalogue, settingMeta } from '../../../catalogue/catalogue.ts'
import * as edit from '../../../mission/edit.ts'
import { failedExit, type Mission, type Step } from '../../../mission/mission.ts'
import { sameValue } from '../../../mission/sameness.ts'
import { type Language, say } from '../../../mission/words.ts'
import { exitOf } from './exits.ts'

/**
 * Puts another kind of step in a step's place, with all that fits: the settings that mean the same there, the lines of exits that it
 * has as well. `begun` are the settings with which a new step of that kind begins.
 */
export function replaceBy(mission: Mission, id: string, type: string, begun: Step['settings']): Mission {
  const step = mission.steps.find((one) => one.id === id)
  const kind = catalogue.kinds.step(type)
  const shape = catalogue.actions.get(type)?.settings.shape
  if (!step || !kind || !shape) return mission
  const fitting = Object.entries(step.settings).filter(([key, value]) => shape[key]?.safeParse(value).success === true)
  const settings = { ...begun, ...Object.fromEntries(fitting) }
  return edit.replaceStep(mission, id, { type, settings, exits: kind.exits(settings).map((exit) => exit.name) }, exitOf(step))
}

/** What a step would lose if another kind took its place, in one sentence; undefined when it would lose nothing. */
export function lossOf(mission: Mission, id: string, replaced: Mission, language: Language): string | undefined {
  const [before, after] = [mission.steps.find((step) => step.id === id), replaced.steps.find((step) => step.id === id)]
  if (!before || !after) return undefined
  const lost = [...settingsLost(before, after, language), ...exitsLost(before, mission, replaced, language)]
  if (replaced.steps.some((step, at) => step.within !== mission.steps[at]?.within)) lost.push(m.designer_replace_loses_held())
  return lost.length === 0 ? undefined : m.designer_replace_loses({ what: new Intl.ListFormat(language).format(lost) })
}

function settingsLost(before: Step, after: Step, language: Language): string[] {
  const shape = catalogue.actions.get(before.type)?.settings.shape ?? {}
  const lost = Object.keys(before.settings).filter((key) => !sameValue(before.settings[key], after.settings[key]))
  return lost.map((key) => {
    const meta = shape[key] && settingMeta(shape[key])
    return meta ? say(meta.label, language) : key
  })
}

function exitsLost(before: Step, mission: Mission, replaced: Mission, language: Language): string[] {
  const targets = new Set(replaced.links.filter((link) => link.from === before.id).map((link) => link.to))
  const labels = new Map(
    catalogue.kinds
      .step(before.type)
      ?.exits(before.settings)
      .map((exit) => [exit.name, say(exit.label, language)]),
  )
  const lost = mission.links.filter((link) => link.from === before.id && link.exit !== failedExit && !targets.has(link.to))
  return [...new Set(lost.map(({ exit }) => exit))].map((exit) => m.designer_replace_loses_exit({ exit: labels.get(exit) ?? exit }))
}
