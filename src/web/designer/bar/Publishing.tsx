import { ActionIcon, Button, Menu, Popover, Stack, Text, TextInput, Tooltip } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { m } from '#messages'
import { ServerTrouble } from '../../data/trouble.ts'
import { Confirm } from '../../shell/Confirm.tsx'
import { tell, tellTrouble } from '../../shell/tell.ts'
import { publish, unpublish } from '../draft/server.ts'
import { useFaults } from '../review/faults.ts'
import { useWorkshop } from '../workshop.ts'
import classes from '../designer.module.css'
import { useLiveVersion } from './live.ts'

/** Putting the draft live, which is possible only when nothing is wrong with it, and taking it down again. */
export function Publishing({ phone }: { phone: boolean }) {
  const { desk, missionId, draft } = useWorkshop()
  const { errors, fresh } = useFaults()
  const live = useLiveVersion()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [taking, setTaking] = useState(false)
  const refresh = async () => {
    await Promise.all([queries.invalidateQueries({ queryKey: ['versions'] }), queries.invalidateQueries({ queryKey: ['missions'], predicate: ({ queryKey }) => queryKey[1] !== 'draft' })])
  }
  const problems = () => {
    draft.getState().select([])
    desk.setState({ side: 'problems' })
  }
  const ready = fresh && errors === 0
  return (
    <div className={classes.publishing}>
      {errors > 0 && (
        <Button variant="subtle" color="red" size="sm" onClick={problems}>
          {phone ? errors : m.designer_problems_left({ count: errors })}
        </Button>
      )}
      <Popover opened={asking} onChange={setAsking} position="bottom-end" width={320} shadow="lg" trapFocus returnFocus withinPortal>
        <Popover.Target>
          <Tooltip label={m.designer_publish_first_mend()} disabled={ready}>
            <Button size="sm" data-disabled={!ready || undefined} aria-disabled={!ready} onClick={() => (ready ? setAsking(true) : errors > 0 && problems())}>
              {m.designer_publish()}
            </Button>
          </Tooltip>
        </Popover.Target>
        <Popover.Dropdown aria-label={m.designer_publish()}>
          {asking && <PublishForm number={(live?.number ?? 0) + 1} under={live?.under ?? 0} known={live !== null} onDone={refresh} onClose={() => setAsking(false)} />}
        </Popover.Dropdown>
      </Popover>
      {live && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={m.designer_more()}>
              <IconDots size={20} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setTaking(true)}>{m.designer_unpublish()}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {taking && (
        <Confirm
          title={m.designer_unpublish_ask()}
          go={m.designer_unpublish()}
          onClose={() => setTaking(false)}
          onGo={async () => {
            await unpublish(missionId)
            await refresh()
            tell(m.designer_unpublished())
          }}
        >
          {m.designer_unpublish_why()}
        </Confirm>
      )}
    </div>
  )
}

/** The last question before publishing: a note for the others, if wanted. */
function PublishForm({ number, under, known, onDone, onClose }: { number: number; under: number; known: boolean; onDone(): Promise<void>; onClose(): void }) {
  const { missionId, syncing, desk, draft } = useWorkshop()
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const go = async () => {
    setBusy(true)
    try {
      if (!(await syncing.flush())) return onClose()
      const published = await publish(missionId, syncing.rev(), note.trim())
      await onDone()
      tell(m.designer_published({ number: published }))
      draft.getState().tell(m.designer_published({ number: published }))
      onClose()
    } catch (error) {
      if (error instanceof ServerTrouble && error.status === 409) void syncing.look()
      if (error instanceof ServerTrouble && error.status === 422) desk.setState({ side: 'problems' })
      tellTrouble(error)
      onClose()
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void go()
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{under > 0 ? m.designer_publish_about_running({ count: under }) : known ? m.designer_publish_about({ number }) : m.designer_publish_about_first()}</Text>
        <TextInput data-autofocus label={m.designer_publish_note()} placeholder={m.designer_publish_note_hint()} maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        <Button type="submit" loading={busy}>
          {m.designer_publish_now()}
        </Button>
      </Stack>
    </form>
  )
}
