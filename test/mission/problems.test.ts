import { describe, expect, it } from 'vitest'
import { emptyMission, type Mission, missionSchema } from '../../src/mission/mission.ts'
import { type Problem, problems } from '../../src/mission/problems.ts'
import { draw, kinds } from './kinds.ts'

const found = (mission: Mission) => problems(mission, kinds)
const ids = (mission: Mission) => found(mission).map((problem) => problem.id)
const only = (mission: Mission) => {
  const [problem, ...others] = found(mission)
  if (!problem || others.length > 0) throw new Error(`expected one problem, found ${JSON.stringify(ids(mission))}`)
  return problem
}
/** A problem's walk in short: `joined.done > q.timeout > a`. */
const way = ({ walk }: Problem) => walk?.map(({ step, exit }) => (exit === undefined ? step : `${step}.${exit}`)).join(' > ')
const with_ = (mission: Mission, more: Partial<Mission>): Mission => ({ ...mission, ...more })

describe('a mission in order', () => {
  it('has no problems', () => {
    expect(found(draw('joined > hello:say > laptop:ask > thanks:say; laptop.timeout > late:say'))).toEqual([])
    expect(found(draw('joined > a:say, b:ask; a > meet:say; b > meet; b.timeout > meet'))).toEqual([])
    expect(found(draw('joined > q:ask > out:say; q.timeout > nudge:say > q'))).toEqual([])
  })
})

describe('the whole', () => {
  it('needs something that starts it and something to do', () => {
    expect(ids(emptyMission('Empty'))).toEqual(['no-trigger', 'no-step'])
    expect(ids(draw('alone:say'))).toEqual(['no-trigger'])
    expect(ids(draw('joined'))).toEqual(['no-step'])
  })

  it('needs triggers that lead somewhere and steps that are led to', () => {
    const mission = draw('joined > a:say; clock; lost:say > more:say')
    expect(ids(mission)).toEqual(['idle:clock', 'unreachable:lost', 'unreachable:more'])
    expect(found(mission)[0]).toMatchObject({ severity: 'error', where: { trigger: 'clock' }, why: { en: '“Schedule” starts nothing.' } })
    expect(found(mission)[1]).toMatchObject({
      severity: 'error',
      where: { step: 'lost' },
      why: { fr: 'Aucune exécution n’arrive jamais à «\u00a0Say\u00a0».' },
    })
  })
})

describe('ids and types', () => {
  it('are told when an id is used twice or means something else', () => {
    const mission = draw('joined > a:say')
    const [step] = mission.steps
    if (!step) throw new Error('no step')
    expect(only(with_(mission, { steps: [step, step] })).where).toEqual({ step: 'a' })
    expect(
      ids(with_(mission, { triggers: [{ id: 'a', type: 'joined', settings: {} }], links: [{ from: 'a', exit: 'done', to: 'a' }] })),
    ).toContain('twice:a')
    expect(ids(draw('joined > now:say'))).toEqual(['reserved:now'])
  })

  it('are told when nobody knows the type, and nothing else about such a step', () => {
    expect(only(draw('joined > a:dance > b:say; a.whirl > b', { b: { text: '{{ a.tune }}' } }))).toMatchObject({
      id: 'type:a',
      where: { step: 'a' },
      why: { en: 'Nobody here knows what “dance” is.' },
    })
    const mission = draw('joined > a:say')
    expect(ids(with_(mission, { triggers: [{ id: 'joined', type: 'moon', settings: {} }] }))).toEqual(['type:joined'])
  })
})

