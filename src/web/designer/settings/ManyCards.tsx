import { Button, Stack } from '@mantine/core'
import { IconArrowsMove, IconCopy, IconRepeat, IconStackPush, IconTrash } from '@tabler/icons-react'
import { m } from '#messages'
import { chainOf } from '../../../mission/edit.ts'
import { placeOf } from '../desk.ts'
import { exitsOf } from '../draft/exits.ts'
import { useDraft, useWorkshop } from '../workshop.ts'
import classes from './settings.module.css'

/** Several cards are chosen: what can be done with all of them. */
export function ManyCards({ ids }: { ids: readonly string[] }) {
  const { commands, desk } = useWorkshop()
  const readOnly = useDraft((state) => state.readOnly)
  const chain = useDraft((state) => chainOf(state.mission, ids, exitsOf(state.mission))?.join(' '))
  return (
    <div className={classes.panel}>
      <div className={classes.head}>
        <div className={classes.kind}>
          <h2 className={classes.title}>{m.designer_many({ count: ids.length })}</h2>
          <p className={classes.about}>{m.designer_many_about()}</p>
        </div>
      </div>
      {!readOnly && (
        <Stack className={classes.body} gap="xs">
          <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={() => commands.duplicate(ids)}>
            {m.designer_duplicate()}
          </Button>
          {chain !== undefined && (
            <Button
              variant="default"
              leftSection={<IconArrowsMove size={16} aria-hidden />}
              onClick={({ currentTarget }) => desk.setState({ relocating: { ids: chain.split(' '), place: placeOf(currentTarget) } })}
            >
              {m.designer_move_to()}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconStackPush size={16} aria-hidden />}
            onClick={() => desk.setState({ grouping: { ids, as: 'mission' } })}
          >
            {m.designer_group()}
          </Button>
          <Button variant="default" leftSection={<IconRepeat size={16} aria-hidden />} onClick={() => commands.hold(ids)}>
            {m.designer_hold()}
          </Button>
          <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => commands.remove(ids)}>
            {m.designer_delete()}
          </Button>
        </Stack>
      )}
    </div>
  )
}
