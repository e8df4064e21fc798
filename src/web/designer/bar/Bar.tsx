import { ActionIcon } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { m } from '#messages'
import classes from '../designer.module.css'
import { Others } from '../others/Others.tsx'
import { afterFirst } from '../first.ts'
import { useDesk, useDraft, useWorkshop } from '../workshop.ts'
import { LiveWords } from './LiveWords.tsx'
import { Publishing } from './Publishing.tsx'
import { SaveWords } from './SaveWords.tsx'

const MoreMenu = lazy(() => afterFirst(() => import('./MoreMenu.tsx')))
const PastMenu = lazy(() => afterFirst(() => import('./PastMenu.tsx')))

/** Above the canvas: the mission's name, where it stands, undo and redo, publishing. */
export function Bar({ phone }: { phone: boolean }) {
  const readOnly = useDraft((state) => state.readOnly)
  return (
    <header className={classes.bar}>
      <ActionIcon
        component={Link}
        to="/missions"
        variant="subtle"
        color="gray"
        size="lg"
        title={m.designer_to_missions()}
        aria-label={m.designer_to_missions()}
      >
        <IconArrowLeft size={20} aria-hidden />
      </ActionIcon>
      <div className={classes.names}>
        <NameField readOnly={readOnly} />
        <p className={classes.standing} data-standing>
          <LiveWords />
          <SaveWords />
          <Others />
        </p>
      </div>
      {!readOnly && (
        <>
          <History phone={phone} />
          <Publishing phone={phone} />
        </>
      )}
      {/* Room for its button, so that nothing jumps when it comes. */}
      <div className={classes.moreMenu}>
        <Suspense>
          <MoreMenu />
        </Suspense>
      </div>
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

/** Undo and redo, each saying what it would undo or redo, and all that was done. */
function History({ phone }: { phone: boolean }) {
  const { draft } = useWorkshop()
  const doing = useDraft((state) => state.doing)
  const past = useStore(draft.temporal, (state) => state.pastStates.length > 0)
  const next = useStore(draft.temporal, (state) => state.futureStates.at(-1)?.doing)
  // On a phone there is room for it only while somebody looks at it.
  const listed = useDesk((state) => state.past)
  const undo = past ? m.designer_undo_what({ what: doing }) : m.designer_undo_nothing()
  const redo = next === undefined ? m.designer_redo_nothing() : m.designer_redo_what({ what: next })
  return (
    <div className={classes.history} data-tour="history">
      <Step label={undo} keys="Control+Z" possible={past} onPress={() => draft.getState().undo()}>
        <IconArrowBackUp size={20} aria-hidden />
      </Step>
      <Step label={redo} keys="Control+Shift+Z" possible={next !== undefined} onPress={() => draft.getState().redo()}>
        <IconArrowForwardUp size={20} aria-hidden />
      </Step>
      {(!phone || listed) && (
        <div className={classes.moreMenu}>
          <Suspense>
            <PastMenu />
          </Suspense>
        </div>
      )}
    </div>
  )
}

/** A button that keeps the focus when there is nothing more to undo. */
function Step({
  label,
  keys,
  possible,
  onPress,
  children,
}: {
  label: string
  keys: string
  possible: boolean
  onPress(): void
  children: ReactNode
}) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      title={label}
      aria-label={label}
      aria-keyshortcuts={keys}
      data-disabled={!possible || undefined}
      aria-disabled={!possible}
      onClick={onPress}
    >
      {children}
    </ActionIcon>
  )
}
