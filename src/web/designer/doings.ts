import { useNavigate } from '@tanstack/react-router'
import { useStore } from 'zustand'
import { m } from '#messages'
import { useLiveVersion } from './bar/live.ts'
import { isFree } from './canvas/placing.ts'
import { rawSetting, showSettings, type SidePanel } from './desk.ts'
import { chooseFile } from './draft/bringing.ts'
import { download } from './draft/file.ts'
import { focusSide } from './focusing.ts'
import { useFaults } from './review/faults.ts'
import { useDraft, useWorkshop } from './workshop.ts'

/** Something that can be done now, by its name. */
export interface Doing {
  /** Without blanks. */
  name: string
  title: string
  /** Other words that it is found by. */
  also?: string
  /** It stands in the menu of what else there is, too. */
  more?: true
  run(): void
}

/**
 * Everything that can be done at this moment apart from adding and going to a card: the one list from which the search of everything and the
 * menu of what else there is are made. What cannot be done is not offered.
 */
export function useDoings(): Doing[] {
  const workshop = useWorkshop()
  const { draft, desk, commands } = workshop
  const state = useDraft((now) => now)
  const { pastStates, futureStates } = useStore(draft.temporal)
  const { errors, fresh } = useFaults()
  const live = useLiveVersion()
  const navigate = useNavigate()
  const next = futureStates.at(-1)?.doing
  const { selection, mission } = state
  const panel = (side: SidePanel) => () => {
    if (side !== 'settings') draft.getState().select([])
    desk.setState({ side })
    if (side === 'outline' || side === 'problems') focusSide()
  }
  const [only, ...others] = selection
  const card = others.length > 0 ? undefined : [...mission.triggers, ...mission.steps].find(({ id }) => id === only)
  const editing: (Doing | false)[] = state.readOnly
    ? []
    : [
        pastStates.length > 0 && { name: 'undo', title: m.designer_undo_what({ what: state.doing }), run: state.undo },
        next !== undefined && { name: 'redo', title: m.designer_redo_what({ what: next }), run: state.redo },
        isFree(mission) && { name: 'tidy', title: m.designer_tidy(), run: commands.tidy },
        fresh && errors === 0 && { name: 'publish', title: m.designer_publish(), run: () => desk.setState({ publishing: true }) },
        selection.length > 0 && { name: 'duplicate', title: m.designer_key_duplicate(), run: () => commands.duplicate(selection) },
        selection.length > 0 && { name: 'delete', title: m.designer_delete_chosen(), run: () => commands.remove(selection) },
        selection.length > 0 && {
          name: 'group',
          title: m.designer_group(),
          run: () => desk.setState({ grouping: { ids: selection, as: 'mission' } }),
        },
        selection.length > 0 && { name: 'hold', title: m.designer_hold(), run: () => commands.hold(selection) },
        { name: 'note', title: m.designer_note_add(), run: () => commands.addNote() },
        { name: 'past', title: m.designer_past(), run: () => desk.setState({ past: true }) },
        { name: 'file', title: m.designer_file_choose(), also: m.doing_file_also(), more: true, run: () => chooseFile(workshop) },
        {
          name: 'template',
          title: m.gallery_template_save(),
          also: m.doing_template_also(),
          more: true,
          run: () => desk.setState({ sharing: draft.getState().mission }),
        },
        live !== null &&
          live !== undefined && {
            name: 'unpublish',
            title: m.designer_unpublish(),
            also: m.doing_unpublish_also(),
            more: true,
            run: () => desk.setState({ unpublishing: true }),
          },
      ]
  const all: (Doing | false)[] = [
    { name: 'versions', title: m.versions_title(), also: m.doing_versions_also(), more: true, run: panel('versions') },
    {
      name: 'download',
      title: m.designer_file_download(),
      also: m.doing_download_also(),
      more: true,
      run: () => download(draft.getState().mission),
    },
    ...editing,
    card !== undefined && {
      name: 'raw',
      title: m.designer_raw_text(),
      also: m.doing_raw_also(),
      run: () => showSettings(desk, card.id, rawSetting),
    },
    {
      name: 'all',
      title: m.designer_key_all(),
      run: () => state.select([...mission.triggers, ...mission.steps, ...(mission.notes ?? [])].map(({ id }) => id)),
    },
    { name: 'outline', title: m.designer_outline(), run: panel('outline') },
    { name: 'problems', title: m.designer_problems(), run: panel('problems') },
    { name: 'keys', title: m.designer_key_help(), run: () => desk.setState({ helping: true }) },
    { name: 'tour', title: m.tour_begin(), run: () => desk.setState({ touring: true }) },
    { name: 'leave', title: m.designer_to_missions(), run: () => void navigate({ to: '/missions' }) },
  ]
  return all.filter((one) => one !== false)
}
