import { Context, Output, type Template, TypeGuards } from 'liquidjs'
import { type Condition, holds } from './condition.ts'
import { describe, engine, parse, UnreadableText, type Writer, writerRegister } from './liquid.ts'
import { formatted, readable } from './value.ts'

export type { Comparison, Condition } from './condition.ts'
export { UnreadableText } from './liquid.ts'
export type { Available } from './part.ts'
export { references } from './reference.ts'
export { scope } from './scope.ts'

/**
 * How data is filled into a text. `value`: a text that is exactly one `{{ reference }}` gives the value itself (a person, a
 * list, a number), any other text is as `text`. `text`: plain text for people. `message`: a message's Markdown, where people are
 * mentioned and data cannot format anything.
 */
export type RenderMode = 'value' | 'text' | 'message'

/** The data of a run: `trigger`, the steps by id, and what is built in (`run`, `mission`, `workspace`, `now`). */
export type Data = Record<string, unknown>

/**
 * Fills data into a text. A reference that leads nowhere gives nothing: empty text, or null in mode `value`.
 *
 * @throws UnreadableText when the text is not Liquid or would take too much time or memory; the check before publishing finds the former.
 */
export function render(text: string, data: Data, mode: RenderMode): unknown {
  if (!/\{[{%]/.test(text)) return text
  const templates = parse(text)
  if (!Array.isArray(templates)) throw new UnreadableText(templates)
  const context = new Context(data, engine.options, { sync: true }, { liquid: engine })
  try {
    if (mode === 'value' && isOneReference(templates)) return takeValue(templates, context)
    context.setRegister(writerRegister, mode === 'message' ? formatted : readable)
    return engine.renderSync(templates, context)
  } catch (error) {
    throw new UnreadableText(describe(error, text), { cause: error })
  }
}

function isOneReference(templates: readonly Template[]): boolean {
  const significant = templates.filter((template) => !TypeGuards.isHTMLToken(template.token) || template.token.getContent().trim() !== '')
  return significant.length === 1 && significant[0] instanceof Output
}

/** The value that the only reference of a text gives, taken at the moment when it would be written. */
function takeValue(templates: Template[], context: Context): unknown {
  let taken: unknown
  const take: Writer = (value) => {
    taken = value
    return ''
  }
  context.setRegister(writerRegister, take)
  engine.renderSync(templates, context)
  return taken ?? null
}

/**
 * Fills data into all texts of settings, however deep in lists and records. `modeOf` says for each setting, by its key at
 * the top, how. In a list, a reference to a list gives its items and a reference to nothing gives none, so that
 * `["{{ trigger.person.manager }}", "{{ team.people }}"]` is a list of people.
 *
 * @throws UnreadableText as {@link render} does.
 */
export function renderSettings(
  settings: Record<string, unknown>,
  data: Data,
  modeOf: (key: string) => RenderMode,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, renderDeep(value, data, modeOf(key))]))
}

function renderItem(item: unknown, data: Data, mode: RenderMode): unknown[] {
  const rendered = renderDeep(item, data, mode)
  if (typeof item !== 'string') return [rendered]
  return Array.isArray(rendered) ? rendered : rendered === null ? [] : [rendered]
}

function renderDeep(value: unknown, data: Data, mode: RenderMode): unknown {
  if (typeof value === 'string') return render(value, data, mode)
  if (Array.isArray(value)) return value.flatMap((item) => renderItem(item, data, mode))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renderDeep(inner, data, mode)]))
}

/**
 * True when all conditions hold; `holds` in condition.ts says how values are compared. With `data`, references in them are
 * filled in first; without, they are taken as already filled in, so that what people typed is never read as a reference.
 *
 * @throws UnreadableText as {@link render} does.
 */
export function evaluate(conditions: readonly Condition[], data?: Data): boolean {
  return conditions.every((condition) => {
    if (!data) return holds(condition)
    const filled = (value: unknown) => renderDeep(value, data, 'value')
    return holds({ left: filled(condition.left), is: condition.is, right: [filled(condition.right)].flat() })
  })
}
