import { z } from 'zod'
import type { Desk } from '../desk.ts'

const keptSchema = z.array(z.string())

const keyOf = (missionId: string) => `missions.frames.${missionId}`

/** The cards whose frames this viewer has closed (or opened, where they are closed at first). It is no part of the mission. */
export function readToggled(missionId: string): ReadonlySet<string> {
  try {
    return new Set(keptSchema.parse(JSON.parse(localStorage.getItem(keyOf(missionId)) ?? '[]')))
  } catch {
    // Something else wrote there, or this browser keeps nothing: frames are as they are at first.
    return new Set()
  }
}

/** Remembers on this device what is open; ends with what it gives back. */
export function keepToggled(missionId: string, desk: Desk): () => void {
  return desk.subscribe(({ toggled }, before) => {
    if (toggled === before.toggled) return
    try {
      if (toggled.size === 0) localStorage.removeItem(keyOf(missionId))
      else localStorage.setItem(keyOf(missionId), JSON.stringify([...toggled]))
    } catch {
      // A full or forbidden storage costs nothing but the memory.
    }
  })
}

/** Opens the frame of a card when it is closed, closes it when it is open. */
export function toggle(desk: Desk, id: string): void {
  desk.setState(({ toggled }) => ({
    toggled: toggled.has(id) ? new Set([...toggled].filter((one) => one !== id)) : new Set([...toggled, id]),
  }))
}
