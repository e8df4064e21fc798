import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { compile } from '@inlang/paraglide-js'
import { build } from 'vite'
import { translationSettings } from '../../vite.config.ts'

/*
 * Builds dist/web and dist/server. A program of its own because the compiler of the translations leaves timers behind that
 * keep a process alive for 30 seconds: it must be ended.
 */
const { values } = parseArgs({ options: { 'only-translations': { type: 'boolean', default: false } } })
const house = join(import.meta.dirname, '../..')
const configFile = join(house, 'vite.config.ts')
if (values['only-translations']) {
  if (await areStale()) await compile(translationSettings)
} else {
  // Beside what is there, so that a build that fails leaves the last good one.
  const next = join(house, 'dist/next')
  await rm(next, { recursive: true, force: true })
  await build({ configFile, logLevel: 'warn', build: { outDir: join(next, 'web') } })
  await Promise.all([
    build({ configFile, logLevel: 'warn', build: { ssr: true, outDir: join(next, 'server') } }),
    compressFiles(join(next, 'web/assets')),
  ])
  for (const part of ['web', 'server']) {
    await rm(join(house, 'dist', part), { recursive: true, force: true })
    await rename(join(next, part), join(house, 'dist', part))
  }
  await rm(next, { recursive: true })
}
process.exit(0)

/** Whether a text was changed since the texts were last compiled: compiling them again takes the files away from whoever reads them. */
async function areStale(): Promise<boolean> {
  const compiled = await stat(join(translationSettings.outdir, 'messages.js')).catch(() => undefined)
  const folder = join(translationSettings.project, '../messages')
  const texts = await readdir(folder, { recursive: true })
  const sources = [join(translationSettings.project, 'settings.json'), ...texts.map((name) => join(folder, name))]
  const changed = await Promise.all(sources.map((source) => stat(source)))
  return !compiled || changed.some(({ mtimeMs }) => mtimeMs > compiled.mtimeMs)
}

/** Compresses once what would otherwise be compressed for every visitor. Brotli's quality 10 is 5 % smaller than 9 for a second more; 11 takes four more for 2 %. */
async function compressFiles(folder: string): Promise<void> {
  const brotli = promisify(brotliCompress)
  const zip = promisify(gzip)
  const files = (await readdir(folder)).filter((file) => /\.(js|css|svg|json)$/.test(file))
  await Promise.all(
    files.map(async (name) => {
      const file = join(folder, name)
      const content = await readFile(file)
      if (content.length < 1_000) return
      await writeFile(
        `${file}.br`,
        await brotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
      )
      await writeFile(`${file}.gz`, await zip(content))
    }),
  )
}
