import { catalogue } from '../../catalogue/catalogue.ts'
import type { Mission } from '../../mission/mission.ts'
import type { Entry } from '../../run/journal.ts'
import { move } from '../../run/moving.ts'
import type { RunState } from '../../run/progress.ts'
import type { RunImage } from '../../run/turn.ts'
import { isPassing } from '../database/away.ts'
import type { OpenArrival } from '../store/inbox.ts'
import { wishSchema } from '../store/moves.ts'
import { loadJournal, type KeptRun } from '../store/runs.ts'
import type { DriveShared } from './drive.ts'
import { isDatabaseError } from './receive.ts'

/** How a run goes on in another version: with this state, and this line in its journal. */
export interface Moved {
  version: string
  state: RunState
  entry: Extract<Entry, { what: 'moved' }>
}

/**
 * The wishes that a run move to another version of its mission. It moves between its steps, never under one: while a wish is there nothing
 * more is begun, and when what is under way has ended, it is decided by what is kept of the run then, however it stood when somebody wished it.
 */
export class Moves {
  readonly #context: Pick<DriveShared, 'reads' | 'versions' | 'log'>
  readonly #run: KeptRun
  #wishes: OpenArrival[] = []

  constructor(context: Pick<DriveShared, 'reads' | 'versions' | 'log'>, run: KeptRun) {
    this.#context = context
    this.#run = run
  }

  get isWished(): boolean {
    return this.#wishes.length > 0
  }

  note(wish: OpenArrival): void {
    if (!this.#wishes.some(({ id }) => id === wish.id)) this.#wishes.push(wish)
  }

  /** Gives the wishes, by their places in the inbox, to whoever deals with them all; the newest counts. */
  take(): { arrivals: number[]; newest: OpenArrival | undefined } {
    const taken = this.#wishes
    this.#wishes = []
    return { arrivals: taken.map(({ id }) => id), newest: taken.at(-1) }
  }

  /** How the run moves; undefined when it is there already, or something is in the way: then it stays as it is, and the list of runs says why. */
  async decide(wish: OpenArrival | undefined, image: RunImage): Promise<Moved | undefined> {
    const read = wishSchema.safeParse(wish?.data)
    const isItem = typeof this.#run.parent?.position === 'number'
    if (!read.success || isItem || read.data.to === this.#run.versionId) return undefined
    const { reads, versions, log } = this.#context
    try {
      const [from, to] = [await versions.load(reads, this.#run.versionId), await versions.load(reads, read.data.to)]
      if (!from || to?.missionId !== this.#run.missionId) return undefined
      const entries = await loadJournal(reads, this.#run.id)
      const compile = (trigger: string) => versions.compiled(to, trigger)
      const outcome = move({ state: image.state, entries }, { from: from.mission, to: to.mission, compile, kinds: catalogue.kinds })
      if ('obstacles' in outcome) return undefined
      const { by } = read.data
      const data = { from: nameVersion(from), to: nameVersion(to), by, gone: goneOf(entries, from.mission, to.mission) }
      return { version: to.id, state: outcome.state, entry: { what: 'moved', data } }
    } catch (error) {
      if (isPassing(error) || isDatabaseError(error)) throw error
      log.warn({ run: this.#run.id, reason: error instanceof Error ? error.message : 'unknown' }, 'a run could not be moved')
      return undefined
    }
  }
}

const nameVersion = ({ id, number }: { id: string; number: number }) => ({ id, number })

/** Steps that a journal names and a version has no more. */
function goneOf(entries: readonly Entry[], from: Mission, to: Mission): Moved['entry']['data']['gone'] {
  const been = new Set(entries.flatMap((entry) => ('step' in entry ? [entry.step] : [])))
  return from.steps
    .filter(({ id }) => been.has(id) && !to.steps.some((step) => step.id === id))
    .map(({ id, type, name }) => ({ id, type, ...(name === undefined ? {} : { name }) }))
}
