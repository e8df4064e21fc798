import type { PoolClient } from 'pg'
import { compiler } from '../../mission/machine.ts'
import { blank } from '../../mission/memory.ts'
import type { TroubleRecord } from '../../catalogue/trouble.ts'
import { mendedText } from '../../run/given.ts'
import { insertRuns } from '../store/beginnings.ts'

/** A run that something acknowledged should have started, and why it could not. */
export interface Unstarted {
  arrival: { id: number; workspaceId: string }
  missionId: string
  versionId: string
  trigger: string
  error: unknown
}

/** Writes runs that could not be started as failed ones, so that people find in the history what came of what arrived. */
export async function writeUnstarted(client: PoolClient, unstarted: readonly Unstarted[], now: Date): Promise<void> {
  await insertRuns(
    client,
    unstarted.map(({ arrival, missionId, versionId, trigger, error }) => ({
      id: crypto.randomUUID(),
      workspaceId: arrival.workspaceId,
      missionId,
      versionId,
      parent: null,
      depth: 0,
      connectionId: null,
      trigger,
      data: {},
      inboxId: arrival.id,
      about: '',
      started: now,
      status: 'failed',
      state: { machine: { compiler, value: {}, context: blank, status: 'done' }, open: [] },
      entries: [
        { what: 'started', data: { trigger, data: {} } },
        { what: 'ended', data: { status: 'failed', trouble: notStarted(error) } },
      ],
      worker: null,
    })),
  )
}

function notStarted(error: unknown): TroubleRecord {
  const why = mendedText((error instanceof Error ? error.message : String(error)).slice(0, 300))
  return {
    kind: 'misconfigured',
    what: { en: `The run could not be started: ${why}`, fr: `L’exécution n’a pas pu démarrer\u00a0: ${why}` },
    remedy: {
      en: 'Open the mission and publish it anew, then send again what should have started it.',
      fr: 'Ouvrez la mission, publiez-la à nouveau, puis renvoyez ce qui devait la lancer.',
    },
  }
}
