import { Anchor, Button, Stack } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as z from 'zod/mini'
import { m } from '#messages'
import { checkCredentials, makeAccount } from '../data/credentials.ts'
import { api } from '../data/api.ts'
import { enterWorkspace, userQuery } from '../data/session.ts'
import { getLocale } from '../paraglide/runtime.js'
import { browserTimeZone, useEntering } from './entering.ts'
import { EmailField, NameField, PasswordField, WorkspaceField } from './Fields.tsx'
import { FormTrouble, Welcome } from './Welcome.tsx'

/**
 * The first thing anybody sees: account and workspace in one form. Who is signed in already (a second workspace, or the page was
 * closed half-way) is asked only for the names.
 */
export function SignUp() {
  const navigate = useNavigate()
  const { data: user } = useSuspenseQuery(userQuery)
  const [mailed, setMailed] = useState(false)

  const { wrong, trouble, busy, submit } = useEntering(async (values) => {
    const faults = {
      ...(values.name === '' ? { name: m.shell_wrong_name() } : {}),
      ...(values.workspace === '' ? { workspace: m.shell_wrong_workspace() } : {}),
      ...(user ? {} : checkCredentials(values, true)),
    }
    if (Object.keys(faults).length > 0) return faults
    if (!user) {
      const entered = await makeAccount(values)
      if ('wrong' in entered) return entered.wrong
      if (entered.entered === 'mail') {
        setMailed(true)
        return undefined
      }
    }
    const { workspaceId } = await api(
      '/api/workspaces',
      { name: values.workspace, personName: values.name, timeZone: browserTimeZone(), language: getLocale() },
      { answer: z.object({ workspaceId: z.string() }) },
    )
    enterWorkspace(workspaceId)
    await navigate({ to: '/missions' })
    return undefined
  })

  if (mailed) return <Welcome title={m.shell_sign_up()}>{m.shell_confirm_mail()}</Welcome>
  return (
    <Welcome
      title={m.shell_sign_up()}
      about={user ? m.shell_sign_up_as({ email: user.email }) : m.shell_tagline()}
      below={
        !user && (
          <>
            {m.shell_sign_up_have()}{' '}
            <Anchor component={Link} to="/sign-in" underline="always">
              {m.shell_sign_in_go()}
            </Anchor>
          </>
        )
      }
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <NameField wrong={wrong.name} />
          <WorkspaceField wrong={wrong.workspace} />
          {!user && (
            <>
              <EmailField wrong={wrong.email} />
              <PasswordField wrong={wrong.password} fresh />
            </>
          )}
          <FormTrouble words={trouble} />
          <Button type="submit" size="md" loading={busy}>
            {m.shell_sign_up_go()}
          </Button>
        </Stack>
      </form>
    </Welcome>
  )
}
