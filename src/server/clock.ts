/**
 * The time by the database's clock, which also wakes runs: a machine whose own clock was behind would find nothing due when it is woken. Set
 * again every few seconds; between two settings the milliseconds of this process are counted, which no change of its clock touches.
 */
export class DatabaseClock {
  #time = Date.now()
  #since = performance.now()

  /** `time`: what the database's clock says at this moment, in milliseconds since 1970. */
  set(time: number): void {
    this.#time = time
    this.#since = performance.now()
  }

  /** Milliseconds since 1970. */
  milliseconds(): number {
    return Math.floor(this.#time + performance.now() - this.#since)
  }

  now(): Date {
    return new Date(this.milliseconds())
  }
}
