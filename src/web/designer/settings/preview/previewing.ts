import { z } from 'zod'
import { type Action, question, type TriggerType } from '../../../../catalogue/define.ts'
import { catalogue, settingMeta } from '../../../../catalogue/catalogue.ts'
import { isDuration } from '../../../../mission/duration.ts'
import { type Data, renderSettings } from '../../../../mission/data.ts'
import { type Field, fieldSchema } from '../../../../mission/form.ts'
import type { Mission } from '../../../../mission/mission.ts'
import { scope } from '../../../../mission/scope.ts'
import type { Language } from '../../../../mission/words.ts'
import type { Message } from '../../../../platforms/message.ts'
import { renderMode } from '../../../../run/perform.ts'
import { asText } from '../field.ts'
import { sampleData, samplePeople } from './sample-data.ts'

/** What people will see: a message in their chat, a web page or dialog with a form, or an e-mail. */
export type Preview =
  /** `zone`: the time zone of the deadline that it tells, if it tells one. */
  | { as: 'message'; message: Message; zone?: string }
  | { as: 'form'; where: 'page' | 'dialog'; title: string; intro: string; fields: Field[] }
  | { as: 'email'; subject: string; text: string }
  /** Nothing is written yet that could be seen. */
  | { as: 'nothing' }

const fieldsOf = (value: unknown): Field[] =>
  (Array.isArray(value) ? value : []).flatMap((field) => {
    const read = fieldSchema.safeParse(field)
    return read.success ? [read.data] : []
  })

/** What a form's page or dialog will look like. */
export function previewTrigger({ type }: TriggerType, settings: Record<string, unknown>): Preview | undefined {
  if (type !== 'form' && type !== 'by-hand') return undefined
  const fields = fieldsOf(settings['fields'])
  const title = asText(settings['title'])
  if (fields.length === 0 && title === '') return { as: 'nothing' }
  return { as: 'form', where: type === 'form' ? 'page' : 'dialog', title, intro: asText(settings['intro']), fields }
}

/**
 * What a step will send, with sample data in the places of references, as somebody in the time zone `zone` would read it: a deadline is
 * told in the time zone of those who are asked. Undefined for a step that sends nothing to look at.
 */
export function previewStep(
  action: Action,
  written: Record<string, unknown>,
  data: Data,
  language: Language,
  now: Date,
  zone: string,
): Preview | undefined {
  const { type, asking } = action
  if (type !== 'send-message' && type !== 'send-email' && !asking) return undefined
  try {
    const settings = readWhatCan(
      action,
      renderSettings(written, data, (key) => renderMode(action, key)),
    )
    if (type === 'send-email') {
      const [subject, text] = [asText(settings['subject']), asText(settings['text'])]
      return subject === '' && text === '' ? { as: 'nothing' } : { as: 'email', subject, text }
    }
    const text = asText(settings['text'] ?? settings['question'] ?? settings['request'])
    if (text.trim() === '') return { as: 'nothing' }
    if (!asking) return { as: 'message', message: { text } }
    const whom = settings['whom']
    const people = samplePeople.map((person) => ({ ...person, time_zone: zone }))
    const asked = people.slice(0, Array.isArray(whom) ? Math.min(3, Math.max(1, whom.length)) : 1)
    const within = asText(settings['within'])
    const until = isDuration(within) ? question.deadline(now, within) : undefined
    const timed = until && { zone }
    const state = { settings, asked, language, ...(until ? { until } : {}) }
    const fresh = asking.show({ ...state, answers: [] })
    if (!fresh.bars) return { as: 'message', message: fresh, ...timed }
    // A tally without votes shows little of what it will be.
    const labels = fresh.bars.map((bar) => bar.label)
    const answers = people.map((person, at) => ({
      person,
      picked: [labels[Math.min(at, 2) % 2] ?? ''],
      values: {},
      at: now.toISOString(),
    }))
    return { as: 'message', message: asking.show({ ...state, asked: people, answers }), ...timed }
  } catch {
    // Half-written settings need not make sense yet; the check says what is wrong with them.
    return { as: 'nothing' }
  }
}

/** Settings as far as each of them can be read by itself. */
function readWhatCan(action: Action, rendered: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(action.settings.shape).flatMap(([name, schema]) => {
      if (!(schema instanceof z.ZodType)) return []
      const widget = settingMeta(schema)?.widget
      const value = rendered[name]
      if (widget === 'choices') return [[name, (Array.isArray(value) ? value : []).map(asText).filter((one) => one.trim() !== '')]]
      if (widget === 'fields') return [[name, fieldsOf(value)]]
      if (widget === 'message' || widget === 'line' || widget === 'text') return [[name, value === undefined ? undefined : asText(value)]]
      const read = schema.safeParse(value)
      return [[name, read.success ? read.data : schema.safeParse(undefined).data]]
    }),
  )
}

/** What people will see of a trigger or step of a mission; undefined when that is nothing of its kind. */
export function previewCard({ id, mission, language, now, zone }: PreviewJob): Preview | undefined {
  const trigger = mission.triggers.find((one) => one.id === id)
  const started = trigger && catalogue.triggers.get(trigger.type)
  if (trigger && started) return previewTrigger(started, trigger.settings)
  const step = mission.steps.find((one) => one.id === id)
  const action = step && catalogue.actions.get(step.type)
  if (!step || !action) return undefined
  return previewStep(action, step.settings, sampleData(scope(mission, id, catalogue.kinds), language), language, now, zone)
}

/** What the worker is asked and what it answers. */
export interface PreviewJob {
  job: number
  id: string
  mission: Mission
  language: Language
  now: Date
  /** The reader's time zone. */
  zone: string
}
/** See {@link PreviewJob}. */
export interface PreviewAnswer {
  job: number
  seen: Preview | undefined
}
