import type { Mission } from '../../../mission/mission.ts'

/** A value as text in which the order of keys does not count: the database keeps its own order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )
}

/** True when two documents are the same mission. */
export function sameMission(one: Mission, other: Mission): boolean {
  return one === other || canonical(one) === canonical(other)
}

/** How two versions of a mission differ, by the ids of their cards. */
export interface Difference {
  onlyMine: string[]
  onlyTheirs: string[]
  changed: string[]
  /** Lines were drawn differently. */
  lines: boolean
  /** Name or description differ. */
  about: boolean
}

/** Compares the own version of a mission with somebody else's. */
export function compareMissions(mine: Mission, theirs: Mission): Difference {
  const cards = (mission: Mission) => new Map([...mission.triggers, ...mission.steps].map((node) => [node.id, node]))
  const [own, other] = [cards(mine), cards(theirs)]
  const links = (mission: Mission) =>
    mission.links
      .map((link) => `${link.from} ${link.exit} ${link.to}`)
      .sort()
      .join()
  return {
    onlyMine: [...own.keys()].filter((id) => !other.has(id)),
    onlyTheirs: [...other.keys()].filter((id) => !own.has(id)),
    changed: [...own].filter(([id, node]) => other.has(id) && canonical(other.get(id)) !== canonical(node)).map(([id]) => id),
    lines: links(mine) !== links(theirs),
    about: mine.name !== theirs.name || mine.description !== theirs.description,
  }
}
