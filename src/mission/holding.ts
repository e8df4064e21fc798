import { deepestNesting, eachExit, enclosing } from './body.ts'
import { type Inspection, naming, type Problem } from './inspection.ts'
import type { Link, Step } from './mission.ts'

/** Checks the steps that hold others: that they hold some, that what is held is held by such a step, and that no link crosses the border. */
export function checkHolding(inspection: Inspection): Problem[] {
  const { mission } = inspection
  return [
    ...mission.steps.flatMap((step) => [...checkHolder(inspection, step), ...checkHeld(inspection, step)]),
    ...checkBorders(inspection),
  ]
}

function checkHolder(inspection: Inspection, step: Step): Problem[] {
  if (!inspection.kindOf(step)?.holds || (inspection.leaving.get(step.id) ?? []).some(({ exit }) => exit === eachExit)) return []
  return [
    {
      id: `holds-nothing:${step.id}`,
      severity: 'error',
      where: { step: step.id },
      why: naming({ en: '$1 does nothing with its items yet.', fr: '$1 ne fait encore rien de ses éléments.' }, inspection.title(step.id)),
      remedy: { en: 'Add a step for each item.', fr: 'Ajoutez une étape pour chaque élément.' },
    },
  ]
}

function checkHeld(inspection: Inspection, step: Step): Problem[] {
  if (step.within === undefined) return []
  const where = { step: step.id }
  const holder = inspection.steps.get(step.within)
  const kind = holder && inspection.kindOf(holder)
  const around = enclosing(inspection.steps, step.id)
  const outermost = inspection.steps.get(around.at(-1) ?? step.id)
  const redraw = { en: 'Draw a line to it from where it belongs.', fr: 'Tracez une ligne vers elle depuis l’endroit où elle doit être.' }
  if (!holder || (kind && !kind.holds) || (outermost?.within !== undefined && inspection.steps.has(outermost.within)))
    return [
      {
        id: `held:${step.id}`,
        severity: 'error',
        where,
        why: naming(
          { en: '$1 is said to lie inside $2, which holds no steps.', fr: '$1 est censée être dans $2, qui ne contient pas d’étapes.' },
          inspection.title(step.id),
          inspection.title(step.within),
        ),
        remedy: redraw,
      },
    ]
  if (around.length <= deepestNesting) return []
  return [
    {
      id: `held-deep:${step.id}`,
      severity: 'error',
      where,
      why: naming(
        {
          en: `$1 lies in more than ${deepestNesting} lists inside one another.`,
          fr: `$1 se trouve dans plus de ${deepestNesting} listes imbriquées.`,
        },
        inspection.title(step.id),
      ),
      remedy: {
        en: 'Put the inner part into a mission of its own and run that.',
        fr: 'Placez la partie intérieure dans une mission à part et exécutez celle-ci.',
      },
    },
  ]
}

function checkBorders(inspection: Inspection): Problem[] {
  const { mission, steps } = inspection
  const crosses = (link: Link): boolean => {
    const [from, to] = [steps.get(link.from), steps.get(link.to)]
    if (!to || (!from && !inspection.triggers.has(link.from))) return false
    const holds = from && link.exit === eachExit && inspection.kindOf(from)?.holds
    return to.within !== (holds ? from.id : from?.within)
  }
  return mission.links.filter(crosses).map((link) => ({
    id: `border:${link.from}.${link.exit}>${link.to}`,
    severity: 'error',
    where: { link },
    why: naming(
      {
        en: 'A link from $1 to $2 leads into or out of steps that run once per item.',
        fr: 'Un lien de $1 vers $2 entre dans des étapes exécutées pour chaque élément ou en sort.',
      },
      inspection.title(link.from),
      inspection.title(link.to),
    ),
    remedy: {
      en: 'Enter by “for each item” only, and go on after the list by what follows when all items are done.',
      fr: 'N’y entrez que par « pour chaque élément », et continuez après la liste par ce qui suit quand tout est fait.',
    },
  }))
}
