import { m } from '#messages'
import type { Field } from '../../../../mission/form.ts'

/** What a kind of form field is called. */
export function kindOfField(kind: Field['kind']): string {
  switch (kind) {
    case 'line':
      return m.designer_kind_line()
    case 'text':
      return m.designer_kind_text()
    case 'number':
      return m.designer_kind_number()
    case 'email':
      return m.designer_kind_email()
    case 'date':
      return m.designer_kind_date()
    case 'choice':
      return m.designer_kind_choice()
    case 'choices':
      return m.designer_kind_choices()
    case 'yesno':
      return m.designer_kind_yesno()
  }
}
