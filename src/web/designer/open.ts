import { createStore } from 'zustand/vanilla'
import { m } from '#messages'
import { callsOf } from '../../catalogue/called.ts'
import { mayBuild, type Session } from '../data/session.ts'
import { keepToggled, readToggled } from './canvas/opened.ts'
import type { CanvasHandle } from './canvas/showing.ts'
import { openDesk } from './desk.ts'
import { makeCommands } from './draft/commands.ts'
import { openDraft } from './draft/draft.ts'
import type { OpenMission } from './draft/server.ts'
import { keepInStep } from './draft/syncing.ts'
import { nameIds } from './names.ts'
import type { CalledMissions } from './review/called.ts'
import { emptyReview, startReview } from './review/review.ts'
import type { Workshop } from './workshop.ts'

/** Opens a mission for drawing: its store, its commands, and what runs beside them once `start` is called. */
export function openWorkshop(row: OpenMission, session: Session): Workshop & { start(): () => void } {
  const { language } = session
  const draft = openDraft(row.mission, {
    readOnly: !mayBuild(session.role),
    undone: (what) => m.designer_undone({ what }),
    redone: (what) => m.designer_redone({ what }),
    wentTo: (what) => (what === '' ? m.designer_past_at_opened() : m.designer_past_at({ what })),
  })
  const desk = openDesk(readToggled(row.id))
  const canvas: { current: CanvasHandle | undefined } = { current: undefined }
  const sketch: Workshop['sketch'] = { current: undefined }
  const review = createStore(() => emptyReview)
  const syncing = keepInStep(row, session.user.id, draft)
  let names: ReadonlyMap<string, string> = new Map()
  let called: CalledMissions = new Map()
  let reviewing: ReturnType<typeof startReview> | undefined
  return {
    missionId: row.id,
    workspaceId: row.workspaceId,
    language,
    draft,
    desk,
    canvas,
    sketch,
    scene() {
      const { mission } = draft.getState()
      if (!sketch.current) return { cards: [], lines: [], ends: [] }
      return sketch.current.of === mission ? sketch.current.scene : sketch.current.draw(mission)
    },
    review,
    syncing,
    commands: makeCommands({
      draft,
      desk,
      language,
      timeZone: session.workspace.time_zone,
      corners: () => canvas.current?.corners() ?? {},
      middle() {
        const shown = canvas.current && document.querySelector('[data-landing] .react-flow')?.getBoundingClientRect()
        return shown && canvas.current?.pointAt({ x: shown.left + shown.width / 2, y: shown.top + shown.height / 2 })
      },
    }),
    learnNames(known) {
      names = known
      reviewing?.again()
    },
    learnCalled(known) {
      if (known === called) return
      called = known
      reviewing?.again()
    },
    start() {
      const stopSyncing = syncing.start()
      const forget = keepToggled(row.id, desk)
      reviewing = startReview({
        draft,
        review,
        language,
        named: (mission) => nameIds(mission, names),
        calls(mission) {
          // One that was chosen a moment ago is not known yet, which is no reproach.
          const known = callsOf(mission).filter((call) => call.mission === row.id || called.has(call.mission))
          return { own: row.id, others: called, steps: known.map(({ step }) => step) }
        },
      })
      // Whoever turns to another card has left the new one as it is.
      const unsubscribe = draft.subscribe(({ selection }) => {
        const { fresh } = desk.getState()
        if (fresh.some((id) => !selection.includes(id))) desk.setState({ fresh: fresh.filter((id) => selection.includes(id)) })
      })
      return () => {
        unsubscribe()
        forget()
        stopSyncing()
        reviewing?.stop()
        reviewing = undefined
      }
    },
  }
}
