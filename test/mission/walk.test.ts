import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Datum, Kinds } from '../../src/mission/kinds.ts'
import { emptyMission, failedExit, type Mission, missionSchema, type Step } from '../../src/mission/mission.ts'
import { analyse } from '../../src/mission/paths.ts'
import { type Problem, problems } from '../../src/mission/problems.ts'
import { tellWalk, type Walk, walkNames, type WalkNames } from '../../src/mission/walk.ts'
import { type Draw, randomMission, tapesOf } from '../run/random-mission.ts'
import { TokenGame } from '../run/token-game.ts'
import { kinds } from './kinds.ts'

const words = (text: string) => ({ en: text, fr: text })

/** Steps say in their settings by which exits they are left and by which of them they give their value. */
const known: Kinds = {
  trigger: kinds.trigger,
  step(type) {
    const note = kinds.step('end')
    if (!note || type !== 'note') return kinds.step(type)
    const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])
    return {
      ...note,
      exits: ({ exits }) => list(exits).map((name) => ({ name, label: words(name) })),
      gives: ({ giving }): Datum[] => [{ name: 'value', label: words('value'), kind: 'text', ...(giving ? { exits: list(giving) } : {}) }],
      bounded: ({ unbounded }) => unbounded !== true,
    }
  },
}

/** A random mission whose steps use each other's data. */
function speakingMission(draw: Draw): Mission {
  const mission = randomMission(draw)
  const unlinked = draw(3) === 0
  const referring = draw(3)
  const steps = mission.steps.map((step): Step => {
    const linked = mission.links.filter(({ from, exit }) => from === step.id && exit !== failedExit).map(({ exit }) => exit)
    const exits = [...new Set(linked), ...(linked.length === 0 ? ['done'] : []), ...(unlinked && draw(4) === 0 ? ['elsewhere'] : [])]
    const giving = draw(3) === 0 ? exits.filter(() => draw(2) === 0) : undefined
    const source = mission.steps[draw(mission.steps.length)]?.id ?? step.id
    const text = draw(3) < referring ? `{{ ${source}.value }}` : `{{ ${source}.value | default: "none" }}`
    return {
      ...step,
      settings: { exits, ...(giving ? { giving } : {}), text: draw(2) === 0 ? text : 'Hi', ...(draw(40) === 0 ? { unbounded: true } : {}) },
    }
  })
  return { ...mission, triggers: [{ id: 'start', type: 'clock', settings: {} }], steps }
}

/** A run being played by the rules, and by which exit each step was left last. */
class Playing {
  readonly game: TokenGame
  readonly #mission: Mission
  readonly left = new Map<string, string>()
  readonly begun = new Map<string, number>()
  ended = false
  /** References that led to nothing when their step began: `step:source`. */
  readonly empty: string[] = []
  failed = false

  constructor(mission: Mission) {
    this.#mission = mission
    this.game = new TokenGame(mission, 'start')
    this.#take(this.game.begin())
  }

  leave(step: string, exit: string): boolean {
    const visit = this.game.active.find((active) => active.step === step)?.visit
    if (visit === undefined) return false
    if (exit === failedExit && !this.game.exits(step).includes(failedExit)) this.failed = true
    this.left.set(step, exit)
    this.#take(this.game.advance({ kind: 'left', step, visit, exit }))
    return true
  }

  gave(source: string): boolean {
    const exit = this.left.get(source)
    const settings = this.#mission.steps.find(({ id }) => id === source)?.settings
    if (exit === undefined || exit === failedExit) return false
    return !Array.isArray(settings?.['giving']) || settings['giving'].includes(exit)
  }

  #take(decisions: ReturnType<TokenGame['begin']>): void {
    for (const decision of decisions) {
      if (decision.kind === 'end') this.ended = true
      if (decision.kind === 'exhausted') {
        this.failed = true
        this.begun.set(decision.step, decision.visit)
      }
      if (decision.kind !== 'begin') continue
      this.begun.set(decision.step, decision.visit)
      const text = this.#mission.steps.find(({ id }) => id === decision.step)?.settings['text']
      const source = /^\{\{ (\w+)\.value \}\}$/.exec(typeof text === 'string' ? text : '')?.[1]
      if (source !== undefined && !this.gave(source)) this.empty.push(`${decision.step}:${source}`)
    }
  }
}

