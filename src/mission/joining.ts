import { asIs, type Inspection, naming, type Place, type Problem } from './inspection.ts'
import type { Step } from './mission.ts'
import type { Paths } from './paths.ts'
import type { Arrivals } from './walker.ts'
import type { Words } from './words.ts'

/** Checks that a join which counts arrivals can have enough of them. */
export function checkJoin(inspection: Inspection, step: Step): Problem[] {
  if (!step.join || step.join.wait === 'all') return []
  const reaching = inspection.paths.filter((paths) => paths.threadOf.has(step.id))
  if (reaching.length === 0) return []
  const title = inspection.title(step.id)
  const where = { step: step.id, setting: 'join' }
  if (step.join.wait === 'atLeast' && step.join.count === undefined)
    return [
      {
        id: `join-count:${step.id}`,
        severity: 'error',
        where,
        why: naming({ en: '$1 does not say how many arrivals it waits for.', fr: '$1 ne dit pas combien d’arrivées attendre.' }, title),
        remedy: { en: 'Say how many.', fr: 'Indiquez le nombre.' },
      },
    ]
  const count = step.join.wait === 'atLeast' ? (step.join.count ?? 1) : 1
  const arrivals = inspection.walks.arrivals(step.id)
  const least = arrivals.toSorted((one, other) => one.most.count - other.most.count)[0]
  // Where nothing ever arrives, an earlier join is to blame.
  if (least?.most.count === 0) return []
  if (least && least.most.count < count) return [neverEnough(title, where, count, least)]
  return [
    ...(Math.max(...reaching.map((paths) => mostArrivals(inspection, paths, step.id))) > 1 ? [] : [nothingToChoose(title, where)]),
    ...tooFew(title, where, count, arrivals),
  ]
}

function neverEnough(title: Words, where: Place, count: number, { most }: Arrivals): Problem {
  return {
    id: `join-never:${where.step}`,
    severity: 'error',
    where,
    why: naming(
      {
        en: '$1 waits for $2 arrivals, but there can never be more than $3.',
        fr: '$1 attend $2 arrivées, mais il ne peut jamais y en avoir plus de $3.',
      },
      title,
      asIs(count),
      asIs(most.count),
    ),
    remedy: { en: 'Lower the number, or link more branches to it.', fr: 'Réduisez le nombre, ou reliez-y d’autres branches.' },
    walk: most.walk,
  }
}

function nothingToChoose(title: Words, where: Place): Problem {
  return {
    id: `join-idle:${where.step}`,
    severity: 'warning',
    where,
    why: naming(
      {
        en: 'Only one branch ever arrives at $1, so there is nothing to choose between.',
        fr: 'Une seule branche arrive à $1 : il n’y a donc rien à attendre d’autre.',
      },
      title,
    ),
    remedy: {
      en: 'Let it wait for all, or link the other branches to it.',
      fr: 'Faites-lui tout attendre, ou reliez-y les autres branches.',
    },
  }
}

/** A join that some have come to and that is skipped all the same, because the others went another way. */
function tooFew(title: Words, where: Place, count: number, arrivals: readonly Arrivals[]): Problem[] {
  const [starving] = arrivals.flatMap(({ tooFew: found }) => found ?? []).sort((one, other) => one.walk.length - other.walk.length)
  if (!starving) return []
  return [
    {
      id: `join-starves:${where.step}`,
      severity: 'warning',
      where,
      why: naming(
        {
          en: '$1 waits for $2 arrivals, and there may be only $3; it is skipped then.',
          fr: '$1 attend $2 arrivées, et il peut n’y en avoir que $3 ; elle est alors ignorée.',
        },
        title,
        asIs(count),
        asIs(starving.count),
      ),
      remedy: {
        en: 'Link the exits that lead elsewhere to it too, or leave it if nothing should follow then.',
        fr: 'Reliez-y aussi les sorties qui mènent ailleurs, ou laissez-la si rien ne doit suivre dans ce cas.',
      },
      walk: starving.walk,
    },
  ]
}

/** How many branches can arrive at a join: the links of one thread, which one token walks through, count once. */
function mostArrivals({ mission }: Inspection, paths: Paths, step: string): number {
  const back = new Set(paths.backLinks.filter((link) => link.to === step).map((link) => link.from))
  const sources = mission.links.filter((link) => link.to === step && !back.has(link.from)).map((link) => paths.threadOf.get(link.from))
  return new Set(sources.filter((thread) => thread !== undefined)).size
}

/** Whether steps ever begin that lead only to joins which cancel the rest: where such a join starts at the same time, they never do. */
export function checkNeeded(inspection: Inspection): Problem[] {
  const { mission, paths } = inspection
  if (paths.some(({ faults }) => faults.length > 0)) return []
  const joins = mission.steps.filter(({ join }) => join?.cancelRest === true && join.wait !== 'all').map(({ id }) => id)
  const idle = new Set(
    paths.flatMap((one) => [...one.leadingOnlyTo(joins.filter((id) => one.threadOf.has(id) && one.waiting(id).needed !== undefined))]),
  )
  return [...idle]
    .filter((id) => inspection.steps.has(id) && inspection.walks.to(id) === undefined)
    .map((id) => ({
      id: `needless:${id}`,
      severity: 'warning',
      where: { step: id },
      why: naming(
        {
          en: '$1 never begins: the step it leads to has started by then and cancels the rest.',
          fr: '$1 ne commence jamais : l’étape à laquelle elle mène a alors déjà commencé et annule le reste.',
        },
        inspection.title(id),
      ),
      remedy: {
        en: 'Let that step wait for more, or remove this one.',
        fr: 'Faites attendre davantage cette étape-là, ou supprimez celle-ci.',
      },
    }))
}
