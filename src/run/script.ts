import { z } from 'zod'
import type { Action } from '../catalogue/define.ts'
import type { Person } from '../catalogue/services.ts'
import { durationSchema } from '../mission/duration.ts'
import type { Mission } from '../mission/mission.ts'
import type { RehearsalScript } from './rehearse.ts'

const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])

const personSchema = z.strictObject({
  name: z.string().min(1),
  email: z.string().optional(),
  time_zone: z.string().default('UTC'),
  language: z.enum(['en', 'fr']).default('en'),
  /** Name of another person of the script. */
  manager: z.string().optional(),
  buddy: z.string().optional(),
})

/** A rehearsal's cast and what each of them does, as it is written in a file. Everything may be left out. */
export const scriptSchema = z.strictObject({
  /** When it begins on the simulated clock: an ISO instant. */
  start: z.iso.datetime({ offset: true }).optional(),
  language: z.enum(['en', 'fr']).default('en'),
  /** Which trigger fires: its id; the first when absent. */
  trigger: z.string().optional(),
  /** Who fires it: a name of the cast; the first when absent. */
  who: z.string().optional(),
  /** What the trigger gives, besides who fired it. */
  data: z.record(z.string(), z.unknown()).default({}),
  people: z
    .array(personSchema)
    .min(1)
    .default([
      { name: 'Ana', time_zone: 'UTC', language: 'en' },
      { name: 'Bob', time_zone: 'UTC', language: 'en', manager: 'Ana', buddy: 'Cy' },
      { name: 'Cy', time_zone: 'UTC', language: 'en', manager: 'Ana' },
    ]),
  channels: z.array(z.strictObject({ name: z.string(), members: z.array(z.string()).optional() })).default([{ name: 'general' }]),
  /** `Ana answers in 2 h, Bob never, Cy declines`. */
  answers: z
    .array(
      z.strictObject({
        who: z.string(),
        step: z.string().optional(),
        after: z.union([durationSchema, z.literal('never')]).optional(),
        press: z.string().optional(),
        values: z.record(z.string(), fieldValue).optional(),
      }),
    )
    .default([]),
})

/** A script as it was read. */
export type Script = z.output<typeof scriptSchema>

/** Makes a rehearsal of a mission by a script. `now` is when it begins unless the script says. */
export function castScript(script: Script, mission: Mission, actions: ReadonlyMap<string, Action>, now: Date): RehearsalScript {
  const people = castPeople(script.people)
  const id = (name: string) => people.find((person) => person.name === name)?.id ?? name
  const who = people.find((person) => person.name === script.who) ?? people[0]
  const channels = script.channels.map(({ name, members }) => ({ name, ...(members ? { members: members.map(id) } : {}) }))
  const [channel] = channels
  return {
    mission,
    trigger: script.trigger ?? mission.triggers[0]?.id ?? '',
    data: { ...(who ? { person: who } : {}), ...(channel ? { channel: { id: channel.name, name: channel.name } } : {}), ...script.data },
    people,
    channels,
    behaviours: script.answers,
    start: script.start ? new Date(script.start) : now,
    language: script.language,
    actions,
  }
}

/** Managers and buddies are one level deep, as in the directory. */
function castPeople(people: Script['people']): Person[] {
  const plain = new Map(
    people.map(({ name, email, time_zone, language }): [string, Person] => {
      const id = name.toLowerCase().replaceAll(' ', '-')
      return [
        name,
        {
          id,
          name,
          first_name: name.split(' ')[0] ?? name,
          email: email ?? `${id}@example.com`,
          time_zone,
          language,
          manager: null,
          buddy: null,
        },
      ]
    }),
  )
  return people.flatMap(({ name, manager, buddy }) => {
    const person = plain.get(name)
    return person ? [{ ...person, manager: plain.get(manager ?? '') ?? null, buddy: plain.get(buddy ?? '') ?? null }] : []
  })
}