describe('links', () => {
  const linked = (from: string, exit: string, to: string) => {
    const mission = draw('joined > a:say > b:say')
    return with_(mission, { links: [...mission.links, { from, exit, to }] })
  }

  it('need something at both ends', () => {
    expect(only(linked('ghost', 'done', 'b'))).toMatchObject({ id: 'link-from:ghost.done>b', where: { link: { from: 'ghost', to: 'b' } } })
    expect(only(linked('a', 'done', 'ghost')).id).toBe('link-to:a.done>ghost')
    expect(only(linked('a', 'done', 'joined')).why.en).toBe('A link leads to “Somebody joins”, which is a trigger.')
  })

  it('leave by an exit that is there', () => {
    expect(only(linked('a', 'timeout', 'b')).why.en).toBe('“Say” has no exit called “timeout”.')
    expect(only(linked('joined', 'failed', 'b')).id).toBe('link-exit:joined.failed>b')
    expect(ids(linked('a', 'failed', 'b'))).toEqual([])
  })

  it('are there once', () => {
    expect(only(linked('a', 'done', 'b'))).toMatchObject({ id: 'link-twice:a.done>b', severity: 'warning' })
  })
})

describe('settings', () => {
  it('are checked by their kind', () => {
    expect(only(draw('joined > a:say', { a: {} }))).toMatchObject({
      id: 'setting:a:text',
      severity: 'error',
      where: { step: 'a', setting: 'text' },
      why: { en: '“Text” is still empty.' },
    })
    const strict = {
      ...kinds,
      trigger: () => ({ ...kindOf('joined'), check: () => [{ setting: 'at', why: words('why'), remedy: words('do') }] }),
    }
    expect(problems(draw('joined > a:say'), strict)).toMatchObject([
      { id: 'setting:joined:at', where: { trigger: 'joined', setting: 'at' } },
    ])
  })

  it('cannot use data in a trigger', () => {
    const mission = draw('joined > a:say', { joined: { channel: '{{ trigger.channel }}', other: 'x' } })
    expect(only(mission)).toMatchObject({ id: 'trigger-reference:joined:channel', where: { trigger: 'joined', setting: 'channel' } })
  })

  it('are texts that can be read', () => {
    expect(only(draw('joined > a:say', { a: { text: 'Hi {{ trigger.person' } }))).toMatchObject({
      id: 'text:a:text',
      why: { en: 'A reference begins with “{{” but does not end with “}}”.' },
    })
  })
})

