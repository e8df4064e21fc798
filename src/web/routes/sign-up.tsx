import { createFileRoute } from '@tanstack/react-router'
import { SignUp } from '../shell/SignUp.tsx'

export const Route = createFileRoute('/sign-up')({ component: SignUp })
