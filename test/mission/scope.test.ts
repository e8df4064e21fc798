import { describe, expect, it } from 'vitest'
import { type Available, scope } from '../../src/mission/data.ts'
import type { Mission } from '../../src/mission/mission.ts'
import { followPath } from '../../src/mission/part.ts'
import { draw, kinds } from './kinds.ts'

const always = ['run.id', 'run.started', 'mission.name', 'workspace.name', 'now']

/** The references at a step, those that may be empty with a `?`, without what every run has. */
function at(mission: Mission, step: string): string[] {
  const data = scope(mission, step, kinds).flatMap((source) => source.data)
  return data.map((one) => (one.maybeEmpty ? `${one.reference}?` : one.reference)).filter((one) => !always.includes(one))
}

const flat = (data: readonly Available[]): Available[] => data.flatMap((one) => [one, ...flat(one.parts)])

describe('the data at a step', () => {
  it('is what every run has, the trigger’s and that of the steps before', () => {
    const mission = draw('joined > hello:say > laptop:ask > thanks:say')
    expect(scope(mission, 'thanks', kinds).map((source) => source.id)).toEqual([
      'trigger',
      'hello',
      'laptop',
      'run',
      'mission',
      'workspace',
      'now',
    ])
    expect(at(mission, 'hello')).toEqual(['trigger.person', 'trigger.channel'])
    expect(at(mission, 'thanks')).toEqual([
      'trigger.person',
      'trigger.channel',
      'hello.message',
      'laptop.answer',
      'laptop.by?',
      'laptop.asked',
    ])
    expect(scope(mission, 'hello', kinds).flatMap((source) => source.data.map((one) => one.reference))).toEqual(
      expect.arrayContaining(always),
    )
  })

  it('is called as people call the step', () => {
    const mission = draw('joined > hello:say > thanks:say > odd:unheard > last:say', {}, { hello: { name: 'Greet' } })
    expect(scope(mission, 'last', kinds).map((source) => source.title.en)).toEqual([
      'Somebody joins',
      'Greet',
      'Say',
      'This run',
      'This mission',
      'The workspace',
      'The present time',
    ])
  })

  it('may be missing when it is given by another exit than the one taken', () => {
    const mission = draw('joined > laptop:ask > thanks:say; laptop.timeout > late:say')
    expect(at(mission, 'late')).toContain('laptop.answer?')
    expect(at(mission, 'late')).toContain('laptop.asked')
    expect(at(mission, 'thanks')).toContain('laptop.answer')
  })

  it('may be missing where two arms meet again, unless both have passed it', () => {
    const mission = draw('joined > first:ask > pick:choose; pick.yes > a:ask > meet:say; pick.no > meet; first.timeout > stop:end')
    expect(at(mission, 'meet')).toEqual([
      'trigger.person',
      'trigger.channel',
      'first.answer',
      'first.by?',
      'first.asked',
      'a.answer?',
      'a.by?',
      'a.asked?',
    ])
  })

  it('is that of all branches once they have joined', () => {
    const mission = draw('joined > a:say, b:say > meet:say')
    expect(at(mission, 'meet')).toEqual(['trigger.person', 'trigger.channel', 'a.message', 'b.message'])
    expect(at(mission, 'b')).toEqual(['trigger.person', 'trigger.channel'])
  })

  it('may be missing after a branch that can end early, but not after one that only loops', () => {
    const early = draw('joined > a:ask, b:say; a > meet:say; b > meet')
    expect(at(early, 'meet')).toEqual(expect.arrayContaining(['a.answer?', 'a.asked', 'b.message']))
    const again = draw('joined > a:ask, b:say; a > c:say > meet:say; b > meet; a.timeout > nudge:say > a')
    expect(at(again, 'meet')).toEqual(expect.arrayContaining(['a.answer', 'c.message', 'b.message', 'nudge.message?']))
    expect(at(again, 'nudge')).toEqual(expect.arrayContaining(['a.answer?', 'a.asked', 'nudge.message?']))
  })

  it('holds when a branch splits and comes together before it joins', () => {
    const mission = draw('joined > pick:choose, b:say; pick.yes > x:say > c:say; pick.no > c; c > meet:say; b > meet')
    expect(at(mission, 'meet')).toEqual(expect.arrayContaining(['c.message', 'b.message', 'x.message?']))
  })

  it('may be missing after a join that does not wait for all', () => {
    const any = draw('joined > a:say, b:say > meet:say', {}, { meet: { join: { wait: 'any' } } })
    expect(at(any, 'meet')).toEqual(['trigger.person', 'trigger.channel', 'a.message?', 'b.message?'])
    const enough = draw('joined > a:say, b:say > meet:say > last:say; a > last', {}, { meet: { join: { wait: 'atLeast', count: 2 } } })
    expect(at(enough, 'last')).toEqual(expect.arrayContaining(['a.message', 'meet.message?']))
  })

  it('may be missing after a failure that the mission goes on from', () => {
    const mission = draw('joined > a:say > meet:say; a.failed > meet')
    expect(at(mission, 'meet')).toContain('a.message?')
    expect(at(draw('joined > a:say > meet:say; a.failed > sorry:say'), 'meet')).toContain('a.message')
  })

  it('is that of the earlier pass inside a loop', () => {
    const mission = draw('joined > head:say > q:ask > out:say; q.timeout > head')
    expect(at(mission, 'head')).toEqual(expect.arrayContaining(['q.asked?', 'head.message?']))
    expect(at(mission, 'out')).toEqual(expect.arrayContaining(['q.answer', 'head.message']))
  })

  it('is the union of several triggers, and may be missing unless all that lead there give it', () => {
    const mission = draw('joined > a:say > c:say; hook > b:say > c; clock > d:say')
    expect(at(mission, 'c')).toEqual(['trigger.person?', 'trigger.channel?', 'trigger.body?', 'trigger.note?', 'a.message?', 'b.message?'])
    expect(at(mission, 'b')).toEqual(['trigger.body', 'trigger.person?', 'trigger.note'])
    expect(at(mission, 'd')).toEqual([])
    expect(scope(mission, 'c', kinds)[0]?.title.fr).toBe('Ce qui l’a lancée')
  })

  it('is that of any trigger for a step that nothing leads to yet', () => {
    const mission = draw('joined > a:say; hook > a; alone:say')
    expect(at(mission, 'alone')).toContain('trigger.body?')
    expect(scope(draw('alone:say'), 'alone', kinds).map((source) => source.id)).toEqual(['run', 'mission', 'workspace', 'now'])
    expect(at(draw('odd:strange > a:say'), 'a')).toEqual([])
  })

  it('remembers what it worked out for a mission and kinds', () => {
    const mission = draw('joined > a:say > b:say')
    expect(at(mission, 'b')).toEqual(at(mission, 'b'))
    const others = { ...kinds, step: () => undefined }
    expect(scope(mission, 'b', others).map((source) => source.id)).toEqual(['trigger', 'run', 'mission', 'workspace', 'now'])
  })
})

