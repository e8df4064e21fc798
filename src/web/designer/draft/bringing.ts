import { useEffect } from 'react'
import { m } from '#messages'
import { useWorkshop, type Workshop } from '../workshop.ts'
import { readMissionFile } from './file.ts'

/** Puts the mission of a file in place of the one that is open, in one edit; a bad file changes nothing and is told fault by fault. */
export async function bringIn(file: File, { draft, desk, commands }: Pick<Workshop, 'draft' | 'desk' | 'commands'>): Promise<void> {
  if (draft.getState().readOnly) return
  const reading = readMissionFile(await file.text())
  if ('mission' in reading) commands.bringIn(reading.mission)
  else {
    desk.setState({ badFile: { name: file.name, faults: reading.faults } })
    draft.getState().tell(m.designer_file_bad({ name: file.name }))
  }
}

/** What a mission's file ends with, for the browser's own list of files. */
export const missionFiles = '.json,application/json'

/** Lets somebody choose a file to bring in. Only right after a press or a key: browsers open no list of files by themselves. */
export function chooseFile(workshop: Workshop): void {
  const field = document.createElement('input')
  field.type = 'file'
  field.accept = missionFiles
  field.hidden = true
  field.addEventListener('change', () => {
    const file = field.files?.[0]
    field.remove()
    if (file) void bringIn(file, workshop)
  })
  field.addEventListener('cancel', () => field.remove())
  // On the page: some browsers forget one that is not, with whatever is chosen in it.
  document.body.append(field)
  field.click()
}

/** Takes files that are dropped anywhere on the page; without this the browser would leave the mission to show them. */
export function useDroppedFiles(): void {
  const workshop = useWorkshop()
  useEffect(() => {
    const ended = new AbortController()
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    addEventListener('dragover', (event) => carries(event) && event.preventDefault(), { signal: ended.signal })
    addEventListener(
      'drop',
      (event) => {
        if (!carries(event)) return
        event.preventDefault()
        const file = event.dataTransfer?.files[0]
        if (file) void bringIn(file, workshop)
      },
      { signal: ended.signal },
    )
    return () => ended.abort()
  }, [workshop])
}
