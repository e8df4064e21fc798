import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { catalogue } from '../../catalogue/catalogue.ts'
import { bodyOf } from '../../mission/body.ts'
import type { Mission } from '../../mission/mission.ts'
import type { KeptEntry } from '../../run/journal.ts'
import type { Reader } from '../../run/particulars.ts'
import { tellStory, type Story } from '../../run/story.ts'
import { useSession } from '../data/session.ts'
import { entriesQuery, namesQuery, versionQuery, type RunCard } from './reading.ts'

/** A run as the page tells it: the mission as it was, what became of it, and for whom it is written. */
export interface Told {
  mission: Mission
  story: Story
  reader: Reader
}

const nobody = new Map<string, string>()

/** Reads a run's version and journal and tells its story; undefined until both are there. `error` is what kept them from being read. */
export function useStory(run: RunCard): { told: Told | undefined; error: Error | null; retry: () => void } {
  const { workspace, person } = useSession()
  const version = useQuery(versionQuery(run.version_id))
  const entries = useQuery(entriesQuery(run.id))
  const names = useQuery(namesQuery(workspace.id))
  const mission = version.data
  const journal = entries.data
  // Names are nice to have: the story does not wait for them.
  const known = names.data ?? nobody
  const told = useMemo(() => {
    if (!mission || !journal) return undefined
    const reader = { names: known, timeZone: person.time_zone }
    const told = partOf(mission, journal)
    return { mission: told, reader, story: tellStory({ entries: journal, mission: told, catalogue, reader }) }
  }, [mission, journal, known, person.time_zone])
  const retry = () => {
    void version.refetch()
    void entries.refetch()
  }
  return { told, error: told ? null : (version.error ?? entries.error), retry }
}

/** What of a mission a run goes through: for an item of a list, what is done with each. */
function partOf(mission: Mission, [first]: readonly KeptEntry[]): Mission {
  const start = first?.what === 'started' ? first.data.trigger : undefined
  return start !== undefined && mission.steps.some(({ id }) => id === start) ? bodyOf(mission, start) : mission
}
