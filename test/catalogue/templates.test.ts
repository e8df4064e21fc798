import { icons } from 'virtual:icons'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { templates } from '../../src/catalogue/gallery.ts'
import { useTemplate, type Template } from '../../src/catalogue/template.ts'
import type { Mission } from '../../src/mission/mission.ts'
import { problems } from '../../src/mission/problems.ts'
import { languages } from '../../src/mission/words.ts'
import { rehearse, type Behaviour, type Rehearsal } from '../../src/run/rehearse.ts'
import { ana, aPerson, bo, maya, now } from './world.ts'

const files = Object.keys(import.meta.glob('../../src/catalogue/templates/*.json'))
const colleague = aPerson('nina', { manager: maya, buddy: bo })

it('names every template after its file', () => {
  expect(templates.map(({ slug }) => slug).sort()).toEqual(files.map((path) => path.replace(/^.*\/(.*)\.json$/, '$1')).sort())
})

describe.each(templates)('the template $slug', (template) => {
  it('has an icon that is drawn', () => {
    expect(Object.keys(icons)).toContain(template.icon)
  })

  it('is the same mission in both languages', () => {
    const skeleton = ({ triggers, steps, links }: Mission) => ({
      triggers: triggers.map(({ id, type }) => ({ id, type })),
      steps: steps.map(({ id, type }) => ({ id, type })),
      links,
    })
    expect(skeleton(template.french)).toEqual(skeleton(template.mission))
    expect(template.french.name).not.toBe(template.mission.name)
  })

  it.each(languages)('has nothing wrong with it after at most one question (%s)', (language) => {
    expect(problems(made(template, language), catalogue.kinds).map(({ why }) => why.en)).toEqual([])
  })

  it.each(languages)('completes when everybody answers (%s)', async (language) => {
    const rehearsal = await play(template, language, [])
    expect(troubles(rehearsal)).toEqual([])
    expect(rehearsal.status).toBe('completed')
    expect(JSON.stringify(rehearsal.said)).not.toMatch(/undefined|\[object|\{\{/)
  })

  it.each(languages)('completes when nobody answers (%s)', async (language) => {
    const rehearsal = await play(
      template,
      language,
      [ana, bo, maya, colleague].map(({ id }) => ({ who: id, after: 'never' })),
    )
    expect(troubles(rehearsal)).toEqual([])
    expect(rehearsal.status).toBe('completed')
    for (const { message } of rehearsal.said) expect(message.buttons ?? []).toEqual([])
  })

  it('completes for somebody without a manager and a buddy', async () => {
    const rehearsal = await play(template, 'en', [], aPerson('nina'))
    expect(troubles(rehearsal)).toEqual([])
    expect(rehearsal.status).toBe('completed')
  })
})

it('puts the answer and the time zone where they belong', () => {
  const standup = templates.find(({ slug }) => slug === 'standup') ?? expect.unreachable()
  const mission = useTemplate(standup, { language: 'en', zone: 'America/New_York', answer: 'team' })
  expect(mission.triggers[0]?.settings).toMatchObject({ zone: 'America/New_York' })
  expect(mission.steps.map(({ settings }) => settings['channel'])).toEqual(['team', 'team'])
  const timeOff = templates.find(({ slug }) => slug === 'time-off') ?? expect.unreachable()
  const decided = useTemplate(timeOff, { language: 'en', zone: 'UTC', answer: 'maya" | x' })
  expect(decided.steps.find(({ id }) => id === 'decision')?.settings['whom']).toBe('{{ trigger.person.manager | default: "maya | x" }}')
})

it('leaves the template itself as it is', () => {
  const [first] = templates
  const before = structuredClone(first)
  if (first) useTemplate(first, { language: 'fr', zone: 'UTC', answer: 'ana' })
  expect(first).toEqual(before)
})

function made(template: Template, language: string): Mission {
  return useTemplate(template, { language, zone: 'Europe/Paris', answer: template.question?.widget === 'channel' ? 'general' : 'ana' })
}

async function play(template: Template, language: string, behaviours: Behaviour[], person = colleague): Promise<Rehearsal> {
  const mission = made(template, language)
  const [trigger] = mission.triggers
  if (!trigger) throw new Error('a template without a trigger')
  const given = catalogue.kinds.trigger(trigger.type)?.gives(trigger.settings) ?? []
  const samples = Object.fromEntries(given.map(({ name, sample, kind }) => [name, kind === 'person' ? person : (sample ?? null)]))
  return rehearse({
    mission,
    trigger: trigger.id,
    data: samples,
    people: [ana, bo, maya, person],
    channels: [{ name: 'general' }],
    behaviours,
    start: now,
    language,
    actions: catalogue.actions,
  })
}

function troubles({ entries }: Rehearsal): string[] {
  return entries.flatMap((entry) => (entry.what === 'left' && entry.data.trouble ? [`${entry.step}: ${entry.data.trouble.what.en}`] : []))
}
