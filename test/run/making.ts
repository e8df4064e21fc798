import { catalogue } from '../../src/catalogue/catalogue.ts'
import type { Person } from '../../src/catalogue/services.ts'
import { missionSchema, type Mission } from '../../src/mission/mission.ts'
import { rehearse, type Behaviour, type Rehearsal, type RehearsalScript } from '../../src/run/rehearse.ts'

/** A person of a rehearsal, with Ana as the manager of everybody else. */
export function aPerson(name: string, manager: Person | null = null): Person {
  return {
    id: name.toLowerCase(),
    name,
    first_name: name,
    email: `${name.toLowerCase()}@example.com`,
    time_zone: 'Europe/Paris',
    language: 'en',
    manager,
    buddy: null,
  }
}

const ana = aPerson('Ana')
/** Ana, whom the others report to, Bob and Cy. */
export const people: readonly Person[] = [ana, aPerson('Bob', ana), aPerson('Cy', ana)]

/** A mission started by hand, from steps and links alone. */
export function aMission(steps: unknown[], links: unknown[]): Mission {
  return missionSchema.parse({ format: 1, name: 'Test', triggers: [{ id: 'start', type: 'by-hand', settings: {} }], steps, links })
}

/** Rehearses a mission that Bob starts on a Monday morning. */
export function rehearsed(
  mission: Mission,
  behaviours: readonly Behaviour[] = [],
  more: Partial<RehearsalScript> = {},
): Promise<Rehearsal> {
  return rehearse({
    mission,
    trigger: 'start',
    data: { person: people[1] },
    people,
    channels: [{ name: 'general' }],
    behaviours,
    start: new Date('2026-11-02T09:00:00Z'),
    language: 'en',
    actions: catalogue.actions,
    ...more,
  })
}

/** A rehearsal's journal in short: `what step.exit`. */
export function inShort({ entries }: Rehearsal): string[] {
  return entries.map((entry) => {
    const step = 'step' in entry ? entry.step : undefined
    const how = entry.what === 'left' ? entry.data.exit : entry.what === 'ended' ? entry.data.status : undefined
    return [entry.what, [step, how].filter(Boolean).join('.')].filter(Boolean).join(' ')
  })
}
