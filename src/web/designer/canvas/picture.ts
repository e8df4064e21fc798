import { applyNodeChanges, type NodeChange } from '@xyflow/react'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { withHeld } from '../../../mission/body.ts'
import type { Point } from '../../../mission/mission.ts'
import { useFaults } from '../review/faults.ts'
import { useDesk, useDraft, useWorkshop } from '../workshop.ts'
import { carryAlong, carryHeld } from './carrying.ts'
import { drawCompared, unite } from './compared.ts'
import { type CardFault, drawEdges, drawNodes, type FlowNode, Sameness } from './flow.ts'
import { foldFaults, foldScene, holdersOf } from './frames.ts'
import { useGlide } from './gliding.ts'
import type { LineEdgeType } from './LineEdge.tsx'
import { isLent } from './lent.ts'
import { useLent } from './lending.ts'
import { isFree, type Placing } from './placing.ts'
import { usePlacing } from './settling.ts'
import { cardIds } from '../notes/lying.ts'
import { drawNotes } from '../notes/NoteNode.tsx'
import { useRehoming } from './rehoming.ts'
import type { Scene } from './scene.ts'
import { useScene, useSketch } from './SceneProvider.tsx'

/** The mission as React Flow draws it, and what moving cards by hand does. */
export interface Picture {
  scene: Scene
  /** Undefined until the first layout is there. */
  placing: Placing | undefined
  /** Where the cards come to lie, once they have glided there; undefined while that is being worked out. */
  aim: Placing | undefined
  nodes: FlowNode[]
  edges: LineEdgeType[]
  onNodesChange(changes: NodeChange<FlowNode>[]): void
  onDragStart(event: unknown, node: FlowNode, nodes: FlowNode[]): void
  onDrag(event: MouseEvent | TouchEvent, node: FlowNode): void
  onDragStop(event: MouseEvent | TouchEvent, node: FlowNode, nodes: FlowNode[]): void
}

const nobody: ReadonlySet<string> = new Set()
const nothing: ReadonlyMap<string, CardFault> = new Map()
const none: FlowNode[] = []

