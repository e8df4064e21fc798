import '@xyflow/react/dist/base.css'
import { Background, BackgroundVariant, MiniMap, ReactFlow, ReactFlowProvider, SelectionMode } from '@xyflow/react'
import { type MouseEvent, useCallback, useMemo, useRef, useState } from 'react'
import { m } from '#messages'
import { tellDrawn } from '../first.ts'
import { isModalOpen } from '../focusing.ts'
import { keysOf } from '../shortcuts.ts'
import { useDesk, useDraft, useWorkshop } from '../workshop.ts'
import { CanvasButtons } from './CanvasButtons.tsx'
import { CardNode } from './CardNode.tsx'
import classes from './canvas.module.css'
import { EndNode } from './EndNode.tsx'
import { FrameNode } from './FrameNode.tsx'
import { NoteNode } from '../notes/NoteNode.tsx'
import { LabelLayer, LineEdge } from './LineEdge.tsx'
import { useCanvasKeys } from './keys.ts'
import { usePinching } from './pinching.ts'
import { usePicture } from './picture.ts'
import { useBeginning } from './beginning.ts'
import { useShowing } from './showing.ts'
import { useStillnessMark } from './stillness.ts'
import { useWiring } from './wiring.ts'

// Made once: React Flow draws every node anew when these change.
const nodeTypes = { card: CardNode, end: EndNode, frame: FrameNode, note: NoteNode }
const edgeTypes = { line: LineEdge }

/** From this many cards on, only what is in view is drawn. */
const cullingFrom = 300
/** From this many cards on, a small map helps. */
const mapFrom = 30

/** The mission as cards and lines: drawn, wired, moved and selected here. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Board />
    </ReactFlowProvider>
  )
}

function Board() {
  const { draft, desk, commands } = useWorkshop()
  const mayNot = useDraft((state) => state.readOnly)
  const comparing = useDesk((state) => state.compared !== undefined)
  const readOnly = mayNot || comparing
  const picture = usePicture()
  const wiring = useWiring()
  const onKeyDown = useCanvasKeys(picture.scene, picture.placing)
  useShowing(picture.placing)
  useBeginning(picture.aim)

  const remove = useCallback(async () => {
    const { line } = desk.getState()
    const { selection } = draft.getState()
    // The key is listened for on the whole page.
    if (isModalOpen()) return false
    if (selection.length > 0) commands.remove(selection)
    else if (line) commands.unlinkLine(line)
    // React Flow would cut the lines before we could heal them.
    return false
  }, [commands, desk, draft])
  const pickLine = useCallback(
    (_: MouseEvent, edge: { id: string }) => {
      draft.getState().select([])
      desk.setState({ line: edge.id })
    },
    [desk, draft],
  )
  const [layer, setLayer] = useState<Element | null>(null)
  const section = useRef<HTMLElement>(null)
  usePinching(section)
  useStillnessMark(section, picture)
  const findLayer = useCallback(() => {
    setLayer(section.current?.querySelector('.react-flow__edgelabel-renderer') ?? null)
    // Two frames: one until the cards are in the page, one until they are painted.
    requestAnimationFrame(() => requestAnimationFrame(tellDrawn))
  }, [])
  const letGo = useCallback(() => desk.setState({ line: undefined, adding: undefined }), [desk])
  // While something is compared, its cards are only looked at.
  const openSettings = useCallback(() => desk.setState(({ side, compared }) => ({ side: compared ? side : 'settings' })), [desk])
  const names = useMemo(
    () => ({
      'node.a11yDescription.default': m.designer_keys_card(),
      'node.a11yDescription.keyboardDisabled': m.designer_keys_card(),
      'node.a11yDescription.ariaLiveMessage': () => '',
      'edge.a11yDescription.default': '',
      'minimap.ariaLabel': m.designer_map(),
      'handle.ariaLabel': m.designer_port(),
    }),
    [],
  )
  const many = picture.scene.cards.length

  return (
    <section
      ref={section}
      className={classes.canvas}
      aria-label={m.designer_canvas()}
      data-carrying={useDesk((state) => state.carrying !== undefined) || undefined}
    >
      {picture.placing ? (
        <LabelLayer value={layer}>
          <ReactFlow
            onInit={findLayer}
            onKeyDownCapture={onKeyDown}
            nodes={picture.nodes}
            edges={picture.edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            onNodesChange={picture.onNodesChange}
            onNodeDragStart={picture.onDragStart}
            onNodeDrag={picture.onDrag}
            onNodeDragStop={picture.onDragStop}
            onNodeClick={openSettings}
            onEdgeClick={pickLine}
            onPaneClick={letGo}
            onMoveStart={letGo}
            onBeforeDelete={remove}
            onConnect={wiring.connect}
            onConnectEnd={wiring.end}
            onReconnect={wiring.reconnect}
            isValidConnection={wiring.isValid}
            connectionRadius={48}
            connectOnClick={false}
            nodesDraggable={!readOnly}
            nodesConnectable={!readOnly}
            deleteKeyCode={readOnly ? null : deleteKeys}
            multiSelectionKeyCode={multiKeys}
            selectionMode={SelectionMode.Partial}
            edgesFocusable={false}
            onlyRenderVisibleElements={many > cullingFrom}
            panOnScroll
            zoomOnDoubleClick={false}
            minZoom={0.1}
            maxZoom={1.75}
            nodeDragThreshold={4}
            ariaLabelConfig={names}
          >
            <Background variant={BackgroundVariant.Dots} gap={22} size={1.5} />
            {many > mapFrom && (
              <MiniMap pannable zoomable className={classes.map} style={mapSize} nodeStrokeWidth={0} nodeColor={mapColor} />
            )}
            <CanvasButtons placing={picture.placing} />
          </ReactFlow>
        </LabelLayer>
      ) : (
        <p className={classes.drawing}>{m.designer_drawing()}</p>
      )}
    </section>
  )
}

const mapSize = { width: 150, height: 110 }
/** Only cards are on the small map. */
const mapColor = (node: { type?: string | undefined }) => (node.type === 'card' ? 'var(--xy-minimap-node-background-color)' : 'transparent')

const deleteKeys = [...keysOf('card', 'remove')]
const multiKeys = ['Meta', 'Control', 'Shift']
