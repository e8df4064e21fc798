import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { m } from '#messages'
import classes from '../designer.module.css'
import { useDraft, useWorkshop } from '../workshop.ts'
import { LiveWords } from './LiveWords.tsx'
import { Publishing } from './Publishing.tsx'
import { SaveWords } from './SaveWords.tsx'

/** Above the canvas: the mission's name, where it stands, undo and redo, publishing. */
export function Bar({ phone }: { phone: boolean }) {
  const readOnly = useDraft((state) => state.readOnly)
  return (
    <header className={classes.bar}>
      <Tooltip label={m.designer_to_missions()}>
        <ActionIcon component={Link} to="/missions" variant="subtle" color="gray" size="lg" aria-label={m.designer_to_missions()}>
          <IconArrowLeft size={20} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <div className={classes.names}>
        <NameField readOnly={readOnly} />
        <p className={classes.standing} data-standing>
          <LiveWords />
          <SaveWords />
        </p>
      </div>
      {!readOnly && (
        <>
          <History />
          <Publishing phone={phone} />
        </>
      )}
    </header>
  )
}

function NameField({ readOnly }: { readOnly: boolean }) {
  const { commands } = useWorkshop()
  const name = useDraft((state) => state.mission.name)
  const [text, setText] = useState(name)
  useEffect(() => setText(name), [name])
  if (readOnly) return <span className={classes.name}>{name}</span>
  return (
    <input
      className={classes.name}
      aria-label={m.designer_mission_name()}
      value={text}
      maxLength={120}
      onChange={(event) => {
        setText(event.currentTarget.value)
        // A mission needs a name: an empty field keeps the old one until something is written.
        if (event.currentTarget.value.trim() !== '') commands.nameMission(event.currentTarget.value)
      }}
      onBlur={() => setText(name)}
      onKeyDown={(event) => (event.key === 'Enter' || event.key === 'Escape') && event.currentTarget.blur()}
    />
  )
}

/** Undo and redo, each saying what it would undo or redo. */
function History() {
  const { draft } = useWorkshop()
  const doing = useDraft((state) => state.doing)
  const past = useStore(draft.temporal, (state) => state.pastStates.length > 0)
  const next = useStore(draft.temporal, (state) => state.futureStates.at(-1)?.doing)
  return (
    <div className={classes.history}>
      <Tooltip label={past ? m.designer_undo_what({ what: doing }) : m.designer_undo_nothing()}>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={past ? m.designer_undo_what({ what: doing }) : m.designer_undo_nothing()} aria-keyshortcuts="Control+Z" data-disabled={!past || undefined} aria-disabled={!past} onClick={() => draft.getState().undo()}>
          <IconArrowBackUp size={20} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={next === undefined ? m.designer_redo_nothing() : m.designer_redo_what({ what: next })}>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={next === undefined ? m.designer_redo_nothing() : m.designer_redo_what({ what: next })} aria-keyshortcuts="Control+Shift+Z" data-disabled={next === undefined || undefined} aria-disabled={next === undefined} onClick={() => draft.getState().redo()}>
          <IconArrowForwardUp size={20} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
