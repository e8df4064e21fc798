import { parseArgs } from 'node:util'
import { readSettings } from '../server/settings.ts'
import { startWorker } from '../server/start.ts'
import type { Command } from './command.ts'
import { settingsHelp } from './settings.ts'
import { stayUntilTold } from './stay.ts'

const say = (text: string) => console.log(text)

/** `missions worker`: one more process for the work of runs. */
export const command: Command = {
  summary: 'Help a running program with the work of runs; start as many as you like',
  help: `Usage: missions worker

Takes its share of the runs of a program that was started with the same settings: on the same data folder,
or, with DATABASE_URL and SUPABASE_*, on any machine. Ends with SIGTERM or Ctrl+C.

${settingsHelp}`,
  async run(args) {
    parseArgs({ args, options: {} })
    const running = await startWorker(readSettings(process.env), say)
    say('The worker is ready.')
    return stayUntilTold(running, say)
  },
}
