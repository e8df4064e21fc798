import { Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Empty.module.css'

/** What stands where a list has nothing in it: why, and what to do next. */
export function Empty({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <Title order={2}>{title}</Title>
      {children !== undefined && (
        <Text c="dimmed" component="div">
          {children}
        </Text>
      )}
      {actions !== undefined && (
        <Group justify="center" mt="sm">
          {actions}
        </Group>
      )}
    </div>
  )
}
