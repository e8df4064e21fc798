import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { m } from '#messages'
import { useTemplate } from '../../catalogue/template.ts'
import { say } from '../../mission/words.ts'
import { mayBuild, useSession } from '../data/session.ts'
import { Confirm } from '../shell/Confirm.tsx'
import { tell, tellTrouble } from '../shell/tell.ts'
import { MissionPicture } from './MissionPicture.tsx'
import { beginMission } from './missions.ts'
import classes from './Preview.module.css'
import { Question, type Reply } from './Question.tsx'
import { Sentences } from './Sentences.tsx'
import { deleteTemplate, type GalleryTemplate, missionOf } from './templates.ts'

// Not a hook, though its name says "use": it copies a template.
const copyTemplate = useTemplate

/** One template up close: its picture, what it does in sentences, its one question, and the button that makes it one's own. */
export function Preview({ template, onClose }: { template: GalleryTemplate; onClose: () => void }) {
  const { workspace, person, role, language, user } = useSession()
  const queries = useQueryClient()
  const [deleting, setDeleting] = useState(false)
  const deletable = template.own !== undefined && (role === 'owner' || (mayBuild(role) && template.own.by === user.id))
  const navigate = useNavigate()
  const [reply, setReply] = useState<Reply | null>(null)
  const [missing, setMissing] = useState(false)
  const mission = missionOf(template, language)

  const use = useMutation({
    mutationFn: async (answer: string | undefined) =>
      beginMission(workspace.id, copyTemplate(template, { language, zone: person.time_zone, ...(answer === undefined ? {} : { answer }) })),
    onSuccess: (missionId) => navigate({ to: '/missions/$missionId', params: { missionId } }),
    onError: tellTrouble,
  })
  const useNow = () => {
    if (template.question && reply === null) setMissing(true)
    else use.mutate(reply?.answer)
  }

  return (
    <Modal opened onClose={onClose} title={say(template.title, language)} size="xl" centered>
      <Stack gap="md">
        <div className={classes.picture}>
          <MissionPicture mission={mission} label={m.gallery_template_picture({ count: mission.steps.length })} />
        </div>
        <Text>{say(template.summary, language)}</Text>
        {mayBuild(role) ? (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              useNow()
            }}
          >
            <Stack gap="md">
              {template.question && (
                <Question
                  question={template.question}
                  reply={reply}
                  onReply={(given) => {
                    setReply(given)
                    setMissing(false)
                  }}
                  error={missing ? m.gallery_use_missing() : undefined}
                />
              )}
              <Group justify="flex-end" gap="sm">
                {template.question && (
                  <Button variant="default" disabled={use.isPending} onClick={() => use.mutate(undefined)}>
                    {m.gallery_use_later()}
                  </Button>
                )}
                <Button type="submit" loading={use.isPending} {...(template.question ? {} : { 'data-autofocus': true })}>
                  {m.gallery_use()}
                </Button>
              </Group>
            </Stack>
          </form>
        ) : (
          <Text size="sm" c="dimmed">
            {m.gallery_use_member()}
          </Text>
        )}
        <section>
          <Title order={3} mb={6}>
            {m.gallery_template_what()}
          </Title>
          <Sentences mission={mission} language={language} />
        </section>
        {deletable && (
          <Group>
            <Button variant="subtle" color="red" onClick={() => setDeleting(true)}>
              {m.gallery_template_delete()}
            </Button>
          </Group>
        )}
      </Stack>
      {deleting && (
        <Confirm
          title={m.gallery_template_delete_ask({ title: say(template.title, language) })}
          go={m.gallery_template_delete_go()}
          danger
          onClose={() => setDeleting(false)}
          onGo={async () => {
            await deleteTemplate(template.slug)
            await queries.invalidateQueries({ queryKey: ['templates'] })
            tell(m.gallery_template_deleted())
            onClose()
          }}
        >
          {m.gallery_template_delete_why()}
        </Confirm>
      )}
    </Modal>
  )
}
