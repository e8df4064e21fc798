import { z } from 'zod'
import { type Template, templateSchema } from './template.ts'

const files = import.meta.glob<unknown>('./templates/*.json', { eager: true, import: 'default' })

/**
 * The templates that come with the program, in the gallery's order.
 *
 * @throws Error at start when a file is no template, naming it.
 */
export const templates: readonly Template[] = Object.entries(files)
  .map(([path, file]) => {
    const read = templateSchema.safeParse(file)
    if (!read.success) throw new Error(`${path} is not a template: ${z.prettifyError(read.error)}`)
    return read.data
  })
  .sort((one, other) => one.order - other.order)
