import { NumberInput, Select, Stack, Switch } from '@mantine/core'
import { memo } from 'react'
import { m } from '#messages'
import type { Retry, Step } from '../../../mission/mission.ts'
import { useDraft, useWorkshop } from '../workshop.ts'
import { Collapsed } from './Collapsed.tsx'
import { DurationInput } from './widgets/DurationWidget.tsx'

const usualRetry: Retry = { times: 3, first: '10s', factor: 2 }

/** What a step waits for when several lines lead to it, and what happens when it fails. */
export const StepRules = memo(function StepRules({ id, join, retry }: { id: string } & Pick<Step, 'join' | 'retry'>) {
  const { commands } = useWorkshop()
  const readOnly = useDraft((state) => state.readOnly)
  const lines = useDraft((state) => state.mission.links.filter((link) => link.to === id).length)
  return (
    <>
      {lines > 1 && (
        <Collapsed title={m.designer_join()} open={join !== undefined}>
          <Stack gap="sm">
            <Select
              aria-label={m.designer_join()}
              data={[
                { value: 'all', label: m.designer_when_all() },
                { value: 'any', label: m.designer_when_first() },
                { value: 'atLeast', label: m.designer_when_at_least() },
              ]}
              value={join?.wait ?? 'all'}
              allowDeselect={false}
              disabled={readOnly}
              onChange={(wait) => {
                if (wait === 'any') commands.setJoin(id, { wait })
                else if (wait === 'atLeast') commands.setJoin(id, { wait, count: Math.min(2, lines) })
                else commands.setJoin(id, undefined)
              }}
            />
            {join?.wait === 'atLeast' && (
              <NumberInput
                label={m.designer_join_count({ of: lines })}
                min={1}
                max={lines}
                value={join.count ?? 1}
                disabled={readOnly}
                onChange={(count) => commands.setJoin(id, { ...join, count: Math.min(lines, Math.max(1, Number(count) || 1)) })}
              />
            )}
            {join && join.wait !== 'all' && (
              <Switch
                label={m.designer_join_cancel()}
                checked={join.cancelRest === true}
                disabled={readOnly}
                onChange={(event) => commands.setJoin(id, { ...join, cancelRest: event.currentTarget.checked })}
              />
            )}
          </Stack>
        </Collapsed>
      )}
      <Collapsed title={m.designer_retry()} open={retry !== undefined}>
        <Stack gap="sm">
          <Switch
            label={m.designer_retry_on()}
            checked={retry !== undefined}
            disabled={readOnly}
            onChange={(event) => commands.setRetry(id, event.currentTarget.checked ? usualRetry : undefined)}
          />
          {retry && (
            <>
              <NumberInput
                label={m.designer_retry_times()}
                min={0}
                max={20}
                value={retry.times}
                disabled={readOnly}
                onChange={(times) => commands.setRetry(id, { ...retry, times: Math.min(20, Math.max(0, Number(times) || 0)) })}
              />
              <DurationInput
                label={m.designer_retry_first()}
                value={retry.first}
                readOnly={readOnly}
                onChange={(first) => commands.setRetry(id, { ...retry, first })}
              />
              <NumberInput
                label={m.designer_retry_factor()}
                min={1}
                max={10}
                value={retry.factor}
                disabled={readOnly}
                onChange={(factor) => commands.setRetry(id, { ...retry, factor: Math.min(10, Math.max(1, Number(factor) || 1)) })}
              />
            </>
          )}
        </Stack>
      </Collapsed>
    </>
  )
})
