import { parseArgs } from 'node:util'
import { readSettings } from '../server/settings.ts'
import type { Command } from './command.ts'
import { settingsHelp } from './settings.ts'
import { stay } from './stay.ts'

/** `missions worker`: one more process for the work of runs. */
export const command: Command = {
  summary: 'Help a running program with the work of runs; start as many as you like',
  help: `Usage: missions worker

Takes its share of the runs of a program that was started with the same settings: on the same data folder,
or, with DATABASE_URL and SUPABASE_*, on any machine. Ends with SIGTERM or Ctrl+C.

${settingsHelp}`,
  async run(args) {
    parseArgs({ args, options: {} })
    const settings = readSettings(process.env)
    // Loaded only now: `missions --help` needs no server.
    const { startWorker } = await import('../server/start.ts')
    return stay(
      () => startWorker(settings, console.log),
      ({ url }) => (url ? `The worker is ready, and says how it is at ${url}/metrics.` : 'The worker is ready.'),
    )
  },
}
