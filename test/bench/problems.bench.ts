import { describe, it } from 'vitest'
import type { Mission } from '../../src/mission/mission.ts'
import { problems } from '../../src/mission/problems.ts'
import { draw, kinds } from '../mission/kinds.ts'

/** Blocks of ten steps: an ask, a choice, two branches that meet; every text refers back. */
function long(blocks: number): Mission {
  const parts = Array.from({ length: blocks }, (_, index) => {
    const [from, n] = [index === 0 ? 'joined' : `m${index - 1}`, index]
    return `${from} > a${n}:say > q${n}:ask > p${n}:choose; q${n}.timeout > l${n}:say > p${n}; p${n}.yes > x${n}:say, y${n}:say > w${n}:say; p${n}.no > z${n}:say > m${n}:say; w${n} > m${n}`
  })
  const texts = Array.from({ length: blocks }, (_, index) => [
    `m${index}`,
    {
      text: `{{ trigger.person.name }} {{ a${index}.message }} {{ q${index}.answer | default: "none" }} {{ x${index}.message | default: "" }}`,
    },
  ])
  return draw(parts.join('; '), Object.fromEntries(texts))
}

describe('problems', () => {
  for (const blocks of [10, 100]) {
    const mission = long(blocks)
    it(`are found in ${mission.steps.length} steps, freshly edited`, async ({ bench }) => {
      await bench('problems', () => {
        problems({ ...mission }, kinds)
      }).run()
    })
  }
})
