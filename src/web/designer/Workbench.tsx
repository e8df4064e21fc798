import { useMediaQuery } from '@mantine/hooks'
import { lazy, type RefObject, Suspense, useEffect, useLayoutEffect, useRef } from 'react'
import { VisuallyHidden } from '@mantine/core'
import { m } from '#messages'
import { useTitle } from '../shell/Page.tsx'
import { Bar } from './bar/Bar.tsx'
import { Canvas } from './canvas/Canvas.tsx'
import { SceneProvider } from './canvas/SceneProvider.tsx'
import classes from './designer.module.css'
import { useDroppedFiles } from './draft/bringing.ts'
import { useFollowing } from './following.ts'
import { useKeys } from './keys.ts'
import { BadFile, Beginning, Conflict, fetchLater, GroupDialog, Help, Menus, Moving, Tour, Walking } from './later.tsx'
import { Ghost } from './palette/Ghost.tsx'
import { Palette } from './palette/Palette.tsx'
import { Side } from './Side.tsx'
import { useDraft, useWorkshop } from './workshop.ts'

// Sheets are for phones.
const PhoneBench = lazy(() => import('./PhoneBench.tsx'))

/** Everything around an open mission: the bar above, the palette, the canvas and what is at its right; on a phone the outline. */
export function Workbench() {
  const name = useDraft((state) => state.mission.name)
  const empty = useDraft((state) => state.mission.triggers.length + state.mission.steps.length === 0)
  const bench = useReviewedMark()
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  useTitle(name)
  // The first card is rarely chosen before the page has had a moment.
  useEffect(() => {
    const timer = setTimeout(fetchLater, 800)
    return () => clearTimeout(timer)
  }, [])
  useKeys()
  useFollowing()
  useDroppedFiles()
  return (
    <SceneProvider>
      <div className={classes.bench} ref={bench}>
        <VisuallyHidden component="h1">{name}</VisuallyHidden>
        <Bar phone={phone} />
        {phone ? (
          <Suspense>
            <PhoneBench />
          </Suspense>
        ) : (
          <div className={classes.desk}>
            <Palette />
            <div className={classes.middle} data-landing data-tour="canvas">
              <Canvas />
              {empty && <Beginning />}
              <Walking />
            </div>
            <Side />
          </div>
        )}
        <Told />
      </div>
      <Menus />
      <Ghost />
      <Conflict />
      <Help />
      <GroupDialog />
      <Moving />
      <Tour />
      <BadFile />
    </SceneProvider>
  )
}

/** Marks the page while the check has seen the newest changes. Written past React: otherwise every letter would draw the whole page anew. */
function useReviewedMark(): RefObject<HTMLDivElement | null> {
  const { review, draft } = useWorkshop()
  const bench = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const mark = () => bench.current?.setAttribute('data-reviewed', String(review.getState().of === draft.getState().mission))
    mark()
    const stops = [review.subscribe(mark), draft.subscribe(mark)]
    return () => stops.forEach((stop) => stop())
  }, [review, draft])
  return bench
}

/** Says what was done to those who do not see it. */
function Told() {
  const { text, count } = useDraft((state) => state.told)
  return (
    <VisuallyHidden role="status" aria-label={m.designer_told()}>
      {/* The same words again are told again. */}
      <span key={count}>{text}</span>
    </VisuallyHidden>
  )
}
