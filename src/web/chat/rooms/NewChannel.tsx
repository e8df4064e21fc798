import { Button, Group, Modal, Stack, Switch, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import * as z from 'zod/mini'
import { m } from '#messages'
import { api } from '../../data/api.ts'
import { useSession } from '../../data/session.ts'
import { wordsOf } from '../../data/trouble.ts'
import { PeoplePicker } from './PeoplePicker.tsx'
import { refreshRooms } from './rooms.ts'

const answerSchema = z.object({ channelId: z.string() })

/** Making a channel. */
export function NewChannel({ opened, close }: { opened: boolean; close(): void }) {
  return (
    <Modal opened={opened} onClose={close} title={m.chat_new_channel()} centered>
      <ChannelForm close={close} />
    </Modal>
  )
}

function ChannelForm({ close }: { close(): void }) {
  const { workspace, person } = useSession()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [topic, setTopic] = useState('')
  const [hidden, setHidden] = useState(false)
  const [people, setPeople] = useState<string[]>([])
  const [wrong, setWrong] = useState<string>()
  const [making, setMaking] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return setWrong(m.chat_channel_name_missing())
    setMaking(true)
    try {
      const { channelId } = await api(
        '/api/chat/channels',
        { workspaceId: workspace.id, name: name.trim(), topic: topic.trim(), kind: hidden ? 'private' : 'public', people },
        { answer: answerSchema },
      )
      await refreshRooms()
      close()
      await navigate({ to: '/chat/$channelId', params: { channelId }, search: {} })
    } catch (error) {
      setWrong(wordsOf(error))
    } finally {
      setMaking(false)
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <TextInput
          label={m.chat_channel_name()}
          description={m.chat_channel_name_help()}
          leftSection="#"
          maxLength={80}
          data-autofocus
          error={wrong}
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value)
            setWrong(undefined)
          }}
        />
        <TextInput
          label={m.chat_topic()}
          description={m.chat_topic_help()}
          maxLength={250}
          value={topic}
          onChange={(event) => setTopic(event.currentTarget.value)}
        />
        <PeoplePicker label={m.chat_invite_label()} without={[person.id]} picked={people} pick={setPeople} />
        <Switch
          label={m.chat_make_private()}
          description={m.chat_make_private_help()}
          checked={hidden}
          onChange={(event) => setHidden(event.currentTarget.checked)}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={close}>
            {m.chat_cancel()}
          </Button>
          <Button type="submit" loading={making}>
            {m.chat_create()}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
