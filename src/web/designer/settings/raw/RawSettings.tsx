import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useId, useState } from 'react'
import type { z } from 'zod'
import { m } from '#messages'
import { say } from '../../../../mission/words.ts'
import { useForm } from '../field.ts'
import { useWorkshop } from '../../workshop.ts'
import classes from '../settings.module.css'
import { type RawFault, readRaw } from './reading.ts'

/** A card's settings as JSON, for the curious: applied in one edit, or told line by line why not. */
export function RawSettings({ id, settings, schema }: { id: string; settings: Record<string, unknown>; schema: z.ZodObject | undefined }) {
  const { commands } = useWorkshop()
  const { language, readOnly } = useForm()
  const about = useId()
  const kept = JSON.stringify(settings, null, 2)
  /** Undefined while the text is what is kept, so that it follows what is changed elsewhere. */
  const [text, setText] = useState<string>()
  const [faults, setFaults] = useState<readonly RawFault[]>([])
  const [applied, setApplied] = useState(false)
  const put = (next: string | undefined) => {
    setText(next === kept ? undefined : next)
    setFaults([])
    setApplied(false)
  }
  const apply = () => {
    if (text === undefined) return
    const read = readRaw(text, settings, schema)
    if ('faults' in read) return setFaults(read.faults)
    const isSame = JSON.stringify(read.settings) === JSON.stringify(settings)
    if (!isSame && !commands.setAll(id, read.settings))
      return setFaults([
        {
          line: 0,
          what: {
            en: 'these settings are too large or nested too deeply',
            fr: 'ces réglages sont trop volumineux ou trop imbriqués',
          },
        },
      ])
    put(undefined)
    setApplied(true)
  }
  return (
    <Stack gap="xs">
      <p id={about} className={classes.help}>
        {m.designer_raw_about()}
      </p>
      <Textarea
        aria-label={m.designer_raw_text()}
        aria-describedby={faults.length > 0 ? `${about}-faults` : about}
        className={classes.raw}
        autosize
        minRows={4}
        maxRows={24}
        value={text ?? kept}
        disabled={readOnly}
        spellCheck={false}
        error={faults.length > 0}
        onChange={(event) => put(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) apply()
        }}
      />
      <div id={`${about}-faults`} role="status" className={faults.length > 0 ? classes.fault : classes.help}>
        {faults.length > 0 && (
          <>
            {m.designer_raw_bad()}
            <ul className={classes.lines}>
              {faults.map(({ line, what }, at) => (
                <li key={at}>{line === 0 ? say(what, language) : m.designer_raw_line({ line, what: say(what, language) })}</li>
              ))}
            </ul>
          </>
        )}
        {applied && m.designer_raw_applied()}
      </div>
      {!readOnly && (
        <Group gap="xs">
          <Button size="xs" disabled={text === undefined} onClick={apply}>
            {m.designer_raw_apply()}
          </Button>
          <Button size="xs" variant="default" disabled={text === undefined} onClick={() => put(undefined)}>
            {m.designer_raw_back()}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