describe('references', () => {
  const saying = (drawing: string, step: string, text: unknown) => draw(drawing, { [step]: { text: 'x', more: { deep: [String(text)] } } })

  it('lead to a step that is there and to data that it gives', () => {
    expect(only(saying('joined > a:say', 'a', '{{ ghost.answer }}'))).toMatchObject({
      id: 'reference-unknown:a:more.deep.0:ghost.answer',
      where: { step: 'a', setting: 'more.deep.0' },
    })
    expect(only(saying('joined > q:ask > a:say; q.timeout > z:say', 'a', '{{ q.anser }}')).why.en).toBe(
      '“q.anser” does not exist: “Ask” gives no such data.',
    )
    expect(only(saying('joined > a:say', 'a', '{{ trigger.shoe }}')).why.fr).toBe(
      '«\u00a0trigger.shoe\u00a0» n’existe pas\u00a0: «\u00a0trigger\u00a0» ne fournit pas cette donnée.',
    )
    expect(only(saying('joined > a:say', 'a', '{{ trigger.person.shoe }}')).id).toContain('reference-part')
    expect(only(saying('joined > a:say', 'a', '{{ run.shoe }}{{ run }}{{ now }}')).id).toContain('reference-part')
    expect(only(saying('joined > a:say', 'a', '{{ now.year }}')).id).toContain('reference-part')
    expect(only(saying('joined > a:say > b:say', 'b', '{{ a.message.shoe }}')).id).toContain('reference-part')
  })

  it('lead to data that may be whole', () => {
    expect(ids(saying('joined > a:say > b:say', 'b', '{{ trigger }} {{ a }} {{ run }} {{ now }} {{ mission.name }}'))).toEqual([])
  })

  it('lead to an earlier step', () => {
    const later = saying('joined > a:say > b:say', 'a', '{{ b.message }}')
    expect(only(later)).toMatchObject({ id: 'reference-later:a:more.deep.0:b.message', severity: 'error' })
    expect(way(only(later))).toBe('joined.done > a')
    expect(ids(saying('joined > a:say, b:say', 'a', '{{ b.message | default: "x" }}'))).toEqual(['reference-later:a:more.deep.0:b.message'])
    expect(ids(saying('joined > c:say; a:say; b:say', 'a', '{{ b.message }}'))).toEqual(['unreachable:a', 'unreachable:b'])
  })

  it('need a fallback where the data may be missing, with the way on which it is', () => {
    const past = saying('joined > p:choose; p.yes > q:say > a:say; p.no > a', 'a', '{{ q.message }}')
    expect(only(past)).toMatchObject({
      id: 'reference-empty:a:more.deep.0:q.message',
      severity: 'error',
      why: { en: '“q.message” may be empty here.' },
    })
    expect(way(only(past))).toBe('joined.done > p.no > a')
    const out = saying('joined > q:ask > a:say; q.timeout > n:say > a', 'a', '{{ q.answer }}')
    expect(way(only(out))).toBe('joined.done > q.timeout > n.done > a')
    const beside = saying('joined > q:ask, o:say; q > a:say; q.timeout > z:say; o > a', 'a', '{{ q.answer }}')
    expect(way(only(beside))).toBe('joined.done > q.timeout > o.done > a')
    const always = saying('joined > a:say', 'a', '{{ trigger.person.manager }}')
    expect(way(only(always))).toBe('joined.done > a')
    const other = saying('joined > a:say; hook > b:say > a', 'a', '{{ trigger.channel }}')
    expect(way(only(other))).toBe('hook.done > b.done > a')
    const loop = saying('joined > a:say > q:ask > z:say; q.timeout > a', 'a', '{{ q.by }}')
    expect(way(only(loop))).toBe('joined.done > a')
  })

  it('are content with a fallback, a condition or a test around', () => {
    const mission = 'joined > p:choose; p.yes > q:say > a:say; p.no > a'
    expect(ids(saying(mission, 'a', '{{ q.message | default: "none" }}'))).toEqual([])
    expect(ids(saying(mission, 'a', '{% if q.message %}{{ q.message.link }}{% endif %}'))).toEqual([])
    const paths = [{ when: [{ left: '{{ q.message }}', is: 'is-empty', right: [] }] }]
    expect(ids(draw(mission, { a: { text: 'x', paths } }))).toEqual([])
    expect(ids(draw(mission, { a: { text: 'x', box: { left: '{{ q.message }}' } } }))).toHaveLength(1)
  })

  it('are told once for each place', () => {
    expect(ids(saying('joined > a:say', 'a', '{{ ghost.x }} and {{ ghost.x }}'))).toHaveLength(1)
  })
})

describe('the end of every run', () => {
  it('is in sight when people are waited for', () => {
    const asking = only(draw('joined > q:ask', { q: { question: 'Well?' } }))
    expect(asking).toMatchObject({ id: 'unbounded:q', severity: 'error', why: { en: '“Ask” may wait for people for ever.' } })
    expect(way(asking)).toBe('joined.done > q')
    const patient = { ...kinds, step: () => ({ ...stepOf('say'), bounded: () => false }) }
    expect(problems(draw('joined > a:say'), patient)[0]?.why.en).toBe('“Say” may wait for ever.')
    expect(problems(draw('joined > a:say; b:say'), patient).map((problem) => [problem.id, way(problem)])).toEqual([
      ['unbounded:a', 'joined.done > a'],
      ['unreachable:b', undefined],
      ['unbounded:b', undefined],
    ])
  })

  it('is not left open where others are linked', () => {
    const mission = draw('joined > q:ask > a:say')
    expect(only(mission)).toMatchObject({
      id: 'dead-end:q:timeout',
      severity: 'warning',
      where: { step: 'q' },
      why: { en: 'Nothing happens when “Ask” is left by “no answer in time”.' },
    })
    expect(way(only(mission))).toBe('joined.done > q.timeout')
    expect(ids(draw('joined > q:ask'))).toEqual([])
  })

  it('is reached from every loop', () => {
    expect(ids(draw('joined > a:say > b:say > a'))).toEqual(['endless:a'])
    expect(way(only(draw('joined > a:say > b:say > a')))).toBe('joined.done > a.done > b.done > a')
    expect(ids(draw('joined > a:say > p:choose; p.yes > a; p.no > a'))).toEqual(['endless:a'])
    expect(ids(draw('joined > a:say > p:choose; p.yes > a; p.no > e:end'))).toEqual([])
    expect(ids(draw('joined > a:odd > b:say > a'))).toEqual(['type:a', 'endless:a'])
  })
})

