import { holders } from '../../../mission/body.ts'
import type { Mission } from '../../../mission/mission.ts'
import { analyse, type Block } from '../../../mission/paths.ts'

/**
 * Steps at which branches that run at the same time really meet, so that it matters what the step waits for. The arms of a
 * choice that come together again are not: only one of them is ever alive.
 */
export function findMeetings(mission: Mission): Set<string> {
  const meetings = new Set<string>()
  const links = new Map<string, number>()
  for (const link of mission.links) links.set(link.to, (links.get(link.to) ?? 0) + 1)
  const crowded = (id: string) => (links.get(id) ?? 0) > 1
  const look = (block: Block, isCrowded: (id: string) => boolean) => {
    for (const thread of block.threads) if (!thread.prompt && isCrowded(thread.head)) meetings.add(thread.head)
  }
  if (![...links.values()].some((count) => count > 1)) return meetings
  for (const start of [...mission.triggers.map(({ id }) => id), ...holders(mission)]) {
    const paths = analyse(mission, start)
    const blocks = new Set([paths.root])
    for (const ways of paths.ways.values())
      for (const way of ways.values()) {
        if (!way.fork) continue
        blocks.add(way.fork.block)
        if (crowded(way.fork.join)) meetings.add(way.fork.join)
      }
    for (const block of blocks) look(block, crowded)
  }
  return meetings
}
