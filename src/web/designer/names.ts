import type { Mission } from '../../mission/mission.ts'

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Ids of people, channels or missions that settings hold by themselves. */
export function findIds(mission: Mission): string[] {
  const found = new Set<string>()
  const look = (value: unknown) => {
    if (typeof value === 'string') {
      if (idPattern.test(value)) found.add(value)
    } else if (Array.isArray(value)) value.forEach(look)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(look)
  }
  for (const node of [...mission.triggers, ...mission.steps]) look(node.settings)
  return [...found].sort()
}

/** Settings with names in place of ids, so that sentences about them can be read. Unchanged parts stay the same objects. */
export function nameIds<Value>(value: Value, names: ReadonlyMap<string, string> | undefined): Value {
  if (!names || names.size === 0) return value
  const named = (part: unknown): unknown => {
    if (typeof part === 'string') return names.get(part) ?? part
    if (Array.isArray(part)) {
      const list = part.map(named)
      return list.some((one, at) => one !== part[at]) ? list : part
    }
    if (typeof part !== 'object' || part === null) return part
    const entries = Object.entries(part)
    const changed = entries.map(([key, one]) => [key, named(one)] as const)
    return changed.some(([, one], at) => one !== entries[at]?.[1]) ? Object.fromEntries(changed) : part
  }
  // Names replace texts by texts, so the shape stays.
  return named(value) as Value
}
