import { Button, Group, Modal, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { m } from '#messages'
import { useSession } from '../../data/session.ts'
import { tellTrouble } from '../../shell/tell.ts'
import { useOpenDirect } from './direct.ts'
import { PeoplePicker } from './PeoplePicker.tsx'

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
  const { person } = useSession()
  const open = useOpenDirect()
  const [people, setPeople] = useState<string[]>([])
  const [opening, setOpening] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (people.length === 0) return
    setOpening(true)
    try {
      await open(people)
      close()
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
