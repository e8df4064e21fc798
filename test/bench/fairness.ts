import { percentile, post } from './load.ts'
import type { Program } from './program.ts'
import { drained, latencies } from './throughput.ts'
import { workloads } from './workload.ts'

/** How long single runs of one mission took while another mission had very many: milliseconds from keeping the arrival to the end of the run. */
export interface Fairness {
  /** What each run of the crowd does, and how many of them there were. */
  crowd: string
  runs: number
  /** Milliseconds until the whole crowd was through, from its first acknowledgement. */
  through: number
  /** How many single runs were begun meanwhile, and how long they took, beside how long one takes alone. */
  singles: number
  alone: number
  middle: number
  slowest: number
  /** The slowest answer to the web hook of a single one. */
  answered: number
}

/** Milliseconds between two single runs. */
const pause = 200

/** Lets ten thousand runs of one mission arrive as fast as they are acknowledged, and single ones of another in between, until all are through. */
export async function measureFairness(program: Program, stub: string, connections: number): Promise<Fairness[]> {
  const measured: Fairness[] = []
  const all = workloads(stub)
  const single = all.find(({ name }) => name === 'W4')
  for (const { name, about, mission } of all) {
    if (!single || name === 'W6') continue
    const crowd = await program.publish(`${name} crowd`, mission)
    const quiet = await program.publish(`${name} alone`, single.mission)
    for (let count = 0; count < 20; count++) {
      await post(quiet.hook, { most: 1 })
      await drained(program.pool, quiet.missionId)
    }
    const beside = await program.publish(`${name} beside`, single.mission)
    const at = performance.now()
    const answers: number[] = []
    let over = false
    const ending = post(crowd.hook, { connections, most: 10_000 }).then(async ({ accepted }) => {
      await drained(program.pool, crowd.missionId)
      over = true
      return { runs: accepted, through: Math.round(performance.now() - at) }
    })
    while (!over) {
      answers.push(...(await post(beside.hook, { most: 1 })).latencies)
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
    await drained(program.pool, beside.missionId)
    const took = await latencies(program.pool, beside.missionId)
    measured.push({
      crowd: `${name}: ${about}`,
      ...(await ending),
      singles: took.length,
      alone: Math.round(percentile(await latencies(program.pool, quiet.missionId), 50)),
      middle: Math.round(percentile(took, 50)),
      slowest: Math.round(took.at(-1) ?? 0),
      answered: Math.round(Math.max(...answers)),
    })
  }
  return measured
}
