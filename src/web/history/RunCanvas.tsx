import '@xyflow/react/dist/base.css'
import {
  Background,
  BackgroundVariant,
  MiniMap,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStoreApi,
} from '@xyflow/react'
import { IconArrowsMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react'
import { m } from '#messages'
import { catalogue } from '../../catalogue/catalogue.ts'
import { sentences } from '../../mission/prose.ts'
import { useSession } from '../data/session.ts'
import { useArrangement } from '../designer/canvas/arranging.ts'
import canvas from '../designer/canvas/canvas.module.css'
import { Sameness } from '../designer/canvas/flow.ts'
import { FrameNode, type FrameNodeType } from '../designer/canvas/FrameNode.tsx'
import { wantsLessMotion } from '../designer/canvas/gliding.ts'
import { findMeetings } from '../designer/canvas/meetings.ts'
import { isFree, placeFreely, type Placing } from '../designer/canvas/placing.ts'
import { puzzleOf } from '../designer/canvas/puzzle.ts'
import { cardSize, drawScene } from '../designer/canvas/scene.ts'
import { showStart } from '../designer/canvas/showing.ts'
import { drawRunCards, drawRunFrames, drawRunLines, type RunCardNodeType } from './drawing.ts'
import { RunCardNode } from './RunCardNode.tsx'
import { RunLineEdge } from './RunLineEdge.tsx'
import type { Told } from './telling.ts'

// Made once: React Flow draws every node anew when these change.
const nodeTypes = { card: RunCardNode, frame: FrameNode }
const edgeTypes = { line: RunLineEdge }

/** From this many cards on, only what is in view is drawn, and a small map helps. */
const cullingFrom = 300
const mapFrom = 30

interface Of {
  told: Told
  /** The card that is looked at. */
  selected: string | undefined
  onSelect: (id: string | undefined) => void
}

/** The mission as it was, each card with what became of it, and the links that were followed. */
export function RunCanvas(of: Of) {
  return (
    <ReactFlowProvider>
      <Board {...of} />
    </ReactFlowProvider>
  )
}

function Board({ told, selected, onSelect }: Of) {
  const { language } = useSession()
  const { mission, story, reader } = told
  const graph = useMemo(
    () => ({
      meetings: findMeetings(mission),
      numbers: new Map(sentences(mission, catalogue.kinds, language).map(({ id, number }) => [id, number])),
    }),
    [mission, language],
  )
  const scene = useMemo(
    () =>
      drawScene(mission, {
        catalogue,
        language,
        ...graph,
        names: reader.names,
        failed: m.designer_if_fails(),
        unknown: m.designer_unknown_kind(),
      }),
    [mission, graph, reader.names, language],
  )
  const free = isFree(mission)
  const puzzle = useMemo(() => (free ? undefined : puzzleOf(scene)), [free, scene])
  const { arrangement } = useArrangement(puzzle)
  const placing = useMemo<Placing | undefined>(
    () => (free ? placeFreely(scene, mission.layout) : arrangement && { ...arrangement, free: false }),
    [free, scene, mission, arrangement],
  )
  const same = useRef(new Sameness())
  const nodes = useMemo(
    () => (placing ? [...drawRunFrames(placing, same.current), ...drawRunCards(scene, placing, story, selected, same.current)] : []),
    [scene, placing, story, selected],
  )
  const edges = useMemo(() => (placing ? drawRunLines(scene, placing, mission, story, same.current) : []), [scene, placing, mission, story])
  const onNodesChange = useCallback(
    (changes: NodeChange<RunCardNodeType | FrameNodeType>[]) => {
      const picked = changes.find((change) => change.type === 'select' && change.selected)
      if (picked?.type === 'select') onSelect(picked.id)
    },
    [onSelect],
  )
  const names = useMemo(
    () => ({
      'node.a11yDescription.default': '',
      'node.a11yDescription.keyboardDisabled': '',
      'node.a11yDescription.ariaLiveMessage': () => '',
      'edge.a11yDescription.default': '',
      'minimap.ariaLabel': m.history_picture(),
    }),
    [],
  )

  return (
    <section className={canvas.canvas} aria-label={m.history_canvas()}>
      {placing ? (
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onPaneClick={() => onSelect(undefined)}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          elementsSelectable
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          onlyRenderVisibleElements={nodes.length > cullingFrom}
          panOnScroll
          zoomOnDoubleClick={false}
          minZoom={0.1}
          maxZoom={1.75}
          ariaLabelConfig={names}
        >
          <Background variant={BackgroundVariant.Dots} gap={22} size={1.5} />
          {nodes.length > mapFrom && <MiniMap pannable zoomable className={canvas.map} />}
          <Buttons placing={placing} />
          <View placing={placing} selected={selected} />
        </ReactFlow>
      ) : (
        <p className={canvas.drawing}>{m.history_canvas_loading()}</p>
      )}
    </section>
  )
}

/** Moves the view: to the beginning at first, and to a card that was chosen elsewhere and is out of sight. */
function View({ placing, selected }: { placing: Placing; selected: string | undefined }) {
  const flow = useReactFlow()
  const store = useStoreApi()
  const started = useRef(false)
  useEffect(() => {
    if (started.current) return undefined
    // React Flow knows its own size one frame after it was drawn.
    const frame = requestAnimationFrame(() => {
      started.current = true
      const { width, height } = store.getState()
      showStart(flow, placing, { width, height })
    })
    return () => cancelAnimationFrame(frame)
  }, [placing, flow, store])
  useEffect(() => {
    const corner = selected === undefined ? undefined : placing.corners[selected]
    if (!corner || !started.current) return
    const { width, height, transform } = store.getState()
    const [x, y, zoom] = transform
    const [left, top] = [corner.x * zoom + x, corner.y * zoom + y]
    if (left >= 0 && top >= 0 && left + cardSize.width * zoom <= width && top + cardSize.height * zoom <= height) return
    void flow.setCenter(corner.x + cardSize.width / 2, corner.y + cardSize.height / 2, { zoom, duration: wantsLessMotion() ? 0 : 250 })
  }, [selected, placing, flow, store])
  return null
}

function Buttons({ placing }: { placing: Placing }) {
  const flow = useReactFlow()
  const store = useStoreApi()
  const duration = wantsLessMotion() ? 0 : 200
  const all = () => {
    const { width, height } = store.getState()
    void flow.fitView({ maxZoom: 1, padding: 0.1, duration }).then((fitted) => fitted || showStart(flow, placing, { width, height }))
  }
  return (
    <div className={canvas.buttons} role="toolbar" aria-label={m.history_canvas_buttons()}>
      <Press label={m.history_zoom_in()} onPress={() => void flow.zoomIn({ duration })}>
        <IconPlus size={18} aria-hidden />
      </Press>
      <Press label={m.history_zoom_out()} onPress={() => void flow.zoomOut({ duration })}>
        <IconMinus size={18} aria-hidden />
      </Press>
      <Press label={m.history_zoom_fit()} onPress={all}>
        <IconArrowsMaximize size={18} aria-hidden />
      </Press>
    </div>
  )
}

function Press({ label, onPress, children }: { label: string; onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" className={canvas.press} aria-label={label} title={label} onClick={onPress}>
      {children}
    </button>
  )
}
