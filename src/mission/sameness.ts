import type { Mission } from './mission.ts'

/** True when two values from a document are the same. The order of keys does not count: the database keeps its own. */
export function sameValue(one: unknown, other: unknown): boolean {
  return one === other || canonical(one) === canonical(other)
}

/** True when two documents are the same mission, laid out the same way. */
export function sameMission(one: Mission, other: Mission): boolean {
  return sameValue(one, other)
}

/** A value as text, its keys in the order of the alphabet. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )
}
