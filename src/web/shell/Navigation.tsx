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
  /** Given where it can be folded. */
  onFold?: () => void
}

/** The way to every page, and above it the workspace's menu. */
export function Navigation({ folded = false, onFold }: Of) {
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
