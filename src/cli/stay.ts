import type { Running } from '../server/start.ts'

/** After so many milliseconds of stopping the process ends whatever is still open: ten seconds are promised. */
const longestStop = 9_500

/** Lets a started program run until it is told to end (SIGTERM, SIGINT), stops it and says how that went. A second signal ends it at once. */
export async function stayUntilTold(running: Running, say: (text: string) => void): Promise<number> {
  const told = Promise.withResolvers<void>()
  let signals = 0
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      signals += 1
      if (signals > 1) process.exit(130)
      told.resolve()
    })
  await told.promise
  say('Stopping: what is being done is finished or handed back.')
  const deadline = setTimeout(() => process.exit(0), longestStop)
  await running.stop()
  clearTimeout(deadline)
  say('Stopped.')
  return 0
}
