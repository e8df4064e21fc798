import { Button, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { useStore } from 'zustand'
import { m } from '#messages'
import type { Mission } from '../../../mission/mission.ts'
import { beginMission } from '../../gallery/missions.ts'
import { Dialog } from '../Dialog.tsx'
import { locale } from '../../shell/time.ts'
import { tell, tellTrouble } from '../../shell/tell.ts'
import type { SavedDraft } from '../draft/saving.ts'
import { useDifferences } from '../versions/differences.ts'
import { useDraft, useWorkshop } from '../workshop.ts'
import classes from './Conflict.module.css'

/** Two people changed the same: the choice is the reader's, and undo brings back what was not chosen. */
export default function Conflict() {
  const { syncing } = useWorkshop()
  const save = useStore(syncing.state, (state) => state.save)
  if (save.at !== 'conflict') return null
  return <Choice theirs={save.theirs} base={save.base} />
}

function Choice({ theirs, base }: { theirs: SavedDraft; base: Mission | undefined }) {
  const { syncing, workspaceId } = useWorkshop()
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const mission = useDraft((state) => state.mission)
  const [busy, setBusy] = useState(false)
  const name = theirs.by ?? m.designer_somebody()
  const mine = useDifferences(base ?? theirs.mission, mission)
  const other = useDifferences(base ?? mission, theirs.mission)
  const shared = new Set(mine.flatMap(({ id }) => (id !== undefined && other.some((one) => one.id === id) ? [id] : [])))
  const time = theirs.at === undefined ? '' : new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(new Date(theirs.at))
  const copy = async () => {
    setBusy(true)
    try {
      const called = m.conflict_copy_name({ name: mission.name }).slice(0, 120)
      await beginMission(workspaceId, { ...mission, name: called })
      syncing.take(theirs)
      tell(m.conflict_copied({ name: called }))
    } catch (error) {
      tellTrouble(error)
      setBusy(false)
    }
  }
  return (
    <Dialog
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      centered
      size="xl"
      fullScreen={phone}
      title={m.designer_conflict({ name })}
    >
      <Text>{m.designer_conflict_why({ name, time })}</Text>
      <div className={classes.sides}>
        <Side title={m.conflict_mine()} changes={mine} shared={shared}>
          <Button variant="default" fullWidth disabled={busy} onClick={() => syncing.insist(theirs)}>
            {m.designer_keep_mine()}
          </Button>
        </Side>
        <Side title={m.conflict_theirs({ name })} changes={other} shared={shared}>
          <Button data-autofocus fullWidth disabled={busy} onClick={() => syncing.take(theirs)}>
            {m.designer_take_theirs({ name })}
          </Button>
          <Button
            variant="default"
            fullWidth
            mt="xs"
            h="auto"
            mih={36}
            py={6}
            styles={{ label: { whiteSpace: 'normal' } }}
            loading={busy}
            onClick={() => void copy()}
          >
            {m.conflict_copy()}
          </Button>
        </Side>
      </div>
      <Text size="sm" c="dimmed" mt="md">
        {m.designer_conflict_undo()}
      </Text>
    </Dialog>
  )
}

/** What one of the two did, in sentences; what both changed is marked. */
function Side({
  title,
  changes,
  shared,
  children,
}: {
  title: string
  changes: ReturnType<typeof useDifferences>
  shared: ReadonlySet<string>
  children: ReactNode
}) {
  return (
    <section className={classes.side} aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      <ul className={classes.changes}>
        {changes.map(({ id, is, text }) => (
          <li key={`${is} ${id ?? ''} ${text}`} data-shared={(id !== undefined && shared.has(id)) || undefined}>
            {text}
            {id !== undefined && shared.has(id) && <span className={classes.shared}>{m.conflict_both()}</span>}
          </li>
        ))}
        {changes.length === 0 && <li>{m.conflict_only_places()}</li>}
      </ul>
      <div className={classes.choice}>{children}</div>
    </section>
  )
}
