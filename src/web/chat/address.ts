import * as z from 'zod/mini'
import { listSearchSchema } from '../shell/search.ts'

const text = z.catch(z.optional(z.string()), undefined)

/** What can follow `?` on the chat's pages: a search with its page, a message to go to, a thread to open beside it. */
export const chatSearchSchema = z.extend(listSearchSchema, { message: text, thread: text })

export type ChatSearch = z.infer<typeof chatSearchSchema>
