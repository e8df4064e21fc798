import { describe, expect, test } from 'vitest'
import { Together } from '../../src/server/together.ts'

/** A handler that waits to be let go, and what it was given. */
function held() {
  const handfuls: number[][] = []
  const gates: (() => void)[] = []
  const together = new Together<number, string>(async (items) => {
    handfuls.push([...items])
    await new Promise<void>((open) => gates.push(open))
    if (items.includes(13)) throw new Error(`thirteen among ${items.length}`)
    return items.map((item) => `#${item}`)
  })
  return { together, handfuls, open: () => gates.splice(0).forEach((open) => open()) }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('handling things together', () => {
  test('with little to do, each goes at once', async () => {
    const { together, handfuls, open } = held()
    const one = together.add(1)
    await settled()
    expect(handfuls).toEqual([[1]])
    open()
    await expect(one).resolves.toBe('#1')
  })

  test('what comes while two handfuls are under way goes together, fifty at a time, and each gets its own result', async () => {
    const { together, handfuls, open } = held()
    const results = [together.add(1)]
    await settled()
    results.push(together.add(2))
    await settled()
    for (let item = 100; item < 170; item++) results.push(together.add(item))
    await settled()
    expect(handfuls).toEqual([[1], [2]])
    for (let round = 0; round < 4; round++) {
      open()
      await settled()
    }
    expect(handfuls.map((items) => items.length)).toEqual([1, 1, 50, 20])
    expect(await Promise.all(results)).toEqual(['#1', '#2', ...Array.from({ length: 70 }, (_, index) => `#${100 + index}`)])
  })

  test('one that cannot be handled does not take the others with it', async () => {
    const { together, open } = held()
    const results = Promise.allSettled([12, 13, 14].map((item) => together.add(item)))
    for (let round = 0; round < 6; round++) {
      await settled()
      open()
    }
    expect((await results).map((result) => (result.status === 'fulfilled' ? result.value : String(result.reason)))).toEqual([
      '#12',
      'Error: thirteen among 1',
      '#14',
    ])
  })
})
