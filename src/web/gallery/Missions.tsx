import { Button, SegmentedControl } from '@mantine/core'
import { IconPlus, IconTemplate } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { m } from '#messages'
import { useRefresh } from '../data/live.ts'
import { queries } from '../data/queries.ts'
import { mayBuild, useSession } from '../data/session.ts'
import { Coming, ComingLines } from '../shell/Coming.tsx'
import { Confirm } from '../shell/Confirm.tsx'
import { Empty } from '../shell/Empty.tsx'
import lists from '../shell/List.module.css'
import { Page } from '../shell/Page.tsx'
import { Pages } from '../shell/Pages.tsx'
import { Search } from '../shell/Search.tsx'
import type { MissionsFilter } from '../shell/search.ts'
import { tell, tellTrouble } from '../shell/tell.ts'
import { Callers } from './Callers.tsx'
import { archiveMission, beginMission, type MissionCard, missionsQuery, pageSize, restoreMission, type Show } from './missions.ts'
import { MissionLine } from './MissionLine.tsx'

const shows: readonly { value: Show; label: () => string }[] = [
  { value: 'all', label: m.gallery_show_all },
  { value: 'live', label: m.gallery_show_live },
  { value: 'draft', label: m.gallery_show_draft },
  { value: 'archived', label: m.gallery_show_archived },
]

/** The list of a workspace's missions. */
export function Missions({ filter, onFilter }: { filter: MissionsFilter; onFilter: (filter: MissionsFilter) => void }) {
  const { workspace, role } = useSession()
  const builder = mayBuild(role)
  const show = filter.show ?? 'all'
  const words = filter.q ?? ''
  const page = filter.page ?? 1
  const list = useQuery({ ...missionsQuery(workspace.id, show, words, page), placeholderData: keepPreviousData })
  useRefresh(['run', 'mission'], ['missions'])
  const [leaving, setLeaving] = useState<MissionCard>()

  const refreshed = () => queries.invalidateQueries({ queryKey: ['missions'] })
  const archive = async (mission: MissionCard) => {
    await archiveMission(mission)
    await refreshed()
    tell(m.gallery_archived_told({ name: mission.name }))
  }
  const restore = async (mission: MissionCard) => {
    await restoreMission(mission.id)
    await refreshed()
    tell(m.gallery_restored_told({ name: mission.name }))
  }
  const putAway = (mission: MissionCard) => {
    // Nobody is surprised by a draft that is put away and can be brought back; a live mission stops starting.
    if (mission.archived_at !== null) restore(mission).catch(tellTrouble)
    else if (mission.live_number === null) archive(mission).catch(tellTrouble)
    else setLeaving(mission)
  }

  const found = list.data
  return (
    <Page title={m.shell_missions()} about={m.gallery_missions_about()} actions={builder && <Begin />}>
      {found?.none !== true && (
        <div className={lists.tools}>
          <Search label={m.gallery_search_missions()} value={words} onSearch={(q) => onFilter({ show: filter.show, q: q || undefined })} />
          <SegmentedControl
            aria-label={m.gallery_show()}
            value={show}
            onChange={(value) => onFilter({ q: filter.q, show: shows.find((one) => one.value === value)?.value })}
            data={shows.map(({ value, label }) => ({ value, label: label() }))}
          />
        </div>
      )}
      <Coming list={list}>
        <ComingLines count={4} height={76} />
      </Coming>
      {found && found.missions.length > 0 && (
        <ul className={lists.list} aria-label={m.gallery_list()} aria-busy={list.isPlaceholderData}>
          {found.missions.map((mission) => (
            <MissionLine key={mission.id} mission={mission} {...(builder ? { onPutAway: () => putAway(mission) } : {})} />
          ))}
        </ul>
      )}
      {found && found.total === 0 && <Nothing builder={builder} words={words} show={show} />}
      {found && <Pages page={page} size={pageSize} total={found.total} onPage={(next) => onFilter({ ...filter, page: next })} />}
      {leaving && (
        <Confirm
          title={m.gallery_archive_title()}
          go={m.gallery_archive_go()}
          onGo={() => archive(leaving)}
          onClose={() => setLeaving(undefined)}
        >
          {m.gallery_archive_live({ name: leaving.name })}
          <Callers missionId={leaving.id} />
        </Confirm>
      )}
    </Page>
  )
}

function Begin() {
  const { workspace } = useSession()
  const navigate = useNavigate()
  const begin = useMutation({
    mutationFn: async () => {
      // The language of missions comes with the designer that is opened next, not with this list.
      const { emptyMission } = await import('../../mission/mission.ts')
      return beginMission(workspace.id, emptyMission(m.gallery_untitled()))
    },
    onSuccess: (missionId) => navigate({ to: '/missions/$missionId', params: { missionId } }),
    onError: tellTrouble,
  })
  return (
    <>
      <Button component={Link} to="/templates" variant="default" leftSection={<IconTemplate size={18} stroke={1.7} aria-hidden />}>
        {m.gallery_from_template()}
      </Button>
      <Button leftSection={<IconPlus size={18} aria-hidden />} loading={begin.isPending} onClick={() => begin.mutate()}>
        {m.gallery_new()}
      </Button>
    </>
  )
}

function Nothing({ builder, words, show }: { builder: boolean; words: string; show: Show }) {
  if (words !== '') return <Empty title={m.shell_nothing_found()}>{m.shell_nothing_found_why()}</Empty>
  if (show === 'live') return <Empty title={m.gallery_none_live()} />
  if (show === 'draft') return <Empty title={m.gallery_none_draft()} />
  if (show === 'archived') return <Empty title={m.gallery_none_archived()} />
  return builder ? (
    <Empty
      title={m.gallery_none_title()}
      actions={
        <Button component={Link} to="/templates" size="md">
          {m.gallery_from_template()}
        </Button>
      }
    >
      {m.gallery_none()}
    </Empty>
  ) : (
    <Empty title={m.gallery_none_member_title()}>{m.gallery_none_member()}</Empty>
  )
}
