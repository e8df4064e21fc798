import { Anchor, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { m } from '#messages'
import { say } from '../../mission/words.ts'
import { getLocale } from '../paraglide/runtime.js'
import { useSession } from '../data/session.ts'
import { Empty } from '../shell/Empty.tsx'
import { Page, useTitle } from '../shell/Page.tsx'
import { startArranging } from './canvas/arranging.ts'
import classes from './designer.module.css'
import { loadMission, type OpenMission } from './draft/server.ts'
import { openWorkshop } from './open.ts'
import { Workbench } from './Workbench.tsx'
import { WorkshopContext } from './workshop.ts'

// While the mission is on its way, the layout gets ready.
startArranging()

/** The page on which one mission is drawn. */
export function Designer({ missionId }: { missionId: string }) {
  const { data } = useQuery({
    queryKey: ['missions', 'draft', missionId],
    queryFn: () => loadMission(missionId),
    // Opened once: from then on the page itself is the newest, and keeps in step by saving.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    throwOnError: true,
    structuralSharing: false,
  })
  const [row, setRow] = useState<OpenMission>()
  // A refresh of the cache from elsewhere must not open the mission anew under somebody's hands.
  if (data && 'mission' in data && !row) setRow(data)
  if (row) return <Opened row={row} />
  if (data === undefined) return <Loading />
  if (data === null) return <Nothing />
  return (
    <Page title={'name' in data ? data.name : ''}>
      <Empty title={m.designer_unreadable()}>
        <ul>
          {'faults' in data &&
            data.faults
              .slice(0, 20)
              .map(({ where, what }) => (
                <li key={`${where} ${what.en}`}>{m.designer_fault_at({ where, what: say(what, getLocale()) })}</li>
              ))}
        </ul>
      </Empty>
    </Page>
  )
}

function Opened({ row }: { row: OpenMission }) {
  const session = useSession()
  const [workshop] = useState(() => openWorkshop(row, session))
  useEffect(() => workshop.start(), [workshop])
  return (
    <WorkshopContext value={workshop}>
      <Workbench />
    </WorkshopContext>
  )
}

/** Stands where everything will stand, so that nothing jumps. */
function Loading() {
  useTitle(m.designer_opening())
  return (
    <div className={classes.bench} aria-busy>
      <div className={classes.bar}>
        <Skeleton height={22} width={240} aria-hidden />
        <span className={classes.opening} role="status">
          {m.designer_opening()}
        </span>
      </div>
    </div>
  )
}

function Nothing() {
  return (
    <Page title={m.designer_gone()}>
      <Empty
        title={m.designer_gone()}
        actions={
          <Anchor component={Link} to="/missions">
            {m.designer_to_missions()}
          </Anchor>
        }
      >
        {m.designer_gone_why()}
      </Empty>
    </Page>
  )
}
