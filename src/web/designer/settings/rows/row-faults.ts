import { z } from 'zod'
import type { Widget } from '../../../../catalogue/setting.ts'

/** What is wrong with a row: nothing is written in it, or the same stands above. */
export type RowFault = 'empty' | 'twice'

/** What is wrong with each of some texts that must all be there and differ. */
export function faultsOfTexts(texts: readonly string[]): (RowFault | undefined)[] {
  return texts.map((text, at) => {
    const written = text.trim()
    if (written === '') return 'empty'
    return texts.slice(0, at).some((other) => other.trim() === written) ? 'twice' : undefined
  })
}

const rowSchema = z.object({ label: z.string().catch(''), kind: z.string().catch(''), choices: z.array(z.string()).catch([]) })
const pathSchema = z.object({ label: z.string().catch(''), when: z.array(z.unknown()).catch([]) })
const conditionSchema = z.object({ left: z.unknown(), is: z.string().catch(''), right: z.array(z.unknown()).catch([]) })

/** What is missing in a condition: the data it looks at, or what that is compared with. */
export function faultOfCondition({ left, is, right }: z.output<typeof conditionSchema>): 'left' | 'right' | undefined {
  if (left === '' || left === undefined || left === null) return 'left'
  return is === 'is-empty' || is === 'is-not-empty' || right.length > 0 ? undefined : 'right'
}

/** True when the rows of a setting say themselves what is wrong with them, so that it need not be said below all of them again. */
export function saysItself(widget: Widget, value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0) return false
  if (widget === 'choices') return faultsOfTexts(value.map(String)).some(Boolean)
  if (widget === 'fields') {
    const rows = z.array(rowSchema).safeParse(value).data ?? []
    const lacking = rows.some(
      ({ kind, choices }) => kind.startsWith('choice') && (choices.length === 0 || faultsOfTexts(choices).some(Boolean)),
    )
    return lacking || rows.some(({ label }) => label.trim() === '')
  }
  if (widget !== 'paths') return false
  const paths = z.array(pathSchema).safeParse(value).data ?? []
  return paths.some(
    ({ label, when }) =>
      label.trim() === '' || when.some((one) => faultOfCondition(conditionSchema.catch(nothing).parse(one)) !== undefined),
  )
}

const nothing = { left: '', is: 'is', right: [] }
