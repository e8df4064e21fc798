import { Button, Paper, PasswordInput, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { m } from '#messages'
import { type Language, languages } from '../../mission/words.ts'
import { changePassword } from '../data/credentials.ts'
import { speakAnew } from '../data/language.ts'
import { queries } from '../data/queries.ts'
import { useSession } from '../data/session.ts'
import { done, supabase } from '../data/supabase.ts'
import { Page } from '../shell/Page.tsx'
import { tell, tellTrouble } from '../shell/tell.ts'

const languageNames: Record<Language, () => string> = { en: m.shell_language_en, fr: m.shell_language_fr }
const languageOptions = () => languages.map((value) => ({ value, label: languageNames[value]() }))
const asLanguage = (value: string | null): Language => languages.find((one) => one === value) ?? 'en'

/** Everybody's own entry, and for owners the workspace. */
export function Settings() {
  return (
    <Page title={m.shell_settings()} about={m.people_settings_about()}>
      <Stack gap="xl" maw={560}>
        <You />
        <Password />
        <Workspace />
      </Stack>
    </Page>
  )
}

function Section({ title, children, onSubmit }: { title: string; children: ReactNode; onSubmit: () => void }) {
  return (
    <Paper withBorder radius="lg" p="lg">
      <Title order={2} mb="md">
        {title}
      </Title>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        <Stack gap="md" align="flex-start">
          {children}
        </Stack>
      </form>
    </Paper>
  )
}

function ZoneSelect({
  label,
  description,
  value,
  onChange,
  disabled,
}: {
  label: string
  description?: string
  value: string
  onChange: (zone: string) => void
  disabled?: boolean
}) {
  const zones = Intl.supportedValuesOf('timeZone')
  return (
    <Select
      w="100%"
      label={label}
      {...(description === undefined ? {} : { description })}
      searchable
      allowDeselect={false}
      data={zones.includes(value) ? zones : [value, ...zones]}
      value={value}
      onChange={(zone) => onChange(zone ?? value)}
      limit={100}
      nothingFoundMessage={m.people_settings_zone_none()}
      disabled={disabled ?? false}
    />
  )
}

function You() {
  const { person, user } = useSession()
  const [name, setName] = useState(person.name)
  const [zone, setZone] = useState(person.time_zone)
  const [language, setLanguage] = useState<Language>(person.language)
  const save = useMutation({
    mutationFn: async () =>
      done(await supabase.from('people').update({ name: name.trim(), time_zone: zone, language }).eq('id', person.id)),
    onSuccess: async () => {
      if (language !== person.language) return speakAnew(language)
      await Promise.all([queries.invalidateQueries({ queryKey: ['members'] }), queries.invalidateQueries({ queryKey: ['people'] })])
      tell(m.shell_saved())
    },
    onError: tellTrouble,
  })
  const missing = name.trim() === ''
  return (
    <Section title={m.people_settings_you()} onSubmit={() => !missing && save.mutate()}>
      <TextInput
        w="100%"
        label={m.people_name()}
        value={name}
        maxLength={80}
        autoComplete="name"
        onChange={(event) => setName(event.currentTarget.value)}
        error={missing ? m.people_settings_wrong_name() : undefined}
      />
      <TextInput w="100%" label={m.people_settings_email()} description={m.people_settings_email_hint()} value={user.email} readOnly />
      <ZoneSelect label={m.people_settings_zone()} description={m.people_settings_zone_hint()} value={zone} onChange={setZone} />
      <Select
        w="100%"
        label={m.people_settings_language()}
        allowDeselect={false}
        data={languageOptions()}
        value={language}
        onChange={(value) => setLanguage(asLanguage(value))}
      />
      <Button type="submit" loading={save.isPending}>
        {m.shell_save()}
      </Button>
    </Section>
  )
}

function Password() {
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<string>()
  const save = useMutation({
    mutationFn: () => changePassword(password),
    onSuccess: (fault) => {
      setWrong(fault)
      if (fault !== undefined) return
      setPassword('')
      tell(m.people_settings_password_done())
    },
    onError: tellTrouble,
  })
  return (
    <Section title={m.people_settings_password_title()} onSubmit={() => save.mutate()}>
      <PasswordInput
        w="100%"
        label={m.people_settings_password()}
        description={m.shell_field_password_hint()}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': m.shell_password_show() }}
        error={wrong}
      />
      <Button type="submit" variant="default" loading={save.isPending}>
        {m.people_settings_password_go()}
      </Button>
    </Section>
  )
}

function Workspace() {
  const { workspace, role } = useSession()
  const [name, setName] = useState(workspace.name)
  const [zone, setZone] = useState(workspace.time_zone)
  const [language, setLanguage] = useState<Language>(workspace.language)
  const owner = role === 'owner'
  const missing = name.trim() === ''
  const save = useMutation({
    mutationFn: async () =>
      done(await supabase.from('workspaces').update({ name: name.trim(), time_zone: zone, language }).eq('id', workspace.id)),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['members'] })
      tell(m.shell_saved())
    },
    onError: tellTrouble,
  })
  return (
    <Section title={m.people_settings_workspace()} onSubmit={() => owner && !missing && save.mutate()}>
      {!owner && (
        <Text size="sm" c="dimmed">
          {m.people_settings_workspace_owners()}
        </Text>
      )}
      <TextInput
        w="100%"
        label={m.people_settings_workspace_name()}
        value={name}
        maxLength={80}
        readOnly={!owner}
        onChange={(event) => setName(event.currentTarget.value)}
        error={missing ? m.people_settings_wrong_name() : undefined}
      />
      <Select
        w="100%"
        label={m.people_settings_workspace_language()}
        allowDeselect={false}
        data={languageOptions()}
        value={language}
        onChange={(value) => setLanguage(asLanguage(value))}
        disabled={!owner}
      />
      <ZoneSelect label={m.people_settings_workspace_zone()} value={zone} onChange={setZone} disabled={!owner} />
      {owner && (
        <Button type="submit" loading={save.isPending}>
          {m.shell_save()}
        </Button>
      )}
    </Section>
  )
}
