import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compile } from '@inlang/paraglide-js'
import { build } from 'vite'
import { translationSettings } from '../../vite.config.ts'

/*
 * Builds dist/web and dist/server. A program of its own because the compiler of the translations leaves timers behind that
 * keep a process alive for 30 seconds: it must be ended.
 */
const { values } = parseArgs({ options: { 'only-translations': { type: 'boolean', default: false } } })
const configFile = join(import.meta.dirname, '../../vite.config.ts')
if (values['only-translations']) await compile(translationSettings)
else {
  await build({ configFile, logLevel: 'warn' })
  await build({ configFile, logLevel: 'warn', build: { ssr: true } })
}
process.exit(0)
