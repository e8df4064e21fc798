import { describe, expect, test } from 'vitest'
import { labelPoint } from '../../src/web/designer/canvas/labels.ts'
import type { Line } from '../../src/web/designer/canvas/scene.ts'

const line: Line = { id: 'a:done:b', from: 'a', exit: 'done', to: 'b', label: '', kind: 'then' }

describe('the label of a line that finds its own way', () => {
  const turn = 26

  test('stands where the line leads sideways, apart from those of others that arrive at the same card', () => {
    const to = { x: 500, y: 400 }
    const labels = [0, 300, 700, 1000].map((x) => labelPoint({ x, y: 200 }, to, line, turn, 32))
    expect(labels).toEqual([250, 400, 600, 750].map((x) => ({ x, y: 226 })))
  })

  test('stands above where the line arrives when that is straight below, and above what stands on that card', () => {
    expect(labelPoint({ x: 0, y: 0 }, { x: 0, y: 100 }, line, turn, 0)).toEqual({ x: 0, y: 70 })
    expect(labelPoint({ x: 0, y: 0 }, { x: 20, y: 100 }, line, turn, 32)).toEqual({ x: 20, y: 44 })
    expect(labelPoint({ x: 0, y: 0 }, { x: 100, y: 200 }, { ...line, kind: 'failed' }, turn, 0)).toEqual({ x: 100, y: 100 })
  })
})