/** Everything the canvas draws, brought up to date as the mission, the layout and the problems change. */
export function usePicture(): Picture {
  const { draft, commands } = useWorkshop()
  const drawn = useScene()
  const compared = useDesk((state) => state.compared)
  const sketch = useSketch()
  const whole = useMemo(() => (compared ? drawCompared(compared, sketch) : drawn), [compared, drawn, sketch])
  const toggled = useDesk((state) => state.toggled)
  const lent = useLent(whole, toggled)
  const scene = useMemo(() => foldScene(lent, toggled), [lent, toggled])
  useUnfolding(whole)
  const laid = useDraft((state) => state.mission.layout)
  const layout = useMemo(() => (compared ? unite(compared).layout : laid), [compared, laid])
  const selection = useDraft((state) => state.selection)
  const mayNot = useDraft((state) => state.readOnly)
  const readOnly = mayNot || compared !== undefined
  const line = useDesk((state) => state.line)
  const marks = compared?.marks
  const { byCard } = useFaults()
  const fresh = useDesk((state) => state.fresh)
  const faults = useDeferredValue(
    useMemo(() => {
      // Whoever compares looks for what is different.
      if (compared) return nothing
      const reproved = fresh.length === 0 ? byCard : new Map([...byCard].filter(([id]) => !fresh.includes(id)))
      return foldFaults(reproved, whole, scene)
    }, [byCard, compared, fresh, whole, scene]),
  )
  const { placing: settled, overtaken } = usePlacing(scene, layout, toggled)
  const placing = useGlide(settled)
  const [moving, setMoving] = useState(nobody)
  const same = useRef(new Sameness())
  const look = useMemo(
    () => placing && { placing, faults, marks, selection, line, readOnly, moving },
    [placing, faults, marks, selection, line, readOnly, moving],
  )
  const notes = useDraft((state) => state.mission.notes)
  const wanted = useMemo(() => {
    if (!look) return undefined
    const cards: FlowNode[] = drawNodes(scene, look, same.current)
    if (!notes) return cards
    const { corners } = look.placing
    return [...cards, ...drawNotes(notes, { corners, cards: cardIds(draft.getState().mission), selection, readOnly })]
  }, [scene, look, notes, draft, selection, readOnly])
  const edges = useMemo(() => (look ? drawEdges(scene, look, same.current) : []), [scene, look])
  const [nodes, setNodes] = useState(none)
  useEffect(() => setNodes(wanted ?? none), [wanted])

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const picked = pick(draft.getState().selection, changes)
      if (picked) draft.getState().select(picked)
      setNodes((current) =>
        applyNodeChanges(
          carryAlong(
            // Cards have one size; a note is as large as somebody makes it.
            changes.filter((change) => change.type === 'position' || (change.type === 'dimensions' && change.resizing !== undefined)),
            current,
            draft.getState().mission,
          ),
          current,
        ),
      )
    },
    [draft],
  )
  const rehoming = useRehoming()
  const start = useCallback(
    (moved: readonly FlowNode[]) =>
      setMoving(
        withHeld(
          draft.getState().mission,
          moved.map((node) => node.id),
        ),
      ),
    [draft],
  )
  const stop = useCallback(
    (moved: readonly FlowNode[]) => {
      setMoving(nobody)
      // Moving one card by hand fixes where all the others lie as well, or they would rearrange themselves around it.
      const { mission } = draft.getState()
      const laid = moved.filter((node) => node.type === 'note')
      if (laid.length > 0) commands.layNotes(Object.fromEntries(laid.map((node) => [node.id, node.position])))
      if (laid.length === moved.length) return
      const corners = isFree(mission) ? {} : cardCorners(scene, placing)
      const points = Object.fromEntries(moved.filter((node) => node.type === 'card').map((node) => [node.id, node.position]))
      commands.move({ ...corners, ...carryHeld(mission, placing, points), ...points })
    },
    [commands, draft, placing, scene],
  )

  return {
    scene,
    placing,
    aim: overtaken ? undefined : settled,
    nodes: nodes.length === 0 && wanted ? wanted : nodes,
    edges,
    onNodesChange,
    onDragStart: useCallback((_, __, moved) => start(moved), [start]),
    onDrag: useCallback((event, node) => rehoming.over(event, node.id), [rehoming]),
    onDragStop: useCallback(
      (event, node, moved) => {
        const corners = Object.fromEntries(moved.map((one) => [one.id, one.position]))
        if (rehoming.drop(event, node.id, corners)) setMoving(nobody)
        else stop(moved)
      },
      [rehoming, stop],
    ),
  }
}

/** Positions of cards alone: open ends lie where their cards are. */
export function cardCorners(scene: Scene, placing: Placing | undefined): Record<string, Point> {
  return Object.fromEntries(
    scene.cards.flatMap(({ id }) => {
      if (isLent(id)) return []
      const corner = placing?.corners[id]
      return corner ? [[id, corner]] : []
    }),
  )
}

function pick(selection: readonly string[], changes: readonly NodeChange<FlowNode>[]): string[] | undefined {
  const picks = changes.filter((change) => change.type === 'select')
  if (picks.length === 0) return undefined
  const next = new Set(selection)
  for (const change of picks) {
    if (change.selected) next.add(change.id)
    else next.delete(change.id)
  }
  return [...next]
}

/** Opens the frames around a card that is to be shown. */
function useUnfolding(scene: Scene): void {
  const { desk } = useWorkshop()
  const shown = useDesk((state) => state.shown)
  const latest = useRef(scene)
  latest.current = scene
  useEffect(() => {
    const holders = holdersOf(latest.current.cards)(shown.id)
    const { toggled } = desk.getState()
    if (holders.some((id) => toggled.has(id))) desk.setState({ toggled: new Set([...toggled].filter((id) => !holders.includes(id))) })
  }, [desk, shown])
}
