import { comparisons } from './condition.ts'
import { asIs, type Inspection, naming, type Problem, withWalk } from './inspection.ts'
import type { Step } from './mission.ts'
import { type Reference, references } from './reference.ts'
import { type Resolution, resolve } from './scope.ts'
import { visitTexts } from './texts.ts'
import type { Walk } from './walk.ts'

/** Checks the settings of triggers and steps: what their kinds find wrong, and whether the data they refer to will be there. */
export function checkUsage(inspection: Inspection): Problem[] {
  const { mission, kinds } = inspection
  const problems: Problem[] = []
  for (const trigger of mission.triggers) {
    for (const { setting, why, remedy } of kinds.trigger(trigger.type)?.check(trigger.settings) ?? [])
      problems.push({ id: `setting:${trigger.id}:${setting}`, severity: 'error', where: { trigger: trigger.id, setting }, why, remedy })
    visitTexts(trigger.settings, (setting, text) => {
      if (references(text).references.length === 0) return
      problems.push({
        id: `trigger-reference:${trigger.id}:${setting}`,
        severity: 'error',
        where: { trigger: trigger.id, setting },
        why: {
          en: 'A trigger cannot use data: nothing has happened before it.',
          fr: 'Un déclencheur ne peut pas utiliser de données : rien ne s’est passé avant lui.',
        },
        remedy: { en: 'Write a fixed value.', fr: 'Écrivez une valeur fixe.' },
      })
    })
  }
  for (const step of mission.steps) {
    for (const { setting, why, remedy } of kinds.step(step.type)?.check(step.settings) ?? [])
      problems.push({ id: `setting:${step.id}:${setting}`, severity: 'error', where: { step: step.id, setting }, why, remedy })
    problems.push(...checkTexts(inspection, step))
  }
  return problems
}

function checkTexts(inspection: Inspection, step: Step): Problem[] {
  const problems = new Map<string, Problem>()
  visitTexts(step.settings, (setting, text, around) => {
    const found = references(text)
    const where = { step: step.id, setting }
    for (const { why, remedy } of found.faults)
      problems.set(setting, { id: `text:${step.id}:${setting}`, severity: 'error', where, why, remedy })
    for (const reference of found.references) {
      const tested = reference.fallback || (setting.endsWith('.left') && isCondition(around))
      const wrong = checkReference(inspection, step, tested ? { ...reference, fallback: true } : reference)
      if (!wrong) continue
      const id = `${wrong.what}:${step.id}:${setting}:${reference.text}`
      problems.set(id, { id, severity: 'error', where, why: wrong.why, remedy: wrong.remedy, ...(wrong.walk ? { walk: wrong.walk } : {}) })
    }
  })
  return [...problems.values()]
}

/** A condition copes with missing data: it compares nothing with something. */
function isCondition(around: unknown): boolean {
  return typeof around === 'object' && around !== null && 'is' in around && comparisons.some((one) => one === around.is)
}

type Wrong = Pick<Problem, 'why' | 'remedy' | 'walk'> & { what: string }

function checkReference(inspection: Inspection, step: Step, reference: Reference): Wrong | undefined {
  const { mission, kinds, certainty } = inspection
  const written = asIs(reference.text)
  const [root = ''] = reference.path
  const source = String(root)
  const resolved = resolve(mission, step.id, kinds, reference.path)
  const reached = certainty.triggersBefore(step.id).length > 0
  const other = { en: 'Pick other data from the menu.', fr: 'Choisissez une autre donnée dans le menu.' }
  switch (resolved.is) {
    case 'unknown':
      return {
        what: 'reference-unknown',
        why: naming({ en: '$1 refers to a step that does not exist.', fr: '$1 se réfère à une étape qui n’existe pas.' }, written),
        remedy: other,
      }
    case 'no-part':
      return {
        what: 'reference-part',
        why: naming(
          { en: '$1 does not exist: $2 gives no such data.', fr: '$1 n’existe pas : $2 ne fournit pas cette donnée.' },
          written,
          inspection.steps.has(source) ? inspection.title(source) : asIs(source),
        ),
        remedy: other,
      }
    case 'later':
      if (!reached) return undefined
      return {
        what: 'reference-later',
        why: naming(
          {
            en: '$1 can never be there: no way leads from $2 to this step.',
            fr: '$1 ne peut jamais être présent : aucun chemin ne mène de $2 à cette étape.',
          },
          written,
          inspection.title(source),
        ),
        remedy: naming(
          {
            en: 'Use data of an earlier step, or put $1 before this step.',
            fr: 'Utilisez les données d’une étape précédente, ou placez $1 avant cette étape.',
          },
          inspection.title(source),
        ),
        ...withWalk(inspection.walks.to(step.id)),
      }
    case 'inside':
      return {
        what: 'reference-inside',
        why: naming(
          {
            en: '$1 is there once per item, inside $2 only.',
            fr: '$1 existe une fois par élément, à l’intérieur de $2 seulement.',
          },
          written,
          inspection.title(resolved.holder),
        ),
        remedy: naming(
          {
            en: 'Use the results of $1, a list with one entry per item.',
            fr: 'Utilisez les résultats de $1, une liste avec une entrée par élément.',
          },
          inspection.title(resolved.holder),
        ),
      }
    case 'there':
      if (!resolved.maybeEmpty || reference.fallback || !reached) return undefined
      return {
        what: 'reference-empty',
        why: naming({ en: '$1 may be empty here.', fr: '$1 peut être vide ici.' }, written),
        remedy: {
          en: 'Say what to use instead: open the data in the text and give it a fallback.',
          fr: 'Dites quoi utiliser à la place : ouvrez la donnée dans le texte et donnez-lui une valeur de repli.',
        },
        ...withWalk(walkWithout(inspection, step.id, source, resolved)),
      }
  }
}

/** A walk to a step on which data is missing: from a trigger that does not give it, without its source having given it, else any. */
function walkWithout(
  inspection: Inspection,
  step: string,
  source: string,
  { exits, triggers = [] }: Extract<Resolution, { is: 'there' }>,
): Walk | undefined {
  if (!inspection.steps.has(source))
    return inspection.walks.to(step, undefined, (id) => !triggers.includes(id)) ?? inspection.walks.to(step)
  // What is missing although its step has surely given it, is missing on any walk.
  return inspection.certainty.surelyLeft(step, source, exits)
    ? inspection.walks.to(step)
    : inspection.walks.to(step, { step: source, exits })
}
