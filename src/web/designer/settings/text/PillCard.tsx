import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { m } from '#messages'
import { Bubble } from '../../Bubble.tsx'
import { type Place, placeOf } from '../../desk.ts'
import { DataMenu } from '../data/DataMenu.tsx'
import type { Piece } from '../data/earlier.ts'
import { readPill, writePill } from './pill-parts.ts'
import type { PillLook } from './pill.ts'

interface PillCardProps {
  place: Place
  raw: string
  look: PillLook
  pieces: readonly Piece[]
  /** The pill anew; undefined to remove it. */
  onChange(raw: string | undefined): void
  onClose(): void
}

/** What a pill refers to, what stands in when that is empty, and how to choose something else. */
export function PillCard({ place, raw, look, pieces, onChange, onClose }: PillCardProps) {
  const [menu, setMenu] = useState<Place>()
  const read = readPill(raw)
  const piece = read && pieces.find((one) => one.reference === read.reference)
  return (
    <Bubble place={place} title={look.title} width={300} closeOnClickOutside={!menu} onClose={() => !menu && onClose()}>
      <Stack gap="xs">
        <div>
          <Text fw={600}>{look.title}</Text>
          <Text size="sm" c="dimmed">
            {look.tip}
          </Text>
          {piece && piece.sample !== '' && (
            <Text size="sm" c="dimmed">
              {m.designer_data_sample({ sample: piece.sample })}
            </Text>
          )}
        </div>
        {read && (
          <TextInput
            data-autofocus
            label={m.designer_data_fallback()}
            description={piece?.maybeEmpty ? m.designer_data_fallback_why() : undefined}
            value={read.fallback ?? ''}
            onChange={(event) => onChange(writePill({ ...read, fallback: event.currentTarget.value }))}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              // The text has the cursor before the key has been dealt with.
              event.preventDefault()
              onClose()
            }}
          />
        )}
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={(event) => setMenu(placeOf(event.currentTarget))}>
            {m.designer_data_other()}
          </Button>
          <Button
            variant="default"
            size="xs"
            onClick={() => {
              onChange(undefined)
              onClose()
            }}
          >
            {m.designer_remove()}
          </Button>
        </Group>
      </Stack>
      {menu && (
        <DataMenu
          place={menu}
          pieces={pieces}
          onChoose={(chosen) => {
            onChange(writePill({ ...(read ?? { others: [] }), reference: chosen.reference }))
            onClose()
          }}
          onClose={() => setMenu(undefined)}
        />
      )}
    </Bubble>
  )
}
