import { createFileRoute, redirect } from '@tanstack/react-router'
import { signedInUser } from '../data/account.ts'
import { openSession } from '../data/session.ts'
import { Frame } from '../shell/Frame.tsx'
import { firstVisitor } from '../shell/welcome.ts'

export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ location }) => {
    if (!(await signedInUser()))
      throw redirect((await firstVisitor()) ? { to: '/sign-up' } : { to: '/sign-in', search: { to: location.href } })
    if (await openSession()) return
    // An account without a workspace: its owner closed the page between the two steps of signing up, or was removed.
    throw redirect((await signedInUser()) ? { to: '/sign-up' } : { to: '/sign-in', search: { to: location.href } })
  },
  component: Frame,
})
