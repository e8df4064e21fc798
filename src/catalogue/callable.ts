import { naming, type Problem } from '../mission/inspection.ts'
import type { Mission } from '../mission/mission.ts'
import { titleOf } from '../mission/kinds.ts'
import { typeset, type Words } from '../mission/words.ts'
import { calledProblem, type Called, callsOf } from './called.ts'
import { catalogue, type Catalogue } from './catalogue.ts'

/** What is known of the missions that are to be run: which one is looked through, and the others of its workspace by id. */
export interface Callable {
  own: string
  /** Null or left out: not there, or elsewhere. */
  others: ReadonlyMap<string, Called | null>
}

/**
 * Steps that could not run the mission they name: it is not live, not there, or has no trigger for that. A mission that runs itself is looked at
 * as it will be when it is published.
 */
export function checkCalled(mission: Mission, callable: Callable, severity: Problem['severity'], known: Catalogue = catalogue): Problem[] {
  return callsOf(mission, known).flatMap((call): Problem[] => {
    const itself = call.mission === callable.own
    const found = itself ? { id: call.mission, name: mission.name, archived: false, live: mission } : callable.others.get(call.mission)
    const obstacle = obstacleOf(found, itself, known)
    if (!obstacle) return []
    const step = titleOf(call.step, known.actions.get(call.step.type)?.title)
    const name = found ? { en: found.name, fr: found.name } : step
    const said = (words: Words) => {
      const { en, fr } = naming(words, name, step)
      return { en, fr: typeset(fr) }
    }
    const where = { step: call.step.id, setting: call.setting }
    return [
      { id: `${calledProblem}${obstacle.is}:${call.step.id}`, severity, where, why: said(obstacle.why), remedy: said(obstacle.remedy) },
    ]
  })
}

interface Obstacle {
  is: string
  why: Words
  remedy: Words
}

/** In words: $1 is the mission to be run, $2 the step. */
function obstacleOf(found: Called | null | undefined, itself: boolean, known: Catalogue): Obstacle | undefined {
  if (!found)
    return {
      is: 'missing',
      why: { en: 'The mission that $2 is to run is not there.', fr: 'La mission que doit exécuter $2 n’existe pas.' },
      remedy: { en: 'Choose another mission in the step $2.', fr: 'Choisissez une autre mission dans l’étape $2.' },
    }
  if (found.archived)
    return {
      is: 'archived',
      why: { en: '$1 is archived, so it cannot be run.', fr: '$1 est archivée, elle ne peut donc pas être exécutée.' },
      remedy: {
        en: 'Take it out of the archive, or choose another mission in the step $2.',
        fr: 'Sortez-la des archives, ou choisissez une autre mission dans l’étape $2.',
      },
    }
  if (!found.live)
    return {
      is: 'not-live',
      why: { en: '$1 is not live yet.', fr: '$1 n’est pas encore en service.' },
      remedy: {
        en: 'Publish it first, or choose another mission in the step $2.',
        fr: 'Publiez-la d’abord, ou choisissez une autre mission dans l’étape $2.',
      },
    }
  if (found.live.triggers.some(({ type }) => known.triggers.get(type)?.listens === 'called')) return undefined
  return {
    is: 'not-made-for-it',
    why: {
      en: '$1 has no trigger “Another mission runs it”, so no mission can run it.',
      fr: '$1 n’a pas de déclencheur « Une autre mission l’exécute », donc aucune mission ne peut l’exécuter.',
    },
    remedy: itself
      ? {
          en: 'Add this trigger, or choose another mission in the step $2.',
          fr: 'Ajoutez ce déclencheur, ou choisissez une autre mission dans l’étape $2.',
        }
      : {
          en: 'Add this trigger there and publish it, or choose another mission in the step $2.',
          fr: 'Ajoutez-y ce déclencheur et publiez-la, ou choisissez une autre mission dans l’étape $2.',
        },
  }
}
