import { Counter, Histogram, type Registry } from 'prom-client'
import type { Action } from '../../catalogue/define.ts'
import type { Mission } from '../../mission/mission.ts'
import type { Entry, RunStatus } from '../../run/journal.ts'
import { isEnded } from '../store/runs.ts'

/** What is written at once: lines of journals, and how the run stands after them. */
interface Written {
  entries: readonly Entry[]
  status: RunStatus
}

/** What this process has done of the work of runs. Labels are types of actions, kinds of trouble and statuses: bounded in number. */
export interface Counts {
  /** So many arrivals were dealt with. */
  took(arrivals: number): void
  /** A run was written with its first turn. */
  began(run: Written, mission: Mission): void
  /** A run that goes on was committed. */
  committed(run: Written, mission: Mission): void
  /** So many instants of a schedule were missed. */
  missed(instants: number): void
  /** The same actions, of which those with an effect on the world are timed. The others take microseconds. */
  timed(actions: ReadonlyMap<string, Action>): ReadonlyMap<string, Action>
}

/** Opens the counts of this process. What is rolled back after it was counted stays counted. */
export function openCounts(registry: Registry): Counts {
  const registers = [registry]
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter<Label>({ name, help, labelNames, registers })
  const arrivals = counter('missions_arrivals_taken_total', 'Arrivals this process has dealt with')
  const commits = counter('missions_commits_total', 'Times this process has written how a run went on; several may share a transaction')
  const started = counter('missions_runs_started_total', 'Runs this process has started')
  const ended = counter('missions_runs_ended_total', 'Runs this process has brought to an end', 'status')
  const steps = counter('missions_steps_total', 'Steps that were left')
  const failures = counter('missions_step_failures_total', 'Steps that failed', 'action', 'trouble')
  const retries = counter('missions_step_retries_total', 'Tries of steps that failed and are made again', 'action')
  const missed = counter('missions_schedule_instants_missed_total', 'Instants of schedules that were missed and found by this process')
  const seconds = new Histogram({
    name: 'missions_step_seconds',
    help: 'Seconds the actions that touch the world took, waits for people and time not included',
    labelNames: ['action'],
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 30],
    registers,
  })

  const note = ({ entries, status }: Written, mission: Mission) => {
    const typeOf = (id: string) => mission.steps.find((step) => step.id === id)?.type ?? 'unknown'
    let left = 0
    for (const entry of entries) {
      if (entry.what === 'retrying') retries.inc({ action: typeOf(entry.step) })
      if (entry.what !== 'left') continue
      left += 1
      if (entry.data.trouble) failures.inc({ action: typeOf(entry.step), trouble: entry.data.trouble.kind })
    }
    steps.inc(left)
    if (isEnded(status)) ended.inc({ status })
  }
  return {
    took(count) {
      arrivals.inc(count)
    },
    began(run, mission) {
      started.inc()
      note(run, mission)
    },
    committed(run, mission) {
      commits.inc()
      note(run, mission)
    },
    missed(instants) {
      missed.inc(instants)
    },
    timed: (actions) =>
      new Map(
        [...actions].map(([type, action]): [string, Action] => {
          if (action.effect === 'none') return [type, action]
          // There from the start, so that rates can be taken of the first.
          seconds.zero({ action: type })
          const timer = seconds.labels({ action: type })
          return [
            type,
            {
              ...action,
              async run(context) {
                const began = performance.now()
                try {
                  return await action.run(context)
                } finally {
                  timer.observe((performance.now() - began) / 1_000)
                }
              },
            },
          ]
        }),
      ),
  }
}
