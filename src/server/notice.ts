import type { Words } from '../mission/words.ts'

/** A refusal of a route: what happened and what to do, in words, with its HTTP status. The app turns it into its JSON. */
export class Notice extends Error {
  override readonly name = 'Notice'
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 503
  readonly what: Words
  readonly remedy: Words

  constructor(status: Notice['status'], what: Words, remedy: Words) {
    super(what.en)
    this.status = status
    this.what = what
    this.remedy = remedy
  }
}

/** Makes a {@link Notice}. */
export function notice(status: Notice['status'], what: Words, remedy: Words): Notice {
  return new Notice(status, what, remedy)
}

const missing = {
  mission: { en: 'This mission is not there, or is not live.', fr: 'Cette mission n’existe pas ou n’est pas en service.' },
  run: { en: 'This run is not there.', fr: 'Cette exécution n’existe pas.' },
  form: { en: 'This form is not open, or no longer.', fr: 'Ce formulaire n’est pas ouvert, ou ne l’est plus.' },
  hook: { en: 'Nothing listens at this address.', fr: 'Rien n’écoute à cette adresse.' },
} satisfies Record<string, Words>

/** Nothing there, in words. Also said where something is there but belongs to others, so that nobody can tell. */
export function notFound(what: keyof typeof missing): Notice {
  return new Notice(404, missing[what], {
    en: 'Check the address, or ask whoever gave it to you.',
    fr: 'Vérifiez l’adresse, ou demandez à la personne qui vous l’a donnée.',
  })
}
