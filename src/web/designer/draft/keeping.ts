import { z } from 'zod'
import { type Mission, missionSchema } from '../../../mission/mission.ts'

const keptSchema = z.object({ rev: z.number(), user: z.string(), mission: missionSchema })

const keyOf = (missionId: string) => `missions.draft.${missionId}`

/** Changes to a mission that the server does not have yet, kept on this device. */
export interface Kept {
  mission: Mission
  /** The revision they were made on. */
  rev: number
}

/** What was kept of somebody's changes to a mission; undefined when there is nothing. */
export function readKept(missionId: string, user: string): Kept | undefined {
  const text = localStorage.getItem(keyOf(missionId))
  if (text === null) return undefined
  try {
    const { rev, mission, user: whose } = keptSchema.parse(JSON.parse(text))
    return whose === user ? { rev, mission } : undefined
  } catch {
    localStorage.removeItem(keyOf(missionId))
    return undefined
  }
}

/** Milliseconds between two writes: a large mission is a megabyte, and letters come ten times a second. */
const rarely = 300

/** Keeps changes on this device until they are saved. What is noted is surely written when the page is left. */
export function keepOnDevice(missionId: string, user: string): { keep(kept: Kept | undefined): void; stop(): void } {
  let waiting: Kept | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = () => {
    clearTimeout(timer)
    timer = undefined
    if (!waiting) return
    try {
      localStorage.setItem(keyOf(missionId), JSON.stringify({ ...waiting, user }))
    } catch (error) {
      // Full or switched off: the page itself still holds everything.
      console.warn('Changes could not be kept on this device.', error)
    }
    waiting = undefined
  }
  addEventListener('pagehide', write)
  return {
    keep(kept) {
      waiting = kept
      if (kept) timer ??= setTimeout(write, rarely)
      else {
        clearTimeout(timer)
        timer = undefined
        localStorage.removeItem(keyOf(missionId))
      }
    },
    stop() {
      write()
      removeEventListener('pagehide', write)
    },
  }
}
