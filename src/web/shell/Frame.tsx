import { CloseButton } from '@mantine/core'
import { IconMenu2 } from '@tabler/icons-react'
import { Outlet, useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { m } from '#messages'
import type { Unread as Count } from '../chat/rooms/rooms.ts'
import { keepLive, useInterrupted } from '../data/live.ts'
import { useSession } from '../data/session.ts'
import classes from './Frame.module.css'
import { Navigation } from './Navigation.tsx'

/** Under which name a browser remembers that the navigation is folded. */
const foldedKey = 'missions.folded'
/** Pages that need the width: there it begins folded, and is remembered apart. */
const widePages = /^\/missions\/[^/]+$/

// A page without this count is better than none.
const Unread = lazy(() => import('../chat/rooms/Unread.tsx').catch(() => ({ default: () => null })))
/** The page itself comes first; what is unread in the chat is counted after so many milliseconds. */
const pageFirst = 1_000

/** What surrounds every signed-in page: navigation beside it, or behind a button on a phone. Keeps the live stream open. */
export function Frame() {
  const { workspace } = useSession()
  const { pathname } = useLocation()
  const wide = widePages.test(pathname)
  const key = wide ? `${foldedKey}.wide` : foldedKey
  const [chosen, setChosen] = useState<Record<string, boolean>>({})
  const kept = localStorage.getItem(key)
  const folded = chosen[key] ?? (kept === null ? wide : kept === 'yes')
  const interrupted = useInterrupted()
  const drawer = useRef<HTMLDialogElement>(null)
  const [later, setLater] = useState(false)
  const [unread, setUnread] = useState<Count>()

  useEffect(() => {
    const ended = new AbortController()
    void keepLive(workspace.id, ended.signal)
    return () => ended.abort()
  }, [workspace.id])
  useEffect(() => {
    const timer = setTimeout(() => setLater(true), pageFirst)
    return () => clearTimeout(timer)
  }, [])
  useEffect(() => {
    const dialog = drawer.current
    // The dialog itself is hit only outside its content: on the backdrop.
    const closeOutside = (event: MouseEvent) => {
      if (event.target === dialog) dialog?.close()
    }
    dialog?.addEventListener('click', closeOutside)
    return () => dialog?.removeEventListener('click', closeOutside)
  }, [])
  // Arriving somewhere closes the phone's menu.
  useEffect(() => drawer.current?.close(), [pathname])

  const fold = () => {
    localStorage.setItem(key, folded ? 'no' : 'yes')
    setChosen({ ...chosen, [key]: !folded })
  }

  return (
    <div className={classes.frame}>
      <a href="#content" className={classes.skip}>
        {m.shell_skip()}
      </a>
      <header className={classes.bar}>
        <button
          type="button"
          className={classes.menu}
          // What waits in the chat is behind this button.
          aria-label={
            unread && unread.mine > 0 ? `${m.shell_menu_open()}, ${m.shell_chat_mine({ count: unread.mine })}` : m.shell_menu_open()
          }
          data-waiting={(unread && unread.mine > 0) || undefined}
          aria-haspopup="dialog"
          onClick={() => drawer.current?.showModal()}
        >
          <IconMenu2 size={22} aria-hidden />
        </button>
        <span className={classes.name}>{workspace.name}</span>
      </header>
      <div className={classes.side}>
        <Navigation folded={folded} unread={unread} onFold={fold} />
      </div>
      <dialog ref={drawer} className={classes.drawer} aria-label={m.shell_navigation()}>
        <div className={classes.sheet}>
          <CloseButton size="lg" className={classes.close} onClick={() => drawer.current?.close()} />
          <Navigation unread={unread} />
        </div>
      </dialog>
      <main id="content" tabIndex={-1} className={classes.content}>
        <div role="status">{interrupted && <p className={classes.interrupted}>{m.shell_interrupted()}</p>}</div>
        <Outlet />
        <Suspense>{later && <Unread onCount={setUnread} />}</Suspense>
      </main>
    </div>
  )
}
