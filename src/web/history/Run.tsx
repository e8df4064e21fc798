import { Button, SegmentedControl, Skeleton, VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useState } from 'react'
import { m } from '#messages'
import { useLive, useRefresh } from '../data/live.ts'
import { wordsOf } from '../data/trouble.ts'
import { Empty } from '../shell/Empty.tsx'
import { useTitle } from '../shell/Page.tsx'
import { runQuery, type RunCard } from './reading.ts'
import classes from './Run.module.css'
import { RunHead } from './RunHead.tsx'
import { StepDetails } from './StepDetails.tsx'
import { useStory, type Told } from './telling.ts'
import { Timeline, type Spot } from './Timeline.tsx'

// The picture comes after the words: it is the larger part of the page to load.
const RunCanvas = lazy(async () => ({ default: (await import('./RunCanvas.tsx')).RunCanvas }))

/** One run: what happened, in words and on the mission as it was, live while it goes on. */
export function Run({ runId }: { runId: string }) {
  const client = useQueryClient()
  const found = useQuery(runQuery(runId))
  useRefresh(['run'], ['runs'])
  useLive('run', (event) => {
    if (event.run === runId) void client.invalidateQueries({ queryKey: ['entries', runId] })
  })
  const run = found.data
  useTitle(run ? m.history_run_title({ mission: run.mission_name }) : m.history_title())
  if (found.isError && !run)
    return (
      <Empty title={m.history_run_trouble()} actions={<Button onClick={() => void found.refetch()}>{m.shell_again()}</Button>}>
        {wordsOf(found.error)}
      </Empty>
    )
  if (run === null)
    return (
      <Empty
        title={m.history_run_missing()}
        actions={
          <Button component={Link} to="/runs">
            {m.history_run_missing_go()}
          </Button>
        }
      >
        {m.history_run_missing_why()}
      </Empty>
    )
  return run ? <Found run={run} /> : <Awaited />
}

function Found({ run }: { run: RunCard }) {
  const { told, error, retry } = useStory(run)
  return (
    <div className={classes.run}>
      <RunHead run={run} story={told?.story} />
      {error ? (
        <Empty title={m.history_run_trouble()} actions={<Button onClick={retry}>{m.shell_again()}</Button>}>
          {wordsOf(error)}
        </Empty>
      ) : told ? (
        <Views told={told} />
      ) : (
        <Skeletons />
      )}
    </div>
  )
}

type View = 'words' | 'picture'

function Views({ told }: { told: Told }) {
  const [spot, setSpot] = useState<Spot>()
  const [view, setView] = useState<View>('words')
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false })
  const select = useCallback((id: string | undefined) => {
    setSpot((before) => (id === undefined ? undefined : before?.id === id ? before : { id }))
    // On a phone the details lie behind the other tab.
    if (id !== undefined) setView('words')
  }, [])
  return (
    <>
      {narrow && (
        <SegmentedControl
          className={classes.switch}
          aria-label={m.history_view()}
          fullWidth
          value={view}
          onChange={(chosen) => setView(chosen === 'picture' ? 'picture' : 'words')}
          data={[
            { value: 'words', label: m.history_timeline() },
            { value: 'picture', label: m.history_picture() },
          ]}
        />
      )}
      <div className={classes.views}>
        {(!narrow || view === 'words') && (
          <div className={classes.words}>
            {spot ? (
              <StepDetails told={told} spot={spot} onSpot={setSpot} />
            ) : (
              <section aria-labelledby="what-happened">
                <h2 id="what-happened" className={classes.title}>
                  {m.history_timeline()}
                </h2>
                <Timeline told={told} onSpot={setSpot} />
              </section>
            )}
          </div>
        )}
        {(!narrow || view === 'picture') && (
          <div className={classes.picture}>
            <Suspense fallback={<p className={classes.drawing}>{m.history_canvas_loading()}</p>}>
              <RunCanvas told={told} selected={spot?.id} onSelect={select} />
            </Suspense>
          </div>
        )}
      </div>
    </>
  )
}

function Awaited() {
  return (
    <div className={classes.run} aria-busy>
      <VisuallyHidden role="status">{m.history_run_loading()}</VisuallyHidden>
      <div className={classes.head}>
        <Skeleton height={31} width={320} maw="80%" />
        <Skeleton height={18} width={420} maw="90%" mt={12} />
      </div>
      <Skeletons />
    </div>
  )
}

function Skeletons() {
  return (
    <div className={classes.views} aria-hidden>
      <div className={classes.words}>
        {[0, 1, 2, 3, 4].map((line) => (
          <Skeleton key={line} height={44} mb="md" />
        ))}
      </div>
      <div className={classes.picture} />
    </div>
  )
}
