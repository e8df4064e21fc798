import { post } from './load.ts'
import type { Program } from './program.ts'
import { drained } from './throughput.ts'
import { workloads } from './workload.ts'

/** What a `kill -9` of the program did to runs that had been acknowledged. */
export interface Crash {
  name: string
  acknowledged: number
  completed: number
  /** Entries of the journal that are there twice: the same step and visit left two times. */
  twice: number
  /** Milliseconds from the kill until the program listens again, and until the last run has ended. */
  listening: number
  over: number
}

/** Kills the program in the middle of a burst of ten-step runs, and while runs wait two seconds. */
export async function measureCrashes(program: Program, stub: string): Promise<Crash[]> {
  const crashes: Crash[] = []
  for (const name of ['W2', 'W4', 'W5']) {
    const workload = workloads(stub).find((one) => one.name === name)
    if (workload) crashes.push(await crash(program, workload.name, workload.mission))
  }
  return crashes
}

async function crash(program: Program, name: string, mission: Parameters<Program['publish']>[1]): Promise<Crash> {
  const { missionId, hook } = await program.publish(`${name} killed`, mission)
  await post(hook, { connections: 8, milliseconds: 500 })
  await drained(program.pool, missionId)
  await program.pool.query('delete from runs where mission_id = $1', [missionId])
  let acknowledged = 0
  // The load is cut off by the kill; what was acknowledged until then counts.
  const burst = Array.from({ length: 32 }, async () => {
    while (acknowledged < 250) {
      const answer = await fetch(hook, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
      if (answer.status === 202) acknowledged++
      await answer.arrayBuffer()
    }
  })
  await Promise.allSettled(burst)
  const at = performance.now()
  const listening = await program.crash()
  const completed = await drained(program.pool, missionId)
  const over = performance.now() - at
  const { rows } = await program.pool.query<{ twice: number }>(
    `select count(*)::int as twice from (
       select 1 from entries e join runs r on r.id = e.run_id where r.mission_id = $1 and e.what = 'left'
       group by e.run_id, e.step, e.visit having count(*) > 1) doubled`,
    [missionId],
  )
  return { name, acknowledged, completed, twice: rows[0]?.twice ?? 0, listening: Math.round(listening), over: Math.round(over) }
}
