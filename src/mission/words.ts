/**
 * A text that a person reads, in every language the product speaks. Everything below the screens (titles of
 * actions, problems, troubles, sentences) is `Words`, so that no floor has to know which language is being shown.
 */
export interface Words {
  en: string
  fr: string
}

/** The languages the product speaks. */
export type Language = keyof Words

/** All languages, the default first. */
export const languages: readonly Language[] = ['en', 'fr']

/** Picks one language; English when the language asked for is unknown. */
export function say(words: Words, language: string): string {
  return language === 'fr' ? words.fr : words.en
}

/** French text with the spaces before : ; ! ? and inside « » that no line may end at. */
export function typeset(french: string): string {
  return french.replaceAll(/ (?=[:;!?»])/g, '\u00a0').replaceAll('« ', '«\u00a0')
}
