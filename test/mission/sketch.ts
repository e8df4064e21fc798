import { type Mission, missionSchema } from '../../src/mission/mission.ts'

/**
 * A mission from its links alone, one group per line: `ask.yes -> greet & report` (without an exit: `done`). Steps are what is linked to, and
 * what `settings` adds: joins, `maxVisits`. Triggers are the sources that nothing leads to, unless `settings` names them as steps.
 */
export function sketch(lines: string, settings: Record<string, object> = {}): Mission {
  const links = lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [source = '', targets = ''] = line.split('->').map((part) => part.trim())
      const [from, exit = 'done'] = source.split('.')
      return targets.split('&').map((to) => ({ from, exit, to: to.trim() }))
    })
  const steps = new Set([...links.map((link) => link.to), ...Object.keys(settings)])
  const triggers = new Set(links.map((link) => link.from).filter((from) => from !== undefined && !steps.has(from)))
  return missionSchema.parse({
    format: 1,
    name: 'Sketch',
    triggers: [...triggers].map((id) => ({ id, type: 'by-hand' })),
    steps: [...steps].map((id) => ({ id, type: 'note', ...settings[id] })),
    links,
  })
}
