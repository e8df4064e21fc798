/** A pill taken apart. */
export interface PillParts {
  /** What it refers to. */
  reference: string
  /** Other data that stands in, in this order, while the one before is empty. */
  others: readonly string[]
  /** The text that stands in when all of it is empty. */
  fallback?: string
  /** Nothing stands in, and that is meant: whatever takes it may be given nothing. */
  orNothing?: true
}

const referencePattern = String.raw`[a-z]\w*(?:\.\w+|\[\d+\])*`
const defaultPattern = String.raw`\s*\|\s*default:\s*(?:"[^"]*"|'[^']*'|${referencePattern})`
const wholePill = new RegExp(String.raw`^\{\{-?\s*(${referencePattern})((?:${defaultPattern})*)\s*-?\}\}$`)
const eachDefault = new RegExp(String.raw`\|\s*default:\s*(?:"([^"]*)"|'([^']*)'|(${referencePattern}))`, 'g')

/** Words of Liquid that look like data and are none. */
const nothing: ReadonlySet<string> = new Set(['nil', 'null'])
const constants: ReadonlySet<string> = new Set(['true', 'false', 'empty', 'blank'])

/** Takes a pill apart; undefined for anything cleverer than data with something that stands in for it. */
export function readPill(pill: string): PillParts | undefined {
  const [, reference, defaults = ''] = wholePill.exec(pill.trim()) ?? []
  if (reference === undefined) return undefined
  const others: string[] = []
  for (const [, double, single, other] of defaults.matchAll(eachDefault)) {
    if (other === undefined) return { reference, others, fallback: double ?? single ?? '' }
    if (nothing.has(other)) return { reference, others, orNothing: true }
    if (constants.has(other)) return undefined
    others.push(other)
  }
  return { reference, others }
}

/** Writes a pill. Quotes inside a fallback become typographic ones: Liquid has no escape for them. */
export function writePill({ reference, others, fallback, orNothing }: PillParts): string {
  const text = fallback ? ` | default: "${fallback.replaceAll('"', '”')}"` : orNothing ? ' | default: nil' : ''
  return `{{ ${reference}${others.map((other) => ` | default: ${other}`).join('')}${text} }}`
}

/** A pill for a piece of data alone. */
export function pillOf(reference: string): string {
  return writePill({ reference, others: [] })
}
