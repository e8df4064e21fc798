import { type Context as Request, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { requestId } from 'hono/request-id'
import { routePath } from 'hono/route'
import { secureHeaders } from 'hono/secure-headers'
import { limitAttempts } from './attempts.ts'
import type { Context } from './context.ts'
import type { SupabaseServer } from './database/supabase.ts'
import { tellErrors, tellMissing, tellTooLarge } from './errors.ts'
import { pages } from './pages.ts'
import { vitals } from './vitals.ts'

/** Bytes a request may carry: a draft is up to 4 MB, everything else is small. */
const largestDraft = 5_000_000
const largest = 1_000_000

/** The whole server as one request handler. */
export function makeApp(context: Context, supabase: SupabaseServer | undefined): Hono {
  const app = new Hono()
  app.use(requestId(), observe(context), secure(context), compress())
  const limitDraft = bodyLimit({ maxSize: largestDraft, onError: tellTooLarge })
  const limitOther = bodyLimit({ maxSize: largest, onError: tellTooLarge })
  app.use((c, next) => (c.req.path.startsWith('/rest/v1/') ? limitDraft(c, next) : limitOther(c, next)))
  app.onError(tellErrors(context))

  app.route('/', vitals(context))
  app.get('/config.json', (c) =>
    c.json(
      {
        supabaseUrl: context.supabase.url,
        publishableKey: context.supabase.publishableKey,
        version: context.version,
        database: context.database.kind,
      },
      200,
      {
        'Cache-Control': 'no-cache',
      },
    ),
  )
  if (supabase) {
    app.use('/auth/v1/*', limitAttempts())
    app.on(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'], ['/rest/v1/*', '/auth/v1/*'], (c) => forward(c, supabase))
  }
  for (const { path, routes } of findRoutes()) app.route(path, routes(context))
  app.all('/api/*', tellMissing)
  app.route('/', pages(context.settings.webFrom))
  app.notFound(tellMissing)
  return app
}

type Routes = (context: Context) => Hono

/**
 * Every file in routes/ whose default export takes the context and gives routes, mounted at `/api/<its name>` or where it says
 * (`export const mount = '/hooks'`).
 */
function findRoutes(): { path: string; routes: Routes }[] {
  const files = import.meta.glob<{ default?: Routes; mount?: string }>('./routes/*.ts', { eager: true })
  return Object.entries(files).flatMap(([file, { default: routes, mount }]) => {
    const name = file.replace(/^.*\//, '').replace(/\.ts$/, '')
    return routes ? [{ path: mount ?? `/api/${name}`, routes }] : []
  })
}

/** Counts and, at level debug, logs every request. Never with its query: it may carry tokens. */
function observe({ log, metrics }: Context) {
  return async (c: Request, next: () => Promise<void>) => {
    const began = performance.now()
    await next()
    const seconds = (performance.now() - began) / 1_000
    metrics.requests.observe({ method: c.req.method, route: routePath(c), status: c.res.status }, seconds)
    log.debug(
      { method: c.req.method, path: c.req.path, status: c.res.status, ms: Math.round(seconds * 1_000), request: c.get('requestId') },
      'request',
    )
  }
}

/** Headers that keep a page from being framed, sniffed, or made to load and tell what it should not. */
function secure({ settings, supabase }: Context) {
  const elsewhere = URL.canParse(supabase.url) ? [new URL(supabase.url).origin] : []
  return secureHeaders({
    // Vite, while somebody works on the pages, needs what these forbid.
    ...(settings.webFrom
      ? {}
      : {
          contentSecurityPolicy: {
            defaultSrc: ["'self'"],
            scriptSrc: ["'self'"],
            // Mantine sets its variables and measured sizes by style elements and attributes.
            styleSrc: ["'self'", "'unsafe-inline'"],
            imgSrc: ["'self'", 'data:', 'blob:'],
            fontSrc: ["'self'", 'data:'],
            workerSrc: ["'self'", 'blob:'],
            connectSrc: ["'self'", ...elsewhere],
            objectSrc: ["'none'"],
            baseUri: ["'none'"],
            formAction: ["'self'"],
            frameAncestors: ["'none'"],
          },
        }),
    xFrameOptions: 'DENY',
    // Addresses of forms and invitations are secrets.
    referrerPolicy: 'same-origin',
    strictTransportSecurity: settings.publicUrl.startsWith('https://') ? 'max-age=31536000' : false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
  })
}

/** Hands a request to Supabase's interfaces. Their permission for pages of other sites is dropped: only ours uses them. */
async function forward(c: Request, supabase: SupabaseServer): Promise<Response> {
  const answer = await supabase.fetch(c.req.raw)
  const headers = new Headers(answer.headers)
  for (const name of answer.headers.keys()) if (name.startsWith('access-control-')) headers.delete(name)
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers })
}
