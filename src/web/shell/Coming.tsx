import { Button, Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { m } from '#messages'
import { wordsOf } from '../data/trouble.ts'
import { Empty } from './Empty.tsx'

/** What stands in the place of a list that is not there yet: that it is loading, or why it could not be had, and the way to ask again. */
export function Coming({
  list,
  children,
}: {
  list: Pick<UseQueryResult, 'isLoadingError' | 'isPending' | 'error' | 'refetch'>
  /** The list's outline, in its size. */
  children: ReactNode
}) {
  if (list.isLoadingError)
    return (
      <Empty title={m.shell_broke()} actions={<Button onClick={() => void list.refetch()}>{m.shell_again()}</Button>}>
        {wordsOf(list.error)}
      </Empty>
    )
  if (!list.isPending) return null
  return (
    <div aria-busy>
      <VisuallyHidden>{m.shell_loading()}</VisuallyHidden>
      {children}
    </div>
  )
}

/** The outline of some lines of a list; `height` in CSS pixels. */
export function ComingLines({ count, height }: { count: number; height: number }) {
  return (
    <Stack gap="sm">
      {Array.from({ length: count }, (_, line) => (
        <Skeleton key={line} height={height} radius="md" />
      ))}
    </Stack>
  )
}
