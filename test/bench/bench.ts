/**
 * `npm run bench`: everything on this machine – load generator, Postgres (fsync on, synchronous_commit on) and the program. Prints tables, or JSON
 * with --json. Options: --parts throughput,crash,workers,fairness,waiting,designer,typing (fairness and waiting take minutes; designer and typing,
 * in a real Chromium, are asked for by name) --only W1,W2 (or of designer: opening,frames,edit,script) --seconds 10 --connections 32 --waiting 100000
 * --program dist/server/missions.js.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { measureCrashes } from './crash.ts'
import { measureDesigner } from './designer.ts'
import { measureFairness } from './fairness.ts'
import { startProgram, type Program } from './program.ts'
import { measureHalfLoad, measureThroughput } from './throughput.ts'
import { measureTyping } from './typing.ts'
import { measureWaiting } from './waiting.ts'

const { values: options } = parseArgs({
  options: {
    parts: { type: 'string', default: 'throughput,crash,workers' },
    only: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '32' },
    waiting: { type: 'string', default: '100000' },
    program: { type: 'string', default: 'src/cli/launcher.js' },
    json: { type: 'boolean', default: false },
  },
})
const seconds = Number(options.seconds)
const connections = Number(options.connections)
const only = options.only?.split(',')
const results: Record<string, unknown> = {}

const stubServer = createServer((_, response) => setTimeout(() => response.end('ok'), 50))
await new Promise<void>((resolve) => stubServer.listen(0, '127.0.0.1', resolve))
const allowed = `127.0.0.1:${(stubServer.address() as AddressInfo).port}`
const stub = `http://${allowed}/`

async function using(workers: number, measure: (program: Program) => Promise<void>): Promise<void> {
  const program = await startProgram({ file: options.program, workers, allowed })
  try {
    await measure(program)
  } finally {
    await program.stop()
  }
}

function show(name: string, result: object | readonly object[]): void {
  results[name] = result
  if (options.json) return
  console.log(`\n${name}`)
  console.table(Array.isArray(result) ? result.map((row: object) => ({ ...row, about: undefined })) : [result])
}

const parts: Record<string, () => Promise<void>> = {
  throughput: () =>
    using(0, async (program) => {
      const measured = await measureThroughput(program, { stub, only, seconds, connections })
      show('throughput', measured)
      const most = measured.find(({ name }) => name === 'W1')?.perSecond
      if (most) show('half load', await measureHalfLoad(program, { stub, most, seconds, connections }))
    }),
  crash: () => using(0, async (program) => show('killed', await measureCrashes(program, stub))),
  fairness: () => using(0, async (program) => show('one beside ten thousand, ms', await measureFairness(program, stub, connections))),
  async workers() {
    for (const count of [1, 2])
      await using(count, async (program) =>
        show(
          `${count} worker process${count > 1 ? 'es' : ''}`,
          await measureThroughput(program, { stub, only: only ?? ['W1', 'W2', 'W4'], seconds, connections }),
        ),
      )
  },
  designer: () =>
    using(0, async (program) => {
      const { frames, opening, edit, script } = await measureDesigner(program.url, only)
      if (frames.length > 0) show('frames while moving', frames)
      if (opening.length > 0) show('opening, ms', opening)
      if (edit.length > 0) show('after an edit, ms', edit)
      if (script.length > 0) show('script, KB over the wire', script)
    }),
  typing: () => using(0, async (program) => show('a letter in a setting, ms', await measureTyping(program.url))),
  waiting: () => using(0, async (program) => show('waiting', await measureWaiting(program, Number(options.waiting), connections))),
}

const wanted = options.parts.split(',')
const unknown = wanted.filter((part) => !(part in parts))
if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}.`)
for (const part of wanted) await parts[part]?.()
stubServer.close()
if (options.json) console.log(JSON.stringify({ seconds, connections, ...results }, null, 2))
process.exit()
