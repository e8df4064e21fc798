import { SegmentedControl } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { m } from '#messages'
import { catalogue } from '../../catalogue/catalogue.ts'
import type { Trigger } from '../../mission/mission.ts'
import { say } from '../../mission/words.ts'
import { elapsedWords } from '../../run/elapsed.ts'
import { givesOf, inputsOf, outputsOf } from '../../run/particulars.ts'
import { exitWords, nameOf } from '../../run/sentences.ts'
import { type StepStory, troubleOf, type VisitStory } from '../../run/visits.ts'
import { useSession } from '../data/session.ts'
import { dateAndTime } from '../shell/time.ts'
import { AskedPeople } from './AskedPeople.tsx'
import { Facts, RawData } from './Facts.tsx'
import { StateMark } from './Marks.tsx'
import classes from './StepDetails.module.css'
import type { Told } from './telling.ts'
import { useNow, writeClock } from './time.ts'
import type { Spot } from './Timeline.tsx'
import { TroubleNote } from './TroubleNote.tsx'

interface Of {
  told: Told
  spot: Spot
  onSpot: (spot: Spot | undefined) => void
}

/** Everything about one step of a run, or about the trigger that started it. */
export function StepDetails({ told, spot, onSpot }: Of) {
  const { language } = useSession()
  const trigger = told.mission.triggers.find(({ id }) => id === spot.id)
  const step = told.mission.steps.find(({ id }) => id === spot.id)
  const story = told.story.steps.get(spot.id)
  const visit = story?.visits.find(({ visit }) => visit === spot.visit) ?? story?.visits.at(-1)
  const kindName = step && catalogue.actions.get(step.type)?.title
  const name = trigger ? triggerName(trigger, language) : say(nameOf(step ?? { id: spot.id, type: '' }, catalogue), language)

  return (
    <Panel title={name} about={trigger ? undefined : kindName && say(kindName, language)} onBack={() => onSpot(undefined)}>
      {trigger && <TriggerFacts trigger={trigger} told={told} />}
      {story && (
        <div className={classes.state}>
          <StateMark state={visit?.state ?? story.state} open={told.story.ended === undefined} />
        </div>
      )}
      {story && story.visits.length > 1 && visit && (
        <SegmentedControl
          aria-label={m.history_visit()}
          fullWidth
          value={String(visit.visit)}
          onChange={(chosen) => onSpot({ id: spot.id, visit: Number(chosen) })}
          data={story.visits.map((one) => ({ value: String(one.visit), label: String(one.visit) }))}
        />
      )}
      {story && (visit ? <VisitFacts told={told} story={story} visit={visit} /> : <p className={classes.why}>{whyNot(story)}</p>)}
    </Panel>
  )
}

function triggerName(trigger: Trigger, language: string): string {
  const title = catalogue.triggers.get(trigger.type)?.title
  return trigger.name ?? (title ? say(title, language) : trigger.type)
}

const whyNot = ({ state }: StepStory) => (state === 'skipped' ? m.history_skipped_why() : m.history_not_reached_why())

function Panel({ title, about, onBack, children }: { title: string; about: string | undefined; onBack: () => void; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const id = useId()
  // Whoever opened it with the keyboard goes on from here, and hears what was opened.
  useEffect(() => heading.current?.focus(), [title])
  return (
    <section
      className={classes.panel}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onBack()
      }}
    >
      <button type="button" className={classes.back} onClick={onBack}>
        <IconArrowLeft size={16} aria-hidden />
        {m.history_back()}
      </button>
      <h2 id={id} ref={heading} tabIndex={-1} className={classes.title}>
        {title}
      </h2>
      {about !== undefined && about !== title && <p className={classes.about}>{about}</p>}
      {children}
    </section>
  )
}

