import { type FormEvent, useState } from 'react'
import type { Wrong } from '../data/credentials.ts'
import { noteAccount } from '../data/session.ts'
import { wordsOf } from '../data/trouble.ts'
import { goToWrong, typed } from './Fields.tsx'

type Name = keyof ReturnType<typeof typed>

/** A form of the welcome pages: what is wrong in it, whether it is being sent, and its submit handler. */
export function useEntering(send: (values: ReturnType<typeof typed>) => Promise<Wrong<Name> | undefined>) {
  const [wrong, setWrong] = useState<Wrong<Name>>({})
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    setBusy(true)
    setTrouble(undefined)
    try {
      const found = (await send(typed(form))) ?? {}
      setWrong(found)
      goToWrong(form)
    } catch (error) {
      setTrouble(wordsOf(error))
      await noteAccount()
    }
    setBusy(false)
  }
  return { wrong, trouble, busy, submit: (event: FormEvent<HTMLFormElement>) => void submit(event) }
}

/** The browser's time zone, such as Europe/Paris. */
export function browserTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
