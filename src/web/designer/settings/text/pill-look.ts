import { m } from '#messages'
import type { Language } from '../../../../mission/words.ts'
import { nameReference, type Piece } from '../data/earlier.ts'
import { readPill } from './pill-parts.ts'
import type { PillLook } from './pill.ts'

/** How a pill looks where there is this data: what it is called, where it comes from, and what stands in for it. */
export function lookOf(pieces: readonly Piece[], raw: string, language: Language): PillLook {
  const read = readPill(raw)
  if (!read) return { title: raw.replace(/^\{\{\s*|\s*\}\}$/g, ''), tip: '', known: true }
  const [first, ...others] = [read.reference, ...read.others].map((reference) => nameReference(pieces, reference, language))
  const known = first?.known === true && others.every((other) => other.known)
  const standing = [...others.map((other) => other.title), ...(read.fallback ? [read.fallback] : [])]
  const from = known ? m.designer_data_from({ source: first?.source ?? '' }) : m.designer_data_unknown()
  const instead =
    standing.length > 0 ? m.designer_data_or({ other: standing.join(', ') }) : read.orNothing ? m.designer_data_or_nothing() : ''
  return {
    title: first?.title ?? raw,
    tip: instead === '' ? from : `${from}. ${instead}`,
    known,
    lacks: first?.maybeEmpty === true && standing.length === 0 && !read.orNothing,
  }
}
