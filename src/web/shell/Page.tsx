import { Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { m } from '#messages'
import classes from './Page.module.css'

interface Content {
  /** The page's one h1, and what the browser's tab shows. */
  title: string
  /** One line below the title. */
  about?: ReactNode
  /** Buttons at the right of the title. */
  actions?: ReactNode
  children: ReactNode
}

/** An ordinary page inside the frame: title, what can be done, content, at a readable width. */
export function Page({ title, about, actions, children }: Content) {
  useTitle(title)
  return (
    <div className={classes.page}>
      <Group justify="space-between" align="flex-start" gap="md" mb="lg">
        <Stack gap={4} className={classes.heading}>
          <Title order={1}>{title}</Title>
          {about !== undefined && (
            <Text c="dimmed" component="div">
              {about}
            </Text>
          )}
        </Stack>
        {Boolean(actions) && (
          <Group gap="sm" className={classes.actions}>
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </div>
  )
}

/** Names the browser's tab after what is shown. */
export function useTitle(page: string): void {
  useEffect(() => {
    document.title = m.shell_title({ page })
  }, [page])
}
