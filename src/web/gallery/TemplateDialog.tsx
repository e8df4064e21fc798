import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { m } from '#messages'
import { type TakenOut, withoutOwn } from '../../catalogue/sharing.ts'
import type { Mission } from '../../mission/mission.ts'
import { say } from '../../mission/words.ts'
import { useSession } from '../data/session.ts'
import { tell, tellTrouble } from '../shell/tell.ts'
import { saveTemplate } from './templates.ts'
import classes from './TemplateDialog.module.css'

/** Saving a mission as a template for everybody in the workspace: what it is called and for, and what is taken out of it before. */
export default function TemplateDialog({ mission, onClose }: { mission: Mission; onClose: () => void }) {
  const { workspace } = useSession()
  const queries = useQueryClient()
  const [{ mission: shared, taken }] = useState(() => withoutOwn(mission))
  const [title, setTitle] = useState(shared.name)
  const [summary, setSummary] = useState(shared.description)
  const [missing, setMissing] = useState(false)
  const save = useMutation({
    mutationFn: () => saveTemplate(workspace.id, { title: title.trim(), summary: summary.trim(), mission: shared }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['templates'] })
      tell(m.gallery_template_saved({ title: title.trim() }))
      onClose()
    },
    onError: tellTrouble,
  })
  return (
    <Modal opened onClose={onClose} title={m.gallery_template_save()} centered size="lg">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (title.trim() === '' || summary.trim() === '') setMissing(true)
          else save.mutate()
        }}
      >
        <Stack gap="md">
          <Text>{m.gallery_template_save_about()}</Text>
          <TextInput
            data-autofocus
            label={m.gallery_template_title()}
            maxLength={120}
            value={title}
            error={missing && title.trim() === '' ? m.gallery_template_needed() : undefined}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Textarea
            label={m.gallery_template_summary()}
            description={m.gallery_template_summary_hint()}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={500}
            value={summary}
            error={missing && summary.trim() === '' ? m.gallery_template_needed() : undefined}
            onChange={(event) => setSummary(event.currentTarget.value)}
          />
          <Taken taken={taken} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {m.shell_cancel()}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {m.gallery_template_save_go()}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Taken({ taken }: { taken: readonly TakenOut[] }) {
  const { language } = useSession()
  if (taken.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {m.gallery_template_nothing_taken()}
      </Text>
    )
  return (
    <section aria-label={m.gallery_template_taken()}>
      <Text size="sm" fw={600}>
        {m.gallery_template_taken()}
      </Text>
      <ul className={classes.taken}>
        {/* The same setting of cards with the same name is told once. */}
        {[...new Set(taken.map((one) => takenWords(one, language)))].map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </section>
  )
}

function takenWords({ card, setting, how }: TakenOut, language: string): string {
  const where = card && say(card, language)
  if (where === undefined) return m.gallery_template_blotted_about()
  if (setting === undefined) return m.gallery_template_blotted_name({ card: where })
  const named = { card: where, setting: say(setting, language) }
  return how === 'emptied' ? m.gallery_template_emptied(named) : m.gallery_template_blotted(named)
}
