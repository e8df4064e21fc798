import { type Language, languages } from '../../mission/words.ts'
import { setLocale } from '../paraglide/runtime.js'

const remembered = 'missions.language'

/** The language of the screens before anybody has signed in: the one chosen in this browser, else the browser's own. */
export function browserLanguage(): Language {
  const wanted = [localStorage.getItem(remembered), ...navigator.languages.map((tag) => tag.slice(0, 2))]
  return languages.find((language) => language === wanted.find((tag) => languages.some((known) => known === tag))) ?? 'en'
}

/**
 * Speaks a language from here on, and remembers it unless told not to. What is already drawn stays as it is: draw it anew, or
 * {@link speakAnew}.
 */
export function speak(language: Language, how: { remember: boolean } = { remember: true }): void {
  if (how.remember) localStorage.setItem(remembered, language)
  void setLocale(language, { reload: false })
  document.documentElement.lang = language
}

/** Speaks a language, on everything: the page is loaded again. */
export function speakAnew(language: Language): void {
  speak(language)
  location.reload()
}
