#!/usr/bin/env node
// The program `missions`. Plain JavaScript that old versions of Node understand: it makes sure that Node 24 runs the rest, builds
// what is missing or older than its source, and hands over.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const house = join(dirname(fileURLToPath(import.meta.url)), '../..')
const program = join(house, 'dist/server/missions.js')
const node24 = join(house, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

if (Number(process.versions.node.split('.')[0]) < 24) {
  if (!existsSync(node24)) fail('Node 24 is missing: run npm ci in ' + house + '.')
  process.exit(await run(node24, process.argv.slice(1)))
}
if (isStale()) {
  console.log('Building the program; this is done once and after changes.')
  const began = Date.now()
  const code = await run(process.execPath, [join(house, 'src/cli/build.ts')])
  if (code !== 0) fail('The program could not be built: run npm ci and try again; npm run build shows what is wrong.')
  console.log('Built in ' + ((Date.now() - began) / 1000).toFixed(1) + ' s.')
}
await import(pathToFileURL(program).href)

/** Runs a program in our place: it gets our signals, and its exit code is ours. */
function run(file, args) {
  const child = spawn(file, args, { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((done) => {
    child.once('error', () => done(1))
    child.once('exit', (code, signal) => done(code ?? (signal ? 1 : 0)))
  })
}

function isStale() {
  const built = [program, join(house, 'dist/web/index.html')]
  if (!built.every((file) => existsSync(file))) return true
  const oldest = Math.min(...built.map((file) => statSync(file).mtimeMs))
  const sources = ['package.json', 'package-lock.json', 'vite.config.ts', 'src']
    .map((name) => join(house, name))
    .filter((path) => existsSync(path))
  return sources.some((path) => isNewer(path, oldest))
}

function isNewer(path, than) {
  // The texts of the screens are compiled into this folder by the build itself.
  if (path.endsWith('paraglide') || path.endsWith('.inlang')) return false
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs > than
  return readdirSync(path).some((name) => isNewer(join(path, name), than))
}

function fail(text) {
  console.error(text)
  process.exit(1)
}