describe('joins', () => {
  const joining = (drawing: string, join: NonNullable<Mission['steps'][number]['join']>) => draw(drawing, {}, { meet: { join } })
  const three = 'joined > a:say, b:say, c:say > meet:say'

  it('are fine when enough branches can arrive', () => {
    expect(ids(joining(three, { wait: 'atLeast', count: 3 }))).toEqual([])
    expect(ids(joining(three, { wait: 'any', cancelRest: true }))).toEqual([])
    expect(ids(joining('joined > meet:say', { wait: 'all' }))).toEqual([])
  })

  it('are told when there can never be enough', () => {
    expect(only(joining(three, { wait: 'atLeast', count: 4 })).why.en).toBe(
      '“Say” waits for “4” arrivals, but there can never be more than “3”.',
    )
    const never = only(joining('joined > p:choose; p.yes > meet:say; p.no > x:say > meet', { wait: 'atLeast', count: 2 }))
    expect(never).toMatchObject({ id: 'join-never:meet', severity: 'error' })
    expect(way(never)).toBe('joined.done > p.no > x.done')
    expect(ids(joining('joined > meet:say > q:ask > z:say; q.timeout > meet', { wait: 'atLeast', count: 2 }))).toEqual(['join-never:meet'])
    const arms = 'joined > p:choose; p.yes > a:say, b:say > meet:say; p.no > c:say, d:say > meet'
    expect(only(joining(arms, { wait: 'atLeast', count: 3 })).id).toBe('join-never:meet')
    expect(ids(joining(arms, { wait: 'atLeast', count: 2 }))).toEqual([])
  })

  it('are told when there may be too few', () => {
    const votes = 'joined > a:choose, b:choose; a.yes > meet:say; a.no > x:say; b.yes > meet; b.no > x'
    const starving = only(joining(votes, { wait: 'atLeast', count: 2 }))
    expect(starving).toMatchObject({
      id: 'join-starves:meet',
      severity: 'warning',
      why: { en: '“Say” waits for “2” arrivals, and there may be only “1”; it is skipped then.' },
    })
    expect(way(starving)).toBe('joined.done > a.no > b.yes')
    expect(ids(joining(votes, { wait: 'any' }))).toEqual([])
  })

  it('are told however much was to be chosen before', () => {
    const choices = Array.from(
      { length: 14 },
      (_, at) => `c${at}.yes > y${at}:say > c${at + 1}:choose; c${at}.no > n${at}:say > c${at + 1}`,
    )
    const votes = 'c14.no > z:say; c14.yes > a:choose, b:choose; a.yes > meet:say; a.no > x:say; b.yes > meet; b.no > x'
    const starving = only(joining(`joined > c0:choose; ${choices.join('; ')}; ${votes}`, { wait: 'atLeast', count: 2 }))
    expect(starving.id).toBe('join-starves:meet')
    expect(way(starving)).toMatch(/^joined\.done > c0\.\w+ > .* > c14\.yes > a\.no > b\.yes$/)
  })

  it('are not told of behind a join that never starts', () => {
    const first = 'joined > p:choose; p.yes > j:say; p.no > x:say > j; j > a:say, b:say > meet:say'
    const mission = draw(first, {}, { j: { join: { wait: 'atLeast', count: 2 } }, meet: { join: { wait: 'any' } } })
    expect(ids(mission).filter((id) => id.startsWith('join'))).toEqual(['join-never:j'])
  })

  it('are not told of when there are too many ways to try them all', () => {
    const names = Array.from({ length: 14 }, (_, index) => `c${index}`)
    const votes = `joined > ${names.map((name) => `${name}:choose`).join(', ')}; ${names.map((name) => `${name}.yes > meet:say; ${name}.no > x:say`).join('; ')}`
    expect(ids(joining(votes, { wait: 'atLeast', count: 14 }))).toEqual([])
  })

  it('are told when there is nothing to choose between, or no number', () => {
    expect(only(joining('joined > meet:say', { wait: 'any' }))).toMatchObject({ id: 'join-idle:meet', severity: 'warning' })
    expect(only(joining(three, { wait: 'atLeast' })).id).toBe('join-count:meet')
    expect(ids(joining('joined > a:say; meet:say', { wait: 'any' }))).toEqual(['unreachable:meet'])
  })
})

