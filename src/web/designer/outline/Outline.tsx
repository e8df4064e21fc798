import { IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { m } from '#messages'
import type { Sentence } from '../../../mission/prose.ts'
import { useScene } from '../canvas/SceneProvider.tsx'
import { placeOf, show, showSettings } from '../desk.ts'
import { firstExit, spotAt } from '../draft/nearby.ts'
import { NoteList } from '../notes/NoteList.tsx'
import { useFaults } from '../review/faults.ts'
import { OtherMark } from '../others/OtherMark.tsx'
import { cardInWalk } from '../review/track.ts'
import { pressed, type Shortcut } from '../shortcuts.ts'
import { useDesk, useDraft, useWorkshop } from '../workshop.ts'
import classes from './outline.module.css'
import { lineBeside, lineInto, lineOut, nextAfter } from './lines.ts'

/** The mission as an ordered list of sentences: to read, to jump to a card, and to work without the picture. */
export function Outline() {
  const { review, desk } = useWorkshop()
  const told = useStore(review, (state) => state.sentences)
  const mission = useDraft((state) => state.mission)
  const readOnly = useDraft((state) => state.readOnly)
  const chosen = useDraft((state) => state.selection.at(-1))
  const [visited, setVisited] = useState<string>()
  const list = useRef<HTMLOListElement>(null)
  const adder = useRef<HTMLButtonElement>(null)
  // What was deleted goes at once, not when the sentences have been made anew.
  const there = new Set([...mission.triggers, ...mission.steps].map((node) => node.id))
  const sentences = told.filter(({ id }) => there.has(id))
  // One stop for the tab key: from there the arrows lead on.
  const stop = [visited, chosen].find((id) => sentences.some((sentence) => sentence.id === id)) ?? sentences[0]?.id
  const focus = (id: string | undefined) => {
    const line = id === undefined ? adder.current : list.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"]`)
    line?.focus()
    line?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <div className={classes.panel}>
      <p className={classes.intro} data-keys={!readOnly || undefined}>
        {readOnly ? m.designer_outline_read() : m.designer_outline_about()}
      </p>
      <ol ref={list} className={classes.list} aria-label={m.designer_outline()}>
        {sentences.map((sentence) => (
          <Line
            key={sentence.id}
            sentence={sentence}
            sentences={sentences}
            isStop={sentence.id === stop}
            onVisit={setVisited}
            onGo={focus}
          />
        ))}
      </ol>
      {!readOnly && (
        <button
          ref={adder}
          type="button"
          className={classes.trigger}
          onClick={(event) => desk.setState({ adding: { spot: { at: 'top' }, place: placeOf(event.currentTarget) } })}
        >
          <IconPlus size={16} aria-hidden />
          {m.designer_add_trigger()}
        </button>
      )}
      <NoteList />
    </div>
  )
}

interface LineOf {
  sentence: Sentence
  sentences: readonly Sentence[]
  /** Whether the tab key stops here. */
  isStop: boolean
  onVisit(id: string): void
  /** Puts the focus on another line; on what comes after the list when there is none. */
  onGo(id: string | undefined): void
}

function Line({ sentence, sentences, isStop, onVisit, onGo }: LineOf) {
  const { draft, desk, commands } = useWorkshop()
  const { id, depth, number, text } = sentence
  const selected = useDraft((state) => state.selection.includes(id))
  const readOnly = useDraft((state) => state.readOnly)
  const scene = useScene()
  const fault = useFaults().byCard.get(id)
  const spot = spotAt(scene, id)
  const title = scene.cards.find((card) => card.id === id)?.title ?? ''
  const walked = useDesk((state) => cardInWalk(state.walk, id))
  const line = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (walked === 'now') line.current?.scrollIntoView({ block: 'nearest' })
  }, [walked])
  const open = () => {
    draft.getState().select([id])
    showSettings(desk, id)
    show(desk, id)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const name = pressed(event, 'line')
    if (name === undefined) {
      // Copy, cut and duplicate are for the line one is on, as they are for a chosen card.
      if ((event.ctrlKey || event.metaKey) && /^[cxdv]$/i.test(event.key) && !selected) draft.getState().select([id])
      return
    }
    const place = placeOf(event.currentTarget)
    const exit = firstExit(scene, id)
    const isStep = scene.cards.some((card) => card.id === id && card.role === 'step')
    const go = (to: string | undefined) => to !== undefined && onGo(to)
    const acts: Record<Shortcut<'line'>, () => void> = {
      go: () => go(lineBeside(sentences, id, event.key === 'ArrowDown' ? 1 : -1)),
      out: () => go(lineOut(sentences, id)),
      into: () => go(lineInto(sentences, id)),
      ends: () => go((event.key === 'Home' ? sentences[0] : sentences.at(-1))?.id),
      open,
      add: () => !readOnly && spot && desk.setState({ adding: { spot, place, byKey: true } }),
      along: () => !readOnly && isStep && commands.moveAlong(id, event.key === 'ArrowUp' ? -1 : 1),
      moveTo: () => !readOnly && isStep && desk.setState({ relocating: { ids: [id], place } }),
      replace: () => !readOnly && isStep && desk.setState({ replacing: { id, place } }),
      connect: () => !readOnly && exit !== undefined && desk.setState({ connecting: { from: id, exit, place } }),
      remove() {
        if (readOnly) return
        onGo(nextAfter(sentences, id))
        commands.remove([id])
      },
    }
    event.preventDefault()
    // The canvas listens for Delete on the whole page, for the card that is chosen there.
    event.stopPropagation()
    acts[name]()
  }
  return (
    <li
      ref={line}
      className={classes.line}
      data-selected={selected || undefined}
      data-walked={walked}
      style={{ paddingInlineStart: Math.min(depth, 6) * 14 }}
    >
      <span className={classes.number} aria-hidden>
        {number}
      </span>
      <button
        type="button"
        className={classes.sentence}
        data-line={id}
        tabIndex={isStop ? 0 : -1}
        aria-current={selected || undefined}
        onClick={open}
        onFocus={() => onVisit(id)}
        onKeyDown={onKeyDown}
      >
        {text}
        <OtherMark id={id} on="line" />
        {fault && (
          <span className={classes.fault} data-severity={fault.severity}>
            {fault.words}
          </span>
        )}
      </button>
      {!readOnly && spot && (
        <button
          type="button"
          className={classes.add}
          tabIndex={isStop ? 0 : -1}
          aria-label={m.designer_add_after({ title })}
          onClick={(event) => desk.setState({ adding: { spot, place: placeOf(event.currentTarget) } })}
        >
          <IconPlus size={17} aria-hidden />
        </button>
      )}
    </li>
  )
}
