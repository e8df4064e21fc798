import { describe, it } from 'vitest'
import { compile } from '../../src/mission/machine.ts'
import { advance, begin, type Decision } from '../../src/run/advance.ts'
import { sketch } from '../mission/sketch.ts'

/** Blocks of ten steps: an ask, three branches that meet, one of which may end early with a message, and a choice whose arms meet. */
function blocks(count: number) {
  const lines = Array.from({ length: count }, (_, n) => {
    const from = n === 0 ? 'start' : `m${n - 1}`
    return `${from} -> q${n}
            q${n} -> a${n} & b${n} & c${n}
            a${n}.done -> j${n}
            a${n}.no -> s${n}
            b${n} -> j${n}
            c${n} -> j${n}
            j${n} -> p${n}
            p${n}.done -> y${n}
            p${n}.no -> z${n}
            y${n} -> m${n}
            z${n} -> m${n}`
  })
  return sketch(lines.join('\n'))
}

describe('the machine', () => {
  for (const count of [10, 100]) {
    const mission = blocks(count)
    const compiled = compile(mission, 'start')
    it(`of ${mission.steps.length} steps is compiled`, async ({ bench }) => {
      await bench('compile', () => {
        compile(mission, 'start')
      }).run()
    })

    it(`of ${mission.steps.length} steps runs to the end, frozen and thawed at every step`, async ({ bench }) => {
      await bench('run', () => {
        let { frozen, decisions } = begin(compiled)
        const open: Decision[] = [...decisions]
        for (let next = open.shift(); next !== undefined; next = open.shift()) {
          if (next.kind !== 'begin') continue
          ;({ frozen, decisions } = advance(compiled, JSON.parse(JSON.stringify(frozen)), { ...next, kind: 'left', exit: 'done' }))
          open.push(...decisions)
        }
      }).run()
    })
  }
})
