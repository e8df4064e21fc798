import { m } from '#messages'
import type { Field } from '../../mission/form.ts'
import { element } from './element.ts'

/** A field on the page: what is shown, what was filled in, and what is said to be wrong with it. */
export interface ShownField {
  field: Field
  block: HTMLElement
  value(): string | boolean | string[]
  /** Says what is wrong; nothing takes it back. */
  tell(wrong: string | undefined): void
  focus(): void
}

/** Up to so many choices are all shown at once. */
const mostRadios = 7

/** Puts a field of a form on the page, as its kind wants it. */
export function showField(field: Field): ShownField {
  if (field.kind === 'yesno') return yesno(field)
  if (field.kind === 'choices' || (field.kind === 'choice' && (field.choices ?? []).length <= mostRadios)) return several(field)
  return single(field)
}

const idOf = (field: Field) => `field-${field.id}`
const labelOf = (field: Field): (Node | string)[] =>
  field.required || field.kind === 'yesno'
    ? [field.label]
    : [field.label, ' ', element('span', { class: 'optional' }, `(${m.form_optional()})`)]

/** Help and trouble below a label, and how the control points at them. */
function surroundings(field: Field) {
  const id = idOf(field)
  const help = field.help ? element('p', { class: 'help', id: `${id}-help` }, field.help) : undefined
  const trouble = element('p', { class: 'wrong', id: `${id}-wrong`, hidden: true })
  const tell = (controls: readonly Element[], described: Element, wrong: string | undefined) => {
    trouble.textContent = wrong ?? ''
    trouble.hidden = wrong === undefined
    for (const control of controls) {
      if (wrong === undefined) control.removeAttribute('aria-invalid')
      else control.setAttribute('aria-invalid', 'true')
    }
    const ids = [...(help ? [help.id] : []), ...(wrong === undefined ? [] : [trouble.id])]
    if (ids.length > 0) described.setAttribute('aria-describedby', ids.join(' '))
    else described.removeAttribute('aria-describedby')
  }
  return { help: help ? [help] : [], trouble, tell }
}

function single(field: Field): ShownField {
  const id = idOf(field)
  const control = makeControl(field, id)
  const { help, trouble, tell } = surroundings(field)
  tell([control], control, undefined)
  return {
    field,
    block: element('div', { class: 'field' }, element('label', { for: id }, ...labelOf(field)), ...help, control, trouble),
    value: () => control.value,
    tell: (wrong) => tell([control], control, wrong),
    focus: () => control.focus(),
  }
}

function makeControl(field: Field, id: string): HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  const shared = { id, name: field.id, 'aria-required': field.required ? 'true' : undefined }
  if (field.kind === 'text') return element('textarea', { ...shared, rows: '4', maxlength: '10000' })
  if (field.kind === 'choice')
    return element(
      'select',
      shared,
      element('option', { value: '' }, m.form_choose()),
      ...(field.choices ?? []).map((choice) => element('option', { value: choice }, choice)),
    )
  if (field.kind === 'email') return element('input', { ...shared, type: 'email', autocomplete: 'email', inputmode: 'email' })
  if (field.kind === 'date') return element('input', { ...shared, type: 'date' })
  // Not `type=number`: it swallows what it cannot read, and with it the chance to say what is wrong.
  if (field.kind === 'number') return element('input', { ...shared, type: 'text', inputmode: 'decimal' })
  return element('input', { ...shared, type: 'text', maxlength: '10000' })
}

/** Radio buttons for one of the choices, checkboxes for several. */
function several(field: Field): ShownField {
  const id = idOf(field)
  const type = field.kind === 'choices' ? 'checkbox' : 'radio'
  const boxes = (field.choices ?? []).map((choice) => element('input', { type, name: field.id, value: choice }))
  const { help, trouble, tell } = surroundings(field)
  const group = element(
    'fieldset',
    {
      class: 'field',
      id,
      role: type === 'radio' ? 'radiogroup' : undefined,
      'aria-required': type === 'radio' && field.required ? 'true' : undefined,
    },
    element('legend', {}, ...labelOf(field)),
    ...help,
    ...boxes.map((box) => element('label', { class: 'choice' }, box, element('span', {}, box.value))),
    trouble,
  )
  tell([], group, undefined)
  return {
    field,
    block: group,
    value: () => {
      const picked = boxes.filter((box) => box.checked).map((box) => box.value)
      return type === 'radio' ? (picked[0] ?? '') : picked
    },
    tell: (wrong) => tell(boxes, group, wrong),
    focus: () => boxes[0]?.focus(),
  }
}

function yesno(field: Field): ShownField {
  const box = element('input', { type: 'checkbox', name: field.id, id: idOf(field) })
  const { help, trouble, tell } = surroundings(field)
  tell([box], box, undefined)
  return {
    field,
    block: element(
      'div',
      { class: 'field' },
      element('label', { class: 'choice' }, box, element('span', {}, field.label)),
      ...help,
      trouble,
    ),
    value: () => box.checked,
    tell: (wrong) => tell([box], box, wrong),
    focus: () => box.focus(),
  }
}
