import { m } from '#messages'
import type { Comparison } from '../../../../mission/condition.ts'
import type { DatumKind } from '../../../../mission/kinds.ts'

/** Whether something is there at all can be asked of everything. */
const empties = ['is-empty', 'is-not-empty'] as const
const texts = ['is', 'is-not', 'contains', 'starts-with', 'ends-with', ...empties, 'more-than', 'less-than'] as const
const lists = ['contains', 'is', 'more-than', 'less-than', ...empties] as const

/** How data of each kind can be compared so that the sentence means something, the most usual first. */
const fitting: Readonly<Record<DatumKind, readonly Comparison[]>> = {
  text: texts,
  number: ['is', 'is-not', 'more-than', 'less-than', ...empties],
  yesno: ['is', ...empties],
  instant: ['less-than', 'more-than', 'is', ...empties],
  person: ['is', 'is-not', ...empties],
  people: lists,
  list: lists,
  channel: ['is', 'is-not', 'contains', 'starts-with', ...empties],
  message: empties,
  record: ['contains', ...empties],
  any: texts,
}

/** The comparisons to offer for data of a kind; the one that is chosen stays among them. */
export function comparisonsFor(kind: DatumKind, chosen: Comparison): readonly Comparison[] {
  return fitting[kind].includes(chosen) ? fitting[kind] : [...fitting[kind], chosen]
}

/** The same comparison where it fits data of another kind, else the most usual one there. */
export function fitComparison(kind: DatumKind, chosen: Comparison): Comparison {
  return fitting[kind].includes(chosen) ? chosen : (fitting[kind][0] ?? chosen)
}

/** A comparison as a part of a sentence about data of a kind: an instant “is after” another, a list “has more than 3”. */
export function comparisonWords(is: Comparison, kind: DatumKind): string {
  const several = kind === 'people' || kind === 'list'
  switch (is) {
    case 'is':
      return m.designer_is()
    case 'is-not':
      return m.designer_is_not()
    case 'contains':
      return several ? m.designer_has_among() : m.designer_contains()
    case 'starts-with':
      return m.designer_starts_with()
    case 'ends-with':
      return m.designer_ends_with()
    case 'more-than':
      if (kind === 'instant') return m.designer_is_after()
      if (several) return m.designer_has_more_than()
      return kind === 'text' ? m.designer_more_as_number() : m.designer_more_than()
    case 'less-than':
      if (kind === 'instant') return m.designer_is_before()
      if (several) return m.designer_has_fewer_than()
      return kind === 'text' ? m.designer_less_as_number() : m.designer_less_than()
    case 'is-empty':
      return m.designer_is_empty()
    case 'is-not-empty':
      return m.designer_is_not_empty()
  }
}

/** What the value of a condition is entered with. */
export type ValueKind = 'none' | 'number' | 'yesno' | 'instant' | 'people' | 'channel' | 'words'

/** What the value is entered with, by the kind of the data and how it is compared. */
export function valueKind(kind: DatumKind, is: Comparison): ValueKind {
  if (is === 'is-empty' || is === 'is-not-empty') return 'none'
  if (kind === 'instant') return 'instant'
  if (is === 'more-than' || is === 'less-than') return 'number'
  if (kind === 'yesno') return 'yesno'
  if (kind === 'person' || kind === 'people') return 'people'
  return kind === 'channel' && (is === 'is' || is === 'is-not') ? 'channel' : 'words'
}
