import { Button, SegmentedControl, Stack, Text } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as z from 'zod/mini'
import { m } from '#messages'
import { checkCredentials, enterAccount, makeAccount } from '../data/credentials.ts'
import { api } from '../data/api.ts'
import { queries } from '../data/queries.ts'
import { enterWorkspace, type Role, signOut, userQuery } from '../data/session.ts'
import { wordsOf } from '../data/trouble.ts'
import { getLocale } from '../paraglide/runtime.js'
import { browserTimeZone, useEntering } from './entering.ts'
import { EmailField, NameField, PasswordField } from './Fields.tsx'
import { FormTrouble, Welcome } from './Welcome.tsx'

const invitationSchema = z.object({ workspace: z.object({ name: z.string() }), role: z.enum(['owner', 'builder', 'member']) })

const roleWords: Record<Role, () => string> = {
  owner: m.shell_join_role_owner,
  builder: m.shell_join_role_builder,
  member: m.shell_join_role_member,
}

/** Joining by an invitation link: with a new account, an old one, or the one that is signed in. */
export function Join({ token }: { token: string }) {
  const invitation = useQuery({
    queryKey: ['invitations', token],
    retry: false,
    queryFn: ({ signal }) => api(`/api/invitations/${encodeURIComponent(token)}`, undefined, { answer: invitationSchema, signal }),
  })
  if (invitation.isPending) return <Welcome title={m.shell_app()}>{m.shell_loading_invitation()}</Welcome>
  if (invitation.isError) return <Welcome title={m.shell_join_bad()}>{wordsOf(invitation.error)}</Welcome>
  const { workspace, role } = invitation.data
  return (
    <Welcome title={m.shell_join({ workspace: workspace.name })} about={roleWords[role]()}>
      <JoinForm token={token} role={role} />
    </Welcome>
  )
}

function JoinForm({ token, role }: { token: string; role: Role }) {
  const navigate = useNavigate()
  const { data: user } = useSuspenseQuery(userQuery)
  const [fresh, setFresh] = useState(true)
  const [mailed, setMailed] = useState(false)

  const { wrong, trouble, busy, submit } = useEntering(async (values) => {
    const faults = {
      ...(values.name === '' ? { name: m.shell_wrong_name() } : {}),
      ...(user ? {} : checkCredentials(values, fresh)),
    }
    if (Object.keys(faults).length > 0) return faults
    if (!user) {
      const entered = await (fresh ? makeAccount(values) : enterAccount(values))
      if ('wrong' in entered) return entered.wrong
      if (entered.entered === 'mail') {
        setMailed(true)
        return undefined
      }
    }
    const { workspaceId } = await api(
      `/api/invitations/${encodeURIComponent(token)}/accept`,
      { personName: values.name, timeZone: browserTimeZone(), language: getLocale() },
      { answer: z.object({ workspaceId: z.string() }) },
    )
    enterWorkspace(workspaceId)
    // Members are here to talk and answer; whoever builds starts with the missions.
    await navigate({ to: role === 'member' ? '/chat' : '/missions' })
    return undefined
  })
  const otherAccount = async () => {
    await signOut()
    await queries.refetchQueries(userQuery)
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {user ? (
          <Text size="sm">{m.shell_sign_up_as({ email: user.email })}</Text>
        ) : (
          <SegmentedControl
            fullWidth
            value={fresh ? 'new' : 'have'}
            onChange={(value) => setFresh(value === 'new')}
            data={[
              { value: 'new', label: m.shell_join_new() },
              { value: 'have', label: m.shell_join_have() },
            ]}
          />
        )}
        <NameField wrong={wrong.name} />
        {!user && (
          <>
            <EmailField wrong={wrong.email} />
            <PasswordField wrong={wrong.password} fresh={fresh} />
          </>
        )}
        <FormTrouble words={mailed ? m.shell_confirm_mail() : trouble} />
        <Button type="submit" size="md" loading={busy}>
          {m.shell_join_go()}
        </Button>
        {user && (
          <Button variant="subtle" onClick={() => void otherAccount()}>
            {m.shell_join_other()}
          </Button>
        )}
      </Stack>
    </form>
  )
}
