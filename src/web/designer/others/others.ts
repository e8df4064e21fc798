/** Somebody else who has the draft open, in one tab. */
export interface Other {
  tab: string
  name: string
  /** The card their cursor is on. */
  at: string | null
  /** When they last gave a sign, in milliseconds. */
  seen: number
}

/** A sign of somebody's tab, as the server passes it on. */
export interface Sign {
  tab: string
  name: string
  at: string | null
  gone: boolean
}

/** Who gives no sign for so long is taken for gone, in milliseconds. */
export const goneAfter = 30_000
/** Between two signs of one's own while nothing changes, in milliseconds: two may get lost. */
export const signEvery = 10_000

/** Those who are there after a sign. */
export function noteSign(others: readonly Other[], { tab, name, at, gone }: Sign, now: number): readonly Other[] {
  if (gone) return others.some((other) => other.tab === tab) ? others.filter((other) => other.tab !== tab) : others
  const other = { tab, name, at, seen: now }
  return others.some((one) => one.tab === tab) ? others.map((one) => (one.tab === tab ? other : one)) : [...others, other]
}

/** Those who are still there. */
export function dropSilent(others: readonly Other[], now: number): readonly Other[] {
  const there = others.filter(({ seen }) => now - seen < goneAfter)
  return there.length === others.length ? others : there
}

/** The names of those who are there, each once, in the order in which they came. */
export function namesOf(others: readonly Other[]): string[] {
  return [...new Set(others.map(({ name }) => name))]
}

/** The names of those whose cursor is on a card, as they stand on it; empty when nobody's is. */
export function namesAt(others: readonly Other[], id: string): string {
  return others.length === 0 ? '' : namesOf(others.filter(({ at }) => at === id)).join(', ')
}
