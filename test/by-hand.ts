import type { Mission } from '../src/mission/mission.ts'

/** From one row to the next; where a card leads to several by more than one exit, people leave more room. */
const rowHeight = { usual: 160, forked: 230 }

/** A mission whose cards lie the way people lay them: what follows a row below, one beside the other, each a little out of line. */
export function layByHand(mission: Mission): Mission {
  const rows = new Map(mission.triggers.map(({ id }) => [id, 0]))
  // Steps stand in reading order: whatever leads to one stands before it, but for loops.
  for (const { id } of mission.steps) {
    const before = mission.links.filter((link) => link.to === id).map((link) => rows.get(link.from) ?? 0)
    rows.set(id, Math.max(0, ...before) + 1)
  }
  const forks = Map.groupBy(mission.links, ({ from, exit }) => `${from} ${exit}`)
  const isForked = (id: string) => [...forks].filter(([exit, links]) => exit.startsWith(`${id} `) && links.length > 1).length > 1
  const tops = [0]
  for (let row = 0; row < rows.size; row++)
    tops.push((tops[row] ?? 0) + ([...rows].some(([id, at]) => at === row && isForked(id)) ? rowHeight.forked : rowHeight.usual))
  const placed = new Map<number, number>()
  const layout = [...rows].map(([id, row]) => {
    const column = placed.get(row) ?? 0
    placed.set(row, column + 1)
    return [id, { x: column * 320 + (row % 3) * 25, y: (tops[row] ?? 0) + (column % 2) * 14 }] as const
  })
  return { ...mission, layout: Object.fromEntries(layout) }
}
