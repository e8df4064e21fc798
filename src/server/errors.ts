import type { Context as Request, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'
import { Trouble, type TroubleKind } from '../catalogue/trouble.ts'
import type { Words } from '../mission/words.ts'
import type { Context } from './context.ts'
import { isAway } from './database/away.ts'
import { Notice } from './notice.ts'

/** What every refusal looks like on the wire. */
function refuse(c: Request, status: ContentfulStatusCode, what: Words, remedy: Words): Response {
  return c.json({ error: { what, remedy } }, status)
}

const statusOfTrouble: Record<TroubleKind, ContentfulStatusCode> = { refused: 400, misconfigured: 409, unavailable: 503 }

/** Turns whatever a route throws into words. A defect is told by its number alone; the log has the rest. */
export function tellErrors({ log, metrics, serving }: Pick<Context, 'log' | 'metrics' | 'serving'>): ErrorHandler {
  return (error, c) => {
    if (error instanceof Notice) return refuse(c, error.status, error.what, error.remedy)
    if (error instanceof Trouble) return refuse(c, statusOfTrouble[error.kind], error.what, error.remedy)
    if (error instanceof z.ZodError) return refuse(c, 400, unreadable, tryAnew)
    if (error instanceof HTTPException && error.status < 500)
      return refuse(c, error.status === 413 ? 413 : 400, error.status === 413 ? tooLarge : unreadable, tryAnew)
    // What comes late finds the pool closed.
    if (!serving()) return refuse(c, 503, stopping, waitABit)
    if (isAway(error)) {
      log.warn({ reason: error.message, request: c.get('requestId') }, 'the database is away')
      return refuse(c, 503, databaseAway, waitABit)
    }
    const number = String(c.get('requestId'))
    metrics.defects.inc()
    // The whole error would carry values of statements; message, code and stack say where to look.
    log.error(
      { reason: error.message, code: 'code' in error ? error.code : undefined, stack: error.stack, request: number, path: c.req.path },
      'a defect',
    )
    return refuse(
      c,
      500,
      { en: 'Something went wrong here that should not have.', fr: 'Une erreur inattendue s’est produite ici.' },
      {
        en: `Try again. If it stays, tell the administrator this number: ${number}.`,
        fr: `Réessayez. Si cela persiste, donnez ce numéro à l’administrateur : ${number}.`,
      },
    )
  }
}

/** What is said where no route is. */
export const tellMissing: NotFoundHandler = (c) =>
  refuse(
    c,
    404,
    { en: 'There is nothing at this address.', fr: 'Il n’y a rien à cette adresse.' },
    { en: 'Check the address.', fr: 'Vérifiez l’adresse.' },
  )

/** What is said of a body over the limit. The rest of it is not read, so the connection cannot serve another request. */
export function tellTooLarge(c: Request): Response {
  c.header('Connection', 'close')
  return refuse(c, 413, tooLarge, { en: 'Send less at once.', fr: 'Envoyez-en moins à la fois.' })
}

const tooLarge: Words = { en: 'This is more than can be taken in at once.', fr: 'C’est plus que ce qui peut être reçu en une fois.' }
const unreadable: Words = { en: 'What was sent could not be read.', fr: 'Ce qui a été envoyé n’a pas pu être lu.' }
const tryAnew: Words = { en: 'Reload the page and try again.', fr: 'Rechargez la page et réessayez.' }
const databaseAway: Words = { en: 'The database does not answer at the moment.', fr: 'La base de données ne répond pas pour le moment.' }
const stopping: Words = { en: 'The program is being stopped.', fr: 'Le programme est en cours d’arrêt.' }
const waitABit: Words = {
  en: 'Wait a moment and try again; nothing that was saved is lost.',
  fr: 'Patientez un instant et réessayez ; rien de ce qui a été enregistré n’est perdu.',
}
