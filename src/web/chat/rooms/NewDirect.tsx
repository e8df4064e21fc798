import { Button, Group, Modal, Stack } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import * as z from 'zod/mini'
import { m } from '#messages'
import { api } from '../../data/api.ts'
import { useSession } from '../../data/session.ts'
import { tellTrouble } from '../../shell/tell.ts'
import { PeoplePicker } from './PeoplePicker.tsx'
import { refreshRooms } from './rooms.ts'

const answerSchema = z.object({ channelId: z.string() })

/** Besides oneself. */
const mostOthers = 9

/** Beginning, or finding again, a conversation with one or a few people. */
export function NewDirect({ opened, close }: { opened: boolean; close(): void }) {
  return (
    <Modal opened={opened} onClose={close} title={m.chat_new_direct()} centered>
      <DirectForm close={close} />
    </Modal>
  )
}

function DirectForm({ close }: { close(): void }) {
  const { workspace, person } = useSession()
  const navigate = useNavigate()
  const [people, setPeople] = useState<string[]>([])
  const [opening, setOpening] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (people.length === 0) return
    setOpening(true)
    try {
      const { channelId } = await api('/api/chat/direct', { workspaceId: workspace.id, people }, { answer: answerSchema })
      await refreshRooms()
      close()
      await navigate({ to: '/chat/$channelId', params: { channelId }, search: {} })
    } catch (error) {
      tellTrouble(error)
    } finally {
      setOpening(false)
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <PeoplePicker label={m.chat_direct_label()} without={[person.id]} picked={people} pick={setPeople} most={mostOthers} autoFocus />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={close}>
            {m.chat_cancel()}
          </Button>
          <Button type="submit" loading={opening} disabled={people.length === 0}>
            {m.chat_open()}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
