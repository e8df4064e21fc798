import { ActionIcon, Group, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { m } from '#messages'
import { getLocale } from '../paraglide/runtime.js'

interface Of {
  /** From 1. */
  page: number
  /** Lines on a page. */
  size: number
  total: number
  onPage: (page: number) => void
}

/** Below a list: which part of it is shown, and the way to the others. Nothing while all of it fits on one page. */
export function Pages({ page, size, total, onPage }: Of) {
  if (total <= size) return null
  const last = Math.ceil(total / size)
  const shown = m.shell_pages_shown({
    first: written((page - 1) * size + 1),
    last: written(Math.min(page * size, total)),
    total: written(total),
  })
  return (
    <Group component="nav" aria-label={m.shell_pages()} justify="flex-end" gap="xs" mt="md">
      <Text size="sm" c="dimmed" aria-live="polite">
        {shown}
      </Text>
      <ActionIcon variant="default" size="lg" aria-label={m.shell_pages_previous()} disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <IconChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="default" size="lg" aria-label={m.shell_pages_next()} disabled={page >= last} onClick={() => onPage(page + 1)}>
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
    </Group>
  )
}

const written = (number: number) => number.toLocaleString(getLocale())
