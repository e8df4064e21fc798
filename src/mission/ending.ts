import { eachExit } from './body.ts'
import { exitsOf } from './certainty.ts'
import { checkJoin, checkNeeded } from './joining.ts'
import { asIs, type Inspection, naming, type Problem, withWalk } from './inspection.ts'
import type { Step } from './mission.ts'
import { type GraphFault, widestFork } from './paths.ts'
import { goingOn, shortest } from './walks.ts'
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
    ...checkNeeded(inspection),
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
      ...withWalk(inspection.walks.to(step.id)),
    },
  ]
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
        ...withWalk(goingOn(inspection.walks.to(step.id), exit.name)),
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
  const heads = Map.groupBy(
    inspection.paths.flatMap((paths) => paths.backLinks),
    (link) => link.to,
  )
  return [...heads]
    .filter(([id]) => !safe.has(id))
    .map(([id, round]) => ({
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
      // Once round.
      ...withWalk(shortest(round.map(({ from, exit }) => goingOn(inspection.walks.to(from), exit, id) ?? []))),
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
        {
          id,
          severity: 'error',
          where,
          why: naming(why, inspection.title(step), second),
          remedy,
          ...withWalk(fault === 'tangled' ? inspection.walks.to(step) : goingOn(inspection.walks.to(link.from), link.exit)),
        },
      ]
    })
  })
  // Seen from several triggers, a fault is still one.
  return [...new Map(problems).values()]
}
