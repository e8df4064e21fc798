import { Anchor, Button, Group, List, Stack, Text, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { m } from '#messages'
import { catalogue } from '../../../catalogue/catalogue.ts'
import { type Cutting, cutOut } from '../../../mission/cutting.ts'
import { readSection } from '../../../mission/section.ts'
import { beginMission } from '../../gallery/missions.ts'
import { wordsOf } from '../../data/trouble.ts'
import { Dialog } from '../Dialog.tsx'
import { nameCards } from '../draft/naming.ts'
import { useDesk, useWorkshop } from '../workshop.ts'
import { missionOf, runningStep } from './becoming.ts'
import { obstacleWords } from './obstacles.ts'

/** Making chosen steps a mission of their own, or why that, or putting them into a *for each*, is not possible. */
export default function GroupDialog() {
  const grouping = useDesk((state) => state.grouping)
  return grouping && <Open {...grouping} />
}

function Open({ ids, as }: { ids: readonly string[]; as: 'mission' | 'each' }) {
  const { draft, desk, language } = useWorkshop()
  const [mission] = useState(() => draft.getState().mission)
  const [naming] = useState(() => nameCards(draft, language))
  const [cut] = useState(() => (as === 'mission' ? cutOut(mission, ids, catalogue.kinds) : readSection(mission, ids)))
  const close = () => desk.setState({ grouping: undefined })
  const title = as === 'mission' ? m.designer_group() : m.designer_hold()
  return (
    <Dialog onClose={close} title={title} centered size="md">
      {'is' in cut ? (
        <Stack gap="md">
          <Text>{obstacleWords(cut, mission, naming, language)}</Text>
          <Group justify="flex-end">
            <Button data-autofocus onClick={close}>
              {m.designer_understood()}
            </Button>
          </Group>
        </Stack>
      ) : (
        'needs' in cut && <Making cut={cut} ids={ids} name={naming.title(cut.entry)} onClose={close} />
      )}
    </Dialog>
  )
}

function Making({ cut, ids, name, onClose }: { cut: Cutting; ids: readonly string[]; name: string; onClose(): void }) {
  const { draft, commands, workspaceId, language } = useWorkshop()
  const [naming] = useState(() => nameCards(draft, language))
  const [called, setCalled] = useState(name)
  const [made, setMade] = useState<{ id: string; name: string; put: boolean }>()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const whole = called.trim()
  const make = async (event: FormEvent) => {
    event.preventDefault()
    if (whole === '') return
    const { mission } = draft.getState()
    const child = missionOf(cut, whole, naming)
    setBusy(true)
    try {
      // The new mission first: should anything fail between the two, nothing is lost, and there is one draft too many.
      const id = await beginMission(workspaceId, child)
      const same = draft.getState().mission === mission
      setMade({ id, name: whole, put: same && commands.group(ids, runningStep(cut, { id, name: whole })) })
    } catch (error) {
      setWrong(wordsOf(error))
    }
    setBusy(false)
  }
  if (made)
    return (
      <Stack gap="md">
        <Text>{made.put ? m.designer_group_made({ name: made.name }) : m.designer_group_made_only({ name: made.name })}</Text>
        <Group justify="flex-end" gap="md">
          <Anchor component={Link} to={`/missions/${made.id}`} target="_blank">
            {m.designer_group_open()}
          </Anchor>
          <Button data-autofocus onClick={onClose}>
            {m.designer_group_stay()}
          </Button>
        </Group>
      </Stack>
    )
  return (
    <form onSubmit={(event) => void make(event)}>
      <Stack gap="md">
        <Text size="sm">{m.designer_group_about({ count: cut.steps.length })}</Text>
        <TextInput
          data-autofocus
          label={m.designer_group_name()}
          value={called}
          maxLength={120}
          error={wrong}
          onChange={(event) => setCalled(event.currentTarget.value)}
        />
        {cut.needs.length > 0 && (
          <div>
            <Text size="sm" fw={600}>
              {m.designer_group_needs()}
            </Text>
            <List size="sm">
              {cut.needs.map(({ name: need, reference }) => {
                const [root = '', part] = reference.split('.')
                return (
                  <List.Item key={need}>
                    {root === 'trigger' || part === undefined ? (part ?? root) : `${naming.title(root)}: ${part}`}
                  </List.Item>
                )
              })}
            </List>
          </div>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {m.shell_cancel()}
          </Button>
          <Button type="submit" loading={busy} disabled={whole === ''}>
            {m.designer_group_go()}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
