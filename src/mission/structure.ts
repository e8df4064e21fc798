import { asIs, type Inspection, naming, type Problem } from './inspection.ts'
import { failedExit, type Link, reservedIds } from './mission.ts'

/** Checks what a mission is made of: triggers, steps, ids, types and links. */
export function checkStructure(inspection: Inspection): Problem[] {
  return [
    ...checkWhole(inspection),
    ...checkIds(inspection),
    ...checkTypes(inspection),
    ...checkLinks(inspection),
    ...checkReach(inspection),
  ]
}

function checkWhole({ mission }: Inspection): Problem[] {
  const problems: Problem[] = []
  if (mission.triggers.length === 0)
    problems.push({
      id: 'no-trigger',
      severity: 'error',
      where: {},
      why: { en: 'Nothing starts this mission yet.', fr: 'Rien ne lance encore cette mission.' },
      remedy: { en: 'Add a trigger, such as a command or a time.', fr: 'Ajoutez un déclencheur, comme une commande ou une heure.' },
    })
  if (mission.steps.length === 0)
    problems.push({
      id: 'no-step',
      severity: 'error',
      where: {},
      why: { en: 'This mission does nothing yet.', fr: 'Cette mission ne fait encore rien.' },
      remedy: { en: 'Add a step.', fr: 'Ajoutez une étape.' },
    })
  return problems
}

function checkIds({ mission }: Inspection): Problem[] {
  const problems: Problem[] = []
  const seen = new Set<string>()
  const placed = [
    ...mission.triggers.map(({ id }) => ({ id, where: { trigger: id }, reserved: false })),
    ...mission.steps.map(({ id }) => ({ id, where: { step: id }, reserved: reservedIds.includes(id) })),
  ]
  for (const { id, where, reserved } of placed) {
    if (seen.has(id))
      problems.push({
        id: `twice:${id}`,
        severity: 'error',
        where,
        why: naming({ en: 'The id $1 is used more than once.', fr: 'L’identifiant $1 est utilisé plusieurs fois.' }, asIs(id)),
        remedy: { en: 'Give one of them another id.', fr: 'Donnez un autre identifiant à l’un d’eux.' },
      })
    if (reserved)
      problems.push({
        id: `reserved:${id}`,
        severity: 'error',
        where,
        why: naming(
          {
            en: 'A step cannot have the id $1, which references use for something else.',
            fr: 'Une étape ne peut pas avoir l’identifiant $1, que les références utilisent pour autre chose.',
          },
          asIs(id),
        ),
        remedy: { en: 'Give the step another id.', fr: 'Donnez un autre identifiant à l’étape.' },
      })
    seen.add(id)
  }
  return problems
}

function checkTypes({ mission, kinds }: Inspection): Problem[] {
  const unknown = (type: string, id: string, where: Problem['where']): Problem => ({
    id: `type:${id}`,
    severity: 'error',
    where,
    why: naming({ en: 'Nobody here knows what $1 is.', fr: 'Personne ici ne sait ce qu’est $1.' }, asIs(type)),
    remedy: {
      en: 'Replace it by something from the palette, or install what provides it.',
      fr: 'Remplacez-le par un élément de la palette, ou installez ce qui le fournit.',
    },
  })
  return [
    ...mission.triggers.filter(({ type }) => !kinds.trigger(type)).map(({ id, type }) => unknown(type, id, { trigger: id })),
    ...mission.steps.filter(({ type }) => !kinds.step(type)).map(({ id, type }) => unknown(type, id, { step: id })),
  ]
}

/** A link's name in problem ids. */
function nameLink(link: Link): string {
  return `${link.from}.${link.exit}>${link.to}`
}

function checkLinks(inspection: Inspection): Problem[] {
  const { mission, steps, triggers } = inspection
  const remove = { en: 'Remove the link or draw it again.', fr: 'Supprimez le lien ou tracez-le à nouveau.' }
  const problems: Problem[] = []
  const seen = new Set<string>()
  for (const link of mission.links) {
    const name = nameLink(link)
    const report = (what: string, why: Problem['why'], severity: Problem['severity'] = 'error') =>
      problems.push({ id: `${what}:${name}`, severity, where: { link }, why, remedy: remove })
    if (seen.has(name)) {
      report(
        'link-twice',
        naming(
          { en: 'The same link from $1 to $2 is there twice.', fr: 'Le même lien de $1 vers $2 existe deux fois.' },
          inspection.title(link.from),
          inspection.title(link.to),
        ),
        'warning',
      )
      continue
    }
    seen.add(name)
    const from = steps.get(link.from) ?? triggers.get(link.from)
    if (!from)
      report(
        'link-from',
        naming({ en: 'A link begins at $1, which does not exist.', fr: 'Un lien part de $1, qui n’existe pas.' }, asIs(link.from)),
      )
    else if (!exitsThere(inspection, link.from).includes(link.exit))
      report(
        'link-exit',
        naming({ en: '$1 has no exit called $2.', fr: '$1 n’a pas de sortie appelée $2.' }, inspection.title(link.from), asIs(link.exit)),
      )
    if (triggers.has(link.to))
      report(
        'link-to',
        naming(
          { en: 'A link leads to $1, which is a trigger.', fr: 'Un lien mène à $1, qui est un déclencheur.' },
          inspection.title(link.to),
        ),
      )
    else if (!steps.has(link.to))
      report(
        'link-to',
        naming({ en: 'A link leads to $1, which does not exist.', fr: 'Un lien mène à $1, qui n’existe pas.' }, asIs(link.to)),
      )
  }
  return problems
}

/** The exits a trigger or step has. One of unknown type has those that are linked: what is wrong there is the type. */
function exitsThere({ steps, kinds, leaving }: Inspection, id: string): string[] {
  const step = steps.get(id)
  if (!step) return ['done']
  const exits = kinds
    .step(step.type)
    ?.exits(step.settings)
    .map((exit) => exit.name)
  return [...(exits ?? (leaving.get(id) ?? []).map((link) => link.exit)), failedExit]
}

function checkReach(inspection: Inspection): Problem[] {
  const { mission, leaving, certainty } = inspection
  if (mission.triggers.length === 0 || mission.steps.length === 0) return []
  const idle = mission.triggers.filter(({ id }) => !leaving.has(id))
  const adrift = mission.steps.filter(({ id }) => certainty.triggersBefore(id).length === 0)
  return [
    ...idle.map(({ id }): Problem => ({
      id: `idle:${id}`,
      severity: 'error',
      where: { trigger: id },
      why: naming({ en: '$1 starts nothing.', fr: '$1 ne lance rien.' }, inspection.title(id)),
      remedy: {
        en: 'Draw a line from it to the first step, or remove it.',
        fr: 'Tracez une ligne vers la première étape, ou supprimez-le.',
      },
    })),
    ...adrift.map(({ id }): Problem => ({
      id: `unreachable:${id}`,
      severity: 'error',
      where: { step: id },
      why: naming({ en: 'No run ever comes to $1.', fr: 'Aucune exécution n’arrive jamais à $1.' }, inspection.title(id)),
      remedy: {
        en: 'Draw a line to it from an earlier step, or remove it.',
        fr: 'Tracez une ligne jusqu’à elle depuis une étape précédente, ou supprimez-la.',
      },
    })),
  ]
}
