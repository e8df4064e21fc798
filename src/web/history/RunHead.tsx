import { Button, Group, Title } from '@mantine/core'
import { IconChevronLeft, IconPlayerStop, IconRotateClockwise } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { z } from 'zod'
import { m } from '#messages'
import { catalogue } from '../../catalogue/catalogue.ts'
import { say } from '../../mission/words.ts'
import { causeOf } from '../../run/cause.ts'
import type { Story } from '../../run/story.ts'
import { waitingWords } from '../../run/waiting.ts'
import { api } from '../data/api.ts'
import { queries } from '../data/queries.ts'
import { mayBuild, useSession } from '../data/session.ts'
import { Confirm } from '../shell/Confirm.tsx'
import { tell, tellTrouble } from '../shell/tell.ts'
import { StatusMark } from './Marks.tsx'
import { childrenQuery, type RunCard } from './reading.ts'
import classes from './Run.module.css'
import { Took } from './RunRow.tsx'
import { When } from './When.tsx'

const againSchema = z.object({ runId: z.string() })

/** What a run is about: mission, version, status, times, who or what started it, and what can be done with it. */
export function RunHead({ run, story }: { run: RunCard; story: Story | undefined }) {
  const { language, role, person } = useSession()
  // The journal is read after the run's line, so it knows better.
  const status = story?.ended === undefined ? run.status : story.status
  const over = run.ended_at !== null || story?.ended !== undefined
  const ended = run.ended_at ?? story?.ended
  const waiting = over ? undefined : waitingWords(story?.waiting ?? run.waiting, person.time_zone)
  return (
    <header className={classes.head}>
      <Link to="/runs" className={classes.all}>
        <IconChevronLeft size={16} aria-hidden />
        {m.history_all()}
      </Link>
      <div className={classes.top}>
        <Group gap="sm" className={classes.name}>
          <Title order={1}>
            <Link to="/missions/$missionId" params={{ missionId: run.mission_id }} className={classes.mission}>
              {run.mission_name}
            </Link>
          </Title>
          <StatusMark status={status} />
        </Group>
        {mayBuild(role) && (
          <Group gap="sm">
            {run.position === null && <StartAgain run={run} />}
            {!over && <Cancel run={run} />}
          </Group>
        )}
      </div>
      <p className={classes.facts}>
        <span className={classes.cause}>{say(causeOf(run.trigger ?? undefined, run.data, catalogue), language)}</span>
        {waiting && <span className={classes.waiting}>{say(waiting, language)}</span>}
        <span>
          {m.history_column_started()} <When at={run.started_at} />
        </span>
        {ended !== undefined && (
          <span>
            {m.history_left()} <When at={ended} />
          </span>
        )}
        <span>
          {over && `${m.history_duration()} `}
          <Took run={{ ...run, ended_at: ended ?? null }} />
        </span>
        <span>{m.history_version({ number: run.version_number })}</span>
      </p>
      <Relatives run={run} />
    </header>
  )
}

function StartAgain({ run }: { run: RunCard }) {
  const navigate = useNavigate()
  const again = useMutation({
    mutationFn: () => api(`/api/runs/${run.id}/again`, {}, { answer: againSchema }),
    onSuccess: ({ runId }) => {
      tell(m.history_restarted())
      return navigate({ to: '/runs/$runId', params: { runId } })
    },
    onError: tellTrouble,
  })
  return (
    <Button
      variant="default"
      leftSection={<IconRotateClockwise size={17} aria-hidden />}
      loading={again.isPending}
      onClick={() => again.mutate()}
    >
      {m.history_restart()}
    </Button>
  )
}

function Cancel({ run }: { run: RunCard }) {
  const [asking, setAsking] = useState(false)
  const [sent, setSent] = useState(false)
  const cancel = async () => {
    await api(`/api/runs/${run.id}/cancel`, {})
    setSent(true)
    await queries.invalidateQueries({ queryKey: ['runs'] })
  }
  return (
    <>
      <Button variant="default" leftSection={<IconPlayerStop size={17} aria-hidden />} disabled={sent} onClick={() => setAsking(true)}>
        {sent ? m.history_cancelling() : m.history_cancel()}
      </Button>
      {asking && (
        <Confirm
          title={m.history_cancel_title()}
          go={m.history_cancel()}
          keep={m.history_cancel_keep()}
          danger
          onGo={cancel}
          onClose={() => setAsking(false)}
        >
          {m.history_cancel_what()}
        </Confirm>
      )}
    </>
  )
}

/** The run that started this one, and those that it has started. */
function Relatives({ run }: { run: RunCard }) {
  const children = useQuery(childrenQuery(run.id))
  const { language } = useSession()
  const { runs: started, total } = children.data ?? { runs: [], total: 0 }
  if (run.parent_id === null && started.length === 0) return null
  return (
    <div className={classes.relatives}>
      {run.parent_id !== null && (
        <Link to="/runs/$runId" params={{ runId: run.parent_id }}>
          {m.history_parent()}
        </Link>
      )}
      {started.length > 0 && (
        <details>
          <summary>
            {m.history_children()} ({total})
          </summary>
          <ul>
            {started.map((child) => (
              <li key={child.id}>
                <Link to="/runs/$runId" params={{ runId: child.id }}>
                  {child.position === null ? child.mission_name : say(causeOf(child.trigger ?? undefined, child.data, catalogue), language)}
                </Link>{' '}
                <StatusMark status={child.status} /> <When at={child.started_at} />
              </li>
            ))}
          </ul>
          {total > started.length && <p>{m.history_children_more({ count: total - started.length })}</p>}
        </details>
      )}
    </div>
  )
}
