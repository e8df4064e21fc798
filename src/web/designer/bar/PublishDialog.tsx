import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { m } from '#messages'
import { languages } from '../../../mission/words.ts'
import { ServerTrouble } from '../../data/trouble.ts'
import { tell, tellTrouble } from '../../shell/tell.ts'
import { locale } from '../../shell/time.ts'
import { Dialog } from '../Dialog.tsx'
import { publish, type Together, togetherOf } from '../draft/server.ts'
import { countQuery } from '../versions/moving/elsewhere.ts'
import { useWorkshop } from '../workshop.ts'
import { type LiveVersion, useRefresh } from './live.ts'

/** The last question before publishing: a note for the others, if wanted. Afterwards, what becomes of those who are in older versions. */
export default function PublishDialog({ live, onClose }: { live: LiveVersion | null; onClose(): void }) {
  const { missionId, syncing, desk, draft, commands } = useWorkshop()
  const refresh = useRefresh()
  // People read it beside every message that the mission writes.
  const [nameless] = useState(() => isUntitled(draft.getState().mission.name))
  const [name, setName] = useState('')
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const queries = useQueryClient()
  const [done, setDone] = useState<{ number: number; elsewhere: number }>()
  const [refused, setRefused] = useState<Pick<ServerTrouble, 'message' | 'remedy'>>()
  const [together, setTogether] = useState<Together>()
  const go = async () => {
    setBusy(true)
    setRefused(undefined)
    if (name !== '') commands.nameMission(name.trim())
    try {
      if (await syncing.flush()) {
        const number = await publish(missionId, syncing.rev(), note.trim(), together)
        await refresh()
        tell(m.designer_published({ number }))
        draft.getState().tell(m.designer_published({ number }))
        // Whether anybody is left behind is worth knowing, and no reason to call the publishing failed.
        const left = await queries.fetchQuery({ ...countQuery(missionId), staleTime: 0 }).catch(() => undefined)
        if (left && left.total > 0) return setDone({ number, elsewhere: left.total })
      } else if (syncing.state.getState().save.at !== 'conflict') {
        setBusy(false)
        return setRefused({ message: m.publish_unsaved(), remedy: m.publish_unsaved_how() })
      }
    } catch (error) {
      if (error instanceof ServerTrouble && error.status === 409) void syncing.look()
      if (error instanceof ServerTrouble && error.status === 422) {
        setTogether(togetherOf(error))
        desk.setState({ side: 'problems' })
        setBusy(false)
        return setRefused(error)
      }
      tellTrouble(error)
    }
    onClose()
  }
  const about = !live
    ? m.designer_publish_about_first()
    : live.under > 0
      ? m.designer_publish_about_running({ count: live.under })
      : m.designer_publish_about({ number: live.number + 1 })
  if (done)
    return (
      <Dialog onClose={onClose} title={m.versions_is_live({ number: done.number })} centered size="sm">
        <Stack gap="md">
          <Text>
            {m.versions_elsewhere({ count: done.elsewhere })} {m.versions_moving_about({ number: done.number })}
          </Text>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {m.versions_moving_later()}
            </Button>
            <Button
              data-autofocus
              onClick={() => {
                onClose()
                desk.setState({ moving: true })
              }}
            >
              {m.versions_see_moving()}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    )
  return (
    <Dialog onClose={onClose} title={m.designer_publish_title()} centered size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        <Stack gap="md">
          <Text>{about}</Text>
          {nameless && (
            <TextInput
              data-autofocus
              label={m.beginning_name()}
              description={m.beginning_name_why()}
              required
              withAsterisk={false}
              maxLength={120}
              value={name}
              // Blanks are no name, so that “required” holds them back.
              onChange={(event) => setName(event.currentTarget.value.trimStart())}
            />
          )}
          <TextInput
            data-autofocus={!nameless || undefined}
            label={m.designer_publish_note()}
            placeholder={m.designer_publish_note_hint()}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {refused && !together && (
            <Alert color="red" title={refused.message}>
              {refused.remedy}
            </Alert>
          )}
          {together && (
            <Alert
              color="gray"
              styles={{ title: { color: 'var(--mantine-color-text)' } }}
              title={m.publish_together_title({ names: namesOf(together) })}
            >
              {m.publish_together({ count: together.length, names: namesOf(together) })}
            </Alert>
          )}
          <Button type="submit" loading={busy}>
            {together ? m.publish_together_go() : m.designer_publish_now()}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}

const namesOf = (missions: Together): string =>
  new Intl.ListFormat(locale(), { type: 'conjunction' }).format(missions.map(({ name }) => m.gallery_quoted({ name })))

/** Whether a mission still has the name that every new one has. */
const isUntitled = (name: string): boolean => languages.some((locale) => m.gallery_untitled({}, { locale }) === name)
