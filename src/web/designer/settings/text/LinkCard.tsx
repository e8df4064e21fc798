import { Button, Group, Popover, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { m } from '#messages'
import type { Place } from '../../desk.ts'
import palette from '../../palette/palette.module.css'
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
    <Popover
      opened
      onChange={(opened) => !opened && onClose()}
      position="bottom"
      width={320}
      shadow="lg"
      trapFocus
      withinPortal
      withRoles={false}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <div className={palette.anchor} style={{ left: place.left, top: place.top, width: place.width, height: place.height }} />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={m.designer_link()}>
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
      </Popover.Dropdown>
    </Popover>
  )
}
