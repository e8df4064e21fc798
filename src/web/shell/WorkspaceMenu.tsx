import { IconCheck, IconChevronDown, IconDeviceDesktop, IconLogout, IconMoon, IconPlus, IconSettings, IconSun } from '@tabler/icons-react'
import { useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useId, useRef } from 'react'
import { m } from '#messages'
import { languages, type Language } from '../../mission/words.ts'
import { speakAnew } from '../data/language.ts'
import { enterWorkspace, signOut, useSession } from '../data/session.ts'
import { done, supabase } from '../data/supabase.ts'
import { tellTrouble } from './tell.ts'
import classes from './WorkspaceMenu.module.css'

const looks = [
  { look: 'light', title: m.shell_look_light, Icon: IconSun },
  { look: 'dark', title: m.shell_look_dark, Icon: IconMoon },
  { look: 'auto', title: m.shell_look_auto, Icon: IconDeviceDesktop },
] as const

const languageNames: Record<Language, () => string> = { en: m.shell_language_en, fr: m.shell_language_fr }

/**
 * Language, appearance, settings, other workspaces and sign-out, behind the workspace's name. A native popover: it closes on
 * Escape and outside clicks by itself, and Mantine's Menu would add 26 KB to the first page for it.
 */
export function WorkspaceMenu({ folded = false }: { folded?: boolean }) {
  const session = useSession()
  const navigate = useNavigate()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const id = useId()
  const panel = useRef<HTMLDivElement>(null)

  const chooseLanguage = async (language: Language) => {
    try {
      done(await supabase.from('people').update({ language }).eq('id', session.person.id))
      speakAnew(language)
    } catch (error) {
      tellTrouble(error)
    }
  }
  const enter = (workspaceId: string) => {
    enterWorkspace(workspaceId)
    location.assign('/missions')
  }
  const leave = async () => {
    await signOut()
    await navigate({ to: '/sign-in' })
  }

  return (
    <>
      <button type="button" className={classes.button} popoverTarget={id} data-folded={folded || undefined}>
        <span className={classes.badge} aria-hidden>
          {session.workspace.name.slice(0, 1).toUpperCase()}
        </span>
        {!folded && (
          <span className={classes.names}>
            <span className={classes.workspace}>{session.workspace.name}</span>
            <span className={classes.person}>{session.person.name}</span>
          </span>
        )}
        <VisuallyHidden>{m.shell_workspace_menu()}</VisuallyHidden>
        {!folded && <IconChevronDown size={16} aria-hidden />}
      </button>
      <div id={id} ref={panel} popover="auto" className={classes.panel}>
        {session.memberships.length > 1 && (
          <Choices title={m.shell_workspaces()}>
            {session.memberships.map(({ workspace }) => (
              <Choice key={workspace.id} chosen={workspace.id === session.workspace.id} onChoose={() => enter(workspace.id)}>
                {workspace.name}
              </Choice>
            ))}
          </Choices>
        )}
        <Choices title={m.shell_language()}>
          {languages.map((language) => (
            <Choice key={language} lang={language} chosen={language === session.language} onChoose={() => void chooseLanguage(language)}>
              {languageNames[language]()}
            </Choice>
          ))}
        </Choices>
        <Choices title={m.shell_look()}>
          {looks.map(({ look, title, Icon }) => (
            <Choice
              key={look}
              icon={<Icon size={17} stroke={1.7} aria-hidden />}
              chosen={look === colorScheme}
              onChoose={() => setColorScheme(look)}
            >
              {title()}
            </Choice>
          ))}
        </Choices>
        <div className={classes.group}>
          <Link to="/settings" className={classes.item} onClick={() => panel.current?.hidePopover()}>
            <IconSettings size={17} stroke={1.7} aria-hidden />
            {m.shell_settings()}
          </Link>
          <Link to="/sign-up" className={classes.item} onClick={() => panel.current?.hidePopover()}>
            <IconPlus size={17} stroke={1.7} aria-hidden />
            {m.shell_new_workspace()}
          </Link>
          <button type="button" className={classes.item} onClick={() => void leave()}>
            <IconLogout size={17} stroke={1.7} aria-hidden />
            {m.shell_sign_out()}
          </button>
        </div>
      </div>
    </>
  )
}

function Choices({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <div className={classes.group} role="group" aria-labelledby={id}>
      <div id={id} className={classes.title}>
        {title}
      </div>
      {children}
    </div>
  )
}

function Choice(choice: { chosen: boolean; lang?: string; icon?: ReactNode; onChoose: () => void; children: ReactNode }) {
  return (
    <button type="button" className={classes.item} lang={choice.lang} aria-pressed={choice.chosen} onClick={choice.onChoose}>
      {choice.icon}
      <span className={classes.label}>{choice.children}</span>
      {choice.chosen && <IconCheck size={16} aria-hidden />}
    </button>
  )
}
