import { Skeleton, Stack } from '@mantine/core'
import { type ComponentType, lazy, Suspense } from 'react'
import { useStore } from 'zustand'
import { useDesk, useDraft, useWorkshop } from './workshop.ts'

/*
 * What the first picture does not need: fields of all kinds, lists that open, questions. Together as large as the canvas itself, so
 * they come once it is drawn.
 */
/** A part of the page that is drawn at once when it is there already: keys pressed meanwhile would go elsewhere. */
function fetched(load: () => Promise<{ default: ComponentType }>) {
  let known: ComponentType | undefined
  const fetch = async () => {
    const part = await load()
    known = part.default
    return part
  }
  const Later = lazy(fetch)
  return {
    fetch,
    Part() {
      const Known = known
      return Known ? <Known /> : <Later />
    },
  }
}

const menus = fetched(() => import('./Menus.tsx'))
const loadSettings = () => import('./settings/SettingsPanel.tsx')
const LoadedVersions = lazy(() => import('./versions/Versions.tsx'))
const loadConflict = () => import('./bar/Conflict.tsx')
const LoadedSettings = lazy(loadSettings)
const LoadedMission = lazy(async () => ({ default: (await import('./settings/MissionSettings.tsx')).MissionSettings }))
const loadLists = () => import('./SideLists.tsx')
const LoadedOutline = lazy(async () => ({ default: (await loadLists()).Outline }))
const LoadedProblems = lazy(async () => ({ default: (await loadLists()).ProblemList }))
const LoadedConflict = lazy(loadConflict)
const LoadedWalking = lazy(() => import('./review/Walking.tsx'))
const LoadedBadFile = lazy(() => import('./bar/BadFile.tsx'))
const LoadedMoving = lazy(() => import('./versions/moving/Moving.tsx'))
const LoadedBeginning = lazy(() => import('./beginning/Beginning.tsx'))
const LoadedTour = lazy(() => import('./beginning/Tour.tsx'))
const LoadedGroupDialog = lazy(() => import('./grouping/GroupDialog.tsx'))
const LoadedHelp = lazy(() => import('./Help.tsx'))

/** Fetches them before somebody needs them. */
export function fetchLater(): void {
  void loadSettings()
  void menus.fetch()
  void loadLists()
}

/** The mission in sentences. */
export const Outline = () => (
  <Suspense fallback={<Waiting />}>
    <LoadedOutline />
  </Suspense>
)

/** What is wrong with the mission. */
export const Problems = () => (
  <Suspense fallback={<Waiting />}>
    <LoadedProblems />
  </Suspense>
)

/** What was published, and how it differs. */
export const Versions = ({ sheet = false }: { sheet?: boolean }) => (
  <Suspense fallback={<Waiting />}>
    <LoadedVersions sheet={sheet} />
  </Suspense>
)

/** The settings of what is chosen; of the mission itself when nothing is, which is little and comes with the first picture. */
export function Settings() {
  const chosen = useDraft((state) => state.selection.length > 0)
  return <Suspense fallback={<Waiting />}>{chosen ? <LoadedSettings /> : <LoadedMission />}</Suspense>
}

/** Stands where a panel will stand. */
function Waiting() {
  return (
    <Stack p="md" gap="lg" aria-hidden>
      <Skeleton height={34} />
      <Skeleton height={60} />
      <Skeleton height={110} />
    </Stack>
  )
}

/** The lists that open over the canvas. */
export function Menus() {
  const open = useDesk(
    ({ finding, ...open }) =>
      finding || [open.adding, open.connecting, open.relocating, open.replacing, open.meeting].some((one) => one !== undefined),
  )
  return <Suspense>{open && <menus.Part />}</Suspense>
}

/** The choice between two versions, when somebody else has saved one. */
export function Conflict() {
  const { syncing } = useWorkshop()
  const torn = useStore(syncing.state, (state) => state.save.at === 'conflict')
  return <Suspense>{torn && <LoadedConflict />}</Suspense>
}

/** What leads to a problem, while it is being shown. */
export function Walking() {
  const walking = useDesk((state) => state.walk !== undefined)
  return <Suspense>{walking && <LoadedWalking />}</Suspense>
}

/** Why a file is no mission. */
export function BadFile() {
  const isBad = useDesk((state) => state.badFile !== undefined)
  return <Suspense>{isBad && <LoadedBadFile />}</Suspense>
}

/** Steps becoming a mission of their own. */
export function GroupDialog() {
  const grouping = useDesk((state) => state.grouping !== undefined)
  return <Suspense>{grouping && <LoadedGroupDialog />}</Suspense>
}

/** All keys, when somebody asks for them. */
export function Help() {
  const helping = useDesk((state) => state.helping)
  return <Suspense>{helping && <LoadedHelp />}</Suspense>
}

/** Who is in older versions, and moving them to the live one. */
export function Moving() {
  const moving = useDesk((state) => state.moving)
  return <Suspense>{moving && <LoadedMoving />}</Suspense>
}

/** What an empty mission offers. */
export const Beginning = () => (
  <Suspense>
    <LoadedBeginning />
  </Suspense>
)

/** Being shown around, when somebody asks for it. */
export function Tour() {
  const touring = useDesk((state) => state.touring)
  return <Suspense>{touring && <LoadedTour />}</Suspense>
}
