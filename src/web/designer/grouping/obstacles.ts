import { m } from '#messages'
import { catalogue } from '../../../catalogue/catalogue.ts'
import type { Mission } from '../../../mission/mission.ts'
import type { Obstacle } from '../../../mission/section.ts'
import { type Language, say } from '../../../mission/words.ts'
import type { Naming } from '../draft/naming.ts'

/** Why steps cannot be put together, and what to do, in one sentence. */
export function obstacleWords(obstacle: Obstacle, mission: Mission, naming: Naming, language: Language): string {
  const titles = (ids: readonly string[]) =>
    new Intl.ListFormat(language).format(ids.map((id) => m.designer_quoted({ title: naming.title(id) })))
  switch (obstacle.is) {
    case 'nothing':
      return m.designer_group_nothing()
    case 'trigger':
      return m.designer_group_trigger({ title: naming.title(obstacle.id) })
    case 'border':
      return m.designer_group_border()
    case 'ways-in':
      return m.designer_group_ways_in({ titles: titles(obstacle.ids) })
    case 'ways-out':
      return m.designer_group_ways_out({ titles: titles(obstacle.ids) })
    case 'first':
      return m.designer_group_first({ title: naming.title(obstacle.id) })
    case 'used':
      return m.designer_group_used({ title: naming.title(obstacle.by), inside: naming.title(obstacle.id) })
    case 'ends-inside': {
      const step = mission.steps.find(({ id }) => id === obstacle.id)
      const exits = step ? catalogue.kinds.step(step.type)?.exits(step.settings) : undefined
      const exit = exits?.find(({ name }) => name === obstacle.exit)
      const title = naming.title(obstacle.id)
      return exit && exits && exits.length > 1
        ? m.designer_group_ends_by({ title, exit: say(exit.label, language) })
        : m.designer_group_ends({ title })
    }
  }
}
