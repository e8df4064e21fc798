import { parseArgs } from 'node:util'
import { readSettings } from '../server/settings.ts'
import type { Command } from './command.ts'
import { settingsHelp } from './settings.ts'
import { stay } from './stay.ts'

/** `missions start`: everything in one process. */
export const command: Command = {
  summary: 'Start everything: pages, database and the work of runs',
  help: `Usage: missions start

Opens the database (the embedded one in the data folder unless told otherwise), brings it up to date,
serves the pages and does the work of runs. Ends with SIGTERM or Ctrl+C.

${settingsHelp}`,
  async run(args) {
    parseArgs({ args, options: {} })
    const settings = readSettings(process.env)
    // Loaded only now: `missions --help` needs no server.
    const { start } = await import('../server/start.ts')
    return stay(
      () => start(settings, console.log),
      (running) => `Missions is ready: ${running.url}`,
    )
  },
}
