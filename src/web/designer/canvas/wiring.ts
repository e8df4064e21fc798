import type { Connection, Edge, FinalConnectionState } from '@xyflow/react'
import { useMemo } from 'react'
import { useWorkshop } from '../workshop.ts'
import { lineId } from './scene.ts'

/** What dragging a wire does. */
export interface Wiring {
  connect(wire: Connection): void
  reconnect(before: Edge, after: Connection): void
  isValid(wire: Connection | Edge): boolean
  end(event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState): void
}

/** Drawing wires by hand: onto a card anywhere, not only onto its port, and into nothing, which asks what to add there. */
export function useWiring(): Wiring {
  const { draft, desk, commands } = useWorkshop()
  return useMemo(
    () => ({
      connect: ({ source, sourceHandle, target }) => commands.link({ from: source, exit: sourceHandle ?? 'done', to: target }),
      reconnect: (before, { source, sourceHandle, target }) =>
        commands.relink(
          { from: before.source, exit: before.sourceHandle ?? 'done', to: before.target },
          { from: source, exit: sourceHandle ?? 'done', to: target },
        ),
      isValid: ({ source, sourceHandle, target }) => {
        const wire = lineId({ from: source, exit: sourceHandle ?? 'done', to: target })
        return source !== target && !draft.getState().mission.links.some((link) => lineId(link) === wire)
      },
      end(event, { isValid, fromNode, fromHandle }) {
        if (isValid || !fromNode || fromHandle?.type !== 'source') return
        const pointer = 'changedTouches' in event ? event.changedTouches[0] : event
        if (!pointer) return
        const from = { from: fromNode.id, exit: fromHandle.id ?? 'done' }
        const under = document.elementFromPoint(pointer.clientX, pointer.clientY)
        const card = under?.closest<HTMLElement>('.react-flow__node-card')?.dataset['id']
        if (card !== undefined && card !== fromNode.id) commands.link({ ...from, to: card })
        else if (under?.closest('.react-flow__pane'))
          desk.setState({
            adding: { spot: { at: 'exit', ...from }, place: { left: pointer.clientX, top: pointer.clientY, width: 0, height: 0 } },
          })
      },
    }),
    [commands, desk, draft],
  )
}
