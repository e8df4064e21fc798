import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { catalogue } from '../catalogue/catalogue.ts'
import { upgrade } from '../mission/mission.ts'
import { problems } from '../mission/problems.ts'
import { say, type Words } from '../mission/words.ts'
import { builtin } from '../platforms/builtin/builtin.ts'
import { rehearse, type Rehearsal } from '../run/rehearse.ts'
import { castScript, scriptSchema, type Script } from '../run/script.ts'
import { tellStory } from '../run/story.ts'
import { StartFault } from '../server/trouble.ts'
import type { Command } from './command.ts'

/** `missions rehearse`: a mission in seconds, before anybody is written to. */
export const command: Command = {
  summary: 'Play a mission through on a simulated clock with simulated people',
  help: `Usage: missions rehearse FILE [--people SCRIPT] [--json]

Plays the mission in FILE through at once, however long it waits, and writes to nobody.

  --people SCRIPT  A JSON file: who takes part and who answers what and when. Without it Ana, Bob and Cy
                   answer every question within an hour. For example:
                   { "people": [{ "name": "Ana" }, { "name": "Bob", "manager": "Ana" }], "who": "Bob",
                     "answers": [{ "who": "Ana", "after": "2h", "press": "Mac" }, { "who": "Bob", "after": "never" }] }
  --json           Print the whole journal, messages and deeds as JSON.

Ends with 0 when the run completed, with 1 when it did not or the mission has problems.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { people: { type: 'string' }, json: { type: 'boolean', default: false } },
    })
    const [file, more] = positionals
    if (!file || more) {
      console.error('Say which mission: missions rehearse FILE. Run missions rehearse --help to see how it is used.')
      return 2
    }
    const script = await readScript(values.people)
    const read = upgrade(await readJson(file))
    if ('faults' in read) {
      console.error(`${file} is not a mission:`)
      for (const { where, what } of read.faults) console.error(`  ${where || 'the document'}: ${say(what, script.language)}`)
      return 1
    }
    const wrong = problems(read.mission, catalogue.kinds, builtin.card).filter((problem) => problem.severity === 'error')
    if (wrong.length > 0) {
      console.error(`${file} has problems; run missions check ${file} to read them all:`)
      for (const problem of wrong) console.error(`  ${say(problem.why, script.language)} ${say(problem.remedy, script.language)}`)
      return 1
    }
    const cast = castScript(script, read.mission, catalogue.actions, new Date())
    const rehearsal = await rehearse(cast)
    if (values.json) console.log(JSON.stringify(rehearsal, null, 2))
    else print(rehearsal, script, cast)
    return rehearsal.status === 'completed' ? 0 : 1
  },
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new StartFault(`${file} cannot be read: check its name and that you may read it.`, { cause })
  })
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new StartFault(`${file} is not JSON: ${cause instanceof Error ? cause.message : 'it cannot be read'}.`, { cause })
  }
}

async function readScript(file: string | undefined): Promise<Script> {
  const read = scriptSchema.safeParse(file === undefined ? {} : await readJson(file))
  if (read.success) return read.data
  throw new StartFault(`${file} is not a script of people:\n${z.prettifyError(read.error)}`)
}

function print(rehearsal: Rehearsal, script: Script, { mission, start, people }: ReturnType<typeof castScript>): void {
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const story = tellStory({ entries: rehearsal.entries, mission, catalogue, reader: { names, timeZone: 'UTC' } })
  const speak = (words: Words) => say(words, script.language)
  for (const { at, name, sentence, trouble } of story.moments) {
    const when = sinceStart(Date.parse(at) - start.getTime())
    console.log(`${when}  ${name ? `${speak(name)}: ` : ''}${speak(sentence)}`)
    if (trouble) console.log(`${' '.repeat(when.length)}  ${speak(trouble.what)} ${speak(trouble.remedy)}`)
  }
  const { said, done, status, elapsed } = rehearsal
  console.log(`\n${status}: ${said.length} messages, ${done.length} other deeds, ${sinceStart(elapsed).trim()} of simulated time`)
}

/** Simulated time as `  3d 02:00`. */
function sinceStart(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000)
  const days = Math.floor(minutes / 1_440)
  const clock = `${String(Math.floor((minutes % 1_440) / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  return `${String(days).padStart(3)}d ${clock}`
}
