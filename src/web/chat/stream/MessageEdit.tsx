import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { m } from '#messages'
import { api } from '../../data/api.ts'
import { tellTrouble } from '../../shell/tell.ts'
import { keepMentions, typeMentions } from '../composer/mentions.ts'
import { WritingField } from '../composer/WritingField.tsx'
import { useDirectory } from '../people.ts'
import type { ChatMessage } from './message.ts'
import { useTalk } from './talk.ts'

/** Changing what one has said: Enter saves, Escape leaves it as it was. */
export function MessageEdit({ message, close }: { message: ChatMessage; close(): void }) {
  const talk = useTalk()
  const people = useDirectory()
  const [text, setText] = useState(() => typeMentions(message.body.text, people))
  const [saving, setSaving] = useState(false)

  const save = async () => {
    const kept = keepMentions(text.trim(), people)
    if (kept === '' || kept === message.body.text) return close()
    setSaving(true)
    try {
      await api(`/api/chat/messages/${message.id}`, { text: kept }, { method: 'PATCH' })
      await talk.stream.catchUp()
      close()
    } catch (error) {
      setSaving(false)
      tellTrouble(error)
    }
  }

  return (
    <div>
      <WritingField label={m.chat_edit_label()} text={text} change={setText} submit={() => void save()} leave={close} autoFocus />
      <Group gap="xs" mt={6}>
        <Button size="xs" loading={saving} onClick={() => void save()}>
          {m.chat_save()}
        </Button>
        <Button size="xs" variant="default" onClick={close}>
          {m.chat_cancel()}
        </Button>
      </Group>
    </div>
  )
}
