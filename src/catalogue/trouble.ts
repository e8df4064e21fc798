import type { Words } from '../mission/words.ts'

/** What kind of trouble, which decides what happens next: retry or not, and whom to tell. */
export type TroubleKind = 'refused' | 'unavailable' | 'misconfigured'

/** A trouble as it is kept in the journal. */
export interface TroubleRecord {
  kind: TroubleKind
  /** What happened, in one sentence. */
  what: Words
  /** What to do about it, in one sentence. */
  remedy: Words
}

/** An error in plain words with its remedy. What actions and services throw; anything else thrown is a defect. */
export abstract class Trouble extends Error {
  abstract readonly kind: TroubleKind
  readonly what: Words
  readonly remedy: Words

  constructor(what: Words, remedy: Words, options?: ErrorOptions) {
    super(what.en, options)
    this.what = what
    this.remedy = remedy
  }

  /** The form that is kept and shown. */
  record(): TroubleRecord {
    return { kind: this.kind, what: this.what, remedy: this.remedy }
  }
}

/** The other side said no and will say no again: never retried. */
export class Refused extends Trouble {
  override readonly name = 'Refused'
  readonly kind = 'refused'
}

/** Nobody answered, or "come back later": retried as the step says. */
export class Unavailable extends Trouble {
  override readonly name = 'Unavailable'
  readonly kind = 'unavailable'
  /** Milliseconds the other side asked us to wait, if it did. */
  readonly retryAfter: number | undefined

  constructor(what: Words, remedy: Words, options?: ErrorOptions & { retryAfter?: number }) {
    super(what, remedy, options)
    this.retryAfter = options?.retryAfter
  }
}

/** A setting must be mended by a person first: not retried. */
export class Misconfigured extends Trouble {
  override readonly name = 'Misconfigured'
  readonly kind = 'misconfigured'
}

/**
 * The program itself cannot go on at the moment (its database is away, a disk is full). No trouble of the step: nothing is
 * written down, and the step is performed again as soon as that is over, whatever its retries. Thrown by services, never by actions.
 */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** Whether the program itself was interrupted. False for whatever cannot even be looked at: anything can be thrown, a revoked proxy too. */
export function isInterruption(error: unknown): error is Interrupted {
  try {
    return error instanceof Interrupted
  } catch {
    return false
  }
}
