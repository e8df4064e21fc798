import { describe, expect, it } from 'vitest'
import { sketch } from '../mission/sketch.ts'
import { Walk } from './walk.ts'

describe('then and and', () => {
  it('one link starts the next step when the step before is left', () => {
    const walk = new Walk(
      sketch(`start -> one
              one -> two`),
    )
    expect(walk.first).toEqual(['begin one'])
    expect(walk.leave('one')).toEqual(['begin two'])
    expect(walk.leave('two')).toEqual(['end completed'])
  })

  it('several links of an exit start all their targets at once', () => {
    const walk = new Walk(
      sketch(`start -> one
              one -> two & three & four`),
    )
    expect(walk.leave('one')).toEqual(['begin two', 'begin three', 'begin four'])
    expect(walk.leave('three')).toEqual([])
    expect(walk.leave('two')).toEqual([])
    expect(walk.leave('four')).toEqual(['end completed'])
  })

  it('a trigger with nothing behind it ends the run at once', () => {
    const mission = { ...sketch('start -> one'), links: [] }
    expect(new Walk(mission).first).toEqual(['end completed'])
  })

  it('links of other triggers are not waited for', () => {
    const walk = new Walk(
      sketch(`morning -> coffee
              evening -> tea
              coffee -> both
              tea -> both`),
      'morning',
    )
    expect(walk.leave('coffee')).toEqual(['begin both'])
  })
})

describe('a choice', () => {
  const mission = sketch(`start -> ask
                          ask.yes -> thanks
                          ask.no -> sorry
                          sorry -> explain
                          thanks -> note
                          explain -> note`)

  it('skips the arm that is not taken, and both arms meet again with nothing to set', () => {
    const walk = new Walk(mission)
    expect(walk.leave('ask', 'yes')).toEqual(['skip sorry', 'skip explain', 'begin thanks'])
    expect(walk.leave('thanks')).toEqual(['begin note'])
  })

  it('ends by an exit that leads nowhere', () => {
    expect(new Walk(mission).leave('ask', 'timeout')).toEqual(['skip thanks', 'skip sorry', 'skip explain', 'skip note', 'end completed'])
  })
})

describe('a join that waits for all', () => {
  it('starts when the last branch has arrived', () => {
    const walk = new Walk(
      sketch(`start -> a & b
              a -> both
              b -> both`),
    )
    expect(walk.leave('b')).toEqual([])
    expect(walk.leave('a')).toEqual(['begin both'])
  })

  it('starts as soon as the branch still awaited has gone another way, though that is not over', () => {
    const walk = new Walk(
      sketch(`start -> a & b
              a -> both
              b.yes -> both
              b.no -> report`),
    )
    expect(walk.leave('a')).toEqual([])
    expect(walk.leave('b', 'no')).toEqual(['begin report', 'begin both'])
    expect(walk.leave('both')).toEqual([])
    expect(walk.leave('report')).toEqual(['end completed'])
  })

  it('counts a branch that ended early as arrived', () => {
    const walk = new Walk(
      sketch(`start -> a & b
              a -> both
              b -> both`),
    )
    expect(walk.leave('b', 'nothing')).toEqual([])
    expect(walk.leave('a')).toEqual(['begin both'])
  })

  it('is skipped with all that follows when nobody arrives', () => {
    const walk = new Walk(
      sketch(`start -> a & b
              a -> both
              b -> both
              both -> after`),
    )
    expect(walk.leave('b', 'nothing')).toEqual([])
    expect(walk.leave('a', 'nothing')).toEqual(['skip both', 'skip after', 'end completed'])
  })

  it('waits for branches that meet it in the shape of an N, and no longer', () => {
    const mission = sketch(`start -> a & b
                            a -> one & two
                            b.yes -> two
                            b.no -> three`)
    const walk = new Walk(mission)
    expect(walk.leave('a')).toEqual(['begin one'])
    expect(walk.leave('b', 'no')).toEqual(['begin three', 'begin two'])
    const late = new Walk(mission)
    expect(late.leave('b', 'no')).toEqual(['begin three'])
    expect(late.leave('a')).toEqual(['begin one', 'begin two'])
  })

  it('is skipped when the branch that leads to it is skipped', () => {
    const walk = new Walk(
      sketch(`start -> ask
              ask.yes -> a & b
              ask.no -> c
              a -> d
              b.odd -> d
              b.even -> e`),
    )
    expect(walk.leave('ask', 'no').toSorted()).toEqual(['begin c', 'skip a', 'skip b', 'skip d', 'skip e'])
  })

  it('may be one of the targets itself', () => {
    const walk = new Walk(
      sketch(`start -> a & b
              a -> b`),
    )
    expect(walk.first).toEqual(['begin a'])
    expect(walk.leave('a', 'nothing')).toEqual(['begin b'])
  })
})

describe('cancelling a run', () => {
  it('stops every step that is under way and ends it', () => {
    const walk = new Walk(
      sketch(`start -> a & b
              a -> c & d
              c -> e
              d -> e
              b -> b`),
    )
    walk.leave('a')
    walk.leave('b')
    expect(walk.cancel()).toEqual(['cancel c', 'cancel d', 'cancel b 2', 'end cancelled'])
    expect(walk.cancel()).toEqual([])
    expect(walk.leave('c')).toEqual([])
  })
})
