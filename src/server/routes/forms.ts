import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { z } from 'zod'
import { fieldSchema, readForm } from '../../mission/form.ts'
import type { Context } from '../context.ts'
import { addressOf } from '../network.ts'
import { notFound, notice } from '../notice.ts'
import { openDoors } from '../store/missions.ts'
import { readBody } from './body.ts'

/** Sent forms from one address on one form: enough for a stand at a fair, too few for a robot. */
const limit = { points: 20, duration: 60 }

const settingsSchema = z.object({
  title: z.string().default(''),
  intro: z.string().default(''),
  submit: z.string().optional(),
  thanks: z.string().default(''),
  fields: z.array(fieldSchema).default([]),
})

const sentSchema = z.object({
  values: z.record(z.string(), z.unknown()),
  /** The honeypot: people do not see the field, robots fill it in. */
  website: z.string().default(''),
  /** Made by the page once per filling-in, so that a second press sends nothing twice. */
  key: z.string().min(8).max(80).optional(),
})

/** The hosted form: public, without sign-in. A GET only shows, a POST sends. */
export default function formRoutes(context: Context): Hono {
  const routes = new Hono()
  const limiter = new RateLimiterMemory(limit)

  async function theForm(address: string) {
    const door = (await openDoors(context.pool, [address], 'form')).get(address)
    const version = door?.versionId ? await context.versions.load(context.pool, door.versionId) : undefined
    const trigger = version?.mission.triggers.find((candidate) => candidate.id === door?.trigger && candidate.type === 'form')
    if (!door || !trigger) throw notFound('form')
    return { door, settings: settingsSchema.parse(trigger.settings) }
  }

  routes.get('/:address', async (c) => {
    const { door, settings } = await theForm(c.req.param('address'))
    const { title, intro, submit, fields } = settings
    return c.json({ title, intro, fields, language: door.language, ...(submit ? { submit } : {}) })
  })

  routes.post('/:address', async (c) => {
    const address = c.req.param('address')
    const { door, settings } = await theForm(address)
    const from = addressOf(c)
    try {
      await limiter.consume(`${address}/${from}`)
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      throw notice(
        429,
        {
          en: 'Too many forms came from here within a minute. Nothing was lost: what you typed is still there.',
          fr: 'Trop de formulaires sont arrivés d’ici en une minute. Rien n’est perdu : votre saisie est toujours là.',
        },
        { en: 'Wait a minute, then send it again.', fr: 'Attendez une minute, puis renvoyez-le.' },
      )
    }
    const { values, website, key } = await readBody(c, sentSchema)
    const read = readForm(settings.fields, values)
    if ('wrong' in read) return c.json(read, 422)
    // A robot is thanked like everybody, so that it learns nothing.
    if (website === '')
      await context.arrivals.keep({
        workspaceId: door.workspaceId,
        source: 'form',
        identity: key ? createHash('sha256').update(`${address}/${key}`).digest('hex') : crypto.randomUUID(),
        kind: 'form',
        data: { kind: 'form', values: read.values, mission: door.missionId, trigger: door.trigger },
      })
    return c.json({ thanks: settings.thanks })
  })
  return routes
}
