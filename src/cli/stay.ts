import type { Running } from '../server/start.ts'

/** After so many milliseconds of stopping the process ends whatever is still open: ten seconds are promised. */
const longestStop = 9_500

/** One Ctrl+C reaches the process several times: from the terminal, and from npm and the launcher, which pass it on. In milliseconds. */
const impatience = 1_000

/**
 * Opens a program and lets it run until the process is told to end (SIGTERM, SIGINT), also while it is still opening; then stops it.
 * Another signal after a while ends the process at once.
 */
export async function stay(open: () => Promise<Running>, greet: (running: Running) => string): Promise<number> {
  const told = Promise.withResolvers<void>()
  let toldAt: number | undefined
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (toldAt !== undefined && Date.now() - toldAt > impatience) process.exit(130)
      toldAt ??= Date.now()
      told.resolve()
    })
  // Whoever started this process over a channel of its own is gone.
  process.once('disconnect', () => told.resolve())
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