function TriggerFacts({ trigger, told }: { trigger: Trigger; told: Told }) {
  const { language } = useSession()
  const { story, reader } = told
  if (story.trigger?.id !== trigger.id) return <p className={classes.why}>{m.history_not_fired()}</p>
  const { data } = story.trigger
  const gives = givesOf(catalogue.triggers.get(trigger.type), trigger.settings)
  return (
    <>
      <p className={classes.why}>{say(story.cause, language)}</p>
      {story.started !== undefined && (
        <Facts
          title={m.history_times()}
          facts={[{ name: 'begun', label: m.history_begun(), value: dateAndTime(story.started, reader.timeZone) }]}
        />
      )}
      <Facts
        title={m.history_came_in()}
        facts={outputsOf(gives, data, reader).map((one) => ({
          name: one.name,
          label: say(one.label, language),
          value: say(one.value, language),
        }))}
      />
      <RawData data={data} />
    </>
  )
}

function VisitFacts({ told, story, visit }: { told: Told; story: StepStory; visit: VisitStory }) {
  const { language } = useSession()
  const { reader, mission } = told
  const step = mission.steps.find(({ id }) => id === story.id)
  const action = step && catalogue.actions.get(step.type)
  const words = (list: ReturnType<typeof inputsOf>) =>
    list.map(({ name, label, value }) => ({ name, label: say(label, language), value: say(value, language) }))
  const inputs = words(inputsOf(action, visit.inputs ?? {}, reader))
  const outputs = words(outputsOf(givesOf(action, step?.settings ?? {}), visit.outputs ?? {}, reader))
  const earlier = visit.trouble ? visit.retries : visit.retries.slice(0, visit.state === 'retrying' ? -1 : undefined)
  const trouble = troubleOf(visit)
  return (
    <>
      {trouble && (
        <section className={classes.part}>
          <h3>{m.history_went_wrong()}</h3>
          <TroubleNote trouble={trouble} />
        </section>
      )}
      {visit.asked && <AskedPeople told={told} story={story} visit={visit} />}
      <Facts
        title={m.history_times()}
        facts={useTimes(
          visit,
          reader.timeZone,
          step && visit.exit !== undefined ? say(exitWords(step, visit.exit, catalogue), language) : undefined,
        )}
      />
      <Facts title={m.history_inputs()} facts={inputs} />
      <Facts title={m.history_outputs()} facts={outputs} />
      {earlier.length > 0 && (
        <section className={classes.part}>
          <h3>{m.history_tries()}</h3>
          <ol className={classes.tries}>
            {earlier.map((one) => (
              <li key={one.attempt}>
                <time dateTime={one.at}>{writeClock(one.at, reader.timeZone)}</time> {say(one.trouble.what, language)}
              </li>
            ))}
          </ol>
        </section>
      )}
      {(visit.inputs ?? visit.outputs) && <RawData data={{ inputs: visit.inputs, outputs: visit.outputs }} />}
    </>
  )
}

function useTimes(visit: VisitStory, timeZone: string, exit: string | undefined) {
  const { language } = useSession()
  const now = useNow(20_000)
  const instant = (iso: string) => dateAndTime(iso, timeZone)
  const { begun, left, until, state } = visit
  const took =
    begun === undefined ? undefined : say(elapsedWords((left === undefined ? now : Date.parse(left)) - Date.parse(begun)), language)
  return [
    ...(begun === undefined ? [] : [{ name: 'begun', label: m.history_begun(), value: instant(begun) }]),
    ...(until === undefined
      ? []
      : [{ name: 'until', label: state === 'retrying' ? m.history_next_try() : m.history_until(), value: instant(until) }]),
    ...(left === undefined ? [] : [{ name: 'left', label: m.history_left(), value: instant(left) }]),
    ...(took === undefined
      ? []
      : [{ name: 'took', label: m.history_duration(), value: left === undefined ? m.history_so_far({ time: took }) : took }]),
    ...(exit === undefined ? [] : [{ name: 'exit', label: m.history_exit(), value: exit }]),
  ]
}
