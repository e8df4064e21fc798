import type { Answer } from '../../catalogue/define.ts'
import type { Rung } from '../../catalogue/ladder.ts'
import type { Ask, AskOver } from '../../run/ask.ts'
import type { Happening } from '../../run/progress.ts'

/** Everything one commit of a run writes besides what the turn itself gives. */
export interface Gathered {
  happenings: Happening[]
  /** Keys of the visits whose performing came to one of the happenings. */
  performed: string[]
  /** Ids of inbox rows that were taken in. */
  arrivals: number[]
  opened: Ask[]
  ended: { ask: Ask; answers: Answer[]; over: AskOver }[]
  /** Questions that got an answer but go on: their messages show it. */
  changed: { ask: Ask; answers: Answer[] }[]
  posted: { id: string; messages: Ask['messages'] }[]
  /** Questions whose ladder was climbed, by id. */
  climbed: { id: string; rungs: Rung[]; messages: Ask['messages'] }[]
}

const nothing = (): Gathered => ({
  happenings: [],
  performed: [],
  arrivals: [],
  opened: [],
  ended: [],
  changed: [],
  posted: [],
  climbed: [],
})

/** Where a run that is being driven collects what its next commit is to write. What comes while one is being written is for the one after it. */
export class Gathering {
  next: Gathered = nothing()

  get isEmpty(): boolean {
    const { happenings, arrivals, performed } = this.next
    return happenings.length === 0 && arrivals.length === 0 && performed.length === 0
  }

  /** Gives what has been collected and begins anew. */
  take(): Gathered {
    const taken = this.next
    this.next = nothing()
    return taken
  }
}
