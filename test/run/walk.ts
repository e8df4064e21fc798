import { type CompiledMission, compile } from '../../src/mission/machine.ts'
import type { Mission } from '../../src/mission/mission.ts'
import { advance, begin, type Decision, type Frozen, type RunEvent } from '../../src/run/advance.ts'

/** Walks a run by hand. Between any two events it is written down as JSON, as in a database. */
export class Walk {
  readonly compiled: CompiledMission
  /** What was decided when the run began. */
  readonly first: string[]
  frozen: Frozen

  constructor(mission: Mission, trigger = 'start') {
    this.compiled = compile(mission, trigger)
    const { frozen, decisions } = begin(this.compiled)
    this.frozen = frozen
    this.first = decisions.map(inWords)
  }

  /** Leaves a step; what is decided because of it, as `begin a`, `begin a 2` for a second visit, `skip b`, `end completed`. */
  leave(step: string, exit = 'done', visit = 1): string[] {
    return this.#advance({ kind: 'left', step, visit, exit })
  }

  cancel(): string[] {
    return this.#advance({ kind: 'cancel' })
  }

  #advance(event: RunEvent): string[] {
    const { frozen, decisions } = advance(this.compiled, JSON.parse(JSON.stringify(this.frozen)), event)
    this.frozen = frozen
    return decisions.map(inWords)
  }
}

function inWords(decision: Decision): string {
  if (decision.kind === 'end') return `end ${decision.status}`
  if (decision.kind === 'skip') return `skip ${decision.step}`
  return `${decision.kind} ${decision.step}${decision.visit > 1 ? ` ${decision.visit}` : ''}`
}
