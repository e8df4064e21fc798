import { z } from 'zod'
import { type Mission, missionSchema } from '../../src/mission/mission.ts'
import { call } from './asking.ts'
import type { Visitor } from './program.ts'

const idRows = z.array(z.object({ id: z.string() }))

/** Makes a mission the way the program's own interface does; gives its id. */
export async function make({ page }: Visitor, mission: Mission): Promise<string> {
  const members = z.array(z.object({ workspace_id: z.string() })).parse(await call(page, '/rest/v1/members?select=workspace_id'))
  const rows = idRows.parse(
    await call(page, '/rest/v1/missions?select=id', { workspace_id: members[0]?.workspace_id, name: mission.name, draft: mission }),
  )
  return rows[0]?.id ?? ''
}

/** The draft as the server keeps it. */
export async function draftOf({ page }: Visitor, id: string): Promise<Mission> {
  const rows = z.array(z.object({ draft: missionSchema })).parse(await call(page, `/rest/v1/missions?id=eq.${id}&select=draft`))
  if (!rows[0]) throw new Error('There is no such mission.')
  return rows[0].draft
}

/** Its links, a line each, in the order of the alphabet. */
export const lines = (mission: Mission) => mission.links.map(({ from, exit, to }) => `${from} ${exit} ${to}`).sort()

/** A command, then a message, then a question to two people. */
export const asking: Mission = {
  format: 1,
  name: 'Order a laptop',
  description: '',
  triggers: [{ id: 'command', type: 'chat-command', settings: { command: 'laptop' } }],
  steps: [
    {
      id: 'hello',
      type: 'send-message',
      name: 'Say hello',
      settings: { to: 'channel', channel: 'general', text: 'We order for **{{ trigger.person.name }}**.' },
    },
    {
      id: 'pick',
      type: 'ask',
      name: 'Pick a laptop',
      settings: {
        to: 'people',
        whom: ['maya@example.com'],
        question: 'Which laptop?',
        answer: 'choices',
        choices: ['Mac', 'PC'],
        needed: 'first',
        within: '3d',
      },
    },
    {
      id: 'order',
      type: 'send-message',
      name: 'Order it',
      settings: { to: 'channel', channel: 'general', text: 'Ordered: {{ pick.answer }}' },
    },
    {
      id: 'chase',
      type: 'send-message',
      name: 'Chase them',
      settings: { to: 'channel', channel: 'general', text: 'Nobody has answered.' },
    },
  ],
  links: [
    { from: 'command', exit: 'done', to: 'hello' },
    { from: 'hello', exit: 'done', to: 'pick' },
    { from: 'pick', exit: 'done', to: 'order' },
    { from: 'pick', exit: 'timeout', to: 'chase' },
  ],
  layout: {},
}

/** The same, laid by hand. */
export const laid: Mission = {
  ...asking,
  layout: {
    command: { x: 0, y: 0 },
    hello: { x: 400, y: 60 },
    pick: { x: 300, y: 300 },
    order: { x: 0, y: 420 },
    chase: { x: 620, y: 420 },
  },
}