/** What a problem says will happen, after its walk was played; undefined when it did. */
function missed(mission: Mission, problem: Problem): string | undefined {
  const { walk } = problem
  const [what = '', step = ''] = problem.id.split(':')
  if (!walk) return what === 'unreachable' || what === 'needless' ? undefined : 'there is no walk'
  const playing = new Playing(mission)
  for (const { step: moved, exit } of walk.slice(1))
    if (exit !== undefined && !playing.leave(moved, exit)) return `${moved} is not under way when it is to be left by ${exit}`
  const { exit, step: last = '' } = walk.at(-1) ?? {}
  if (exit === undefined && walk.length > 1 && !playing.begun.has(last)) return `${last} does not begin`
  switch (what) {
    case 'reference-empty': {
      const source = /(\w+)\.value$/.exec(problem.id)?.[1] ?? ''
      return playing.empty.includes(`${last}:${source}`) ? undefined : `${source} gave its value`
    }
    case 'reference-later':
      return playing.gave(/(\w+)\.value$/.exec(problem.id)?.[1] ?? '') ? 'there is a value' : undefined
    case 'join-never':
    case 'join-starves':
      return playing.game.starved.includes(step) ? undefined : 'the join does not starve'
    case 'endless':
      return (playing.begun.get(step) ?? 0) > 1 ? undefined : 'the loop is not gone round'
    case 'dead-end':
      return mission.links.some((link) => link.from === last && link.exit === exit) ? 'the exit is linked' : undefined
    case 'unbounded':
      return last === step ? undefined : 'another step is waited for'
    default:
      return undefined
  }
}

function inShort(walk: Walk | undefined): string {
  return walk?.map(({ step, exit }) => (exit === undefined ? step : `${step}.${exit}`)).join(' > ') ?? 'none'
}

/** A mission as a person reads it in a failing test. */
function inWords({ steps, links }: Mission): string {
  return [
    links.map(({ from, exit, to }) => `${from}.${exit}>${to}`).join('; '),
    ...steps.map(({ id, join, maxVisits, settings }) => JSON.stringify({ id, join, maxVisits, ...settings })),
  ].join('\n')
}

describe('a loop without a way out', () => {
  it('has no walk rather than one that stops before it is gone round', () => {
    const note = (id: string, exits: string[], more: object = {}) => ({ id, type: 'note', settings: { exits }, ...more })
    const then = (from: string, exit: string, to: string) => ({ from, exit, to })
    const mission = missionSchema.parse({
      format: 1,
      name: 'Round and round',
      triggers: [{ id: 'start', type: 'clock', settings: {} }],
      steps: [
        note('first', ['done']),
        note('inner', ['long', 'short']),
        note('detour', ['done']),
        note('more', ['done']),
        note('met', ['done'], { join: { wait: 'atLeast', count: 1, cancelRest: true }, maxVisits: 1 }),
        note('choice', ['again', 'enough'], { maxVisits: 3 }),
        note('back', ['again']),
      ],
      links: [
        then('start', 'done', 'first'),
        then('first', 'done', 'inner'),
        then('inner', 'long', 'detour'),
        then('detour', 'done', 'more'),
        then('inner', 'short', 'met'),
        then('more', 'done', 'met'),
        then('met', 'done', 'choice'),
        then('choice', 'again', 'inner'),
        then('choice', 'enough', 'back'),
        then('back', 'again', 'first'),
      ],
    })
    const endless = problems(mission, known).filter(({ id }) => id.startsWith('endless:'))
    expect(endless.length).toBeGreaterThan(0)
    for (const problem of endless) if (problem.walk) expect(missed(mission, problem)).toBeUndefined()
  })
})

/** Set SEED to play the missions of an earlier run again, RUNS for more of them. */
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const runs = Number(process.env['RUNS'] ?? 500)

const tapes = tapesOf(speakingMission)

