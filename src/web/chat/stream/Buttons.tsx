import { Button, Group } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import * as z from 'zod/mini'
import { say } from '../../../mission/words.ts'
import { api } from '../../data/api.ts'
import { ServerTrouble, wordsOf } from '../../data/trouble.ts'
import { getLocale } from '../../paraglide/runtime.js'
import type { MessageButton } from './message.ts'
import { useWhispers } from './whispers.ts'

const ButtonForm = lazy(async () => ({ default: (await import('./ButtonForm.tsx')).ButtonForm }))

const wordsSchema = z.object({ en: z.string(), fr: z.string() })
const replySchema = z.object({ accepted: z.boolean(), told: wordsSchema })
const wrongSchema = z.object({ wrong: z.record(z.string(), wordsSchema) })

/** What somebody filled in, by field. */
export type Filled = Record<string, string | string[] | boolean>
/** What is wrong with it, by field. */
export type Wrong = Record<string, string>

/** The buttons of a question. What pressing came to is told next to the message, to the one who pressed. */
export function Buttons({ messageId, buttons }: { messageId: string; buttons: readonly MessageButton[] }) {
  const [pressed, setPressed] = useState<string>()
  const [opened, setOpened] = useState<MessageButton>()
  const tell = useWhispers((whispers) => whispers.tell)

  const press = async (button: string, values?: Filled): Promise<Wrong | undefined> => {
    setPressed(button)
    try {
      const reply = await api(`/api/chat/messages/${messageId}/press`, { button, ...(values ? { values } : {}) }, { answer: replySchema })
      tell(messageId, { text: say(reply.told, getLocale()), accepted: reply.accepted })
      return undefined
    } catch (error) {
      const read = error instanceof ServerTrouble ? z.safeParse(wrongSchema, error.body) : undefined
      if (read?.success)
        return Object.fromEntries(Object.entries(read.data.wrong).map(([field, words]) => [field, say(words, getLocale())]))
      tell(messageId, { text: wordsOf(error), accepted: false })
      return undefined
    } finally {
      setPressed(undefined)
    }
  }

  return (
    <>
      <Group gap="xs" mt={8}>
        {buttons.map((button) => (
          <Button
            key={button.id}
            size="sm"
            variant={button.style === 'primary' ? 'filled' : 'default'}
            {...(button.style === 'danger' ? { c: 'var(--mantine-color-error)' } : {})}
            loading={pressed === button.id && !opened}
            disabled={pressed !== undefined && pressed !== button.id}
            styles={{ root: { maxWidth: '100%', height: 'auto', minHeight: '2.25rem' }, label: { whiteSpace: 'normal' } }}
            onClick={() => (button.form ? setOpened(button) : void press(button.id))}
          >
            {button.label}
          </Button>
        ))}
      </Group>
      {opened?.form && (
        <Suspense>
          <ButtonForm form={opened.form} send={(values) => press(opened.id, values)} close={() => setOpened(undefined)} />
        </Suspense>
      )}
    </>
  )
}
