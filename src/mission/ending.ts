import { eachExit } from './body.ts'
import { exitsOf } from './certainty.ts'
import { asIs, type Inspection, naming, type Problem, withWalk } from './inspection.ts'
import type { Step } from './mission.ts'
import { type GraphFault, type Paths, widestFork } from './paths.ts'
import type { Words } from './words.ts'

/** Checks that every run ends and none waits in vain: time limits, loops, joins, exits that lead nowhere, and how the graph nests. */
export function checkEnding(inspection: Inspection): Problem[] {
  const { mission } = inspection
  return [
    ...mission.steps.flatMap((step) => [
      ...checkBound(inspection, step),
      ...checkJoin(inspection, step),
      ...checkDeadEnds(inspection, step),
    ]),
    ...checkLoops(inspection),
    ...checkNesting(inspection),
  ]
}

function checkBound(inspection: Inspection, step: Step): Problem[] {
  const kind = inspection.kindOf(step)
  if (!kind || kind.bounded(step.settings)) return []
  const people: Words = { en: '$1 may wait for people for ever.', fr: '$1 risque d’attendre indéfiniment une réponse.' }
  const other: Words = { en: '$1 may wait for ever.', fr: '$1 risque d’attendre indéfiniment.' }
  return [
    {
      id: `unbounded:${step.id}`,
      severity: 'error',
      where: { step: step.id },
      why: naming(kind.asks ? people : other, inspection.title(step.id)),
      remedy: { en: 'Give it a time limit, such as 3d.', fr: 'Donnez-lui une limite de temps, par exemple 3d.' },
      ...withWalk(inspection.walk(step.id)),
    },
  ]
}

function checkJoin(inspection: Inspection, step: Step): Problem[] {
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
  const most = reaching.map((paths) => mostArrivals(inspection, paths, step.id))
  if (Math.min(...most) < count)
    return [
      {
        id: `join-starves:${step.id}`,
        severity: 'error',
        where,
        why: naming(
          {
            en: '$1 waits for $2 arrivals, but there can never be more than $3.',
            fr: '$1 attend $2 arrivées, mais il ne peut jamais y en avoir plus de $3.',
          },
          title,
          asIs(count),
          asIs(Math.min(...most)),
        ),
        remedy: { en: 'Lower the number, or link more branches to it.', fr: 'Réduisez le nombre, ou reliez-y d’autres branches.' },
        ...withWalk(inspection.walk(step.id)),
      },
    ]
  if (Math.max(...most) > 1) return []
  return [
    {
      id: `join-idle:${step.id}`,
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
    },
  ]
}

/** How many branches can arrive at a join: the links of one thread, which one token walks through, count once. */
function mostArrivals({ mission }: Inspection, paths: Paths, step: string): number {
  const back = new Set(paths.backLinks.filter((link) => link.to === step).map((link) => link.from))
  const sources = mission.links.filter((link) => link.to === step && !back.has(link.from)).map((link) => paths.threadOf.get(link.from))
  return new Set(sources.filter((thread) => thread !== undefined)).size
}

/** An exit that is left open while others of the step are linked was probably forgotten. A step that nothing follows is an end. */
function checkDeadEnds(inspection: Inspection, step: Step): Problem[] {
  const kind = inspection.kindOf(step)
  const linked = new Set((inspection.leaving.get(step.id) ?? []).flatMap(({ exit }) => (kind?.holds && exit === eachExit ? [] : [exit])))
  if (!kind || linked.size === 0) return []
  return (
    kind
      .exits(step.settings)
      // An empty body is an error of its own.
      .filter((exit) => !linked.has(exit.name) && !(kind.holds && exit.name === eachExit))
      .map((exit) => ({
        id: `dead-end:${step.id}:${exit.name}`,
        severity: 'warning',
        where: { step: step.id },
        why: naming(
          { en: 'Nothing happens when $1 is left by $2.', fr: 'Rien ne se passe quand $1 se termine par $2.' },
          inspection.title(step.id),
          exit.label,
        ),
        remedy: {
          en: 'Link this exit, or leave it if nothing should follow.',
          fr: 'Reliez cette sortie, ou laissez-la si rien ne doit suivre.',
        },
        ...withWalk(inspection.walk(step.id)),
      }))
  )
}

