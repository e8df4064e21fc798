import { Button } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { m } from '#messages'
import classes from '../designer.module.css'
import { useFaults } from '../review/faults.ts'
import { useDesk, useWorkshop } from '../workshop.ts'
import { useLiveVersion } from './live.ts'

const PublishDialog = lazy(() => import('./PublishDialog.tsx'))

/** Putting the draft live, which is possible only when nothing is wrong with it, and taking it down again. */
export function Publishing({ phone }: { phone: boolean }) {
  const { desk, draft } = useWorkshop()
  const { all, errors, fresh, empty } = useFaults()
  const live = useLiveVersion()
  const asking = useDesk((state) => state.publishing)
  const problems = () => {
    draft.getState().select([])
    desk.setState({ side: 'problems' })
  }
  const ready = fresh && errors === 0 && !empty
  return (
    <div className={classes.publishing} data-tour="publish">
      {errors > 0 && (
        <Button
          variant="subtle"
          color="red"
          size="sm"
          onClick={problems}
          {...(phone ? { 'aria-label': m.designer_problems_left({ count: all.length }) } : {})}
        >
          {/* As many as the list holds that it opens. */}
          {phone ? all.length : m.designer_problems_left({ count: all.length })}
        </Button>
      )}
      <Button
        size="sm"
        data-disabled={!ready || undefined}
        aria-disabled={!ready}
        title={ready ? undefined : empty ? m.beginning_publish() : m.designer_publish_first_mend()}
        onClick={() => (ready ? desk.setState({ publishing: true }) : errors > 0 && problems())}
      >
        {m.designer_publish()}
      </Button>
      <Suspense>{asking && <PublishDialog live={live ?? null} onClose={() => desk.setState({ publishing: false })} />}</Suspense>
    </div>
  )
}
