import { useStoreApi } from '@xyflow/react'
import { useMemo, useRef } from 'react'
import type { Mission, Point } from '../../../mission/mission.ts'
import { useWorkshop } from '../workshop.ts'
import { useArrangement } from './arranging.ts'
import { holdStill, placeEnds, placeFreely, type Placing } from './placing.ts'
import { puzzleOf } from './puzzle.ts'
import { cardSize, type Scene } from './scene.ts'

/**
 * Where everything comes to lie. When a tidy picture is arranged anew, the card that has the eye stays where it was. Until a
 * new arrangement is there, the last one stays, overtaken.
 */
export function usePlacing(
  scene: Scene,
  layout: Mission['layout'],
  toggled: ReadonlySet<string>,
): { placing: Placing | undefined; overtaken: boolean } {
  const { draft } = useWorkshop()
  const view = useStoreApi()
  const free = Object.keys(layout).length > 0
  const puzzle = useMemo(() => (free ? undefined : puzzleOf(scene)), [free, scene])
  const { arrangement, overtaken } = useArrangement(puzzle)
  const shown = useRef<Placing>(undefined)
  const opened = useRef(toggled)
  const answered = useRef(arrangement)
  const laid = useRef<Laid>(undefined)
  const placing = useMemo(() => {
    if (free) laid.current = layFreely(scene, layout, laid.current)
    const next = free ? laid.current?.placing : arrangement && { ...placeEnds(scene, arrangement), free: false }
    const before = shown.current
    if (!next || !before || free) return (shown.current = next ?? before)
    const { width, height, transform } = view.getState()
    const [x, y, zoom] = transform
    const middle = { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom }
    const turned = [...toggled, ...opened.current].filter((id) => toggled.has(id) !== opened.current.has(id))
    // Asked anew, the layout answers a moment later; until then the old one is drawn.
    if (answered.current !== arrangement) opened.current = toggled
    answered.current = arrangement
    const anchor = findAnchor(before, next, [...turned, ...draft.getState().selection], scene, middle)
    const where = anchor === undefined ? undefined : before.corners[anchor]
    return (shown.current = anchor !== undefined && where ? { ...holdStill(next, anchor, where), free } : next)
  }, [arrangement, draft, free, layout, scene, toggled, view])
  return { placing, overtaken }
}

/** A picture laid by hand, and what it was made of. */
interface Laid {
  layout: Mission['layout']
  shape: string
  placing: Placing
}

/** Lays cards as somebody laid them. A letter in a setting changes no place, and finding places takes 20 ms with 500 steps. */
function layFreely(scene: Scene, layout: Mission['layout'], last: Laid | undefined): Laid {
  const shape = JSON.stringify([puzzleOf(scene), scene.cards.map((card) => [card.meeting, card.ports])])
  return last?.layout === layout && last.shape === shape ? last : { layout, shape, placing: placeFreely(scene, layout) }
}

/** A card that stays where it is: one that was opened, closed or chosen, what leads to it, or else the one in the middle of the view. */
function findAnchor(before: Placing, after: Placing, wanted: readonly string[], scene: Scene, middle: Point): string | undefined {
  const isThere = (id: string) => before.corners[id] !== undefined && after.corners[id] !== undefined
  const leading = scene.lines.filter((each) => wanted.includes(each.to)).map((each) => each.from)
  const known = [...wanted, ...leading].find(isThere)
  if (known !== undefined) return known
  const awayOf = ({ x, y }: Point) => Math.hypot(x + cardSize.width / 2 - middle.x, y + cardSize.height / 2 - middle.y)
  let nearest: { id: string; away: number } | undefined
  for (const { id } of scene.cards) {
    const corner = before.corners[id]
    if (!corner || !isThere(id)) continue
    const away = awayOf(corner)
    if (!nearest || away < nearest.away) nearest = { id, away }
  }
  return nearest?.id
}
