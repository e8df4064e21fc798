import type { Mission, Step } from '../../src/mission/mission.ts'

/**
 * A mission of so many steps, of all that a canvas has to draw: questions with arms of their own and a way out when nobody answers,
 * choices, branches at the same time that meet by all kinds of joins, a list gone through, ways out of failures, and a loop. It is
 * made of chapters of twenty steps one after the other.
 */
export function largeMission(steps: number): Mission {
  const mission: Mission = {
    format: 1,
    name: `Mission of ${steps} steps`,
    description: '',
    triggers: [
      { id: 'command', type: 'chat-command', settings: { command: 'order' } },
      { id: 'weekly', type: 'schedule', settings: { cron: '0 9 * * 1', zone: 'Europe/Paris' } },
    ],
    steps: [],
    links: [],
    layout: {},
  }
  let ends = ['command', 'weekly']
  for (let at = 1; mission.steps.length < steps; at++) {
    const { body, links, last } = chapter(at)
    const kept = new Set([...body.slice(0, steps - mission.steps.length).map(({ id }) => id), ...ends])
    mission.links.push(...ends.map((from) => ({ from, exit: 'done', to: body[0]?.id ?? '' })))
    mission.steps.push(...body.filter(({ id }) => kept.has(id)))
    mission.links.push(...links.filter(({ from, to }) => kept.has(from) && kept.has(to)))
    ends = [last]
  }
  return mission
}

const say = (id: string, name: string, text: string): Step => ({
  id,
  type: 'send-message',
  name,
  settings: { to: 'channel', channel: 'general', text },
})

const ask = (id: string, name: string, question: string): Step => ({
  id,
  type: 'ask',
  name,
  settings: {
    to: 'people',
    whom: ['maya@example.com'],
    question,
    answer: 'choices',
    choices: ['Yes', 'No'],
    needed: 'first',
    within: '3d',
  },
})

function chapter(number: number): { body: Step[]; links: Mission['links']; last: string } {
  const id = (name: string) => `${name}_${number}`
  const body: Step[] = [
    say(id('hello'), `Announce order ${number}`, 'We order for **{{ trigger.person.name }}**.'),
    ask(id('pick'), 'Pick a laptop', 'Which laptop shall it be?'),
    {
      id: id('which'),
      type: 'choose-path',
      name: 'Mac or not',
      settings: {
        paths: [
          { id: 'mac', label: 'A Mac', when: [{ left: `{{ ${id('pick')}.answer }}`, is: 'is', right: ['Yes'] }] },
          { id: 'pc', label: 'A PC', when: [{ left: `{{ ${id('pick')}.answer }}`, is: 'is', right: ['No'] }] },
        ],
      },
    },
    say(id('mac'), 'Order the Mac', 'One Mac, please.'),
    say(id('pc'), 'Order the PC', 'One PC, please.'),
    say(id('none'), 'Nothing to order', 'Nothing has to be ordered.'),
    say(id('told'), 'Say what was ordered', 'It is on its way.'),
    ask(id('desk'), 'Office prepares a desk', 'Is the desk ready?'),
    ask(id('accounts'), 'IT opens the accounts', 'Are the accounts open?'),
    { id: id('later'), type: 'wait', name: 'A day of rest', settings: { until: 'time', time: '1d', zone: 'Europe/Paris' } },
    say(id('chase'), 'Chase the office', 'Nobody has answered.'),
    {
      ...say(id('ready'), 'Everything is ready', 'All is prepared.'),
      join: number % 3 === 0 ? { wait: 'any' } : number % 3 === 1 ? { wait: 'atLeast', count: 2 } : { wait: 'all' },
    },
    { id: id('each'), type: 'for-each', name: 'Go through the team', settings: { list: 'general, random', width: number } },
    { ...say(id('greet'), 'Greet them', 'Hello from {{ item }}!'), within: id('each') },
    { ...ask(id('how'), 'Ask how it is', 'How is it going?'), within: id('each') },
    { ...say(id('thank'), 'Thank them', 'Thank you.'), within: id('each') },
    { ...say(id('quiet'), 'Leave them alone', 'Nothing.'), within: id('each') },
    ask(id('again'), 'Shall we go on?', 'Shall we do this again?'),
    { id: id('pause'), type: 'wait', name: 'Wait a week', settings: { until: 'time', time: '7d', zone: 'Europe/Paris' } },
    {
      id: id('call'),
      type: 'call-web-address',
      name: 'Tell the warehouse',
      settings: { url: 'https://example.com/orders', method: 'POST' },
    },
    say(id('trouble'), 'Say that it failed', 'The warehouse did not answer.'),
  ]
  const links = [
    'hello done pick',
    'pick done which',
    'pick timeout chase',
    'which mac mac',
    'which pc pc',
    'which otherwise none',
    'mac done told',
    'pc done told',
    'none done told',
    'chase done told',
    'told done desk',
    'told done accounts',
    'told done later',
    'desk done ready',
    'accounts done ready',
    'later done ready',
    'ready done each',
    'each each greet',
    'greet done how',
    'how done thank',
    'how timeout quiet',
    'each done again',
    'again timeout pause',
    'pause done again',
    'again done call',
    'call failed trouble',
  ].map((text) => {
    const [from = '', exit = '', to = ''] = text.split(' ')
    return { from: id(from), exit, to: id(to) }
  })
  return { body, links, last: id('call') }
}
