/**
 * The time by the database's clock, which also wakes runs: a process whose clock was behind would find nothing due when it is woken, and let
 * go of a run that nobody wakes again. So it is never behind what the database is known to have said, and ahead by no more than an answer was
 * under way. Between two answers the milliseconds of this process are counted, which no change of its clock touches.
 */
export class DatabaseClock {
  #time = Date.now()
  #since = performance.now()

  /** Hears what the database's clock said, in milliseconds since 1970, at some moment since `asked` (`performance.now()` when it was asked). */
  hear(time: number, asked: number): void {
    const now = performance.now()
    const own = this.#time + now - this.#since
    const latest = time + now - asked
    this.#time = Math.min(Math.max(own, time), latest)
    this.#since = now
  }

  /** Milliseconds since 1970. */
  milliseconds(): number {
    return Math.floor(this.#time + performance.now() - this.#since)
  }

  now(): Date {
    return new Date(this.milliseconds())
  }
}
