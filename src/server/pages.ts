import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context as Request, Hono } from 'hono'
import { etag } from 'hono/etag'
import { proxy } from 'hono/proxy'
import { house } from './house.ts'

/**
 * The pages: what Vite built, its hashed files to be kept for ever, and the one page for every address that is no file.
 *
 * @param webFrom while somebody works on the pages: where Vite serves them.
 */
export function pages(webFrom: string | undefined): Hono {
  const app = new Hono()
  if (webFrom) return app.all('*', (c) => proxy(`${webFrom}${c.req.path}${new URL(c.req.url).search}`, { ...c.req, headers: { ...c.req.header(), host: undefined } }))

  const root = join(house, 'dist/web')
  const files = serveStatic({
    root,
    precompressed: true,
    onFound: (_, c) => c.header('Cache-Control', c.req.path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  })
  app.get('/assets/*', files)
  app.get('/assets/*', (c) => c.text('Not found', 404))
  const file = join(root, 'index.html')
  // Asked for and read anew each time, so that a new version is seen at once.
  const page = async (c: Request) => {
    const html = await readFile(file, 'utf8').catch(() => undefined)
    if (html === undefined) return c.text('The pages are not built: run npm run build.', 404)
    return c.html(html, 200, { 'Cache-Control': 'no-cache' })
  }
  app.get('/', etag(), page)
  app.get('*', files)
  app.get('*', etag(), page)
  return app
}
