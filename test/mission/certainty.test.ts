import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exitsOf, readCertainty } from '../../src/mission/certainty.ts'
import { type Mission, missionSchema } from '../../src/mission/mission.ts'
import { draw, kinds } from './kinds.ts'

/** By which exit each step had been left when a step started. */
type Before = ReadonlyMap<string, string>

/**
 * Runs a mission without loops by the rules of the language, the next event and every exit picked by `pick`, and tells for every step
 * that started what had happened before.
 */
function run(mission: Mission, pick: (among: number) => number): Map<string, Before> {
  const left = new Map<string, string>()
  const state = new Map<number, 'alive' | 'dead'>()
  const starts = new Map<string, Before>()
  const settled = new Set<string>()
  const active: string[] = []
  const leave = (id: string, exit: string | undefined) => {
    for (const [index, link] of mission.links.entries()) if (link.from === id) state.set(index, link.exit === exit ? 'alive' : 'dead')
  }
  const settle = () => {
    for (let changed = true; changed;) {
      changed = false
      for (const step of mission.steps) {
        if (settled.has(step.id)) continue
        const into = mission.links.flatMap((link, index) => (link.to === step.id ? [state.get(index)] : []))
        const alive = into.filter((one) => one === 'alive').length
        const open = into.filter((one) => one === undefined).length
        const needed = step.join?.wait === 'any' ? 1 : step.join?.wait === 'atLeast' ? (step.join.count ?? 1) : undefined
        const starting = needed === undefined ? open === 0 && alive > 0 : alive >= needed
        const skipped = needed === undefined ? open === 0 && alive === 0 : alive + open < needed
        if (!starting && !skipped) continue
        changed = true
        settled.add(step.id)
        if (skipped) leave(step.id, undefined)
        else {
          starts.set(step.id, new Map(left))
          active.push(step.id)
        }
      }
    }
  }
  const fired = pick(mission.triggers.length)
  for (const [index, trigger] of mission.triggers.entries()) leave(trigger.id, index === fired ? 'done' : undefined)
  settle()
  while (active.length > 0) {
    const [id = ''] = active.splice(pick(active.length), 1)
    const step = mission.steps.find((one) => one.id === id)
    if (!step) break
    const linked = mission.links.some((link) => link.from === id && link.exit === 'failed')
    const exits = [...exitsOf(mission, step, kinds), ...(linked ? ['failed'] : [])]
    const exit = exits[pick(exits.length)] ?? ''
    left.set(id, exit)
    leave(id, exit)
    settle()
  }
  return starts
}

const missions = fc
  .record({
    types: fc.array(fc.constantFrom('say', 'ask', 'choose'), { minLength: 2, maxLength: 9 }),
    triggers: fc.integer({ min: 1, max: 2 }),
    links: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 2, maxLength: 18 }),
    joins: fc.array(fc.constantFrom(undefined, undefined, { wait: 'any' as const }, { wait: 'atLeast' as const, count: 2 }), {
      minLength: 9,
      maxLength: 9,
    }),
  })
  .map(({ types, triggers, links, joins }) => {
    const starts = ['joined', 'hook'].slice(0, triggers).map((type) => ({ id: type, type }))
    const steps = types.map((type, index) => ({ id: `s${index}`, type, join: joins[index] }))
    const nodes = [...starts, ...steps]
    const drawn = links.map(([source, exit, target]) => {
      const to = starts.length + (target % steps.length)
      const from = nodes[source % to]
      const exits = { say: ['done', 'failed'], ask: ['done', 'timeout'], choose: ['yes', 'no'] }[from?.type ?? ''] ?? ['done']
      return { from: from?.id, exit: exits[exit % exits.length], to: nodes[to]?.id }
    })
    const unique = [...new Map(drawn.map((link) => [JSON.stringify(link), link])).values()]
    return missionSchema.parse({ format: 1, name: 'Random', triggers: starts, steps, links: unique })
  })

describe('what is sure before a step', () => {
  it('has happened in every run that starts the step', () => {
    const given: (string[] | undefined)[] = [undefined, ['done'], ['timeout'], ['done', 'timeout'], ['yes']]
    fc.assert(
      fc.property(missions, fc.infiniteStream(fc.nat({ max: 1_000 })), (mission, stream) => {
        const certainty = readCertainty(mission, kinds)
        const pick = (among: number) => Number(stream.next().value) % Math.max(1, among)
        for (let round = 0; round < 8; round++) {
          for (const [step, before] of run(mission, pick)) {
            for (const earlier of mission.steps) {
              for (const exits of given) {
                if (!certainty.surelyLeft(step, earlier.id, exits)) continue
                const exit = before.get(earlier.id)
                expect(exits ? exits.includes(exit ?? '') : exit !== undefined && exit !== 'failed', `${earlier.id} before ${step}`).toBe(
                  true,
                )
              }
            }
          }
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('is found for forks in forks and choices in forks', () => {
    const mission = draw(
      'joined > a:say, b:say, c:say; a > d:say, e:say > f:say; b > pick:choose; pick.yes > g:say > h:say; pick.no > h; f > last:say; h > last; c > last',
    )
    const { surelyLeft } = readCertainty(mission, kinds)
    const sure = mission.steps.map((step) => step.id).filter((id) => surelyLeft('last', id))
    expect(sure).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'pick', 'h'])
  })

  it('knows nothing of a step that is not reached, or of one that is not there', () => {
    const { surelyLeft, triggersBefore, stepsBefore } = readCertainty(draw('joined > a:say; b:say > c:say'), kinds)
    expect(surelyLeft('c', 'b')).toBe(false)
    expect(surelyLeft('a', 'b')).toBe(false)
    expect(triggersBefore('c')).toEqual([])
    expect(stepsBefore('c')).toEqual([])
  })

  it('is worked out for 1,000 steps', () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `s${index}`)
    const { surelyLeft, stepsBefore } = readCertainty(draw(`joined > ${names.map((name) => `${name}:say`).join(' > ')}`), kinds)
    expect(surelyLeft('s999', 's0')).toBe(true)
    expect(stepsBefore('s999')).toHaveLength(999)
  })
})
