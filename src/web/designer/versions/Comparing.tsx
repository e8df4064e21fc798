import { NativeSelect, Text } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useState } from 'react'
import { m } from '#messages'
import type { Difference } from '../../../mission/differences.ts'
import type { Mission } from '../../../mission/mission.ts'
import { type Mark, show } from '../desk.ts'
import { useDraft, useWorkshop } from '../workshop.ts'
import { useDifferences } from './differences.ts'
import { type VersionCard, versionQuery } from './versions.ts'
import classes from './versions.module.css'

/** What is different between a version and the draft, or between two versions: in sentences, and marked on the cards of the draft. */
export function Comparing({ version, others, onClose }: { version: VersionCard; others: readonly VersionCard[]; onClose: () => void }) {
  const [otherId, setOtherId] = useState('')
  const other = others.find(({ id }) => id === otherId)
  const draft = useDeferredValue(useDraft((state) => state.mission))
  const chosen = useQuery(versionQuery(version.id))
  const second = useQuery({ ...versionQuery(otherId), enabled: otherId !== '' })
  const document = otherId === '' ? draft : second.data
  // The earlier one comes first, whichever was chosen first.
  const turned = other !== undefined && other.number < version.number
  const [before, after] = turned ? [document, chosen.data] : [chosen.data, document]
  const words = (one: VersionCard | undefined) => (one ? m.versions_this_version({ number: one.number }) : m.versions_this_draft())
  const [from, to] = turned ? [words(other), words(version)] : [words(version), words(other)]
  return (
    <section className={classes.panel} aria-label={m.versions_title()}>
      <button type="button" className={classes.back} onClick={onClose}>
        <IconChevronLeft size={17} aria-hidden />
        {m.versions_back()}
      </button>
      {/* Whoever opened it goes on reading here. */}
      <h2 className={classes.title} tabIndex={-1} ref={takeFocus}>
        {m.versions_compared({ number: version.number })}
      </h2>
      <NativeSelect
        mt="xs"
        label={m.versions_compare_with()}
        value={otherId}
        onChange={(event) => setOtherId(event.currentTarget.value)}
        data={[
          { value: '', label: m.versions_draft() },
          ...others.filter(({ id }) => id !== version.id).map(({ id, number }) => ({ value: id, label: m.versions_number({ number }) })),
        ]}
      />
      <Text size="sm" c="dimmed" mt="md">
        {m.versions_from_to({ before: from, after: to })}
      </Text>
      {before === null || after === null ? (
        <Text mt="xs" role="status">
          {m.versions_cannot_compare()}
        </Text>
      ) : before === undefined || after === undefined ? (
        <Text mt="xs" role="status">
          {m.versions_comparing()}
        </Text>
      ) : (
        <Differences before={before} after={after} />
      )}
    </section>
  )
}

const takeFocus = (heading: HTMLHeadingElement | null) => heading?.focus({ preventScroll: true })

const isWords = { added: m.versions_added, removed: m.versions_removed, changed: m.versions_changed }

/** What became of what, told here and shown on the canvas. */
function Differences({ before, after }: { before: Mission; after: Mission }) {
  const { desk, draft } = useWorkshop()
  const list = useDifferences(before, after)
  useEffect(() => {
    desk.setState({ compared: { before, after, marks: marksOf(list) } })
    return () => desk.setState({ compared: undefined })
  }, [desk, list, before, after])
  const go = (id: string) => {
    const { mission, select } = draft.getState()
    // What was removed can be looked at, not chosen.
    select([...mission.triggers, ...mission.steps].some((one) => one.id === id) ? [id] : [])
    show(desk, id)
  }
  if (list.length === 0)
    return (
      <Text mt="xs" role="status">
        {m.versions_same()}
      </Text>
    )
  return (
    <ul className={classes.list} aria-label={m.versions_differences()}>
      {list.map((difference) => {
        const { id, is: what, text } = difference
        const told = (
          <>
            <span className={classes.is} data-is={what}>
              {isWords[what]()}
            </span>
            {text}
          </>
        )
        return (
          <li key={`${what} ${id ?? ''} ${text}`}>
            {id !== undefined ? (
              <button type="button" className={classes.difference} onClick={() => go(id)}>
                {told}
              </button>
            ) : (
              <div className={classes.difference}>{told}</div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function marksOf(list: readonly Difference[]): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>()
  for (const { id, is } of list) if (id !== undefined && !marks.has(id)) marks.set(id, is)
  return marks
}
