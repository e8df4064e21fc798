import { z } from 'zod'

/** Whether the machine knows a time zone, such as Europe/Paris. */
function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** What a browser says about whoever comes into a workspace. A time zone nobody knows counts as UTC. */
export const newcomerSchema = z.object({
  personName: z.string().trim().min(1).max(80),
  timeZone: z.string().transform((name) => (isTimeZone(name) ? name : 'UTC')),
  language: z.enum(['en', 'fr']).catch('en'),
})
