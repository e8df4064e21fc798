import { Alert, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { m } from '#messages'
import { type Language, languages } from '../../mission/words.ts'
import { speakAnew } from '../data/language.ts'
import { getLocale } from '../paraglide/runtime.js'
import { useTitle } from './Page.tsx'
import classes from './Welcome.module.css'

const languageNames: Record<Language, () => string> = { en: m.shell_language_en, fr: m.shell_language_fr }

/** The calm page for whoever is not in a workspace yet: one thing to do, the product's name, the languages. */
export function Welcome({ title, about, children, below }: { title: string; about?: ReactNode; children: ReactNode; below?: ReactNode }) {
  useTitle(title)
  return (
    <div className={classes.page}>
      <main className={classes.main}>
        <div className={classes.brand}>
          <Mark />
          <span>{m.shell_app()}</span>
        </div>
        <Title order={1}>{title}</Title>
        {about !== undefined && (
          <Text c="dimmed" component="div" mt={6}>
            {about}
          </Text>
        )}
        <div className={classes.body}>{children}</div>
        {below !== undefined && <div className={classes.below}>{below}</div>}
      </main>
      <footer className={classes.languages}>
        {languages.map((language) => (
          <button key={language} type="button" lang={language} aria-pressed={language === getLocale()} onClick={() => speakAnew(language)}>
            {languageNames[language]()}
          </button>
        ))}
      </footer>
    </div>
  )
}

/** The product's mark: one step, then two at the same time. */
export function Mark() {
  return (
    <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden className={classes.mark}>
      <path d="M14 9v3m0 0c0 4-7 2-7 6m7-6c0 4 7 2 7 6" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      <circle cx="14" cy="6" r="3.5" fill="currentColor" />
      <circle cx="7" cy="21.5" r="3.5" fill="currentColor" />
      <circle cx="21" cy="21.5" r="3.5" fill="currentColor" />
    </svg>
  )
}

/** What went wrong with a whole form, said aloud when it appears. */
export function FormTrouble({ words }: { words: string | undefined }) {
  return (
    <div role="alert">
      {words !== undefined && (
        <Alert color="red" variant="light">
          {words}
        </Alert>
      )}
    </div>
  )
}
