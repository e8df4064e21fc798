import { createFileRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { SignIn } from '../shell/SignIn.tsx'

export const Route = createFileRoute('/sign-in')({ validateSearch: z.object({ to: z.string().optional().catch(undefined) }), component: SignInPage })

function SignInPage() {
  const { to } = Route.useSearch()
  return <SignIn to={to} />
}
