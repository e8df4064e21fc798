import { Tabs } from '@mantine/core'
import { type KeyboardEvent, useRef } from 'react'
import { m } from '#messages'
import type { SidePanel } from './desk.ts'
import classes from './designer.module.css'
import { focusCard } from './focusing.ts'
import { Outline, Problems, Settings, Versions } from './later.tsx'
import { useFaults } from './review/faults.ts'
import { useDesk, useWorkshop } from './workshop.ts'

/** What stands at the right: the settings of what is chosen, the mission in sentences, what is wrong with it, or its versions. */
export function Side() {
  const { desk } = useWorkshop()
  const side = useDesk((state) => state.side)
  const { all } = useFaults()
  const escape = useEscape()
  const panels: { value: SidePanel; title: string }[] = [
    { value: 'settings', title: m.designer_settings() },
    { value: 'outline', title: m.designer_outline() },
    { value: 'problems', title: all.length === 0 ? m.designer_problems() : m.designer_problems_count({ count: all.length }) },
  ]
  if (side === 'versions')
    return (
      <aside className={classes.side} aria-label={m.versions_title()}>
        <Versions />
      </aside>
    )
  return (
    <aside className={classes.side} data-tour="side" aria-label={m.designer_side()}>
      <Tabs
        value={side}
        classNames={{ root: classes.tabs ?? '', panel: classes.panel ?? '' }}
        onChange={(value) => {
          const panel = panels.find((one) => one.value === value)?.value
          if (panel) desk.setState({ side: panel })
        }}
      >
        <Tabs.List grow>
          {panels.map((panel) => (
            <Tabs.Tab key={panel.value} value={panel.value} data-tour={panel.value}>
              {panel.title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="settings" onKeyDownCapture={escape.capture} onKeyDown={escape.bubble}>
          <Settings />
        </Tabs.Panel>
        <Tabs.Panel value="outline">
          <Outline />
        </Tabs.Panel>
        <Tabs.Panel value="problems">
          <Problems />
        </Tabs.Panel>
      </Tabs>
    </aside>
  )
}

/** Escape goes from the settings back to their card. What is open there takes the key for itself. */
function useEscape() {
  const { draft, desk } = useWorkshop()
  const isTaken = useRef(false)
  return {
    // Before anything has closed by it. Only at Escape: looking through the page costs a letter in a setting a millisecond.
    capture({ key }: KeyboardEvent<HTMLElement>) {
      if (key !== 'Escape') return
      isTaken.current = [...document.querySelectorAll('[role="listbox"], [role="menu"], [role="dialog"]')].some((one) =>
        one.checkVisibility(),
      )
    },
    bubble(event: KeyboardEvent<HTMLElement>) {
      const card = draft.getState().selection.at(-1)
      const isInside = event.target instanceof Node && event.currentTarget.contains(event.target)
      if (event.key !== 'Escape' || isTaken.current || !isInside || event.defaultPrevented || card === undefined) return
      event.preventDefault()
      focusCard(desk, card)
    },
  }
}
