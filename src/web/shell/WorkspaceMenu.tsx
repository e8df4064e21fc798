import { Menu, useMantineColorScheme } from '@mantine/core'
import { IconCheck, IconChevronDown, IconDeviceDesktop, IconLogout, IconMoon, IconSettings, IconSun } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { m } from '#messages'
import { enterWorkspace, signOut, speak, useSession } from '../data/session.ts'
import { done, supabase } from '../data/supabase.ts'
import { languages, type Language } from '../../mission/words.ts'
import { tellTrouble } from './tell.ts'
import classes from './WorkspaceMenu.module.css'

const looks = [
  { look: 'light', title: m.shell_look_light, Icon: IconSun },
  { look: 'dark', title: m.shell_look_dark, Icon: IconMoon },
  { look: 'auto', title: m.shell_look_auto, Icon: IconDeviceDesktop },
] as const

const languageNames: Record<Language, () => string> = { en: m.shell_language_en, fr: m.shell_language_fr }

/** Language, appearance, settings, other workspaces and sign-out, behind the workspace's name. */
export function WorkspaceMenu() {
  const session = useSession()
  const navigate = useNavigate()
  const { colorScheme, setColorScheme } = useMantineColorScheme()

  const chooseLanguage = async (language: Language) => {
    try {
      done(await supabase.from('people').update({ language }).eq('id', session.person.id))
      await speak(language)
    } catch (error) {
      tellTrouble(error)
    }
  }
  const leave = async () => {
    await signOut()
    await navigate({ to: '/sign-in' })
  }
  const tick = (on: boolean) => (on ? <IconCheck size={16} aria-hidden /> : undefined)

  return (
    <Menu position="bottom-start" width={248} shadow="md">
      <Menu.Target>
        <button type="button" className={classes.button} aria-label={m.shell_workspace_menu({ workspace: session.workspace.name })}>
          <span className={classes.badge} aria-hidden>
            {session.workspace.name.slice(0, 1).toUpperCase()}
          </span>
          <span className={classes.names}>
            <span className={classes.workspace}>{session.workspace.name}</span>
            <span className={classes.person}>{session.person.name}</span>
          </span>
          <IconChevronDown size={16} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {session.memberships.length > 1 && (
          <>
            <Menu.Label>{m.shell_workspaces()}</Menu.Label>
            {session.memberships.map(({ workspace }) => (
              <Menu.Item
                key={workspace.id}
                rightSection={tick(workspace.id === session.workspace.id)}
                onClick={() => {
                  enterWorkspace(workspace.id)
                  location.assign('/missions')
                }}
              >
                {workspace.name}
              </Menu.Item>
            ))}
            <Menu.Divider />
          </>
        )}
        <Menu.Item component={Link} to="/settings" leftSection={<IconSettings size={17} aria-hidden />}>
          {m.shell_settings()}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{m.shell_language()}</Menu.Label>
        {languages.map((language) => (
          <Menu.Item key={language} lang={language} rightSection={tick(language === session.language)} onClick={() => void chooseLanguage(language)}>
            {languageNames[language]()}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{m.shell_look()}</Menu.Label>
        {looks.map(({ look, title, Icon }) => (
          <Menu.Item key={look} leftSection={<Icon size={17} aria-hidden />} rightSection={tick(look === colorScheme)} onClick={() => setColorScheme(look)}>
            {title()}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={17} aria-hidden />} onClick={() => void leave()}>
          {m.shell_sign_out()}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
