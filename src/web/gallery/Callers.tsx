import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { m } from '#messages'
import { api } from '../data/api.ts'
import { wordsOf } from '../data/trouble.ts'
import { locale } from '../shell/time.ts'

const callersSchema = z.object({ missions: z.array(z.object({ id: z.string(), name: z.string() })) })

/** More names than this are counted. */
const mostNamed = 5

/** Which live missions run a mission that is about to leave, and what becomes of them. Holds its place until it is known. */
export function Callers({ missionId }: { missionId: string }) {
  const { data, error } = useQuery({
    queryKey: ['missions', 'callers', missionId],
    // What was known a while ago is no warning.
    staleTime: 0,
    gcTime: 0,
    queryFn: async () => (await api(`/api/missions/${missionId}/callers`, undefined, { answer: callersSchema })).missions,
  })
  const [first] = data ?? []
  const others = (data?.length ?? 0) - mostNamed
  const list = (names: readonly string[]) => new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names)
  const quoted = (data ?? []).slice(0, mostNamed).map(({ name }) => m.gallery_quoted({ name }))
  return (
    <Text role="status" mt="sm" mih="3.1em">
      {error
        ? `${m.gallery_callers_unknown()} ${wordsOf(error)}`
        : data === undefined
          ? m.gallery_callers_pending()
          : first === undefined
            ? m.gallery_callers_none()
            : m.gallery_callers({
                count: data.length,
                names: list(others > 0 ? [...quoted, m.gallery_callers_more({ count: others })] : quoted),
              })}
    </Text>
  )
}
