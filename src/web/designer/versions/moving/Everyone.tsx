import { Button, Checkbox, Group, NativeSelect, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { m } from '#messages'
import { say } from '../../../../mission/words.ts'
import { Pages } from '../../../shell/Pages.tsx'
import { Search } from '../../../shell/Search.tsx'
import { useWorkshop } from '../../workshop.ts'
import type { Elsewhere, RunElsewhere } from './elsewhere.ts'
import { choose, find, isFree, type Finding, placesOf } from './finding.ts'
import { RunLine } from './RunLine.tsx'
import classes from './moving.module.css'

/** Lines on a page. */
const pageSize = 20

/** The dry run: everyone in older versions with what a move would come to. All who can move are chosen until somebody chooses otherwise. */
export function Everyone({
  everyone: { to, runs, more },
  onMove,
  onClose,
}: {
  everyone: Elsewhere
  onMove: (ids: readonly string[]) => void
  onClose: () => void
}) {
  const { language } = useWorkshop()
  const [finding, setFinding] = useState<Finding>({ words: '', place: '', who: 'all' })
  const [page, setPage] = useState(1)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const free = runs.filter(isFree)
  const stuck = runs.filter(({ obstacles }) => obstacles.length > 0).length
  const chosen = free.filter(({ id }) => !left.has(id))
  const found = useMemo(() => find(runs, finding, language), [runs, finding, language])
  const freeHere = found.filter(isFree)
  const chosenHere = freeHere.filter(({ id }) => !left.has(id)).length
  const look = (part: Partial<Finding>) => {
    setFinding({ ...finding, ...part })
    setPage(1)
  }
  const pick = (those: readonly RunElsewhere[], wanted: boolean) => setLeft(choose(left, those, wanted))
  return (
    <>
      <Text>{m.moving_summary({ count: runs.length })}</Text>
      <Text c="dimmed" size="sm">
        {[m.moving_can({ count: free.length }), ...(stuck > 0 ? [m.moving_cannot({ count: stuck })] : [])].join(' ')} {m.moving_dry()}
      </Text>
      <div className={classes.tools}>
        <Search label={m.moving_search()} value={finding.words} onSearch={(words) => look({ words })} />
        <NativeSelect
          aria-label={m.moving_where()}
          value={finding.place}
          onChange={(event) => look({ place: event.currentTarget.value })}
          data={[
            { value: '', label: m.moving_everywhere() },
            ...placesOf(runs).map(({ step, name, count }) => ({
              value: step,
              label: m.moving_place({ name: say(name, language), count }),
            })),
          ]}
        />
        <NativeSelect
          aria-label={m.moving_who()}
          value={finding.who}
          onChange={(event) =>
            look({ who: event.currentTarget.value === 'can' ? 'can' : event.currentTarget.value === 'cannot' ? 'cannot' : 'all' })
          }
          data={[
            { value: 'all', label: m.moving_who_all() },
            { value: 'can', label: m.moving_who_can() },
            { value: 'cannot', label: m.moving_who_cannot() },
          ]}
        />
      </div>
      {freeHere.length > 0 && (
        <Checkbox
          my="sm"
          label={m.moving_choose_all({ count: freeHere.length })}
          checked={chosenHere === freeHere.length}
          indeterminate={chosenHere > 0 && chosenHere < freeHere.length}
          onChange={(event) => pick(freeHere, event.currentTarget.checked)}
        />
      )}
      {found.length === 0 && (
        <Text my="lg" role="status">
          {m.shell_nothing_found()}
        </Text>
      )}
      <ul className={classes.list} aria-label={m.moving_list()}>
        {found.slice((page - 1) * pageSize, page * pageSize).map((run) => (
          <RunLine key={run.id} run={run} chosen={isFree(run) && !left.has(run.id)} onChoose={(wanted) => pick([run], wanted)} />
        ))}
      </ul>
      <Pages page={page} size={pageSize} total={found.length} onPage={setPage} />
      {more && (
        <Text size="sm" c="dimmed" mt="sm">
          {m.moving_more({ count: runs.length })}
        </Text>
      )}
      <Group justify="flex-end" gap="sm" className={classes.foot ?? ''}>
        <Button variant="default" onClick={onClose}>
          {m.moving_close()}
        </Button>
        <Button disabled={chosen.length === 0} onClick={() => onMove(chosen.map(({ id }) => id))}>
          {m.moving_go({ count: chosen.length, number: to.number })}
        </Button>
      </Group>
    </>
  )
}