describe(`the check of random missions (seed ${seed})`, () => {
  it('gives with every problem a walk that, played by the rules, leads to it', () => {
    const seen: Record<string, number> = {}
    let all = 0
    let unproved = 0
    fc.assert(
      fc.property(tapes, (tape) => {
        const mission = speakingMission(tape.draws())
        // What cannot be run cannot be walked through.
        if (analyse(mission, 'start').faults.length > 0) return
        const found = problems(mission, known)
        for (const problem of found) {
          const what = problem.id.split(':')[0] ?? ''
          seen[what] = (seen[what] ?? 0) + 1
          const wrong = missed(mission, problem)
          // Nothing leads to what nothing is linked to, or to what lies behind a join that never starts.
          const lost = found.some(
            ({ id }) =>
              id.startsWith('join-never:') ||
              id.startsWith('needless:') ||
              id === `unreachable:${problem.where.step ?? problem.where.link?.from}`,
          )
          if (wrong === 'there is no walk' && lost) continue
          // A search without going back may miss a walk; it must not give a wrong one.
          all++
          if (wrong === 'there is no walk') {
            unproved++
            continue
          }
          if (wrong) throw new Error(`${problem.id}: ${wrong}\nwalk: ${inShort(problem.walk)}\n${inWords(mission)}`)
        }
      }),
      { seed, numRuns: runs, interruptAfterTimeLimit: 40_000 },
    )
    expect(unproved).toBeLessThan(all / 100)
    expect(Object.keys(seen)).toEqual(
      expect.arrayContaining(['reference-empty', 'reference-later', 'endless', 'dead-end', 'unbounded', 'join-never']),
    )
  })

  it('lets pass only missions that always end, leave no join waiting and use no data that is not there', () => {
    let passed = 0
    fc.assert(
      fc.property(tapes, (tape) => {
        const draw = tape.draws()
        const mission = speakingMission(draw)
        if (problems(mission, known).length > 0) return
        passed++
        for (let round = 0; round < 6; round++) {
          const playing = new Playing(mission)
          for (let moves = 0; !playing.ended && moves < 2_000; moves++) {
            const active = playing.game.active
            const { step } = active[draw(active.length)] ?? { step: '' }
            const exits = mission.steps.find(({ id }) => id === step)?.settings['exits']
            const all = [
              ...(Array.isArray(exits) ? exits.map(String) : []),
              ...(round > 2 || playing.game.exits(step).includes(failedExit) ? [failedExit] : []),
            ]
            playing.leave(step, all[draw(all.length)] ?? 'done')
          }
          expect(playing.ended, JSON.stringify(mission)).toBe(true)
          expect(playing.empty, JSON.stringify(mission)).toEqual([])
          if (!playing.failed) expect(playing.game.starved, JSON.stringify(mission)).toEqual([])
        }
      }),
      { seed, numRuns: runs, interruptAfterTimeLimit: 40_000 },
    )
    expect(passed).toBeGreaterThan(runs / 50)
  })
})

describe('a walk in words', () => {
  const names: WalkNames = {
    title: words,
    exit: (_, exit) => (exit === 'done' ? undefined : { en: 'time is up', fr: 'délai écoulé' }),
  }

  it('tells what is left by which exit, and where it arrives', () => {
    const walk = [
      { step: 'joined', exit: 'done' },
      { step: 'a', exit: 'done' },
      { step: 'q', exit: 'timeout' },
      { step: 'z', exit: 'failed' },
      { step: 'end' },
    ]
    expect(tellWalk(walk, names)).toEqual({
      en: 'This happens when “joined” starts it, “a” is done, “q” is left by “time is up”, “z” fails, and then “end” begins.',
      fr: 'Cela arrive quand «\u00a0joined\u00a0» la lance, «\u00a0a\u00a0» est fait, «\u00a0q\u00a0» se termine par «\u00a0délai écoulé\u00a0», «\u00a0z\u00a0» échoue, puis «\u00a0end\u00a0» commence.',
    })
    expect(tellWalk([{ step: 'joined' }], names).en).toBe('This happens when “joined” starts it.')
  })

  it('names steps as people do, and exits only where there are several to choose from', () => {
    const mission: Mission = {
      ...emptyMission('Laptop'),
      triggers: [{ id: 'joined', type: 'strange', settings: {} }],
      steps: [
        { id: 'q', type: 'note', name: 'Pick a laptop', settings: { exits: ['done', 'timeout'] } },
        { id: 'a', type: 'note', name: 'Say hello', settings: { exits: ['done'] } },
      ],
    }
    const naming = walkNames(mission, known)
    expect(naming.title('q').en).toBe('Pick a laptop')
    expect(naming.title('gone')).toEqual(words('gone'))
    expect(naming.exit('q', 'timeout')).toEqual(words('timeout'))
    expect(naming.exit('q', 'done')).toEqual(words('done'))
    expect(naming.exit('a', 'done')).toBeUndefined()
    expect(naming.exit('a', 'away')).toEqual(words('away'))
    expect(naming.exit('gone', 'away')).toEqual(words('away'))
  })

  it('leaves out the middle of a long one', () => {
    const walk = Array.from({ length: 30 }, (_, index) => ({ step: `s${index}`, exit: 'done' }))
    const { en, fr } = tellWalk(walk, names)
    expect(en).toContain('“s2” is done, 18 more steps follow, “s21” is done')
    expect(fr).toContain('18 autres étapes suivent')
  })
})
