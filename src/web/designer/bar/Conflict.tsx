import { Button, Group, Modal, Text } from '@mantine/core'
import { useStore } from 'zustand'
import { m } from '#messages'
import { catalogue } from '../../../catalogue/catalogue.ts'
import { type Changes, compareMissions } from '../../../mission/comparison.ts'
import type { Mission } from '../../../mission/mission.ts'
import { titleOf } from '../../../mission/scope.ts'
import { say } from '../../../mission/words.ts'
import { locale } from '../../shell/time.ts'
import type { SavedDraft } from '../draft/saving.ts'
import { useDraft, useWorkshop } from '../workshop.ts'
import classes from '../designer.module.css'

/** Two people saved: the choice is the reader's, and undo brings back what was not chosen. */
export default function Conflict() {
  const { syncing } = useWorkshop()
  const save = useStore(syncing.state, (state) => state.save)
  if (save.at !== 'conflict') return null
  return <Choice theirs={save.theirs} />
}

function Choice({ theirs }: { theirs: SavedDraft }) {
  const { syncing, language } = useWorkshop()
  const mission = useDraft((state) => state.mission)
  const name = theirs.by ?? m.designer_somebody()
  const { name: called, description, triggers, steps, links } = compareMissions(mission, theirs.mission)
  const pick = (of: <Placed>(changes: Changes<Placed>) => readonly Placed[]) => [...of(triggers), ...of(steps)].map(({ id }) => id)
  const onlyMine = pick(({ removed }) => removed)
  const onlyTheirs = pick(({ added }) => added)
  const changed = [...triggers.changed, ...steps.changed].map(({ after }) => after.id)
  const list = (from: Mission, ids: readonly string[]) => ids.map((id) => titleIn(from, id, language)).join(', ')
  const time = theirs.at === undefined ? '' : new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(new Date(theirs.at))
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      centered
      size="lg"
      title={m.designer_conflict({ name })}
    >
      <Text>{m.designer_conflict_why({ name, time })}</Text>
      <ul className={classes.differences}>
        {onlyTheirs.length > 0 && <li>{m.designer_only_theirs({ name, steps: list(theirs.mission, onlyTheirs) })}</li>}
        {onlyMine.length > 0 && <li>{m.designer_only_mine({ steps: list(mission, onlyMine) })}</li>}
        {changed.length > 0 && <li>{m.designer_both({ steps: list(mission, changed) })}</li>}
        {links.added.length + links.removed.length > 0 && <li>{m.designer_lines_differ()}</li>}
        {(called ?? description) !== undefined && <li>{m.designer_about_differs()}</li>}
      </ul>
      <Text size="sm" c="dimmed">
        {m.designer_conflict_undo()}
      </Text>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={() => syncing.insist(theirs)}>
          {m.designer_keep_mine()}
        </Button>
        <Button data-autofocus onClick={() => syncing.take(theirs)}>
          {m.designer_take_theirs({ name })}
        </Button>
      </Group>
    </Modal>
  )
}

function titleIn(mission: Mission, id: string, language: string): string {
  const trigger = mission.triggers.find((one) => one.id === id)
  const step = mission.steps.find((one) => one.id === id)
  if (trigger) return say(titleOf(trigger, catalogue.kinds.trigger(trigger.type)?.title), language)
  return step ? say(titleOf(step, catalogue.kinds.step(step.type)?.title), language) : id
}
