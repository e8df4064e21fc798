import type { TroubleRecord } from '../../catalogue/trouble.ts'
import { fits, refold } from '../../run/refold.ts'
import type { RunState } from '../../run/progress.ts'
import type { RunImage } from '../../run/turn.ts'
import { mendedText } from '../../run/given.ts'
import { besideAsks } from '../store/asks.ts'
import { loadLine, startedBy } from '../store/children.ts'
import { loadJournal, type KeptRun } from '../store/runs.ts'
import type { DriveContext } from './drive.ts'

/**
 * Reads a kept run into memory. A state that this program cannot go on with (another compiler made it, it was damaged) is folded anew from the
 * journal.
 *
 * @returns undefined when the mission was deleted meanwhile, and the run with it.
 * @throws when its version is no mission any more, does not compile, or its journal does not fit it.
 */
export async function readImage(
  context: DriveContext,
  run: KeptRun,
  outputs: RunImage['outputs'],
): Promise<{ run: KeptRun; image: RunImage } | undefined> {
  const { pool, versions } = context
  const version = await versions.load(pool, run.versionId)
  if (!version) return undefined
  const compiled = versions.compiled(version, run.trigger)
  const image = (state: RunState, line: Awaited<ReturnType<typeof loadLine>>): RunImage => ({
    id: run.id,
    mission: version.mission,
    compiled,
    state,
    ...line,
    depth: run.depth,
    outputs,
    started: run.started,
    workspace: { name: run.workspace.name },
  })
  const line = await loadLine(pool, run)
  if (fits(compiled, run.state)) return { run, image: image(run.state, line) }
  const started = await startedBy(pool, run.id)
  const state = refold(compiled, version.mission, await loadJournal(pool, run.id), {
    ...(await besideAsks(pool, run.id)),
    started: ({ step, visit }) => started.get(`${step}/${visit}`) ?? 0,
  })
  context.log.warn({ run: run.id }, 'the state of a run was folded anew from its journal')
  return { run: { ...run, state }, image: image(state, line) }
}

/** Why a run cannot go on, for its journal. */
export function unreadable(error: unknown): TroubleRecord {
  const why = mendedText((error instanceof Error ? error.message : String(error)).slice(0, 300))
  return {
    kind: 'misconfigured',
    what: {
      en: `This program can no longer go on with this run: ${why}`,
      fr: `Ce programme ne peut plus poursuivre cette exécution\u00a0: ${why}`,
    },
    remedy: {
      en: 'What was done until then is kept. Open the mission, publish it anew and start the run again.',
      fr: 'Ce qui a été fait jusque-là est conservé. Ouvrez la mission, publiez-la à nouveau et relancez l’exécution.',
    },
  }
}
