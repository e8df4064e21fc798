import { IconGripVertical, IconX } from '@tabler/icons-react'
import { m } from '#messages'
import type { GripProps } from './reordering.ts'
import classes from './rows.module.css'

/** What a row is moved by: dragged, or focused and moved with the arrow keys. */
export function Grip({ name, ...moving }: GripProps & { name: string }) {
  return (
    <button
      type="button"
      data-grip
      className={classes.grip}
      aria-label={m.designer_row_move({ name })}
      title={m.designer_row_move_how()}
      {...moving}
    >
      <IconGripVertical size={16} aria-hidden />
    </button>
  )
}

/** Takes a row out. */
export function TakeOut({ name, onRemove }: { name: string; onRemove(): void }) {
  return (
    <button type="button" className={classes.small} aria-label={m.designer_take_out({ title: name })} onClick={onRemove}>
      <IconX size={16} aria-hidden />
    </button>
  )
}
