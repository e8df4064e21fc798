import { Button, Group, Progress, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { m } from '#messages'
import { wordsOf } from '../../../data/trouble.ts'
import { Empty } from '../../../shell/Empty.tsx'
import { tellTrouble } from '../../../shell/tell.ts'
import { Dialog } from '../../Dialog.tsx'
import { useWorkshop } from '../../workshop.ts'
import { askToMove, countQuery, type Elsewhere, elsewhereQuery } from './elsewhere.ts'
import { Everyone } from './Everyone.tsx'

/** Between two looks at how many have moved, in milliseconds. */
const lookEvery = 600

/** A move under way: how many were chosen, asked, and in older versions before. */
interface Underway {
  ids: readonly string[]
  asked: number
}

/** Where everyone is who is in an older version, who can move to the live one and why not the others, and moving those chosen. */
export default function Moving() {
  const { missionId, desk, draft } = useWorkshop()
  const queries = useQueryClient()
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const [seen, setSeen] = useState(0)
  const [underway, setUnderway] = useState<Underway>()
  const [result, setResult] = useState<{ moved: number; stayed: number }>()
  const everyone = useQuery(elsewhereQuery(missionId, setSeen))
  const close = () => desk.setState({ moving: false })
  const { data } = everyone
  const to = data?.to.number

  const go = async (list: Elsewhere, ids: readonly string[]) => {
    setResult(undefined)
    setUnderway({ ids, asked: 0 })
    try {
      await askToMove(missionId, list.to.id, ids, (asked) => setUnderway({ ids, asked }))
      for (;;) {
        const { moving } = await queries.fetchQuery({ ...countQuery(missionId), staleTime: 0 })
        setUnderway({ ids, asked: ids.length - Math.min(moving, ids.length) })
        if (moving === 0) break
        await new Promise((resolve) => setTimeout(resolve, lookEvery))
      }
      setSeen(0)
      const { data: after } = await everyone.refetch({ throwOnError: true })
      const left = new Set(after?.runs.map(({ id }) => id))
      const stayed = ids.filter((id) => left.has(id)).length
      const told = { moved: ids.length - stayed, stayed }
      setResult(told)
      draft.getState().tell(movedWords(list.to.number, told))
    } catch (error) {
      tellTrouble(error)
      void everyone.refetch()
    }
    setUnderway(undefined)
    void queries.invalidateQueries({ queryKey: ['versions', missionId] })
    void queries.invalidateQueries({ queryKey: ['runs'] })
  }

  return (
    <Dialog onClose={close} size="xl" fullScreen={phone} title={to === undefined ? m.moving_title_any() : m.moving_title({ number: to })}>
      {result && to !== undefined && (
        <Text role="status" fw={600} mb="sm">
          {movedWords(to, result)}
        </Text>
      )}
      {underway ? (
        <UnderwayWords underway={underway} onClose={close} />
      ) : everyone.isError ? (
        <Empty title={m.shell_broke()} actions={<Button onClick={() => void everyone.refetch()}>{m.shell_again()}</Button>}>
          {wordsOf(everyone.error)}
        </Empty>
      ) : data === undefined || everyone.isFetching ? (
        <Text role="status" c="dimmed">
          {seen === 0 ? m.moving_looking() : m.moving_looked({ count: seen })}
        </Text>
      ) : data.runs.length === 0 ? (
        <Empty title={m.moving_nobody()} actions={<Button onClick={close}>{m.moving_close()}</Button>}>
          {m.moving_nobody_why({ number: data.to.number })}
        </Empty>
      ) : (
        <Everyone everyone={data} onMove={(ids) => void go(data, ids)} onClose={close} />
      )}
    </Dialog>
  )
}

function movedWords(number: number, { moved, stayed }: { moved: number; stayed: number }): string {
  const went = m.moving_moved({ count: moved, number })
  return stayed === 0 ? went : `${went} ${m.moving_stayed({ count: stayed })}`
}

function UnderwayWords({ underway: { ids, asked }, onClose }: { underway: Underway; onClose: () => void }) {
  const words = m.moving_underway({ done: asked, count: ids.length })
  return (
    <>
      <Text role="status" mb="xs">
        {words}
      </Text>
      <Progress value={(asked / ids.length) * 100} aria-label={words} />
      <Text size="sm" c="dimmed" mt="sm">
        {m.moving_underway_why()}
      </Text>
      <Group justify="flex-end" mt="lg">
        <Button data-autofocus variant="default" onClick={onClose}>
          {m.moving_close()}
        </Button>
      </Group>
    </>
  )
}
