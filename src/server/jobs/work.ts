import { Client } from 'pg'
import { undrawnAsks, loadAsk, closeAsk } from '../store/asks.ts'
import { isPassing } from '../database/away.ts'
import { redrawAsk } from '../../run/ask.ts'
import { openServices } from '../services/services.ts'
import { Driving } from './driving.ts'
import { Receiver, type ReceiveContext } from './receive.ts'
import { openRetention } from './retention.ts'
import { fireSchedules } from './schedule.ts'
import type { WorkingQueue } from '../queue.ts'

/** What a working process needs. */
export interface WorkContext extends ReceiveContext {
  queue: WorkingQueue
  databaseUrl: string
  /** How many steps this process performs at the same time. */
  concurrency: number
  /** Days that runs are kept after they have ended; undefined: for ever. */
  keepRuns: number | undefined
}

/** A process that works: it receives, fires and drives until it is stopped. */
export interface Work {
  receiver: Receiver
  /** Looks at the inbox now instead of at the next notice. */
  wake(): void
  /** How many runs this process drives, and how many steps it is performing at this moment. */
  readonly load: { runs: number; steps: number }
  /** Takes nothing new and lets what is being done come to a commit, for so many milliseconds at most. */
  stop(milliseconds: number): Promise<void>
}

/** Between two looks at the inbox and the schedules when nothing was told, in milliseconds: the price of a lost notice. */
const restless = 1_000
const sweepEvery = 60_000
/** Between two signs of life, in milliseconds. */
const showLifeEvery = 2_000
/** After a failure (the database was away), in milliseconds. */
const pause = 1_000

/** Starts working: driving runs from the queue, and one loop each for arrivals and schedules. */
export async function startWork(context: WorkContext): Promise<Work> {
  let stopping = false
  let wakeReceiver = () => {}
  const driving = new Driving(context, context.concurrency)
  await driving.showLife()
  const receiver = new Receiver(context, driving)
  const forget = openRetention(context)
  const loops = [
    repeat('arrivals', async () => {
      const count = await receiver.receive()
      if (count === 0) await new Promise<void>((resolve) => (wakeReceiver = sleeper(resolve, restless)))
    }),
    repeat('schedules', async () => {
      const fired = await fireSchedules(context)
      if (fired === 0) await sleep(restless)
      else wakeReceiver()
    }),
    repeat('life', async () => {
      await driving.showLife()
      await sleep(showLifeEvery)
    }),
    repeat('sweep', async () => {
      await forget()
      await drawLeftOver(context)
      await sleep(sweepEvery)
    }),
  ]
  const listener = await listen(context, () => wakeReceiver())
  await context.queue.work((runIds) => driving.take(runIds))

  function repeat(name: string, once: () => Promise<void>): { done: Promise<void>; stop(): void } {
    let stopSleep = () => {}
    const done = (async () => {
      while (!stopping) {
        try {
          await Promise.race([once(), new Promise<void>((resolve) => (stopSleep = resolve))])
        } catch (error) {
          context.log.warn({ loop: name, reason: error instanceof Error ? error.message : 'unknown' }, 'a loop met a trouble and goes on')
          await sleep(pause)
        }
      }
    })()
    return { done, stop: () => stopSleep() }
  }

  return {
    receiver,
    wake: () => wakeReceiver(),
    get load() {
      return driving.load
    },
    async stop(milliseconds) {
      stopping = true
      wakeReceiver()
      for (const loop of loops) loop.stop()
      await context.queue.rest()
      await Promise.all([driving.stop(milliseconds / 2), listener.close(), ...loops.map((loop) => loop.done)])
      await context.queue.stop(milliseconds / 2)
    },
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref())
}

function sleeper(resolve: () => void, milliseconds: number): () => void {
  const timer = setTimeout(resolve, milliseconds)
  timer.unref()
  return () => {
    clearTimeout(timer)
    resolve()
  }
}

/** Hears of arrivals kept by other processes. Without it (the connection breaks) the loops look every second anyway. */
async function listen(context: WorkContext, told: () => void): Promise<{ close(): Promise<void> }> {
  let client: Client | undefined
  let closed = false
  const connect = async (): Promise<void> => {
    const fresh = new Client({ connectionString: context.databaseUrl, application_name: 'missions-inbox', keepAlive: true })
    fresh.on('notification', told)
    fresh.on('error', () => {
      client = undefined
      if (!closed) setTimeout(() => void connect().catch(() => fresh.emit('error', new Error('still away'))), pause).unref()
    })
    await fresh.connect()
    await fresh.query('listen missions_inbox')
    client = fresh
  }
  await connect()
  return {
    async close() {
      closed = true
      await client?.end()
    },
  }
}

/** Draws questions that ended in a process which died before it could show it. */
async function drawLeftOver(context: WorkContext): Promise<void> {
  for (const { id, runId } of await undrawnAsks(context.pool)) {
    const loaded = await loadAsk(context.pool, id)
    const action = loaded && context.actions.get(loaded.ask.type)
    if (loaded && action) {
      const services = openServices(context.shared, { id: runId, workspaceId: loaded.workspaceId, sender: '' })
      const { rows } = await context.pool.query<{ language: string }>('select language from workspaces where id = $1', [loaded.workspaceId])
      try {
        await redrawAsk(action, loaded.ask, loaded.answers, services, rows[0]?.language ?? 'en')
      } catch (error) {
        if (isPassing(error)) throw error
        // One that cannot be drawn must not keep the others from being, now and at every sweep.
        context.log.warn(
          { ask: id, reason: error instanceof Error ? error.message : 'unknown' },
          'a question that is over could not be drawn',
        )
      }
    }
    await closeAsk(context.pool, id, loaded?.ask.messages.length ?? 0)
  }
}
