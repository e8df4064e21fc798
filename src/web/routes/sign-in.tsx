import { createFileRoute } from '@tanstack/react-router'
import { signInSearchSchema } from '../shell/search.ts'
import { SignIn } from '../shell/SignIn.tsx'

export const Route = createFileRoute('/sign-in')({ validateSearch: signInSearchSchema, component: SignInPage })

function SignInPage() {
  const { to } = Route.useSearch()
  return <SignIn to={to} />
}
