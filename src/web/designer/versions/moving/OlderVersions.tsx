import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { m } from '#messages'
import { useLiveVersion } from '../../bar/live.ts'
import { useDraft, useWorkshop } from '../../workshop.ts'
import { countQuery } from './elsewhere.ts'
import classes from './moving.module.css'

/** That some are in older versions, and the way to move them. Nothing when nobody is. */
export function OlderVersions() {
  const { missionId, desk } = useWorkshop()
  const readOnly = useDraft((state) => state.readOnly)
  const live = useLiveVersion()
  const hasLive = live !== undefined && live !== null
  const { data } = useQuery({ ...countQuery(missionId), enabled: !readOnly && hasLive })
  if (readOnly || !hasLive || !data || data.total === 0) return null
  return (
    <div className={classes.elsewhere}>
      <Text size="sm">{m.versions_elsewhere({ count: data.total })}</Text>
      <Button size="xs" variant="light" onClick={() => desk.setState({ moving: true })}>
        {m.versions_see_moving()}
      </Button>
    </div>
  )
}
