import type { Running } from '../server/start.ts'

/** After so many milliseconds of stopping the process ends whatever is still open: ten seconds are promised. */
const longestStop = 9_500

/**
 * Opens a program and lets it run until the process is told to end (SIGTERM, SIGINT), also while it is still opening; then stops it.
 * A second signal ends the process at once.
 */
export async function stay(open: () => Promise<Running>, greet: (running: Running) => string): Promise<number> {
  const told = Promise.withResolvers<void>()
  let signals = 0
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      signals += 1
      if (signals > 1) process.exit(130)
      told.resolve()
    })
  const running = await open()
  console.log(greet(running))
  await told.promise
  console.log('Stopping: what is being done is finished or handed back.')
  const deadline = setTimeout(() => process.exit(0), longestStop)
  await running.stop()
  clearTimeout(deadline)
  console.log('Stopped.')
  return 0
}
