import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowsMove, IconCopy, IconDots, IconReplace, IconTrash } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { m } from '#messages'
import { catalogue } from '../../../catalogue/catalogue.ts'
import { type Place, placeOf } from '../desk.ts'
import { choicesOf } from '../palette/Adder.tsx'
import { Chooser } from '../palette/Chooser.tsx'
import { listOffers } from '../palette/offers.ts'
import { useDraft, useWorkshop } from '../workshop.ts'

/** What can be done to a card as a whole. */
export function CardMenu({ id, role }: { id: string; role: 'trigger' | 'step' }) {
  const { commands, desk, language } = useWorkshop()
  const type = useDraft((state) => state.mission.steps.find((step) => step.id === id)?.type)
  const button = useRef<HTMLButtonElement>(null)
  const [replacing, setReplacing] = useState<Place>()
  const others = listOffers(catalogue, language).filter((offer) => offer.role === 'step' && offer.type !== type)
  return (
    <>
      <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon ref={button} variant="subtle" color="gray" aria-label={m.designer_card_menu()}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => commands.duplicate([id])}>
            {m.designer_duplicate()}
          </Menu.Item>
          {role === 'step' && (
            <Menu.Item
              leftSection={<IconArrowsMove size={16} aria-hidden />}
              onClick={() => button.current && desk.setState({ relocating: { id, place: placeOf(button.current) } })}
            >
              {m.designer_move_to()}
            </Menu.Item>
          )}
          {role === 'step' && (
            <Menu.Item
              leftSection={<IconReplace size={16} aria-hidden />}
              onClick={() => button.current && setReplacing(placeOf(button.current))}
            >
              {m.designer_replace()}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => commands.remove([id])}>
            {m.designer_delete()}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {replacing && (
        <Chooser
          place={replacing}
          title={m.designer_replace_by()}
          choices={choicesOf(others)}
          nothing={m.designer_nothing_found()}
          onChoose={(value) => {
            setReplacing(undefined)
            commands.replace(id, value.replace(/^step /, ''))
          }}
          onClose={() => setReplacing(undefined)}
        />
      )}
    </>
  )
}
