import { catalogue } from '../../../catalogue/catalogue.ts'
import { eachExit } from '../../../mission/body.ts'
import type { Mission, Step } from '../../../mission/mission.ts'

/** The exit by which a step of its kind goes on when all is well: its first one, never the one into its body; null when it has none. */
export function exitOf(step: Pick<Step, 'type' | 'settings'>): string | null {
  const exits = catalogue.kinds.step(step.type)?.exits(step.settings) ?? [{ name: 'done' }]
  return exits.find(({ name }) => name !== eachExit)?.name ?? null
}

/** The same for the steps of a mission, by their ids. */
export function exitsOf(mission: Mission): (id: string) => string | null | undefined {
  const exits = new Map(mission.steps.map((step) => [step.id, exitOf(step)]))
  return (id) => exits.get(id)
}
