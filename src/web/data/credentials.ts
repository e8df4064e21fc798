import { m } from '#messages'
import { accounts } from './account.ts'
import { ServerTrouble, troubleOffline } from './trouble.ts'

/** What is wrong in a form, by the name of the field. */
export type Wrong<Field extends string> = Partial<Record<Field, string>>

/** An e-mail address and a password as somebody typed them. */
export interface Credentials {
  email: string
  password: string
}

const shortestPassword = 8

/** What can be said about credentials without asking the server. */
export function checkCredentials({ email, password }: Credentials, newAccount: boolean): Wrong<keyof Credentials> {
  return {
    ...(/^\S+@\S+\.\S+$/.test(email) ? {} : { email: m.shell_wrong_email() }),
    ...(newAccount && password.length < shortestPassword ? { password: m.shell_wrong_password_short() } : {}),
    ...(!newAccount && password === '' ? { password: m.shell_wrong_password_missing() } : {}),
  }
}

/** `in`: signed in. `mail`: this server wants the address confirmed first. */
export type Entered = { entered: 'in' | 'mail' } | { wrong: Wrong<keyof Credentials> }

/** Makes an account and signs in with it. @throws ServerTrouble for anything that is no fault of a field. */
export async function makeAccount(credentials: Credentials): Promise<Entered> {
  const { data, error } = await (await accounts()).signUp(credentials)
  if (!error) return { entered: data.session ? 'in' : 'mail' }
  if (error.code === 'user_already_exists' || error.code === 'email_exists') return { wrong: { email: m.shell_wrong_email_taken() } }
  if (error.code === 'weak_password') return { wrong: { password: m.shell_wrong_password_short() } }
  if (error.code === 'validation_failed' || error.code === 'email_address_invalid') return { wrong: { email: m.shell_wrong_email() } }
  throw accountTrouble(error)
}

/** Signs in. @throws ServerTrouble for anything that is no fault of a field. */
export async function enterAccount(credentials: Credentials): Promise<Entered> {
  const { error } = await (await accounts()).signInWithPassword(credentials)
  if (!error) return { entered: 'in' }
  if (error.code === 'invalid_credentials') return { wrong: { password: m.shell_wrong_credentials() } }
  if (error.code === 'email_not_confirmed') return { entered: 'mail' }
  throw accountTrouble(error)
}

function accountTrouble(error: { status?: number | undefined; message: string }): ServerTrouble {
  if (error.status === 429) return new ServerTrouble(m.shell_too_many(), '', 429)
  if (error.status === undefined || error.status === 0 || error.status >= 500) return troubleOffline()
  return new ServerTrouble(m.shell_unexpected(), '', error.status, error.message)
}

/** Changes the password of whoever is signed in. @returns what is wrong with it; undefined when it is changed. */
export async function changePassword(password: string): Promise<string | undefined> {
  if (password.length < shortestPassword) return m.shell_wrong_password_short()
  const { error } = await (await accounts()).updateUser({ password })
  if (!error) return undefined
  if (error.code === 'weak_password' || error.code === 'same_password') return m.shell_wrong_password_other()
  throw accountTrouble(error)
}
