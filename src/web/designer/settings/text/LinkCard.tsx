import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { m } from '#messages'
import { Bubble } from '../../Bubble.tsx'
import type { Place } from '../../desk.ts'
import { isAddress, tidyAddress } from './marks.ts'

/** What a link says and where it leads; `onRemove` is there for one that exists. */
export function LinkCard({
  place,
  text,
  address,
  onSet,
  onRemove,
  onClose,
}: {
  place: Place
  text: string
  address: string
  onSet(text: string, address: string): void
  onRemove: (() => void) | undefined
  onClose(): void
}) {
  const [label, setLabel] = useState(text)
  const [written, setWritten] = useState(address)
  const [tried, setTried] = useState(false)
  const tidy = tidyAddress(written)
  const good = isAddress(tidy)
  return (
    <Bubble place={place} title={m.designer_link()} width={320} transitionProps={{ duration: 0 }} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          event.stopPropagation()
          setTried(true)
          if (good) onSet(label.trim() === '' ? tidy.replace(/^(https?:\/\/|mailto:)/, '') : label.trim(), tidy)
        }}
      >
        <Stack gap="xs">
          <TextInput
            data-autofocus
            label={m.designer_link_address()}
            placeholder="https://example.com"
            value={written}
            inputMode="url"
            error={tried && !good ? m.designer_link_bad() : undefined}
            onChange={(event) => setWritten(event.currentTarget.value)}
          />
          <TextInput
            label={m.designer_link_text()}
            value={label}
            maxLength={200}
            onChange={(event) => setLabel(event.currentTarget.value.replace(/[[\]]/g, ''))}
          />
          <Group gap="xs">
            <Button type="submit" size="xs">
              {m.designer_link_set()}
            </Button>
            {onRemove && (
              <Button variant="default" size="xs" onClick={onRemove}>
                {m.designer_link_remove()}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Bubble>
  )
}
