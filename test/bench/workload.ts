import { missionSchema, type Mission } from '../../src/mission/mission.ts'

/** A mission to measure: a web hook starts it. `steps`: how many steps one run performs. */
export interface Workload {
  name: string
  about: string
  mission: Mission
  steps: number
}

const hook = { id: 'hook', type: 'web-hook', settings: {} }
const data = (id: string) => ({ id, type: 'set-data', settings: { data: { value: 1 } } })
const numbered = (count: number, name: string) => Array.from({ length: count }, (_, index) => `${name}${index + 1}`)
const chain = (first: string, ids: readonly string[]) =>
  ids.map((id, index) => ({ from: index === 0 ? first : (ids[index - 1] ?? first), to: id }))
const made = (name: string, steps: unknown[], links: unknown[]) => missionSchema.parse({ format: 1, name, triggers: [hook], steps, links })

/** The six workloads. `stub`: address that answers after 50 ms. */
export function workloads(stub: string): Workload[] {
  const ten = numbered(10, 'step')
  const branches = numbered(5, 'branch')
  const calls = numbered(5, 'call')
  return [
    { name: 'W1', about: 'one step that sets data', mission: made('W1', [data('step1')], [{ from: 'hook', to: 'step1' }]), steps: 1 },
    { name: 'W2', about: 'ten of them', mission: made('W2', ten.map(data), chain('hook', ten)), steps: 10 },
    {
      name: 'W3',
      about: 'five branches of two steps at the same time, join, one step',
      mission: made(
        'W3',
        [...branches.flatMap((branch) => [data(branch), data(`${branch}b`)]), data('joined')],
        branches.flatMap((branch) => [
          { from: 'hook', to: branch },
          { from: branch, to: `${branch}b` },
          { from: `${branch}b`, to: 'joined' },
        ]),
      ),
      steps: 11,
    },
    {
      name: 'W4',
      about: 'five calls of a 50 ms stub at the same time, join',
      mission: made(
        'W4',
        [...calls.map((id) => ({ id, type: 'call-web-address', settings: { method: 'GET', url: stub } })), data('joined')],
        calls.flatMap((id) => [
          { from: 'hook', to: id },
          { from: id, to: 'joined' },
        ]),
      ),
      steps: 6,
    },
    {
      name: 'W5',
      about: 'a wait of two seconds',
      mission: made('W5', [{ id: 'wait', type: 'wait', settings: { until: 'time', time: '2s' } }], [{ from: 'hook', to: 'wait' }]),
      steps: 1,
    },
    {
      name: 'W6',
      about: 'a wait of two minutes',
      mission: made('W6', [{ id: 'wait', type: 'wait', settings: { until: 'time', time: '2m' } }], [{ from: 'hook', to: 'wait' }]),
      steps: 1,
    },
  ]
}
