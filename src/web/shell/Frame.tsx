import { Drawer } from '@mantine/core'
import { IconMenu2 } from '@tabler/icons-react'
import { Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { m } from '#messages'
import { keepLive } from '../data/live.ts'
import { useSession } from '../data/session.ts'
import classes from './Frame.module.css'
import { Navigation } from './Navigation.tsx'

/** What surrounds every signed-in page: navigation beside it, or behind a button on a phone. Keeps the live stream open. */
export function Frame() {
  const { workspace } = useSession()
  const { pathname } = useLocation()
  const [opened, setOpened] = useState(false)

  useEffect(() => {
    const ended = new AbortController()
    void keepLive(workspace.id, ended.signal)
    return () => ended.abort()
  }, [workspace.id])
  useEffect(() => setOpened(false), [pathname])

  return (
    <div className={classes.frame}>
      <a href="#content" className={classes.skip}>
        {m.shell_skip()}
      </a>
      <header className={classes.bar}>
        <button type="button" className={classes.menu} aria-label={m.shell_menu_open()} aria-expanded={opened} onClick={() => setOpened(true)}>
          <IconMenu2 size={22} aria-hidden />
        </button>
        <span className={classes.name}>{workspace.name}</span>
      </header>
      <div className={classes.side}>
        <Navigation />
      </div>
      <Drawer opened={opened} onClose={() => setOpened(false)} size={280} title={m.shell_app()} hiddenFrom="sm">
        <Navigation />
      </Drawer>
      <main id="content" tabIndex={-1} className={classes.content}>
        <Outlet />
      </main>
    </div>
  )
}
