import type { Link, Point } from '../../../mission/mission.ts'

/** Where something can be added. */
export type Spot =
  /** Into a line: between the two. */
  | { at: 'line'; link: Link }
  /** At an exit: the first thing there, or one more at the same time. */
  | { at: 'exit'; from: string; exit: string }
  /** By itself, at a point of the canvas when it was dropped there. */
  | { at: 'loose'; point?: Point }
  /** A trigger, on top. */
  | { at: 'top' }
