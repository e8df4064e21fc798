import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CompilerOptions, paraglideVitePlugin } from '@inlang/paraglide-js'
import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const house = dirname(fileURLToPath(import.meta.url))
const web = join(house, 'src/web')
const catalogueFolders = ['triggers', 'actions', 'templates'].map((folder) => join(house, 'src/catalogue', folder))

/**
 * `virtual:icons`: exactly the Tabler icons that triggers, actions and templates name, by that name, so that a new action needs no
 * list of icons and the browser loads no icon that nobody shows.
 */
function namedIcons(): Plugin {
  const id = '\0virtual:icons'
  return {
    name: 'missions:named-icons',
    resolveId: (source) => (source === 'virtual:icons' ? id : undefined),
    load(asked) {
      if (asked !== id) return undefined
      const files = catalogueFolders.filter(existsSync).flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
      const names = new Set(
        files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bicon"?: ['"]([a-z0-9-]+)['"]/g)].map((found) => found[1] ?? '')),
      )
      const icons = [...names]
        .sort()
        .map((name) => ({ name, component: `Icon${name.replace(/(?:^|-)([a-z0-9])/g, (_, first: string) => first.toUpperCase())}` }))
      for (const file of files) this.addWatchFile(file)
      return [
        ...icons.map(({ component }) => `import ${component} from '@tabler/icons-react/dist/esm/icons/${component}.mjs'`),
        `export const icons = { ${icons.map(({ name, component }) => `'${name}': ${component}`).join(', ')} }`,
      ].join('\n')
    },
  }
}

/**
 * Gives `zod/mini` a copy of zod's core of its own. Shared with the whole of zod, which the designer needs, nothing of that core
 * could be left out of the first page or the hosted form: 16 KB instead of 5.
 */
function lightZod(): Plugin {
  const mark = '?light'
  return {
    name: 'missions:light-zod',
    enforce: 'pre',
    apply: 'build',
    async resolveId(source, importer, options) {
      if (source !== 'zod/mini' && !(importer?.endsWith(mark) && source.startsWith('.'))) return undefined
      const found = await this.resolve(source, importer?.replace(mark, ''), { ...options, skipSelf: true })
      return found && { ...found, id: found.id + mark }
    },
  }
}

/** JSON schemas are written by the server alone; d3-transition can blend colours, of which React Flow, which moves the view with it, has none. */
const unusedParts = /\/node_modules\/(zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js|d3-color\/)/

/**
 * Leaves out of what pages load what no page uses but a bundler cannot see to be unused: 10 KB of the designer. Whoever calls
 * something of it is told. Workers are built without this.
 */
function withoutUnused(): Plugin {
  const missing = `() => { throw new Error('Pages do not get this part of a library: see vite.config.ts.') }`
  return {
    name: 'missions:without-unused',
    apply: 'build',
    transform: {
      filter: { id: unusedParts },
      handler(code) {
        const names = this.parse(code).body.flatMap((statement) => {
          if (statement.type !== 'ExportNamedDeclaration') return []
          const { declaration } = statement
          if (declaration?.type === 'FunctionDeclaration') return [declaration.id?.name ?? '']
          if (declaration?.type === 'VariableDeclaration')
            return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []))
          return statement.specifiers.flatMap(({ exported }) => (exported.type === 'Identifier' ? [exported.name] : []))
        })
        // zod calls makers of methods (createToJSONSchemaMethod) for every schema, and the methods never.
        const part = (name: string) => (name.startsWith('create') ? `() => ${missing}` : missing)
        return { code: names.map((name) => `export const ${name} = ${part(name)}`).join('\n'), map: null }
      },
    },
  }
}

/** Parts of triggers and actions that only the engine and the check use. They run on the server and in workers. */
const engineParts = new Set(['run', 'match', 'instants', 'check', 'asking', 'calling', 'example', 'repeat'])

/**
 * Pages draw triggers and actions (titles, sentences, settings, exits, data) and run none of them, so all else stays out of what they
 * load: 50 KB of calendars and templates. Whoever calls a missing part is told. Workers are built without this.
 */
function shownCatalogue(): Plugin {
  const missing = `() => { throw new Error('Pages do not get this part of the catalogue: ask a worker or the server.') }`
  return {
    name: 'missions:shown-catalogue',
    apply: 'build',
    transform: {
      filter: { id: /\/src\/catalogue\/(actions|triggers)\/[^/]+\.ts$/ },
      handler(code) {
        const parts = this.parse(code).body.flatMap((statement) => {
          const [declared] =
            statement.type === 'ExportDefaultDeclaration' && statement.declaration.type === 'CallExpression'
              ? statement.declaration.arguments
              : []
          return declared?.type === 'ObjectExpression' ? declared.properties : []
        })
        let shown = code
        for (const part of parts.reverse()) {
          if (part.type !== 'Property' || part.key.type !== 'Identifier' || !engineParts.has(part.key.name)) continue
          const instead = part.key.name === 'asking' ? `{ show: ${missing}, settle: ${missing} }` : missing
          shown = `${shown.slice(0, part.start)}${part.key.name}: ${instead}${shown.slice(part.end)}`
        }
        return { code: shown, map: null }
      },
    },
  }
}

/**
 * What every page needs goes into three files instead of some fifty: less to ask for and 37 KB less, since each page no longer lists
 * all the small files of the others. `small` is also what the hosted form has in common with the rest, and all it loads of it.
 */
