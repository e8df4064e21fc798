import { describe, expect, it } from 'vitest'
import { compile } from '../../src/mission/machine.ts'
import { advance, begin, type Frozen, thaw } from '../../src/run/advance.ts'
import { sketch } from '../mission/sketch.ts'

describe('a frozen run', () => {
  const mission = sketch(`start -> a
                          a -> b & c
                          b -> d
                          c -> d`)
  const compiled = compile(mission, 'start')
  const begun = begin(compiled).frozen
  const left = (step: string) => ({ kind: 'left', step, visit: 1, exit: 'done' }) as const
  const branched = advance(compiled, begun, left('a')).frozen

  it('comes back as the same object when an event is doubled, late or about nothing', () => {
    expect(advance(compiled, branched, left('a'))).toEqual({ frozen: branched, decisions: [] })
    for (const step of ['a', 'd', 'start', 'nothing']) expect(advance(compiled, branched, left(step)).frozen).toBe(branched)
    expect(advance(compiled, branched, { ...left('b'), visit: 2 }).frozen).toBe(branched)
    const cancelled = advance(compiled, branched, { kind: 'cancel' }).frozen
    expect(advance(compiled, cancelled, { kind: 'cancel' }).frozen).toBe(cancelled)
  })

  it('is plain JSON and says where it is in the names of the steps', () => {
    expect(JSON.parse(JSON.stringify(branched))).toEqual(branched)
    expect(branched.value).toEqual({ start: { And0: { b: 'b', c: 'c' } } })
  })

  it('thaws to the machines it was frozen from', () => {
    expect([...thaw(compiled, branched).keys()]).toEqual(['start'])
    expect(thaw(compiled, branched).get('start')?.value).toEqual({ Running: { And0: { b: 'b', c: 'c' } } })
  })

  it('of another compiler is refused', () => {
    const old: Frozen = { ...branched, compiler: 'flat-0' }
    expect(() => thaw(compiled, old)).toThrow('frozen by compiler flat-0; for compiler threads-1, refold it from its journal')
    expect(() => advance(compiled, old, left('b'))).toThrow('flat-0')
  })

  it.each<[string, Frozen['value']]>([
    ['a region is missing', { start: { And0: { b: 'b' } } }],
    ['a step is not there', { start: 'gone' }],
    ['a thread is not there', { gone: 'gone' }],
    ['a thread begins elsewhere', { b: 'b' }],
  ])('of another version is refused: %s', (_, value) => {
    expect(() => thaw(compiled, { ...branched, value })).toThrow('frozen from another version of its mission')
  })

  it('is refused when it is advanced, too', () => {
    expect(() => advance(compiled, { ...branched, value: { start: { And0: { b: 'b' } } } }, left('b'))).toThrow('another version')
  })
})

describe('a mission that cannot run', () => {
  it('is not compiled, and the links at fault are named', () => {
    const mission = sketch(`start -> a
                            a -> b & c
                            b.again -> a`)
    expect(() => compile(mission, 'start')).toThrow('This mission cannot run: jump (b.again → a)')
  })
})
