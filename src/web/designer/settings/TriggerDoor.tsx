import { Button, CopyButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useStore } from 'zustand'
import { z } from 'zod'
import { m } from '#messages'
import { fieldSchema } from '../../../mission/form.ts'
import type { Trigger } from '../../../mission/mission.ts'
import { say } from '../../../mission/words.ts'
import { ServerTrouble } from '../../data/trouble.ts'
import { tell, tellTrouble } from '../../shell/tell.ts'
import { useLiveVersion } from '../bar/live.ts'
import { loadDoors, startRun, wrongSchema } from '../draft/server.ts'
import { useDraft, useWorkshop } from '../workshop.ts'
import classes from './settings.module.css'

const ButtonForm = lazy(async () => ({ default: (await import('../../chat/stream/ButtonForm.tsx')).ButtonForm }))

/** How a trigger is reached from outside: the address of a form or web hook, or the button that starts it. */
export function TriggerDoor({ trigger }: { trigger: Trigger }) {
  if (trigger.type === 'by-hand') return <StartNow trigger={trigger} />
  if (trigger.type === 'form' || trigger.type === 'web-hook') return <Address trigger={trigger} />
  return null
}

/** A public address. It is made once the trigger is saved, and stays the same from then on. */
function Address({ trigger }: { trigger: Trigger }) {
  const { missionId, syncing } = useWorkshop()
  const readOnly = useDraft((state) => state.readOnly)
  const save = useStore(syncing.state, (state) => state.save.at)
  const { data } = useQuery({
    queryKey: ['doors', missionId, trigger.id, trigger.type],
    queryFn: () => loadDoors(missionId),
    enabled: !readOnly && save === 'saved',
    staleTime: 60_000,
  })
  const live = useLiveVersion()
  if (readOnly) return null
  const door = data?.find((one) => one.trigger === trigger.id)
  return (
    <section className={classes.part} aria-label={m.designer_address()}>
      <h3 className={classes.partTitle}>{m.designer_address()}</h3>
      {door ? (
        <>
          <div className={classes.copyRow}>
            <span className={classes.address}>{door.url}</span>
            <CopyButton value={door.url}>
              {({ copied, copy }) => (
                <Button variant="default" size="sm" onClick={copy}>
                  {copied ? m.designer_copied() : m.designer_copy()}
                </Button>
              )}
            </CopyButton>
          </div>
          <p className={classes.help}>
            {door.kind === 'form' ? m.designer_address_form() : m.designer_address_hook()}{' '}
            {live === null ? m.designer_address_not_live() : ''}
          </p>
        </>
      ) : (
        <p className={classes.help}>{m.designer_address_making()}</p>
      )}
    </section>
  )
}

/** Starts the live version by hand, with the trigger's form if it has one. */
function StartNow({ trigger }: { trigger: Trigger }) {
  const { missionId, language } = useWorkshop()
  const live = useLiveVersion()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const published = live?.mission?.triggers.find((one) => one.id === trigger.id && one.type === 'by-hand')
  const read = z.array(fieldSchema).safeParse(published?.settings['fields'] ?? [])
  const fields = read.success ? read.data : []
  const start = async (values: Record<string, unknown>): Promise<Record<string, string> | undefined> => {
    try {
      const runId = await startRun(missionId, trigger.id, values)
      if (runId === null) tell(m.designer_started_soon())
      else await navigate({ to: '/runs/$runId', params: { runId } })
      return undefined
    } catch (error) {
      const wrong = error instanceof ServerTrouble ? wrongSchema.safeParse(error.body) : undefined
      if (wrong?.success) return Object.fromEntries(Object.entries(wrong.data.wrong).map(([field, words]) => [field, say(words, language)]))
      tellTrouble(error)
      return undefined
    }
  }
  const press = async () => {
    if (fields.length > 0) return setAsking(true)
    setBusy(true)
    await start({})
    setBusy(false)
  }
  return (
    <section className={classes.part} aria-label={m.designer_start_now()}>
      <Button fullWidth loading={busy} disabled={!published} onClick={() => void press()}>
        {m.designer_start_now()}
      </Button>
      <p className={classes.help}>{published ? m.designer_start_live({ number: live?.number ?? 0 }) : m.designer_start_not_live()}</p>
      {asking && (
        <Suspense>
          <ButtonForm
            form={{ title: m.designer_start_now(), submit: m.designer_start(), fields }}
            send={start}
            close={() => setAsking(false)}
          />
        </Suspense>
      )}
    </section>
  )
}
