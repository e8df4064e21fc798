import { useStore } from 'zustand'
import { m } from '#messages'
import { isFree } from '../canvas/placing.ts'
import type { SidePanel } from '../desk.ts'
import { focusSide } from '../focusing.ts'
import { useFaults } from '../review/faults.ts'
import { useDraft, useWorkshop } from '../workshop.ts'

/** Something that can be done now, by its name. */
export interface Doing {
  /** Without blanks. */
  name: string
  title: string
  run(): void
}

/** Everything that can be done at this moment apart from adding and going somewhere. What cannot be done is not offered. */
export function useDoings(): Doing[] {
  const { draft, desk, commands } = useWorkshop()
  const state = useDraft((now) => now)
  const { pastStates, futureStates } = useStore(draft.temporal)
  const { errors, fresh } = useFaults()
  const next = futureStates.at(-1)?.doing
  const { selection } = state
  const panel = (side: SidePanel) => () => {
    if (side !== 'settings') draft.getState().select([])
    desk.setState({ side })
    if (side === 'outline' || side === 'problems') focusSide()
  }
  const editing: (Doing | false)[] = state.readOnly
    ? []
    : [
        pastStates.length > 0 && { name: 'undo', title: m.designer_undo_what({ what: state.doing }), run: state.undo },
        next !== undefined && { name: 'redo', title: m.designer_redo_what({ what: next }), run: state.redo },
        isFree(state.mission) && { name: 'tidy', title: m.designer_tidy(), run: commands.tidy },
        fresh && errors === 0 && { name: 'publish', title: m.designer_publish(), run: () => desk.setState({ publishing: true }) },
        selection.length > 0 && { name: 'duplicate', title: m.designer_key_duplicate(), run: () => commands.duplicate(selection) },
        selection.length > 0 && { name: 'delete', title: m.designer_delete_chosen(), run: () => commands.remove(selection) },
        selection.length > 0 && {
          name: 'group',
          title: m.designer_group(),
          run: () => desk.setState({ grouping: { ids: selection, as: 'mission' } }),
        },
        selection.length > 0 && { name: 'hold', title: m.designer_hold(), run: () => commands.hold(selection) },
        { name: 'note', title: m.designer_note_add(), run: commands.addNote },
        { name: 'past', title: m.designer_past(), run: () => desk.setState({ past: true }) },
      ]
  const all: (Doing | false)[] = [
    ...editing,
    {
      name: 'all',
      title: m.designer_key_all(),
      run: () => state.select([...state.mission.triggers, ...state.mission.steps, ...(state.mission.notes ?? [])].map(({ id }) => id)),
    },
    { name: 'outline', title: m.designer_outline(), run: panel('outline') },
    { name: 'problems', title: m.designer_problems(), run: panel('problems') },
    { name: 'versions', title: m.versions_title(), run: panel('versions') },
    { name: 'keys', title: m.designer_key_help(), run: () => desk.setState({ helping: true }) },
  ]
  return all.filter((one) => one !== false)
}
