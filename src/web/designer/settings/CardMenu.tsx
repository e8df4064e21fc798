import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowsMove, IconCopy, IconDots, IconRepeat, IconReplace, IconStackPush, IconTrash } from '@tabler/icons-react'
import { useRef } from 'react'
import { m } from '#messages'
import { placeOf } from '../desk.ts'
import { useWorkshop } from '../workshop.ts'

/** What can be done to a card as a whole. */
export function CardMenu({ id, role }: { id: string; role: 'trigger' | 'step' }) {
  const { commands, desk } = useWorkshop()
  const button = useRef<HTMLButtonElement>(null)
  return (
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
            onClick={() => button.current && desk.setState({ relocating: { ids: [id], place: placeOf(button.current) } })}
          >
            {m.designer_move_to()}
          </Menu.Item>
        )}
        {role === 'step' && (
          <Menu.Item
            leftSection={<IconReplace size={16} aria-hidden />}
            onClick={() => button.current && desk.setState({ replacing: { id, place: placeOf(button.current) } })}
          >
            {m.designer_replace()}
          </Menu.Item>
        )}
        {role === 'step' && (
          <>
            <Menu.Item
              leftSection={<IconStackPush size={16} aria-hidden />}
              onClick={() => desk.setState({ grouping: { ids: [id], as: 'mission' } })}
            >
              {m.designer_group()}
            </Menu.Item>
            <Menu.Item leftSection={<IconRepeat size={16} aria-hidden />} onClick={() => commands.hold([id])}>
              {m.designer_hold()}
            </Menu.Item>
          </>
        )}
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => commands.remove([id])}>
          {m.designer_delete()}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
