import { IconPlus } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { m } from '#messages'
import type { Sentence } from '../../../mission/prose.ts'
import { useScene } from '../canvas/SceneProvider.tsx'
import { placeOf, show } from '../desk.ts'
import { spotAt } from '../draft/nearby.ts'
import { useFaults } from '../review/faults.ts'
import { useDraft, useWorkshop } from '../workshop.ts'
import classes from './outline.module.css'

/** The mission as an ordered list of sentences: to read, to jump to a card, and to work without the picture. */
export function Outline() {
  const { review, desk } = useWorkshop()
  const sentences = useStore(review, (state) => state.sentences)
  const readOnly = useDraft((state) => state.readOnly)
  return (
    <div className={classes.panel}>
      <ol className={classes.list} aria-label={m.designer_outline()}>
        {sentences.map((sentence) => (
          <Line key={sentence.id} sentence={sentence} />
        ))}
      </ol>
      {!readOnly && (
        <button
          type="button"
          className={classes.trigger}
          onClick={(event) => desk.setState({ adding: { spot: { at: 'top' }, place: placeOf(event.currentTarget) } })}
        >
          <IconPlus size={16} aria-hidden />
          {m.designer_add_trigger()}
        </button>
      )}
    </div>
  )
}

function Line({ sentence }: { sentence: Sentence }) {
  const { draft, desk, commands } = useWorkshop()
  const { id, depth, number, text } = sentence
  const selected = useDraft((state) => state.selection.includes(id))
  const readOnly = useDraft((state) => state.readOnly)
  const scene = useScene()
  const fault = useFaults().byCard.get(id)
  const spot = spotAt(scene, id)
  const title = scene.cards.find((card) => card.id === id)?.title ?? ''
  const open = () => {
    draft.getState().select([id])
    desk.setState(({ wanted }) => ({ side: 'settings', wanted: { id, setting: '', count: (wanted?.count ?? 0) + 1 } }))
    show(desk, id)
  }
  return (
    <li className={classes.line} data-selected={selected || undefined} style={{ paddingInlineStart: Math.min(depth, 6) * 14 }}>
      <span className={classes.number} aria-hidden>
        {number}
      </span>
      <button
        type="button"
        className={classes.sentence}
        aria-current={selected || undefined}
        onClick={open}
        onKeyDown={(event) => {
          if ((event.key === 'Delete' || event.key === 'Backspace') && !readOnly) commands.remove([id])
        }}
      >
        {text}
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
          aria-label={m.designer_add_after({ title })}
          onClick={(event) => desk.setState({ adding: { spot, place: placeOf(event.currentTarget) } })}
        >
          <IconPlus size={17} aria-hidden />
        </button>
      )}
    </li>
  )
}
