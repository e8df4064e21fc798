import { m } from '#messages'
import type { Comparison } from '../../../../mission/condition.ts'

/** A comparison as a part of a sentence. */
export function comparisonWords(is: Comparison): string {
  switch (is) {
    case 'is':
      return m.designer_is()
    case 'is-not':
      return m.designer_is_not()
    case 'contains':
      return m.designer_contains()
    case 'starts-with':
      return m.designer_starts_with()
    case 'ends-with':
      return m.designer_ends_with()
    case 'more-than':
      return m.designer_more_than()
    case 'less-than':
      return m.designer_less_than()
    case 'is-empty':
      return m.designer_is_empty()
    case 'is-not-empty':
      return m.designer_is_not_empty()
  }
}
