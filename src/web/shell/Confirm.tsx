import { Button, Group, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { m } from '#messages'
import classes from './Dialog.module.css'
import { tellTrouble } from './tell.ts'

interface Of {
  title: string
  children: ReactNode
  /** The word on the button that does it. */
  go: string
  /** The word on the button that leaves everything as it is; “Cancel” unless that could be misread. */
  keep?: string
  danger?: boolean
  onGo: () => Promise<void>
  onClose: () => void
}

/** Asks before something is done that people would mind. Shown while it is rendered. */
export function Confirm({ title, children, go, keep, danger, onGo, onClose }: Of) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => dialog.current?.showModal(), [])
  const doIt = async () => {
    setBusy(true)
    try {
      await onGo()
      onClose()
    } catch (error) {
      tellTrouble(error)
      setBusy(false)
    }
  }
  return (
    <dialog ref={dialog} className={classes.dialog} aria-labelledby={id} onClose={onClose}>
      <Title order={2} id={id}>
        {title}
      </Title>
      <Text component="div" mt="sm">
        {children}
      </Text>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>
          {keep ?? m.shell_cancel()}
        </Button>
        <Button {...(danger ? { color: 'red' } : {})} loading={busy} onClick={() => void doIt()}>
          {go}
        </Button>
      </Group>
    </dialog>
  )
}
