import { Interrupted, isInterruption } from '../../catalogue/trouble.ts'

/**
 * What Postgres says when it cannot serve now but may later, by the classes of
 * https://www.postgresql.org/docs/current/errcodes-appendix.html (08 connection lost, 53 out of disk, memory or connections,
 * 57P shutting down or starting, 58 the system failed it), and what the system says when nobody listens.
 */
const passing = /^(08\w{3}|53\w{3}|57P0\d|58\w{3}|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/
/** What `pg` says of the same without a code. */
const lost = /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i

/** True when the database cannot serve at the moment: what was asked of it may be asked again later. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return passing.test('code' in error ? String(error.code) : '') || lost.test(error.message)
}

/** True when it cannot serve, a step was interrupted by that, or two sessions were in each other's way (class 40): once more may do. */
export function isPassing(error: unknown): boolean {
  if (isInterruption(error)) return true
  try {
    return isAway(error) || (error instanceof Error && 'code' in error && /^40\w{3}$/.test(String(error.code)))
  } catch {
    // Whatever an action throws comes here, a revoked proxy too.
    return false
  }
}

/** Does what needs the database. @throws Interrupted when it is away, so that no step is blamed for it. */
export async function reaching<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (isPassing(error)) throw new Interrupted('The database is away.', { cause: error })
    throw error
  }
}

/** The same port, whose calls are interrupted while the database is away. */
export function interruptible<Port extends object>(port: Port): Port {
  return new Proxy(port, {
    get(target, name) {
      const part: unknown = Reflect.get(target, name)
      return typeof part === 'function' ? (...given: unknown[]) => reaching(async () => Reflect.apply(part, target, given)) : part
    },
  })
}
