import type { Cutting } from '../../../mission/cutting.ts'
import type { NewPart } from '../../../mission/edit.ts'
import { emptyMission, type Mission } from '../../../mission/mission.ts'
import { pickId } from '../../../mission/ids.ts'
import type { Naming } from '../draft/naming.ts'

/** So long the step waits for its mission at first: as long as people may take who are asked there. */
const within = '90d'

/** What was cut out as a mission that others run; what it needs is listed at its trigger. */
export function missionOf({ steps, links, entry, needs }: Cutting, name: string, naming: Naming): Mission {
  const id = pickId(new Set(steps.map((step) => step.id)), ['started'])
  const fields = needs.map((need) => {
    const [root = '', part] = need.reference.split('.')
    const source = root === 'trigger' || part === undefined ? (part ?? root) : `${naming.title(root)}: ${part}`
    return { id: need.name, label: source.slice(0, 150), kind: 'line', required: !need.maybeEmpty }
  })
  return {
    ...emptyMission(name),
    triggers: [{ id, type: 'run-by-mission', settings: fields.length === 0 ? {} : { fields } }],
    steps,
    links: [{ from: id, exit: 'done', to: entry }, ...links],
  }
}

/** The step that runs a mission in the place of what was cut out, and hands over what it needs. */
export function runningStep({ needs }: Cutting, mission: { id: string; name: string }): NewPart {
  const values = Object.fromEntries(
    needs.map(({ name, reference, maybeEmpty }) => [name, maybeEmpty ? `{{ ${reference} | default: nil }}` : `{{ ${reference} }}`]),
  )
  const settings = { mission: mission.id, wait: true, within, ...(needs.length === 0 ? {} : { values }) }
  return { type: 'run-mission', name: mission.name, settings }
}
