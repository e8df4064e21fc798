import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { cutOut } from '../../src/mission/cutting.ts'
import { replaceSection } from '../../src/mission/edit.ts'
import { type Mission, missionSchema } from '../../src/mission/mission.ts'
import { problems } from '../../src/mission/problems.ts'
import { openDesk } from '../../src/web/designer/desk.ts'
import { makeCommands } from '../../src/web/designer/draft/commands.ts'
import { openDraft } from '../../src/web/designer/draft/draft.ts'
import { nameCards } from '../../src/web/designer/draft/naming.ts'
import { missionOf, runningStep } from '../../src/web/designer/grouping/becoming.ts'
import { obstacleWords } from '../../src/web/designer/grouping/obstacles.ts'
import { asking } from '../browser/drafts.ts'

const id = '0b0e7f52-3c1d-4a57-9f0e-2f6f0f3f7a11'

function aDraft(mission: Mission) {
  const draft = openDraft(mission, { readOnly: false, undone: String, redone: String, wentTo: String })
  const desk = openDesk()
  const commands = makeCommands({ draft, desk, language: 'en', timeZone: 'UTC', corners: () => ({}), middle: () => undefined })
  return { draft, desk, commands, naming: nameCards(draft, 'en') }
}

describe('steps that become a mission of their own', () => {
  test('are given what they use, by a step that runs them: neither mission has a problem that was not there before', () => {
    const { naming, commands, draft } = aDraft(asking)
    const before = problems(asking, catalogue.kinds).map((problem) => problem.id)
    const cut = cutOut(asking, ['pick', 'order', 'chase'], catalogue.kinds)
    if ('is' in cut) throw new Error(cut.is)
    const child = missionOf(cut, 'Ask for a laptop', naming)
    expect(missionSchema.safeParse(child).success).toBe(true)
    expect(problems(child, catalogue.kinds).map((problem) => problem.id)).toEqual(before.filter((one) => !one.includes('hello')))
    expect(commands.group(['pick', 'order', 'chase'], runningStep(cut, { id, name: 'Ask for a laptop' }))).toBe(true)
    expect(problems(draft.getState().mission, catalogue.kinds).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('find what may be missing as they found it before', () => {
    const { steps } = asking
    const mission: Mission = {
      ...asking,
      steps: steps.map((step) =>
        step.id === 'order'
          ? { ...step, settings: { ...step.settings, text: 'By {{ pick.by.name | default: "nobody" }}: {{ pick.answer }}' } }
          : step,
      ),
    }
    const cut = cutOut(mission, ['order'], catalogue.kinds)
    if ('is' in cut) throw new Error(cut.is)
    const { naming } = aDraft(mission)
    const child = missionOf(cut, 'Order', naming)
    expect(child.triggers[0]?.settings['fields']).toMatchObject([
      { id: 'pick_answer', label: 'Pick a laptop: answer', required: true },
      { id: 'pick_by', label: 'Pick a laptop: by' },
    ])
    const parent = replaceSection(mission, ['order'], runningStep(cut, { id, name: 'Order' }))
    for (const one of [child, parent]) expect(problems(one, catalogue.kinds).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('or the words say why not', () => {
    const { naming, commands, desk } = aDraft(asking)
    const why = (ids: readonly string[]) => {
      const cut = cutOut(asking, ids, catalogue.kinds)
      return 'is' in cut ? obstacleWords(cut, asking, naming, 'en') : ''
    }
    expect(why(['command'])).toMatch(/^“Chat command” starts this mission/)
    expect(why(['pick'])).toMatch(/^Lines lead out to different steps.*: “Pick a laptop”\./)
    expect(why(['order', 'chase'])).toMatch(/^There is more than one way in: “Order it” and “Chase them”\./)
    expect(why([])).toBe('Choose one or more steps first.')
    commands.hold(['command'])
    expect(desk.getState().grouping).toEqual({ ids: ['command'], as: 'each' })
  })
})
