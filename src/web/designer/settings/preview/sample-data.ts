import { samplePerson, sampleChannel, sampleInstant, sampleMessage } from '../../../../catalogue/sample.ts'
import type { Data } from '../../../../mission/data.ts'
import type { DatumKind } from '../../../../mission/kinds.ts'
import type { Available } from '../../../../mission/part.ts'
import type { Source } from '../../../../mission/scope.ts'
import { type Language, say } from '../../../../mission/words.ts'

/** People who stand in where a preview needs some: the example person, her manager and her buddy. */
export const samplePeople = [samplePerson, samplePerson.manager, samplePerson.buddy].flatMap((person) =>
  person ? [{ ...samplePerson, ...person }] : [],
)

/** What stands for data without an example of its own. */
function standIn(kind: DatumKind, label: string): unknown {
  switch (kind) {
    case 'person':
      return samplePerson
    case 'people':
      return samplePeople
    case 'channel':
      return sampleChannel
    case 'message':
      return sampleMessage
    case 'instant':
      return sampleInstant
    case 'number':
      return 3
    case 'yesno':
      return true
    case 'record':
    case 'list':
    case 'text':
    case 'any':
      return `‹${label}›`
  }
}

const isBlank = (sample: unknown) =>
  sample === undefined || sample === null || (typeof sample === 'object' && Object.keys(sample).length === 0)

/** Data of a made-up run, out of the examples of what earlier steps give: what a preview shows in the place of pills. */
export function sampleData(sources: readonly Source[], language: Language): Data {
  const data: Data = {}
  const put = (one: Available) => {
    const [root = '', name, ...rest] = one.reference.split('.')
    if (rest.length > 0) return
    const label = say(one.label, language)
    const sample = isBlank(one.sample) ? standIn(one.kind, label) : one.sample
    if (name === undefined) data[root] = sample
    else data[root] = { ...recordOf(data[root]), [name]: withParts(sample, one.parts, language) }
  }
  for (const source of sources) source.data.forEach(put)
  return data
}

/** The fields of a form lie inside its answer, too. */
function withParts(sample: unknown, parts: readonly Available[], language: Language): unknown {
  const own = parts.filter((part) => !isBlank(part.sample))
  if (typeof sample !== 'string' || !sample.startsWith('‹') || own.length === 0) return sample
  return Object.fromEntries(own.map((part) => [part.reference.split('.').at(-1) ?? say(part.label, language), part.sample]))
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {}
