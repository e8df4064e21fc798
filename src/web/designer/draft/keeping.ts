import { z } from 'zod'
import { missionSchema } from '../../../mission/mission.ts'
import type { Unsaved } from './saving.ts'

const keptSchema = z.object({ rev: z.number(), user: z.string(), mission: missionSchema, base: missionSchema.optional() })

const keyOf = (missionId: string) => `missions.draft.${missionId}`

/** What was kept of somebody's changes to a mission; undefined when there is nothing. */
export function readKept(missionId: string, user: string): Unsaved | undefined {
  const text = localStorage.getItem(keyOf(missionId))
  if (text === null) return undefined
  try {
    const { rev, mission, base, user: whose } = keptSchema.parse(JSON.parse(text))
    return whose === user ? { rev, mission, ...(base ? { base } : {}) } : undefined
  } catch {
    localStorage.removeItem(keyOf(missionId))
    return undefined
  }
}

/** Milliseconds between two writes: a large mission is a megabyte, and letters come ten times a second. */
const rarely = 300

/** Keeps changes on this device until they are saved. What is noted is surely written when the page is left. */
export function keepOnDevice(missionId: string, user: string): { keep(kept: Unsaved | undefined): void; stop(): void } {
  let waiting: Unsaved | undefined
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