/** A loop must have a way out: from each of its steps there must be a way to an exit that nothing follows. */
function checkLoops(inspection: Inspection): Problem[] {
  const { mission, kinds, leaving, steps } = inspection
  const sources = new Map<string, string[]>()
  // What a step holds ends by itself; whether the step is left, and where to, is another question.
  const onward = mission.links.filter((link) => link.exit !== eachExit)
  for (const link of onward) sources.set(link.to, [...(sources.get(link.to) ?? []), link.from])
  const ending = mission.steps.filter((step) => {
    const linked = (leaving.get(step.id) ?? []).filter((link) => steps.has(link.to)).map((link) => link.exit)
    const exits = exitsOf(mission, step, kinds)
    return exits.length === 0 || exits.some((exit) => !linked.includes(exit))
  })
  const safe = new Set(ending.map((step) => step.id))
  for (const id of safe) for (const source of sources.get(id) ?? []) safe.add(source)
  const heads = new Set(inspection.paths.flatMap((paths) => paths.backLinks.map((link) => link.to)))
  return [...heads]
    .filter((id) => !safe.has(id))
    .map((id) => ({
      id: `endless:${id}`,
      severity: 'error',
      where: { step: id },
      why: naming(
        { en: 'No way leads out of the loop that begins at $1.', fr: 'Aucun chemin ne sort de la boucle qui commence à $1.' },
        inspection.title(id),
      ),
      remedy: {
        en: 'Let one of its steps lead elsewhere, for example after a choice.',
        fr: 'Faites mener l’une de ses étapes ailleurs, par exemple après un choix.',
      },
      ...withWalk(inspection.walk(id)),
    }))
}

const nesting: Record<GraphFault['fault'], { why: Words; remedy: Words }> = {
  tangled: {
    why: {
      en: 'A loop can be entered at several places, at $1 among others.',
      fr: 'On peut entrer dans une boucle à plusieurs endroits, dont $1.',
    },
    remedy: {
      en: 'Let every way into the loop come in at the same step.',
      fr: 'Faites entrer tous les chemins dans la boucle par la même étape.',
    },
  },
  jump: {
    why: {
      en: 'A link from $1 back to $2 jumps into or out of steps that run at the same time.',
      fr: 'Un lien de $1 vers $2 entre dans des étapes simultanées ou en sort.',
    },
    remedy: {
      en: 'Lead back to a step of the same branch, or begin the loop before the branches part.',
      fr: 'Revenez à une étape de la même branche, ou commencez la boucle avant la séparation des branches.',
    },
  },
  backFork: {
    why: {
      en: '$1 leads back to an earlier step and elsewhere at the same time.',
      fr: '$1 revient à une étape précédente et mène ailleurs en même temps.',
    },
    remedy: {
      en: 'Let this exit only lead back, and do the rest before.',
      fr: 'Que cette sortie ne fasse que revenir ; faites le reste avant.',
    },
  },
  wide: {
    why: { en: '$1 starts more than $2 branches at once.', fr: '$1 lance plus de $2 branches à la fois.' },
    remedy: {
      en: 'Start fewer at once, or go through a list with “for each”.',
      fr: 'Lancez-en moins à la fois, ou parcourez une liste avec « pour chaque ».',
    },
  },
}

function checkNesting(inspection: Inspection): Problem[] {
  const faults = inspection.paths.flatMap((paths) => paths.faults)
  const problems = faults.flatMap(({ fault, steps, links }) => {
    const { why, remedy } = nesting[fault]
    return links.slice(0, 1).map((link): [string, Problem] => {
      const step = fault === 'tangled' ? (steps[0] ?? link.to) : link.from
      const second = fault === 'wide' ? asIs(widestFork) : inspection.title(link.to)
      const id = `${fault}:${link.from}.${link.exit}>${link.to}`
      const where = inspection.steps.has(step) ? { step, link } : { trigger: step, link }
      return [
        id,
        { id, severity: 'error', where, why: naming(why, inspection.title(step), second), remedy, ...withWalk(inspection.walk(step)) },
      ]
    })
  })
  // Seen from several triggers, a fault is still one.
  return [...new Map(problems).values()]
}
