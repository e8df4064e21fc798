import { ActionIcon, Button, Group, Modal, Text, Tooltip } from '@mantine/core'
import { IconMessageReply, IconMoodPlus, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { m } from '#messages'
import { api } from '../../data/api.ts'
import { tellTrouble } from '../../shell/tell.ts'
import { EmojiPicker } from './EmojiPicker.tsx'
import type { ChatMessage } from './message.ts'
import classes from './MessageRow.module.css'
import { react } from './reacting.ts'
import { useTalk } from './talk.ts'

interface Tools {
  message: ChatMessage
  /** Keeps the tools where they are while one of them is open. */
  hold(held: boolean): void
  edit(): void
}

/** What can be done with a message, at its corner while it is pointed at or has the focus. */
export function MessageTools({ message, hold, edit }: Tools) {
  const talk = useTalk()
  const [picking, setPicking] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const { openThread } = talk
  const own = message.person_id === talk.me

  const open = (set: (opened: boolean) => void) => (opened: boolean) => {
    set(opened)
    hold(opened)
  }
  const remove = async () => {
    open(setDeleting)(false)
    await api(`/api/chat/messages/${message.id}`, undefined, { method: 'DELETE' }).then(talk.stream.catchUp, tellTrouble)
  }

  return (
    <div className={classes.tools}>
      {talk.writable && (
        <EmojiPicker opened={picking} setOpened={open(setPicking)} pick={(emoji) => void react(talk, message, emoji)}>
          <Tooltip label={m.chat_react()} disabled={picking}>
            <ActionIcon variant="subtle" color="gray" size={32} aria-label={m.chat_react()} onClick={() => open(setPicking)(!picking)}>
              <IconMoodPlus size={18} stroke={1.7} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </EmojiPicker>
      )}
      {openThread && (
        <Tooltip label={m.chat_reply()}>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={m.chat_reply()} onClick={() => openThread(message.id)}>
            <IconMessageReply size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      {own && (
        <>
          <Tooltip label={m.chat_edit()}>
            <ActionIcon variant="subtle" color="gray" size={32} aria-label={m.chat_edit()} onClick={edit}>
              <IconPencil size={18} stroke={1.7} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={m.chat_delete()}>
            <ActionIcon variant="subtle" color="gray" size={32} aria-label={m.chat_delete()} onClick={() => open(setDeleting)(true)}>
              <IconTrash size={18} stroke={1.7} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </>
      )}
      <Modal opened={deleting} onClose={() => open(setDeleting)(false)} title={m.chat_delete_title()} centered size="sm">
        <Text size="sm">{m.chat_delete_about()}</Text>
        <Group justify="flex-end" gap="sm" mt="lg">
          <Button variant="default" data-autofocus onClick={() => open(setDeleting)(false)}>
            {m.chat_cancel()}
          </Button>
          <Button color="red" onClick={() => void remove()}>
            {m.chat_delete()}
          </Button>
        </Group>
      </Modal>
    </div>
  )
}
