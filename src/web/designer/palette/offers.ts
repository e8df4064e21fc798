import type { ActionGroup } from '../../../catalogue/define.ts'
import type { Catalogue } from '../../../catalogue/catalogue.ts'
import { type Language, say } from '../../../mission/words.ts'
import type { Offer } from '../desk.ts'

/** In which order the palette shows what there is. */
export const offerGroups = ['start', 'people', 'messages', 'flow', 'channels', 'data', 'services'] as const satisfies readonly (
  | ActionGroup
  | 'start'
)[]

/** A part of the palette. */
export type OfferGroup = (typeof offerGroups)[number]

/** Something to add, as the palette shows it. */
export interface ShownOffer extends Offer {
  group: OfferGroup
  title: string
  about: string
  /** Other words that it is found by. */
  also: string
  icon: string
}

/** Everything there is to add, in the palette's order. */
export function listOffers(catalogue: Catalogue, language: Language): ShownOffer[] {
  const offers: ShownOffer[] = []
  for (const { type, title, about, also, icon } of catalogue.triggers.values())
    offers.push({
      role: 'trigger',
      type,
      group: 'start',
      title: say(title, language),
      about: say(about, language),
      also: also ? say(also, language) : '',
      icon,
    })
  for (const { type, title, about, also, icon, group } of catalogue.actions.values())
    offers.push({
      role: 'step',
      type,
      group,
      title: say(title, language),
      about: say(about, language),
      also: also ? say(also, language) : '',
      icon,
    })
  return offers.sort(
    (one, other) => offerGroups.indexOf(one.group) - offerGroups.indexOf(other.group) || one.title.localeCompare(other.title, language),
  )
}

/** Without case and accents, so that "reunion" finds "réunion". */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
}

/**
 * What matches a search: every word must begin a word of the title, of the explanation or of the other words that it is found by. Titles
 * that begin with what was typed come first, then other titles, then the rest.
 */
export function searchOffers<Shown extends { title: string; about: string; also?: string }>(
  offers: readonly Shown[],
  search: string,
): Shown[] {
  const words = foldText(search).split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...offers]
  const begins = (text: string, word: string) =>
    text.startsWith(word) || text.split(/[^\p{L}\p{N}/#]+/u).some((part) => part.startsWith(word))
  const rank = (offer: Shown): number => {
    const [title, about] = [foldText(offer.title), foldText(`${offer.about} ${offer.also ?? ''}`)]
    if (words.every((word) => begins(title, word))) return title.startsWith(words[0] ?? '') ? 0 : 1
    return words.every((word) => begins(title, word) || begins(about, word)) ? 2 : 3
  }
  return offers
    .map((offer, at) => ({ offer, at, rank: rank(offer) }))
    .filter((each) => each.rank < 3)
    .sort((one, other) => one.rank - other.rank || one.at - other.at)
    .map((each) => each.offer)
}
