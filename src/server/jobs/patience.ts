import { Unavailable } from '../../catalogue/trouble.ts'
import { isAway } from '../database/away.ts'
import type { Sql } from '../store/transaction.ts'

/** Between two tries while the database is away, in milliseconds. */
const pause = 500

/** Waits for so many milliseconds, unless the process ends before. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref())
}

/** The result, if it comes in time. @throws Unavailable if not; what comes later is not heard. */
export async function within<Result>(milliseconds: number, result: Promise<Result>): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    const minutes = Math.max(1, Math.round(milliseconds / 60_000))
    reject(
      new Unavailable(
        {
          en: `The step did not come to an end within ${minutes} min, so it is no longer waited for.`,
          fr: `L’étape ne s’est pas terminée en ${minutes} min ; on ne l’attend plus.`,
        },
        {
          en: 'What it has begun may still happen. Look at what it calls, then let it retry or start the run again.',
          fr: 'Ce qu’elle a commencé peut encore se produire. Vérifiez ce qu’elle appelle, puis relancez-la ou relancez l’exécution.',
        },
      ),
    )
  }, milliseconds)
  return Promise.race([result, late]).finally(() => clearTimeout(timer))
}

/** Does something, again and again while the database is away. @throws what it throws, and that the database is away once `stopping` has fired. */
export async function outlast<Result>(stopping: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isAway(error) || stopping.aborted) throw error
      await sleep(pause)
    }
  }
}

/**
 * A database whose absence is waited for, until `stopping` fires: for what may be asked twice. Whoever gave up with the results of steps in hand
 * would perform those again.
 */
export function patient(sql: Sql, stopping: AbortSignal): Sql {
  return new Proxy(sql, {
    get(target, name) {
      const part: unknown = Reflect.get(target, name)
      return typeof part === 'function' ? (...given: unknown[]) => outlast(stopping, async () => Reflect.apply(part, target, given)) : part
    },
  })
}
