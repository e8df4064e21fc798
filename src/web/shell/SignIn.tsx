import { Anchor, Button, Stack } from '@mantine/core'
import { Link, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { m } from '#messages'
import { checkCredentials, enterAccount } from '../data/credentials.ts'
import { queries } from '../data/queries.ts'
import { useEntering } from './entering.ts'
import { EmailField, PasswordField } from './Fields.tsx'
import { FormTrouble, Welcome } from './Welcome.tsx'

/** Signing in, and then to where one wanted to go. */
export function SignIn({ to }: { to: string | undefined }) {
  const router = useRouter()
  const [mailed, setMailed] = useState(false)

  const { wrong, trouble, busy, submit } = useEntering(async (values) => {
    const faults = checkCredentials(values, false)
    if (Object.keys(faults).length > 0) return faults
    const entered = await enterAccount(values)
    if ('wrong' in entered) return entered.wrong
    if (entered.entered === 'mail') {
      setMailed(true)
      return undefined
    }
    queries.clear()
    // Only to a page of this program, never to an address somebody put into a link.
    router.history.push(to?.startsWith('/') && !to.startsWith('//') ? to : '/missions')
    return undefined
  })

  return (
    <Welcome
      title={m.shell_sign_in()}
      below={
        <Stack gap={6}>
          <span>
            {m.shell_sign_in_new()}{' '}
            <Anchor component={Link} to="/sign-up" underline="always">
              {m.shell_sign_in_create()}
            </Anchor>
          </span>
          <span>{m.shell_sign_in_invited()}</span>
        </Stack>
      }
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <EmailField wrong={wrong.email} />
          <PasswordField wrong={wrong.password} fresh={false} />
          <FormTrouble words={mailed ? m.shell_confirm_mail() : trouble} />
          <Button type="submit" size="md" loading={busy}>
            {m.shell_sign_in_go()}
          </Button>
        </Stack>
      </form>
    </Welcome>
  )
}
