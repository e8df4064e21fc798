import { z } from 'zod'
import { type Clipping, clippingSchema } from '../../../mission/edit.ts'
import { missionSchema } from '../../../mission/mission.ts'

const sheetSchema = z.object({ missions: z.literal('steps'), clipping: clippingSchema })

/** A piece of a mission as text, which other missions, other tabs and mail understand. */
export function writeClipping(clipping: Clipping): string {
  return JSON.stringify({ missions: 'steps', clipping }, null, 2)
}

/** The piece of a mission that a text holds: what was copied here, or a whole mission. Undefined for any other text. */
export function readClipping(text: string): Clipping | undefined {
  let written: unknown
  try {
    written = JSON.parse(text)
  } catch {
    return undefined
  }
  const sheet = sheetSchema.safeParse(written)
  if (sheet.success) return sheet.data.clipping
  const mission = missionSchema.safeParse(written)
  if (!mission.success) return undefined
  const { triggers, steps, links, layout, notes } = mission.data
  return { triggers, steps, links, layout, ...(notes ? { notes } : {}) }
}
