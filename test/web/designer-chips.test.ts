import { describe, expect, test } from 'vitest'
import { chipPlace } from '../../src/web/designer/canvas/chips.ts'
import { footRoom, turnBelow } from '../../src/web/designer/canvas/route.ts'
import { cardSize, type Port } from '../../src/web/designer/canvas/scene.ts'

const port = (exit: string, lines = 1): Port => ({ exit, label: exit, lines, aside: false, inner: false })

describe('the chip of what is done at the same time', () => {
  test('stands below its exit, clear of the card and of the lines of the exits beside it', () => {
    expect(chipPlace([port('done', 3)], 'done')).toEqual({
      top: cardSize.height + 6,
      left: cardSize.width / 2,
      transform: 'translateX(-50%)',
    })
    // The one beside leaves at three quarters of the width: the chip ends before it, or begins after the other.
    expect(chipPlace([port('done', 2), port('timeout')], 'done')).toEqual({ top: cardSize.height + 6, right: cardSize.width / 4 + 10 })
    expect(chipPlace([port('done'), port('timeout', 2)], 'timeout')).toEqual({ top: cardSize.height + 6, left: cardSize.width / 2 + 10 })
  })

  test('has room below the card before lines turn, and several stand below one another', () => {
    const ports = [port('yes', 2), port('no', 2)]
    expect(footRoom([port('done')])).toBe(0)
    expect(turnBelow(ports, 'yes', 0)).toBeGreaterThan(footRoom(ports))
    const [yes, no] = ports.map(({ exit }) => chipPlace(ports, exit).top)
    expect((no ?? 0) - (yes ?? 0)).toBeGreaterThanOrEqual(24)
    expect(footRoom(ports)).toBeGreaterThan((no ?? 0) - cardSize.height)
  })
})
