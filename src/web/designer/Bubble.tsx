import { Popover, type PopoverProps } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './bubble.module.css'
import type { Place } from './desk.ts'

interface BubbleProps extends Pick<
  PopoverProps,
  'position' | 'width' | 'transitionProps' | 'returnFocus' | 'closeOnClickOutside' | 'onDismiss'
> {
  /** What somebody pressed, beside which it opens. */
  place: Place
  /** What it is called for those who hear the page. */
  title: string
  /** Between its border and what it holds; Mantine's usual one when absent. */
  padding?: number
  onClose(): void
  children: ReactNode
}

/** A small dialog that opens where somebody pressed, keeps the focus, and closes on Escape or when something else is pressed. */
export function Bubble({ place, title, padding, onClose, children, ...how }: BubbleProps) {
  return (
    <Popover
      opened
      onChange={(opened) => !opened && onClose()}
      position="bottom"
      shadow="lg"
      trapFocus
      withinPortal
      withRoles={false}
      {...how}
    >
      <Popover.Target>
        <div className={classes.anchor} style={{ left: place.left, top: place.top, width: place.width, height: place.height }} />
      </Popover.Target>
      <Popover.Dropdown {...(padding === undefined ? {} : { p: padding })} role="dialog" aria-label={title}>
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}
