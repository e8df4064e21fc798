import { IconHistory, IconMessages, IconRoute, IconTable, IconTemplate, IconUsers } from '@tabler/icons-react'
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

/** The way to every page, and above it the workspace's menu. */
export function Navigation() {
  return (
    <div className={classes.navigation}>
      <WorkspaceMenu />
      <nav aria-label={m.shell_navigation()}>
        <ul className={classes.places}>
          {places.map(({ to, title, Icon }) => (
            <li key={to}>
              <Link to={to} className={classes.place} activeProps={{ 'aria-current': 'page' }}>
                <Icon size={19} stroke={1.7} aria-hidden />
                {title()}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  )
}
