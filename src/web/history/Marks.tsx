import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconHourglass,
  IconMessageQuestion,
  IconPlayerSkipForward,
  IconProgress,
  IconRefresh,
  IconRepeat,
  type IconProps,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { m } from '#messages'
import type { RunStatus } from '../../run/journal.ts'
import type { StepState } from '../../run/visits.ts'
import classes from './Marks.module.css'

type Tone = 'quiet' | 'busy' | 'wait' | 'good' | 'bad'

interface Look {
  icon: ComponentType<IconProps>
  tone: Tone
  word: () => string
}

const statuses: Record<RunStatus, Look> = {
  running: { icon: IconProgress, tone: 'busy', word: m.history_running },
  waiting: { icon: IconHourglass, tone: 'wait', word: m.history_waiting },
  completed: { icon: IconCircleCheck, tone: 'good', word: m.history_completed },
  failed: { icon: IconAlertTriangle, tone: 'bad', word: m.history_failed },
  cancelled: { icon: IconBan, tone: 'quiet', word: m.history_cancelled },
}

const states: Record<StepState, Look> = {
  'not-reached': { icon: IconCircleDashed, tone: 'quiet', word: m.history_state_not_reached },
  skipped: { icon: IconPlayerSkipForward, tone: 'quiet', word: m.history_state_skipped },
  performing: { icon: IconProgress, tone: 'busy', word: m.history_state_performing },
  waiting: { icon: IconHourglass, tone: 'wait', word: m.history_state_waiting },
  asking: { icon: IconMessageQuestion, tone: 'wait', word: m.history_state_asking },
  calling: { icon: IconRepeat, tone: 'wait', word: m.history_state_calling },
  retrying: { icon: IconRefresh, tone: 'bad', word: m.history_state_retrying },
  done: { icon: IconCircleCheck, tone: 'good', word: m.history_state_done },
  failed: { icon: IconAlertTriangle, tone: 'bad', word: m.history_state_failed },
  cancelled: { icon: IconBan, tone: 'quiet', word: m.history_state_cancelled },
}

/** All statuses in words, for the filter. */
export function statusChoices(): { value: RunStatus; label: string }[] {
  return (['running', 'waiting', 'completed', 'failed', 'cancelled'] as const).map((value) => ({ value, label: statuses[value].word() }))
}

/** A run's status: an icon and a word, told apart without colour. */
export function StatusMark({ status }: { status: RunStatus }) {
  return <Mark look={statuses[status]} word={statuses[status].word()} />
}

/** The word for a step's state. `open`: the run is still going, so what was not reached may still be. */
export function stateWord(state: StepState, open: boolean): string {
  return state === 'not-reached' && open ? m.history_state_not_reached_open() : states[state].word()
}

/** The icon for a step's state. */
export function stateIcon(state: StepState): ComponentType<IconProps> {
  return states[state].icon
}

/** A step's state: an icon and a word, told apart without colour. */
export function StateMark({ state, open }: { state: StepState; open: boolean }) {
  return <Mark look={states[state]} word={stateWord(state, open)} />
}

function Mark({ look: { icon: Icon, tone }, word }: { look: Look; word: string }) {
  return (
    <span className={classes.mark} data-tone={tone}>
      <Icon size={16} stroke={2} aria-hidden />
      {word}
    </span>
  )
}
