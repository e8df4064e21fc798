/** A pill taken apart. */
export interface PillParts {
  /** What it refers to. */
  reference: string
  /** Other data that stands in, in this order, while the one before is empty. */
  others: readonly string[]
  /** The text that stands in when all of it is empty. */
  fallback?: string
}

const referencePattern = String.raw`[a-z]\w*(?:\.\w+|\[\d+\])*`
const defaultPattern = String.raw`\s*\|\s*default:\s*(?:"[^"]*"|'[^']*'|${referencePattern})`
const wholePill = new RegExp(String.raw`^\{\{-?\s*(${referencePattern})((?:${defaultPattern})*)\s*-?\}\}$`)
const eachDefault = new RegExp(String.raw`\|\s*default:\s*(?:"([^"]*)"|'([^']*)'|(${referencePattern}))`, 'g')

/** Takes a pill apart; undefined for anything cleverer than data with something that stands in for it. */
export function readPill(pill: string): PillParts | undefined {
  const [, reference, defaults = ''] = wholePill.exec(pill.trim()) ?? []
  if (reference === undefined) return undefined
  const others: string[] = []
  for (const [, double, single, other] of defaults.matchAll(eachDefault)) {
    if (other === undefined) return { reference, others, fallback: double ?? single ?? '' }
    others.push(other)
  }
  return { reference, others }
}

/** Writes a pill. Quotes inside a fallback become typographic ones: Liquid has no escape for them. */
export function writePill({ reference, others, fallback }: PillParts): string {
  const text = fallback === undefined || fallback === '' ? '' : ` | default: "${fallback.replaceAll('"', '”')}"`
  return `{{ ${reference}${others.map((other) => ` | default: ${other}`).join('')}${text} }}`
}

/** A pill for a piece of data alone. */
export function pillOf(reference: string): string {
  return writePill({ reference, others: [] })
}
