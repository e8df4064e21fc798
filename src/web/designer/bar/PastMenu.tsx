import { ActionIcon, Menu } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { m } from '#messages'
import { pastOf } from '../draft/past.ts'
import { useDesk, useDraft, useWorkshop } from '../workshop.ts'
import classes from './past.module.css'

/** Everything done since the mission was opened, by name, the newest first. Choosing one goes back or forward to it. */
export default function PastMenu() {
  const { desk } = useWorkshop()
  const opened = useDesk((state) => state.past)
  return (
    <Menu
      opened={opened}
      onChange={(past) => desk.setState({ past })}
      position="bottom-end"
      width={320}
      withinPortal
      returnFocus
      // The focus goes to the edit that stands, and a menu may hold nothing but its items.
      withInitialFocusPlaceholder={false}
      transitionProps={atOnce}
    >
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" title={m.designer_past()} aria-label={m.designer_past()} aria-keyshortcuts="H">
          <IconHistory size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={classes.list} aria-label={m.designer_past()}>
        <Edits />
      </Menu.Dropdown>
    </Menu>
  )
}

const looks = { itemLabel: classes.name ?? '' }

/** Arrow keys work from the first moment on. */
const atOnce = { duration: 0 }

function Edits() {
  const { draft, desk } = useWorkshop()
  // What was done can only change together with one of these.
  useDraft((state) => state.doing)
  useStore(draft.temporal)
  const { names, at } = pastOf(draft)
  const entries = names.map((name, place) => ({ name: name === '' ? m.designer_past_opened() : name, place })).reverse()
  return (
    <>
      <Menu.Label>{names.length === 1 ? m.designer_past_none() : m.designer_past_about()}</Menu.Label>
      <Menu.RadioGroup
        value={String(at)}
        onChange={(place) => {
          draft.getState().goTo(Number(place))
          desk.setState({ past: false })
        }}
      >
        {entries.map(({ name, place }) => (
          <Menu.RadioItem
            key={place}
            data-autofocus={place === at || undefined}
            value={String(place)}
            className={classes.entry}
            classNames={looks}
            data-undone={place > at || undefined}
          >
            {place > at ? m.designer_past_undone({ what: name }) : name}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}
