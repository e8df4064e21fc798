import { type ReactNode, useState } from 'react'
import classes from './settings.module.css'

/** A part of the panel that stays folded until somebody needs it. */
export function Collapsed({ title, open, children }: { title: string; open: boolean; children: ReactNode }) {
  const [opened, setOpened] = useState(open)
  return (
    <details className={classes.part} open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary className={classes.summary}>{title}</summary>
      {opened && children}
    </details>
  )
}
