import { Radio, Stack, Text } from '@mantine/core'
import { m } from '#messages'
import type { Join } from '../../../mission/mission.ts'
import { Bubble } from '../Bubble.tsx'
import { useDesk, useDraft, useWorkshop } from '../workshop.ts'

/** What a step waits for where branches meet, chosen at its chip. */
export function MeetingMenu() {
  const { desk, commands } = useWorkshop()
  const meeting = useDesk((state) => state.meeting)
  const step = useDraft((state) => state.mission.steps.find((one) => one.id === meeting?.id))
  const lines = useDraft((state) => state.mission.links.filter((link) => link.to === meeting?.id).length)
  if (!meeting || !step) return null
  const close = () => desk.setState({ meeting: undefined })
  const options: { value: string; label: string; join: Join | undefined }[] = [
    { value: 'all', label: m.designer_when_all(), join: undefined },
    { value: 'any 1', label: m.designer_when_first(), join: { wait: 'any' } },
    ...Array.from({ length: Math.max(0, lines - 2) }, (_, at) => ({
      value: `atLeast ${at + 2}`,
      label: m.designer_when_some({ count: at + 2, of: lines }),
      join: { wait: 'atLeast' as const, count: at + 2 },
    })),
  ]
  const value = !step.join || step.join.wait === 'all' ? 'all' : `${step.join.wait} ${step.join.count ?? 1}`
  return (
    <Bubble place={meeting.place} title={m.designer_join()} returnFocus onClose={close}>
      <Text fw={600} size="sm" mb="xs">
        {m.designer_join()}
      </Text>
      <Radio.Group
        value={value}
        aria-label={m.designer_join()}
        onChange={(next) => {
          commands.setJoin(step.id, options.find((option) => option.value === next)?.join)
          close()
        }}
      >
        <Stack gap="xs">
          {options.map((option) => (
            <Radio key={option.value} value={option.value} label={option.label} />
          ))}
        </Stack>
      </Radio.Group>
    </Bubble>
  )
}