describe('how the graph nests', () => {
  it('is told in words when a loop is tangled', () => {
    const mission = draw('joined > p:choose; p.yes > a:say > q:ask; p.no > q; q > z:say; q.timeout > a')
    expect(found(mission)).toMatchObject([
      { severity: 'error', why: { en: expect.stringContaining('A loop can be entered at several places') } },
    ])
  })

  it('is told when a link jumps out of simultaneous steps, or goes back and elsewhere at once', () => {
    const jump = draw('joined > a:say > b:say, q:ask; b > m:say; q > m; q.timeout > a')
    expect(ids(jump)).toEqual(['jump:q.timeout>a'])
    expect(found(jump)[0]).toMatchObject({
      where: { step: 'q', link: { from: 'q', exit: 'timeout', to: 'a' } },
    })
    expect(found(jump).map(way)).toEqual(['joined.done > a.done > q.timeout'])
    expect(ids(draw('joined > q:ask > z:say; q.timeout > q, n:say'))).toEqual(['backFork:q.timeout>q'])
  })

  it('is told when too many branches start at once', () => {
    const names = Array.from({ length: 51 }, (_, index) => `s${index}:say`)
    expect(only(draw(`joined > ${names.join(', ')}`))).toMatchObject({
      id: 'wide:joined.done>s0',
      where: { trigger: 'joined' },
      why: { en: '“Somebody joins” starts more than “50” branches at once.' },
    })
  })
})

describe('the list of problems', () => {
  it('is in the order of the document and stable', () => {
    const mission = draw('joined > a:say > now:say > q:ask; ghost > a; clock', { a: {}, q: { text: '{{ x.y }}', within: '1d' } })
    const links = mission.links.filter((link) => link.from !== 'ghost')
    const broken = missionSchema.parse({
      ...mission,
      steps: mission.steps.filter((step) => step.id !== 'ghost'),
      links: [...links, { from: 'void', to: 'nothing' }],
    })
    expect(ids(broken)).toEqual([
      'idle:clock',
      'setting:a:text',
      'reserved:now',
      'reference-unknown:q:text:x.y',
      'link-from:void.done>nothing',
      'link-to:void.done>nothing',
    ])
  })

  it('is there for a mission of 5,000 steps', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `s${index}:say`)
    expect(found(draw(`joined > ${names.join(' > ')}`, { s4999: { text: '{{ s0.message }}' } }))).toEqual([])
  })
})

function words(text: string) {
  return { en: text, fr: text }
}

function kindOf(type: string) {
  const kind = kinds.trigger(type)
  if (!kind) throw new Error(`no trigger ${type}`)
  return kind
}

function stepOf(type: string) {
  const kind = kinds.step(type)
  if (!kind) throw new Error(`no step ${type}`)
  return kind
}
