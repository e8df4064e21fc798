import { PasswordInput, TextInput } from '@mantine/core'
import { m } from '#messages'

interface Field {
  wrong: string | undefined
}

/** How somebody is called in the workspace. */
export function NameField({ wrong, given }: Field & { given?: string }) {
  return (
    <TextInput name="name" label={m.shell_field_name()} autoComplete="name" maxLength={80} defaultValue={given} error={wrong} size="md" />
  )
}

/** The name of a new workspace. */
export function WorkspaceField({ wrong }: Field) {
  return (
    <TextInput
      name="workspace"
      label={m.shell_field_workspace()}
      description={m.shell_field_workspace_hint()}
      autoComplete="organization"
      maxLength={80}
      error={wrong}
      size="md"
    />
  )
}

/** The e-mail address of an account. */
export function EmailField({ wrong }: Field) {
  return (
    <TextInput name="email" type="email" label={m.shell_field_email()} autoComplete="email" inputMode="email" error={wrong} size="md" />
  )
}

/** The password of an account that is there, or of a new one. */
export function PasswordField({ wrong, fresh }: Field & { fresh: boolean }) {
  return (
    <PasswordInput
      name="password"
      label={m.shell_field_password()}
      {...(fresh ? { description: m.shell_field_password_hint() } : {})}
      autoComplete={fresh ? 'new-password' : 'current-password'}
      visibilityToggleButtonProps={{ 'aria-label': m.shell_password_show() }}
      error={wrong}
      size="md"
    />
  )
}

/** What was typed into a form, trimmed (a password as it is). */
export function typed(form: HTMLFormElement): Record<'name' | 'workspace' | 'email' | 'password', string> {
  const data = new FormData(form)
  const text = (name: string) => {
    const value = data.get(name)
    return typeof value === 'string' ? value : ''
  }
  return { name: text('name').trim(), workspace: text('workspace').trim(), email: text('email').trim(), password: text('password') }
}

/** Puts the cursor into the first field that is wrong, once it has been marked. */
export function goToWrong(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
