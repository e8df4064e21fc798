import { type ChildProcess, spawn } from 'node:child_process'
import { createServer as createListener } from 'node:net'
import { join } from 'node:path'
import { build, createServer } from 'vite'

/*
 * `npm run dev`: the pages from Vite, changed in the open browser as they are saved; the server built anew and started again whenever
 * its source changes. Everything is reached at the server's own address, as in earnest.
 */
const house = join(import.meta.dirname, '../..')
const configFile = join(house, 'vite.config.ts')
const host = '127.0.0.1'
const port = await freePort()

// The server hands what is not its own to Vite; the browser hears of changes from Vite directly.
const web = await createServer({ configFile, logLevel: 'warn', server: { host, port, strictPort: true, hmr: { host, clientPort: port } } })
await web.listen()
const webFrom = `http://${host}:${port}`

let server: ChildProcess | undefined
let turn = Promise.resolve()

async function restart(): Promise<void> {
  await end()
  server = spawn(process.execPath, ['--enable-source-maps', join(house, 'dist/server/missions.js'), 'start'], {
    stdio: 'inherit',
    env: { ...process.env, WEB_FROM: webFrom },
  })
}

async function end(): Promise<void> {
  const running = server
  server = undefined
  if (!running || running.exitCode !== null) return
  running.kill('SIGTERM')
  await new Promise((ended) => running.once('exit', ended))
}

const watcher = await build({ configFile, logLevel: 'warn', build: { ssr: true, watch: {} } })
if ('on' in watcher)
  watcher.on('event', (event) => {
    if (event.code === 'BUNDLE_END') turn = turn.then(restart)
    if (event.code === 'ERROR') console.error(event.error.message)
  })

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    void turn.then(end).then(() => process.exit(0))
  })

async function freePort(): Promise<number> {
  const probe = createListener()
  await new Promise<void>((listening) => probe.listen(0, host, listening))
  const address = probe.address()
  await new Promise((closed) => probe.close(closed))
  return typeof address === 'object' && address ? address.port : 0
}
