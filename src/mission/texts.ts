/** Calls `visit` with every text of settings, however deep, and where it stands: `row.name`, `paths.0.when.1.left`. */
export function visitTexts(settings: Record<string, unknown>, visit: (where: string, text: string, around: unknown) => void): void {
  const walk = (where: string, value: unknown, around: unknown) => {
    if (typeof value === 'string') visit(where, value, around)
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(`${where}.${key}`, inner, value)
  }
  for (const [key, value] of Object.entries(settings)) walk(key, value, settings)
}

/** Rewrites every text in a value of settings. Lists and records in which nothing changed stay the same objects. */
export function mapTexts<Value>(value: Value, rewrite: (text: string) => string): Value
export function mapTexts(value: unknown, rewrite: (text: string) => string): unknown {
  if (typeof value === 'string') return rewrite(value)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const mapped = entries.map(([key, inner]): [string, unknown] => [key, mapTexts<unknown>(inner, rewrite)])
  if (mapped.every(([, inner], index) => inner === entries[index]?.[1])) return value
  return Array.isArray(value) ? mapped.map(([, inner]) => inner) : Object.fromEntries(mapped)
}
