import { Hono } from 'hono'
import { z } from 'zod'
import { catalogue } from '../../catalogue/catalogue.ts'
import type { Mission } from '../../mission/mission.ts'
import type { Words } from '../../mission/words.ts'
import { causeOf } from '../../run/cause.ts'
import type { KeptEntry } from '../../run/journal.ts'
import { move, type Move } from '../../run/moving.ts'
import { nameOf } from '../../run/sentences.ts'
import { foldVisits, openStates } from '../../run/visits.ts'
import { waitingOf } from '../../run/waiting.ts'
import type { Context } from '../context.ts'
import { notice, notFound } from '../notice.ts'
import { audit } from '../store/missions.ts'
import { countElsewhere, outlineJournals, type RunElsewhere, runsElsewhere, wishMoves } from '../store/moves.ts'
import { transaction } from '../store/transaction.ts'
import { liveVersionOf, type Version } from '../store/versions.ts'
import { readBody } from './body.ts'
import { memberOf, signedIn, type SignedIn } from './session.ts'

/** Runs judged by one call; each has its journal read and folded. */
const pageSize = 100
/** Runs that may be asked to move by one call. */
const mostMoved = 500

const wishSchema = z.object({ to: z.uuid(), runs: z.array(z.uuid()).min(1).max(mostMoved) })
const first = '00000000-0000-0000-0000-000000000000'

/** Moving runs that are under way to the live version: where each is, whether it can move and if not why, and moving those chosen. */
export default function moveRoutes(context: Context): Hono<SignedIn> {
  const routes = new Hono<SignedIn>()
  routes.use(signedIn(context))

  /** The live version of a mission, for those who may move its runs. */
  async function theLive(c: Parameters<typeof memberOf>[1], missionId: string) {
    const { pool, versions } = context
    const id = z.uuid().safeParse(missionId).success ? await liveVersionOf(pool, missionId) : undefined
    const live = id === undefined ? undefined : await versions.load(pool, id)
    if (!live) throw notFound('mission')
    return { live, member: await memberOf(context, c, live.workspaceId, ['owner', 'builder']) }
  }

  routes.get('/:mission/count', async (c) => {
    const { live } = await theLive(c, c.req.param('mission'))
    return c.json(await countElsewhere(context.pool, live.missionId, live.id))
  })

  routes.get('/:mission', async (c) => {
    const { live } = await theLive(c, c.req.param('mission'))
    const { pool, versions } = context
    const after = z.uuid().safeParse(c.req.query('after')).data ?? first
    const runs = await runsElsewhere(pool, live.missionId, live.id, after, pageSize)
    const journals = await outlineJournals(
      pool,
      runs.map(({ id }) => id),
    )
    const judged = []
    for (const run of runs) {
      const from = await versions.load(pool, run.versionId)
      if (from) judged.push(judge(run, from, live, journals.get(run.id) ?? [], (trigger) => versions.compiled(live, trigger)))
    }
    return c.json({ to: { id: live.id, number: live.number }, runs: judged, next: runs.length < pageSize ? null : runs.at(-1)?.id })
  })

  routes.post('/:mission', async (c) => {
    const { to, runs } = await readBody(c, wishSchema)
    const { live, member } = await theLive(c, c.req.param('mission'))
    if (to !== live.id)
      throw notice(
        409,
        { en: `Version ${live.number} is live now.`, fr: `La version ${live.number} est désormais en service.` },
        {
          en: 'Look once more who can move to it. Nothing was moved by this.',
          fr: 'Regardez à nouveau qui peut y passer. Rien n’a été déplacé.',
        },
      )
    const by = { id: member.personId, name: member.name }
    const asked = await transaction(context.pool, async (client) => {
      const wished = await wishMoves(client, live.missionId, { to, by }, runs)
      await context.queue.driveAll(
        client,
        wished.map((run) => ({ run })),
      )
      if (wished.length > 0)
        await audit(client, {
          workspaceId: live.workspaceId,
          userId: c.var.user.userId,
          what: 'moved runs',
          data: { mission: live.missionId, version: live.number, count: wished.length },
        })
      return wished.length
    })
    return c.json({ asked })
  })
  return routes
}

/** One run as the list shows it: what started it, where it is, and what a move would come to. */
function judge(
  { id, version, started, state, moving }: RunElsewhere,
  from: Version,
  to: Version,
  entries: readonly KeptEntry[],
  compile: Parameters<typeof move>[1]['compile'],
) {
  const steps = foldVisits(from.mission, entries)
  const waiting = waitingOf(steps.values())
  const [start] = entries
  const given = start?.what === 'started' ? start.data : undefined
  const cause = causeOf(
    from.mission.triggers.find((trigger) => trigger.id === given?.trigger),
    given?.data ?? {},
    catalogue,
  )
  const name = (step: string) => stepName(from.mission, step)
  const outcome = tryMove(() => move({ state, entries }, { from: from.mission, to: to.mission, compile, kinds: catalogue.kinds }))
  return {
    id,
    version,
    started: started.toISOString(),
    moving,
    cause,
    places: [...steps.values()].flatMap((step) =>
      step.visits
        .filter((visit) => openStates.has(visit.state))
        .map((visit) => ({
          step: step.id,
          name: name(step.id),
          since: visit.asked?.at ?? visit.begun ?? started.toISOString(),
          waiting: waiting.find((one) => one.step === step.id && one.visit === visit.visit) ?? null,
        })),
    ),
    obstacles:
      'obstacles' in outcome ? outcome.obstacles.map(({ step, why }) => ({ why, name: step === undefined ? null : nameIn(step) })) : [],
    remarks: 'remarks' in outcome ? outcome.remarks.map(({ step, stays }) => ({ stays, name: name(step) })) : [],
  }

  function nameIn(step: string): Words {
    return stepName(from.mission.steps.some((one) => one.id === step) ? from.mission : to.mission, step)
  }
}

const stepName = (mission: Mission, id: string): Words =>
  nameOf(mission.steps.find((step) => step.id === id) ?? { id, type: '' }, catalogue)

/** A journal that does not fit is not what keeps the list of all others from being shown. */
function tryMove(judging: () => Move): Move {
  try {
    return judging()
  } catch {
    return {
      obstacles: [{ why: { en: 'Its journal does not fit this version.', fr: 'Son journal ne correspond pas à cette version.' } }],
    }
  }
}
