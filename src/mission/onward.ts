/** Where a link of a trigger or step leads. */
export interface Target {
  exit: string
  /** Set when the exit has several links: which of them. */
  branch?: number
  to: string
}

/** A target that is told elsewhere; `back` if the link closes a loop. */
export type Onward = Target & { back: boolean }

/** Going on with steps that are told elsewhere. */
export interface GoingOn {
  is: 'go'
  to: string[]
  /** By which exits; none when there is only one way. */
  exits: string[]
  /** In a loop. */
  back: boolean
  /** Beside what is told of the same exit. */
  together: boolean
  /** As if the step had been done as usual. */
  alike: boolean
}

/**
 * Says of steps that are told elsewhere how one goes on with them; what is alike, once. `implied`: where the branches meet again, to which links of
 * their own step go without saying. `named`: exits are told apart.
 */
export function tellOnward(
  onward: readonly Onward[],
  targets: readonly Target[],
  { implied, named }: { implied: string | undefined; named: boolean },
): GoingOn[] {
  const told = targets.filter(({ to, branch }) => branch === undefined || to !== implied)
  const namesOf = (exit: string) => told.flatMap((target) => (target.exit === exit ? [target.to] : [])).join(' ')
  const endings: GoingOn[] = []
  for (const [first, ...more] of Map.groupBy(onward, ({ exit, back }) => `${exit} ${back}`).values()) {
    if (!first) continue
    const { exit, back, branch } = first
    const to = [first, ...more].map((target) => target.to)
    const together = branch !== undefined && to.join(' ') !== namesOf(exit)
    const alike = !back && exit !== 'done' && to.join(' ') === namesOf('done')
    const exits = named && targets.length > 1 ? [exit] : []
    const known = endings.find((other) => other.to.join(' ') === to.join(' ') && other.back === back && !together && !other.together)
    if (known) known.exits.push(...exits)
    else endings.push({ is: 'go', to, exits, back, together, alike })
  }
  return endings
}
