import type { NodeChange } from '@xyflow/react'
import { withHeld } from '../../../mission/body.ts'
import type { Mission, Point } from '../../../mission/mission.ts'
import type { FlowNode } from './flow.ts'
import { frameId } from './FrameNode.tsx'
import { lenderOf } from './lent.ts'
import type { Placing } from './placing.ts'

/** Where the cards that others hold come to lie when those are moved. */
export function carryHeld(mission: Mission, placing: Placing | undefined, points: Readonly<Record<string, Point>>): Record<string, Point> {
  const carried: Record<string, Point> = {}
  for (const [id, point] of Object.entries(points)) {
    const before = placing?.corners[id]
    if (!before) continue
    for (const held of withHeld(mission, [id])) {
      const corner = placing?.corners[held]
      if (corner) carried[held] = { x: corner.x + point.x - before.x, y: corner.y + point.y - before.y }
    }
  }
  return carried
}

/** Open ends move with their card, and so does its frame with all that is in it. */
export function carryAlong(changes: NodeChange<FlowNode>[], nodes: readonly FlowNode[], mission: Mission): NodeChange<FlowNode>[] {
  const carried = new Map<string, NodeChange<FlowNode>>()
  for (const change of changes) {
    if (change.type !== 'position' || !change.position) continue
    const card = nodes.find((node) => node.id === change.id)
    if (!card) continue
    const by = { x: change.position.x - card.position.x, y: change.position.y - card.position.y }
    const along = withHeld(mission, [change.id])
    const frames = new Set([...along].map(frameId))
    for (const node of nodes)
      if (
        node.id !== change.id &&
        (along.has(lenderOf(node.id)) ||
          frames.has(lenderOf(node.id)) ||
          (node.type === 'end' && along.has(node.data.from)) ||
          (node.type === 'note' && along.has(node.data.note.by ?? '')))
      )
        carried.set(node.id, { type: 'position', id: node.id, position: { x: node.position.x + by.x, y: node.position.y + by.y } })
  }
  for (const change of changes) if (change.type === 'position') carried.delete(change.id)
  return carried.size > 0 ? [...changes, ...carried.values()] : changes
}
