import { m } from '#messages'
import { useDesk } from '../workshop.ts'
import { namesAt } from './others.ts'
import classes from './others.module.css'

/** A small mark with the name of whoever else is at a card. */
export function OtherMark({ id, on }: { id: string; on: 'card' | 'line' }) {
  const names = useDesk((state) => namesAt(state.others, id))
  if (names === '') return null
  return (
    <span className={classes.mark} data-on={on} title={m.others_here({ names })}>
      {names}
    </span>
  )
}
