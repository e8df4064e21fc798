import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context as Request, Hono } from 'hono'
import { etag } from 'hono/etag'
import { proxy } from 'hono/proxy'
import { house } from './house.ts'

/** Addresses of hosted forms have a page of their own, small enough for a stranger's phone. */
const formPath = /^\/f\//

/**
 * The pages: what Vite built, its hashed files to be kept for ever, the page of hosted forms, and the one page for every other
 * address that is no file.
 *
 * @param webFrom while somebody works on the pages: where Vite serves them.
 */
export function pages(webFrom: string | undefined): Hono {
  const app = new Hono()
  if (webFrom)
    return app.all('*', (c) =>
      proxy(`${webFrom}${formPath.test(c.req.path) ? '/form.html' : c.req.path}${new URL(c.req.url).search}`, {
        raw: c.req.raw,
        headers: { ...c.req.header(), host: undefined },
      }),
    )

  const root = join(house, 'dist/web')
  const files = serveStatic({
    root,
    precompressed: true,
    onFound: (_, c) => c.header('Cache-Control', c.req.path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  })
  app.get('/assets/*', files)
  app.get('/assets/*', (c) => c.text('Not found', 404))
  // Asked for and read anew each time, so that a new version is seen at once.
  const page = (name: string) => async (c: Request) => {
    const html = await readFile(join(root, name), 'utf8').catch(() => undefined)
    if (html === undefined) return c.text('The pages are not built: run npm run build.', 404)
    return c.html(html, 200, { 'Cache-Control': 'no-cache' })
  }
  app.get('/', etag(), page('index.html'))
  app.get('/f/*', etag(), page('form.html'))
  app.get('*', files)
  app.get('*', etag(), page('index.html'))
  return app
}
