import type { Pool } from 'pg'
import type { Receiver } from './jobs/receive.ts'
import { keepAll, type Arrival } from './store/inbox.ts'
import { Together } from './together.ts'

/**
 * The door for what arrives one by one and often (web hooks, forms): those that come at about the same time are kept in one transaction. A process
 * that also works takes them in with the same transaction, so that nothing has to be looked for afterwards.
 */
export class Arrivals {
  /** Who takes arrivals in, once this process works. */
  receiver: Receiver | undefined
  readonly #together: Together<Arrival, undefined>

  constructor(pool: Pool) {
    this.#together = new Together(async (arrivals) => {
      const takenIn = this.receiver !== undefined && (await this.#takeIn(this.receiver, arrivals))
      if (!takenIn) await keepAll(pool, arrivals)
      return arrivals.map(() => undefined)
    })
  }

  /** Keeps an arrival; when this has settled, it may be acknowledged. A redelivery (same source and identity) changes nothing. */
  async keep(arrival: Arrival): Promise<void> {
    await this.#together.add(arrival)
  }

  /** False when it did not work out: then they are kept first and taken in later, where what is wrong with one of them is dealt with. */
  async #takeIn(receiver: Receiver, arrivals: readonly Arrival[]): Promise<boolean> {
    try {
      return await receiver.takeIn(arrivals)
    } catch {
      return false
    }
  }
}