describe('what lies inside data', () => {
  const mission = draw('joined > laptop:ask > list:rows > last:say; hook > last')
  const sources = scope(draw('joined > laptop:ask > list:rows > last:say'), 'last', kinds)
  const top = (reference: string) => {
    const found = flat(sources.flatMap((source) => source.data)).find((one) => one.reference === reference)
    if (!found) throw new Error(`nothing under ${reference}`)
    return found
  }

  it('is known for people, channels and messages', () => {
    expect(top('trigger.person').parts.map((part) => part.reference.replace('trigger.person.', ''))).toEqual([
      'id',
      'name',
      'first_name',
      'email',
      'time_zone',
      'language',
      'manager',
      'buddy',
    ])
    expect(top('trigger.person.manager')).toMatchObject({ kind: 'person', maybeEmpty: true })
    expect(top('trigger.person.manager').parts.map((part) => part.reference)).not.toContain('trigger.person.manager.manager')
    expect(top('trigger.channel').parts).toHaveLength(2)
    expect(top('laptop.asked.size').kind).toBe('number')
  })

  it('may be missing when the whole may be', () => {
    expect(
      flat(scope(mission, 'last', kinds).flatMap((source) => source.data)).find((one) => one.reference === 'trigger.person.name')
        ?.maybeEmpty,
    ).toBe(true)
    expect(top('laptop.by.name').maybeEmpty).toBe(true)
  })

  it('has the samples of the whole', () => {
    expect(top('list.rows.size').sample).toBe(2)
    expect(top('list.rows.first').sample).toEqual({ room: 'A' })
  })

  it('is followed along a path', () => {
    expect(followPath(top('trigger.person'), ['manager', 'name'])).toEqual({ maybeEmpty: true })
    expect(followPath(top('trigger.person'), ['name'])).toEqual({ maybeEmpty: false })
    expect(followPath(top('trigger.person'), ['name', 'size'])).toEqual({ maybeEmpty: false })
    expect(followPath(top('trigger.person'), ['shoe'])).toBeUndefined()
    expect(followPath(top('laptop.asked'), [0, 'name'])).toEqual({ maybeEmpty: true })
    expect(followPath(top('list.rows'), [1, 'room'])).toEqual({ maybeEmpty: true })
    expect(followPath(top('list.rows'), ['first', 'room'])).toEqual({ maybeEmpty: true })
    expect(followPath(top('list.rows'), ['room'])).toBeUndefined()
    expect(followPath(top('list.record'), ['room'])).toEqual({ maybeEmpty: false })
    expect(followPath(top('list.record'), ['roof'])).toBeUndefined()
    expect(followPath(top('list.open'), ['what', 'ever'])).toEqual({ maybeEmpty: false })
  })
})
