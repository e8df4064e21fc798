import type { Link } from '../../../mission/mission.ts'
import type { Walk } from '../../../mission/walk.ts'
import { lineId } from '../canvas/scene.ts'

/** One moment of a walk on the canvas: the card it comes to, and the lines on which it comes there. */
export interface Stage {
  card: string
  /** Names of lines on the canvas; several where branches meet. */
  lines: readonly string[]
}

/** A walk that is being shown. */
export interface Showing {
  stages: readonly Stage[]
  /** The stage that is shown now; all before it stay marked. */
  at: number
  /** The walk in words. */
  sentence: string
}

/** A walk as what lights up on the canvas, one after the other. */
export function trackOf(walk: Walk, links: readonly Link[]): Stage[] {
  return walk.map(({ step }, at) => {
    const left = new Set(walk.slice(0, at).map((move) => `${move.step} ${move.exit}`))
    return {
      card: step,
      lines: links.filter((link) => link.to === step && left.has(`${link.from} ${link.exit}`)).map((link) => lineId(link)),
    }
  })
}

/** How a card is marked while a walk is shown: the walk is there now, or has been. */
export function cardInWalk(walk: Showing | undefined, id: string): 'now' | 'before' | undefined {
  if (!walk) return undefined
  if (walk.stages[walk.at]?.card === id) return 'now'
  return walk.stages.slice(0, walk.at).some(({ card }) => card === id) ? 'before' : undefined
}

/** Whether a walk has come along a line. */
export function isLineInWalk(walk: Showing | undefined, name: string): boolean {
  return walk !== undefined && walk.stages.slice(0, walk.at + 1).some(({ lines }) => lines.includes(name))
}
