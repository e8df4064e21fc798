import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import type { Mission } from '../../mission/mission.ts'
import type { Language } from '../../mission/words.ts'
import type { Scene } from './canvas/scene.ts'
import type { CanvasHandle } from './canvas/showing.ts'
import type { Desk, DeskState } from './desk.ts'
import type { Commands } from './draft/commands.ts'
import type { Draft, DraftState } from './draft/draft.ts'
import type { Syncing } from './draft/syncing.ts'
import type { CalledMissions } from './review/called.ts'
import type { Review } from './review/review.ts'

/** What every part of the designer works with. Made once for an open mission, so its identity never changes. */
export interface Workshop {
  missionId: string
  workspaceId: string
  language: Language
  draft: Draft
  desk: Desk
  commands: Commands
  /** The scene of the mission as it is at this moment; what is on the page may be a keystroke behind. */
  scene(): Scene
  /** Says how scenes are drawn: set by what draws the page. */
  sketch: { current: { of: Mission; scene: Scene; draw: (mission: Mission) => Scene } | undefined }
  /** The canvas while it is shown. */
  canvas: { current: CanvasHandle | undefined }
  /** What the check says and the mission as sentences, worked out off the main path. */
  review: StoreApi<Review>
  syncing: Syncing
  /** Names have become known for ids in the mission's settings. */
  learnNames(names: ReadonlyMap<string, string>): void
  /** What has become known of the missions that its steps run. */
  learnCalled(called: CalledMissions): void
}

/** Hands the workshop down to every part of the designer. */
export const WorkshopContext = createContext<Workshop | undefined>(undefined)

/** The workshop of the mission that is open. */
export function useWorkshop(): Workshop {
  const workshop = use(WorkshopContext)
  if (!workshop) throw new Error('Parts of the designer are drawn inside the designer only.')
  return workshop
}

/** A part of the draft; draws anew when that part changes. */
export function useDraft<Part>(select: (state: DraftState) => Part): Part {
  return useStore(useWorkshop().draft, select)
}

/** A part of what is open on the desk. */
export function useDesk<Part>(select: (state: DeskState) => Part): Part {
  return useStore(useWorkshop().desk, select)
}
