import { ActionIcon } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { m } from '#messages'
import lists from '../shell/List.module.css'
import { timeIn } from '../shell/time.ts'
import { type PersonCard, roleNames } from './people.ts'
import classes from './People.module.css'

/** One person of the directory. */
export function PersonLine({ person, me, onEdit }: { person: PersonCard; me: boolean; onEdit?: () => void }) {
  const time = timeIn(person.time_zone)
  const near = [
    ...(person.manager_name === null ? [] : [m.people_manager_is({ name: person.manager_name })]),
    ...(person.buddy_name === null ? [] : [m.people_buddy_is({ name: person.buddy_name })]),
  ]
  return (
    <li className={`${lists.line} ${classes.line}`}>
      <span className={classes.face} aria-hidden>
        {initials(person.name)}
      </span>
      <div className={classes.who}>
        <div className={classes.name}>
          {person.name}
          {me && <span className={classes.me}>{m.people_you()}</span>}
        </div>
        <div className={classes.facts}>
          {person.email !== '' && <span>{person.email}</span>}
          {time !== undefined && <span title={person.time_zone}>{m.people_local_time({ time })}</span>}
        </div>
      </div>
      <div className={classes.near}>
        {near.map((text) => (
          <span key={text}>{text}</span>
        ))}
      </div>
      <span className={classes.role}>{person.role !== null && roleNames[person.role]()}</span>
      {onEdit && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          className={classes.edit}
          aria-label={m.people_edit({ name: person.name })}
          onClick={onEdit}
        >
          <IconPencil size={18} stroke={1.7} aria-hidden />
        </ActionIcon>
      )}
    </li>
  )
}

const letters = new Intl.Segmenter()

/** The first letter as people see it: `é` is one, however it is encoded. */
function firstLetter(word: string): string {
  for (const { segment } of letters.segment(word)) return segment
  return ''
}

/** One or two letters for somebody without a picture. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const firsts = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => firstLetter(word ?? ''))
  return firsts.join('').toUpperCase()
}
