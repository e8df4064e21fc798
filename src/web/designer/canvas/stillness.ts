import { type RefObject, useEffect } from 'react'
import { useWorkshop } from '../workshop.ts'
import type { Picture } from './picture.ts'
import { useDrawn } from './SceneProvider.tsx'

/**
 * Marks the canvas while everything lies where the open mission has it: nothing is behind, being arranged or on its way. Written past React:
 * otherwise every letter would draw the canvas anew.
 */
export function useStillnessMark(section: RefObject<HTMLElement | null>, { aim, placing, nodes }: Picture): void {
  const { draft } = useWorkshop()
  const drawn = useDrawn()
  useEffect(() => {
    const mark = () =>
      section.current?.setAttribute('data-still', String(aim !== undefined && placing === aim && drawn === draft.getState().mission))
    mark()
    // One may also come back to the very mission that is drawn: a letter, undone at once.
    return draft.subscribe(mark)
  }, [section, draft, drawn, aim, placing, nodes])
}
