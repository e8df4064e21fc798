import pg, { type Pool } from 'pg'
import type { Logger } from 'pino'
import { z } from 'zod'

/** Somebody whose browser wants to be told. */
export interface Follower {
  workspaceId: string
  personId: string
  /** Takes one event as JSON text, without the workspace. */
  tell(event: string): void
  /** Called when events may have been missed or the server stops: the browser should come back and read everything again. */
  end(): void
}

/** What happens in the database, told to browsers. */
export interface Live {
  /** Tells a follower from now on. @returns what stops it, or undefined while the database cannot be listened to. */
  follow(follower: Follower): (() => void) | undefined
  close(): Promise<void>
}

const noticeSchema = z.looseObject({
  workspace: z.string(),
  topic: z.string(),
  channel: z.string().optional(),
  what: z.string().optional(),
})

/** Who may be told of a channel; everybody of the workspace when `people` is absent. */
interface Audience {
  people?: ReadonlySet<string>
}

/** How many channels' audiences are remembered: some 10 MB at most. */
const mostAudiences = 10_000

/** First and longest pause between two attempts to listen again, in milliseconds. */
const firstPause = 100
const longestPause = 5_000

/**
 * Opens the one connection per process that listens to the database (`LISTEN missions`), and tells every follower what
 * concerns them: their workspace, and of private and direct conversations only those they are in. When the connection breaks,
 * everybody is sent away to come back, because nobody knows what was said meanwhile.
 */
export async function openLive({ url, pool, log }: { url: string; pool: Pool; log: Logger }): Promise<Live> {
  const followers = new Map<string, Set<Follower>>()
  const audiences = new Map<string, Promise<Audience>>()
  let client: pg.Client | undefined
  let closed = false
  let pause = firstPause
  let timer: NodeJS.Timeout | undefined
  let line: Promise<void> = Promise.resolve()

  const sendAway = () => {
    const all = [...followers.values()].flatMap((set) => [...set])
    followers.clear()
    audiences.clear()
    for (const follower of all) follower.end()
  }

  const listen = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, application_name: 'missions-live', keepAlive: true })
    // One after the other, so that browsers hear things in the order in which they happened.
    fresh.on('notification', ({ payload }) => {
      line = line
        .then(() => announce(payload ?? ''))
        .catch((error: unknown) => log.warn({ reason: String(error) }, 'an event was not told'))
    })
    fresh.on('error', (error) => log.warn({ reason: error.message }, 'the live connection had a trouble'))
    fresh.on('end', () => {
      if (client !== fresh) return
      client = undefined
      sendAway()
      again()
    })
    await fresh.connect()
    await fresh.query('listen missions')
    client = fresh
    pause = firstPause
  }

  const again = () => {
    if (closed) return
    timer = setTimeout(() => {
      listen().catch((error: unknown) => {
        log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'the live connection could not be opened')
        again()
      })
    }, pause)
    pause = Math.min(longestPause, pause * 2)
  }

  const announce = async (payload: string): Promise<void> => {
    const { workspace, ...event } = noticeSchema.parse(JSON.parse(payload))
    const here = followers.get(workspace)
    if (!here || here.size === 0) return
    const text = JSON.stringify(event)
    const may = event.topic === 'chat' && event.channel ? await mayHear(event.channel, event.what ?? '') : () => true
    for (const follower of here) if (may(follower.personId)) follower.tell(text)
  }

  const mayHear = async (channel: string, what: string): Promise<(personId: string) => boolean> => {
    const known = audiences.get(channel)
    const stale = what === 'channels' || what === 'channel_members'
    const asked = known && !stale ? known : readAudience(pool, channel)
    if (asked !== known) {
      if (audiences.size >= mostAudiences) audiences.clear()
      audiences.set(channel, asked)
      asked.catch(() => audiences.delete(channel))
    }
    const { people } = await asked
    // Whoever was just taken out hears of that once.
    const before = stale ? await known?.catch(() => undefined) : undefined
    return (personId) => !people || people.has(personId) || before?.people?.has(personId) === true
  }

  await listen()
  return {
    follow(follower) {
      if (!client) return undefined
      const here = followers.get(follower.workspaceId) ?? new Set()
      followers.set(follower.workspaceId, here.add(follower))
      return () => {
        here.delete(follower)
        if (here.size === 0 && followers.get(follower.workspaceId) === here) followers.delete(follower.workspaceId)
      }
    },
    async close() {
      closed = true
      clearTimeout(timer)
      const last = client
      client = undefined
      sendAway()
      await last?.end()
    },
  }
}

async function readAudience(pool: Pool, channelId: string): Promise<Audience> {
  const { rows } = await pool.query<{ kind: string; people: string[] }>(
    `select c.kind, array(select m.person_id::text from channel_members m where m.channel_id = c.id) as people from channels c where c.id = $1`,
    [channelId],
  )
  const row = rows[0]
  if (row?.kind === 'public') return {}
  return { people: new Set(row?.people ?? []) }
}
