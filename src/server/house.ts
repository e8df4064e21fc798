import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }

/** Version of the program. */
export const version = manifest.version

/** The folder of package.json, wherever below it this code lies: in src while it is worked on, in dist/server when built. */
export const house = findHouse(import.meta.dirname)

function findHouse(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const above = dirname(folder)
  if (above === folder) throw new Error('package.json is not above the program')
  return findHouse(above)
}
