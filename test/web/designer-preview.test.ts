import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { lackingFor } from '../../src/mission/abilities.ts'
import { scope } from '../../src/mission/scope.ts'
import { faces } from '../../src/web/designer/settings/preview/faces.ts'
import { lastSeen } from '../../src/web/designer/settings/preview/place.ts'
import { previewStep, previewTrigger } from '../../src/web/designer/settings/preview/previewing.ts'
import { sampleData } from '../../src/web/designer/settings/preview/sample-data.ts'
import { asking } from '../browser/drafts.ts'
import { z } from 'zod'

const now = new Date('2026-11-21T10:00:00Z')

function seen(type: string, settings: Record<string, unknown>, language: 'en' | 'fr' = 'en') {
  const action = catalogue.actions.get(type)
  if (!action) throw new Error(`There is no ${type}.`)
  return previewStep(action, settings, sampleData(scope(asking, 'order', catalogue.kinds), language), language, now, 'America/New_York')
}

describe('what people will see', () => {
  test('has sample data in the places of references', () => {
    expect(seen('send-message', { to: 'channel', channel: 'general', text: 'For {{ trigger.person }}: **{{ pick.answer }}**' })).toEqual({
      as: 'message',
      message: { text: 'For <@ana>: **Mac**' },
    })
    expect(seen('send-email', { to: ['a@example.com'], subject: 'Your {{ pick.answer }}', text: 'Dear {{ pick.by.first_name }}' })).toEqual(
      {
        as: 'email',
        subject: 'Your Mac',
        text: 'Dear Ana',
      },
    )
  })

  test('is the message that the step would send, with its buttons and until when one can answer', () => {
    const asked = seen('ask', { whom: ['x'], question: 'Which?', answer: 'choices', choices: ['Mac', '', 'PC'], within: '3d' })
    expect(asked).toMatchObject({ as: 'message', message: { text: 'Which?', buttons: [{ label: 'Mac' }, { label: 'PC' }] } })
    expect(asked?.as === 'message' && asked.message.note).toContain('Please answer by')
    // As it reads in the reader's own time zone, which is said below it.
    expect(asked).toMatchObject({ zone: 'America/New_York', message: { note: 'Please answer by Tue 24 Nov, 05:00' } })
    const approval = seen('approve', { whom: ['x'], request: 'May I?' }, 'fr')
    expect(approval).toMatchObject({ message: { buttons: [{ label: 'Approuver' }, { label: 'Refuser', form: { title: 'Refuser' } }] } })
  })

  test('is a tally with some votes for a poll, and the form for a question that is answered with one', () => {
    const poll = seen('poll', { channel: 'general', question: 'Lunch?', choices: ['Pizza', 'Sushi'] })
    expect(poll?.as === 'message' && poll.message.bars?.map(({ count }) => count)).toEqual([2, 1])
    const form = seen('ask', {
      question: 'Details',
      answer: 'form',
      fields: [
        { id: 'a', label: 'Colour', kind: 'line' },
        { id: '', label: '' },
      ],
    })
    expect(form?.as === 'message' && form.message.buttons?.[0]?.form?.fields.map(({ label }) => label)).toEqual(['Colour'])
  })

  test('is nothing while nothing is written, or what is written cannot be read', () => {
    expect(seen('send-message', {})).toEqual({ as: 'nothing' })
    expect(seen('ask', { choices: 'odd', question: '' })).toEqual({ as: 'nothing' })
    expect(seen('send-message', { text: 'Hi {{ trigger.person' })).toEqual({ as: 'nothing' })
    expect(seen('wait', { how: 'for' })).toBeUndefined()
  })

  test('is the page of a form, and nothing of other triggers', () => {
    const [form, command] = [catalogue.triggers.get('form'), catalogue.triggers.get('chat-command')]
    if (!form || !command) throw new Error('There are no such triggers.')
    expect(previewTrigger(form, { title: 'Order', fields: [{ id: 'a', label: 'A', kind: 'line' }] })).toMatchObject({
      as: 'form',
      where: 'page',
    })
    expect(previewTrigger(form, {})).toEqual({ as: 'nothing' })
    expect(previewTrigger(command, {})).toBeUndefined()
  })
})

test('the preview stands below the last setting that changes it', () => {
  const placeIn = (schema: z.ZodObject | undefined, type: string) =>
    lastSeen(
      type,
      Object.entries(schema?.shape ?? {}).flatMap(([name, one]) => (one instanceof z.ZodType ? [[name, one] as const] : [])),
    )
  const ofAction = (type: string) => placeIn(catalogue.actions.get(type)?.settings, type)
  const ofTrigger = (type: string) => placeIn(catalogue.triggers.get(type)?.settings, type)
  expect([ofAction('send-message'), ofAction('approve'), ofAction('poll'), ofAction('send-email')]).toEqual([
    'text',
    'request',
    'choices',
    'text',
  ])
  expect([ofTrigger('form'), ofTrigger('by-hand')]).toEqual(['fields', 'fields'])
  expect(
    [ofAction('wait'), ofAction('add-row'), ofTrigger('message-contains'), ofTrigger('run-by-mission')].every((one) => one === undefined),
  ).toBe(true)
})

test('what a chat cannot do is said in words, and the built-in one can do everything', () => {
  const ask = catalogue.kinds.step('ask')
  const needs = ask?.needs?.({ to: 'channel', question: 'Which?', answer: 'form', fields: [{ id: 'a' }] }) ?? []
  const told = Object.fromEntries(
    faces.map(({ card }) => [
      card.id,
      lackingFor({ en: 'Ask', fr: 'Demander' }, { id: 'ask', where: { step: 'ask' } }, needs, card).map(
        ({ id, severity }) => `${severity} ${id}`,
      ),
    ]),
  )
  expect(told).toEqual({
    builtin: [],
    slack: [],
    teams: [],
    messenger: ['warning platform:ask:editMessage', 'error platform:ask:channels', 'warning platform:ask:forms'],
  })
})
