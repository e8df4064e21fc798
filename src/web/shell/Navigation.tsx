import {
  IconHistory,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconMessages,
  IconRoute,
  IconTable,
  IconTemplate,
  IconUsers,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { m } from '#messages'
import type { Unread } from '../chat/rooms/rooms.ts'
import classes from './Navigation.module.css'
import { WorkspaceMenu } from './WorkspaceMenu.tsx'

const places = [
  { to: '/missions', title: m.shell_missions, Icon: IconRoute },
  { to: '/templates', title: m.shell_templates, Icon: IconTemplate },
  { to: '/runs', title: m.shell_runs, Icon: IconHistory },
  { to: '/chat', title: m.shell_chat, Icon: IconMessages },
  { to: '/tables', title: m.shell_tables, Icon: IconTable },
  { to: '/people', title: m.shell_people, Icon: IconUsers },
] as const

interface Of {
  /** Only icons, to leave the page more room. */
  folded?: boolean
  /** What waits to be read in the chat, once it is known. */
  unread?: Unread | undefined
  /** Given where it can be folded. */
  onFold?: () => void
}

/** The way to every page, and above it the workspace's menu. */
export function Navigation({ folded = false, unread, onFold }: Of) {
  const FoldIcon = folded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  return (
    <div className={classes.navigation} data-folded={folded || undefined}>
      <WorkspaceMenu folded={folded} />
      <nav aria-label={m.shell_navigation()}>
        <ul className={classes.places}>
          {places.map(({ to, title, Icon }) => (
            <li key={to}>
              <Link to={to} className={classes.place} activeProps={{ 'aria-current': 'page' }} title={folded ? title() : undefined}>
                <Icon size={19} stroke={1.7} aria-hidden />
                <span className={classes.title}>{title()}</span>
                {to === '/chat' && unread && <Waiting unread={unread} />}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {onFold && (
        <button type="button" className={classes.fold} title={folded ? m.shell_unfold() : undefined} onClick={onFold}>
          <FoldIcon size={19} stroke={1.7} aria-hidden />
          <span className={classes.title}>{folded ? m.shell_unfold() : m.shell_fold()}</span>
        </button>
      )}
    </div>
  )
}

/** Beyond so many, nobody counts. */
const mostTold = 99

/** How much waits to be read: a number for what is to the reader, a dot for anything else. */
function Waiting({ unread: { mine, others } }: { unread: Unread }) {
  if (mine === 0 && !others) return null
  return (
    <span className={classes.waiting} data-mine={mine > 0 || undefined}>
      <span aria-hidden>{mine > mostTold ? `${mostTold}+` : mine > 0 ? mine : ''}</span>
      <span className={classes.said}>{mine > 0 ? m.shell_chat_mine({ count: mine }) : m.shell_chat_unread()}</span>
    </span>
  )
}
