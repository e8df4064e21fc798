import { Button, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { m } from '#messages'
import { ServerTrouble } from '../../data/trouble.ts'
import { tell, tellTrouble } from '../../shell/tell.ts'
import { publish } from '../draft/server.ts'
import { useWorkshop } from '../workshop.ts'
import { type LiveVersion, useRefresh } from './live.ts'

/** The last question before publishing: a note for the others, if wanted. */
export default function PublishDialog({ live, onClose }: { live: LiveVersion | null; onClose(): void }) {
  const { missionId, syncing, desk, draft } = useWorkshop()
  const refresh = useRefresh()
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const go = async () => {
    setBusy(true)
    try {
      if (await syncing.flush()) {
        const number = await publish(missionId, syncing.rev(), note.trim())
        await refresh()
        tell(m.designer_published({ number }))
        draft.getState().tell(m.designer_published({ number }))
      }
    } catch (error) {
      if (error instanceof ServerTrouble && error.status === 409) void syncing.look()
      if (error instanceof ServerTrouble && error.status === 422) desk.setState({ side: 'problems' })
      tellTrouble(error)
    }
    onClose()
  }
  const about = !live
    ? m.designer_publish_about_first()
    : live.under > 0
      ? m.designer_publish_about_running({ count: live.under })
      : m.designer_publish_about({ number: live.number + 1 })
  return (
    <Modal opened onClose={onClose} title={m.designer_publish_title()} centered size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        <Stack gap="md">
          <Text>{about}</Text>
          <TextInput
            data-autofocus
            label={m.designer_publish_note()}
            placeholder={m.designer_publish_note_hint()}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button type="submit" loading={busy}>
            {m.designer_publish_now()}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
