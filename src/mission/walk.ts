import { type Kinds, titleOf } from './kinds.ts'
import { failedExit, type Mission } from './mission.ts'
import { typeset, type Words } from './words.ts'

/** One move of a walk: a trigger that fires or a step that is left, and by which exit. Without one: the step at which the walk arrives. */
export interface WalkMove {
  step: string
  exit?: string
}

/**
 * How a run gets somewhere: what is left by which exit, in this order, the trigger first. Steps that run at the same time are there as far as
 * the last move has to wait for them. Played by the rules, move by move, it leads where it says.
 */
export type Walk = readonly WalkMove[]

/** What a walk's sentence needs to know of triggers and steps. */
export interface WalkNames {
  title(id: string): Words
  /** What an exit is called, if the step has several or it is not the usual one. */
  exit(id: string, exit: string): Words | undefined
}

/** What people call the triggers and steps of a mission and their exits, for {@link tellWalk}. */
export function walkNames({ triggers, steps }: Mission, kinds: Kinds): WalkNames {
  const placed = new Map([...triggers, ...steps].map((one) => [one.id, one]))
  const exitsOf = (id: string) => {
    const step = steps.find((one) => one.id === id)
    return (step && kinds.step(step.type)?.exits(step.settings)) ?? []
  }
  return {
    title(id) {
      const one = placed.get(id)
      return one ? titleOf(one, (kinds.step(one.type) ?? kinds.trigger(one.type))?.title) : { en: id, fr: id }
    },
    exit: (id, exit) =>
      exitsOf(id).length > 1 || exit !== 'done'
        ? (exitsOf(id).find(({ name }) => name === exit)?.label ?? { en: exit, fr: exit })
        : undefined,
  }
}

/** A walk as one sentence. */
export function tellWalk(walk: Walk, names: WalkNames): Words {
  const parts = walk.map(({ step, exit }, index): Words => {
    const { en, fr } = names.title(step)
    if (index === 0) return { en: `“${en}” starts it`, fr: `« ${fr} » la lance` }
    if (exit === undefined) return { en: `“${en}” begins`, fr: `« ${fr} » commence` }
    if (exit === failedExit) return { en: `“${en}” fails`, fr: `« ${fr} » échoue` }
    const by = names.exit(step, exit)
    return by
      ? { en: `“${en}” is left by “${by.en}”`, fr: `« ${fr} » se termine par « ${by.fr} »` }
      : { en: `“${en}” is done`, fr: `« ${fr} » est fait` }
  })
  const shown: Words[] =
    parts.length > mostParts ? [...parts.slice(0, 3), leftOut(parts.length - mostParts), ...parts.slice(3 - mostParts)] : parts
  const [first = { en: '', fr: '' }, ...others] = shown
  const last = others.pop()
  return {
    en: `This happens when ${[first.en, ...others.map((part) => part.en)].join(', ')}${last ? `, and then ${last.en}` : ''}.`,
    fr: typeset(`Cela arrive quand ${[first.fr, ...others.map((part) => part.fr)].join(', ')}${last ? `, puis ${last.fr}` : ''}.`),
  }
}

/** Nobody reads a longer sentence; the walk as data is whole. */
const mostParts = 12

function leftOut(count: number): Words {
  return { en: `${count} more steps follow`, fr: `${count} autres étapes suivent` }
}
