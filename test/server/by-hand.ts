import { missionSchema } from '../../src/mission/mission.ts'

/** A mission that somebody starts by hand with a topic, which it keeps in a table. */
export const byHand = missionSchema.parse({
  format: 1,
  name: 'By hand',
  triggers: [{ id: 'start', type: 'by-hand', settings: { fields: [{ id: 'topic', label: 'Topic' }] } }],
  steps: [
    { id: 'keep', type: 'add-row', settings: { table: 'Topics', row: { Topic: '{{ trigger.topic }}', By: '{{ trigger.person }}' } } },
  ],
  links: [{ from: 'start', to: 'keep' }],
})
