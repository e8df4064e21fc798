import { expect } from 'vitest'
import { catalogue, parseSettings } from '../../src/catalogue/catalogue.ts'
import type { Answer, AskRequest, Press, StandIn } from '../../src/catalogue/define.ts'
import type { Person } from '../../src/catalogue/services.ts'
import type { FieldValue } from '../../src/mission/form.ts'
import type { Button } from '../../src/platforms/message.ts'
import { pretendWorld, type PretendStart, type PretendWorld } from '../../src/run/pretend.ts'

/** A person of the simulated workspace. */
export function aPerson(id: string, more: Partial<Person> = {}): Person {
  const first_name = `${id.charAt(0).toUpperCase()}${id.slice(1)}`
  return {
    id,
    name: `${first_name} Test`,
    first_name,
    email: `${id}@example.com`,
    time_zone: 'UTC',
    language: 'en',
    manager: null,
    buddy: null,
    ...more,
  }
}

export const ana = aPerson('ana')
export const bo = aPerson('bo')
export const maya = aPerson('maya')
/** Everybody in the simulated workspace, and so in each of its channels. */
export const people: readonly Person[] = [ana, bo, maya]

/** When nothing else is said, the simulated clock stands at this Tuesday morning. */
export const now = new Date('2026-12-01T10:00:00Z')

/** The pretend world of rehearsals, with a clock that stands still. */
export function aWorld(of: Partial<PretendStart> = {}): PretendWorld {
  return pretendWorld({ people, channels: [{ name: 'general' }], now: () => now, ...of })
}

/** A press of a button, its form filled in with something that passes. */
export function pressOf(button: Button): Press {
  const values: Record<string, FieldValue> = {}
  for (const field of button.form?.fields ?? []) {
    const [first = 'something'] = field.choices ?? []
    values[field.id] = {
      line: 'a line',
      text: 'a text',
      number: 3,
      email: 'ana@example.com',
      date: '2026-12-24',
      choice: first,
      choices: [first],
      yesno: true,
    }[field.kind]
  }
  return { button: button.id, values }
}

/** One person's answer, as the engine keeps it. */
export function anAnswer(person: Person, picked: string | string[], more: Partial<Answer> = {}): Answer {
  return { person, picked: [picked].flat(), values: {}, at: '2026-12-01T11:00:00.000Z', ...more }
}

/** An asking action with settings, put to people. */
export function asking(
  type: string,
  written: Record<string, unknown>,
  asked: readonly Person[] = [ana, bo, maya],
  standIns: readonly StandIn[] = [],
) {
  const until = new Date('2026-12-03T16:00:00Z')
  const action = catalogue.actions.get(type)
  const settings = parseSettings(action?.settings ?? expect.unreachable(), { within: '2d', ...written }).data ?? expect.unreachable()
  const ask = action?.asking ?? expect.unreachable()
  return {
    show: (answers: Answer[], over?: 'answered' | 'timeout' | 'cancelled', language = 'en') =>
      ask.show({ settings, answers, asked: [...asked], standIns, language, until, ...(over ? { over } : {}) }),
    settle: (answers: Answer[], timeUp = false, language = 'en') =>
      ask.settle({ settings, answers, asked: [...asked], standIns, language, timeUp }),
    anonymous: () => ask.anonymous?.(settings) ?? false,
    combine: (press: Press) => ask.combine?.(undefined, press),
    run: async (): Promise<AskRequest> => {
      const outcome = await action?.run({ settings, services: aWorld().services, key: 'run/step/1' })
      return outcome && 'ask' in outcome ? outcome.ask : expect.unreachable()
    },
  }
}
