import { readableReference } from '../../../../catalogue/readable.ts'
import type { DatumKind } from '../../../../mission/kinds.ts'
import type { Available } from '../../../../mission/part.ts'
import type { Source } from '../../../../mission/scope.ts'
import { type Language, say } from '../../../../mission/words.ts'
import { readable } from '../../../../mission/value.ts'

/** A piece of earlier data as menus and pills show it. */
export interface Piece {
  reference: string
  /** "Who joined · e-mail address". */
  title: string
  /** Where it comes from: the name of the step. */
  source: string
  /** An example as text; empty when there is none. */
  sample: string
  kind: DatumKind
  maybeEmpty: boolean
  /** How many levels inside something else: 0 for what a step gives itself. */
  depth: number
}

const longestSample = 60

/** What is gone through first, then the steps from the nearest on, what started it, and what every run has: the likeliest first. */
const order = ['item', 'step', 'trigger', 'run'] as const satisfies readonly Source['of'][]

function nearestFirst(sources: readonly Source[]): Source[] {
  return order.flatMap((of) => {
    const some = sources.filter((source) => source.of === of)
    // In the order of the mission, the outermost list first.
    return of === 'run' ? some : some.toReversed()
  })
}

/** All earlier data, parts included, the nearest first. */
export function listData(sources: readonly Source[], language: Language): Piece[] {
  const pieces: Piece[] = []
  const add = (source: Source, data: readonly Available[], above: string, depth: number) => {
    for (const one of data) {
      const label = upper(say(one.label, language))
      const title = above === '' ? label : `${above} · ${say(one.label, language)}`
      pieces.push({
        reference: one.reference,
        title,
        source: say(source.title, language),
        sample: sampleText(one.sample),
        kind: one.kind,
        maybeEmpty: one.maybeEmpty,
        depth,
      })
      add(source, one.parts, title, depth + 1)
    }
  }
  for (const source of nearestFirst(sources)) add(source, source.data, '', 0)
  return pieces
}

function sampleText(sample: unknown): string {
  const text = readable(sample).replace(/\s+/g, ' ').trim()
  return text.length > longestSample ? `${text.slice(0, longestSample - 1)}…` : text
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Parts that a reader of a message would make nothing of. */
const technical = /\.(channel|message|time_zone|language)$/

/** What a menu offers: everything that fits; technical and deeply nested parts only when they are asked for by kind or search. */
export function offerData(pieces: readonly Piece[], kinds: readonly DatumKind[] | undefined): Piece[] {
  if (kinds) return pieces.filter((piece) => kinds.includes(piece.kind) || piece.kind === 'any')
  return pieces.filter(({ depth, reference }) => depth < 2 && !reference.endsWith('.id') && !(depth > 0 && technical.test(reference)))
}

/** What a pill says: the name of the data, and where it comes from. Words made of the reference itself when it is out of reach. */
export function nameReference(
  pieces: readonly Piece[],
  reference: string,
  language: Language,
): { title: string; source: string; known: boolean; maybeEmpty: boolean } {
  const piece = pieces.find((one) => one.reference === reference)
  if (piece) return { title: piece.title, source: piece.source, known: true, maybeEmpty: piece.maybeEmpty }
  return { title: upper(say(readableReference(reference), language)), source: '', known: false, maybeEmpty: false }
}