const firstLoad = [
  {
    name: 'small',
    priority: 3,
    test: /\?light$|\/web\/paraglide\/(runtime|registry)|\/web\/data\/language|\/mission\/words\.ts|modulepreload-polyfill|preload-helper|rolldown\/runtime/,
  },
  {
    name: 'frame',
    priority: 2,
    test: /\/node_modules\/(react|react-dom|scheduler|use-sync-external-store|@supabase\/postgrest-js|@tanstack\/(react-router|router-core|history|react-query|query-core|store|react-store))\/|\/src\/web\/(routes\/[^?]+|data\/live\.ts)$/,
  },
  {
    name: 'controls',
    priority: 1,
    test: /\/@mantine\/(hooks|core\/esm\/(core|components\/(Button|UnstyledButton|ActionIcon|Loader|Input|InputBase|TextInput|Text|Title|Group|Stack|Anchor|CloseButton|VisuallyHidden|Skeleton|Transition|Box)))\//,
  },
]

/**
 * What several parts of the screens share: left to itself, the bundler would make a file of each, hundreds of bytes long, and list them all
 * wherever something is fetched later.
 */
const shared = [
  { name: 'words', priority: 0, minShareCount: 2, test: /\/web\/paraglide\/messages\// },
  { name: 'icons', priority: 0, minShareCount: 2, test: /\/@tabler\/icons-react\// },
  {
    name: 'drawing',
    priority: 0,
    minShareCount: 2,
    // All that tells missions in words and compares them is for workers and later.
    test: /\/src\/mission\/(?!outline|prose|certainty|differences|comparison|scope|thread|part|paths|dominance|graph|walk)|\/src\/catalogue\/(?!template|sharing)|\/src\/web\/designer\/(canvas|draft|review\/(?!Walk)|desk|names|shortcuts|workshop|palette\/(offers|groups|palette\.module))|virtual:icons/,
  },
]

/** Calendars and Liquid are for those pages alone that reckon with them; left to itself, the bundler would give them to every page with a catalogue. */
const apart = [
  { name: 'schemas', priority: 2, test: /\/node_modules\/zod\/|\/mission\/duration\.ts/ },
  { name: 'calendar', priority: 1, test: /\/node_modules\/temporal-|\/catalogue\/calendar\.ts/ },
  { name: 'cron', priority: 1, test: /\/node_modules\/croner\/|\/catalogue\/cron\.ts/ },
  { name: 'liquid', priority: 1, test: /\/node_modules\/liquidjs\/|\/mission\/(liquid|reference|data)\.ts/ },
]

/** Texts of the screens: src/web/messages/{en,fr}/<area>.json → typed functions in src/web/paraglide. */
export const translationSettings: CompilerOptions = {
  project: join(web, 'messages.inlang'),
  outdir: join(web, 'paraglide'),
  // Which language it is, is decided in src/web/data/language.ts: asking the storage again for every text is slow.
  strategy: ['globalVariable', 'baseLocale'],
  emitReadme: false,
  emitPrettierIgnore: false,
}

export default defineConfig(({ mode, isSsrBuild }) => {
  if (mode === 'test')
    return {
      plugins: [namedIcons(), react()],
      test: {
        include: process.env['PICTURES'] ? ['test/browser/pictures.ts'] : ['test/**/*.test.{ts,tsx}'],
        globalSetup: ['test/ground.ts'],
        testTimeout: 60_000,
        // What is awaited on a page may take a busy machine longer than the usual second.
        expect: { poll: { timeout: 20_000 } },
        hookTimeout: 120_000,
        coverage: { provider: 'v8', include: ['src/mission/**', 'src/catalogue/**', 'src/run/**'] },
      },
    }
  if (isSsrBuild)
    return {
      publicDir: false,
      build: {
        target: 'node24',
        outDir: join(house, 'dist/server'),
        emptyOutDir: true,
        minify: false,
        sourcemap: true,
        rolldownOptions: { input: join(house, 'src/cli/missions.ts') },
      },
    }
  return {
    root: web,
    plugins: [
      paraglideVitePlugin(translationSettings),
      tanstackRouter({
        target: 'react',
        autoCodeSplitting: true,
        routesDirectory: join(web, 'routes'),
        generatedRouteTree: join(web, 'routeTree.gen.ts'),
        quoteStyle: 'single',
        addExtensions: true,
        // What a folder's own page is called.
        indexToken: 'overview',
      }),
      namedIcons(),
      lightZod(),
      shownCatalogue(),
      withoutUnused(),
      react(),
    ],
    build: {
      target: 'es2024',
      // Browsers of 2024: they know light-dark() themselves, and what Lightning CSS would write for it does not follow Mantine's colour scheme.
      cssTarget: ['chrome125', 'firefox128', 'safari17.5'],
      outDir: join(house, 'dist/web'),
      emptyOutDir: true,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1_000,
      rolldownOptions: {
        // Icons come from a file that names 6,000 others: only those that are used are read.
        experimental: { lazyBarrel: true },
        treeshake: {
          manualPureFunctions: ['memo', 'forwardRef', 'createContext'],
          moduleSideEffects: [
            {
              test: /\/node_modules\/(temporal-|croner\/)|\/catalogue\/(calendar|cron)\.ts|\/mission\/(liquid|reference|data)\.ts/,
              sideEffects: false,
            },
          ],
        },
        input: { index: join(web, 'index.html'), form: join(web, 'form.html') },
        output: { codeSplitting: { groups: [...firstLoad, ...apart, ...shared] } },
      },
    },
  }
})
