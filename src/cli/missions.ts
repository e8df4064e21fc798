import { version } from '../server/house.ts'
import { StartFault } from '../server/trouble.ts'
import type { Command } from './command.ts'

/** Each is loaded only when asked for: `check` needs no server. */
const files = import.meta.glob<{ command?: Command }>(['./*.ts', '!./{build,command,dev,missions,settings,stay}.ts'])

process.exitCode = await main(process.argv.slice(2))
// Nothing of a command that has ended may keep the process.
process.exit()

async function main([name, ...args]: string[]): Promise<number> {
  if (name === '--version' || name === '-v') return say(version)
  if (name === undefined) return say(await overview(), 2)
  if (name === '--help' || name === '-h' || name === 'help') return say(await overview())
  const command = await load(name)
  if (!command) return complain(`There is no command “${name}”. Run missions --help to see what there is.`, 2)
  if (args.includes('--help') || args.includes('-h')) return say(command.help)
  try {
    return await command.run(args)
  } catch (error) {
    if (error instanceof StartFault) return complain(error.message, 1)
    if (isWrongUse(error)) return complain(`${error.message}\nRun missions ${name} --help to see how it is used.`, 2)
    throw error
  }
}

async function load(name: string): Promise<Command | undefined> {
  return (await files[`./${name}.ts`]?.())?.command
}

async function overview(): Promise<string> {
  const names = Object.keys(files).map((file) => file.slice(2, -3))
  const lines = await Promise.all(names.map(async (name) => `  ${name.padEnd(10)} ${(await load(name))?.summary ?? ''}`))
  return `Missions ${version}\n\nUsage: missions <command> [options]\n\n${lines.join('\n')}\n\nRun missions <command> --help to learn more about one.`
}

function isWrongUse(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}

function say(text: string, code = 0): number {
  console.log(text)
  return code
}

function complain(text: string, code: number): number {
  console.error(text)
  return code
}
