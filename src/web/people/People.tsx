import { Button } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { m } from '#messages'
import { useSession } from '../data/session.ts'
import { Coming, ComingLines } from '../shell/Coming.tsx'
import { Empty } from '../shell/Empty.tsx'
import lists from '../shell/List.module.css'
import { Page } from '../shell/Page.tsx'
import { Pages } from '../shell/Pages.tsx'
import { Search } from '../shell/Search.tsx'
import type { ListSearch } from '../shell/search.ts'
import { Invite } from './Invite.tsx'
import { pageSize, peopleQuery, type PersonCard } from './people.ts'
import classes from './People.module.css'
import { PersonEditor } from './PersonEditor.tsx'
import { PersonLine } from './PersonLine.tsx'

/** The directory: everybody missions can write to, and for owners the keeping of it. */
export function People({ filter, onFilter }: { filter: ListSearch; onFilter: (filter: ListSearch) => void }) {
  const { workspace, person: me, role } = useSession()
  const owner = role === 'owner'
  const words = filter.q ?? ''
  const page = filter.page ?? 1
  const list = useQuery({ ...peopleQuery(workspace.id, words, page), placeholderData: keepPreviousData })
  const [edited, setEdited] = useState<PersonCard>()
  const [inviting, setInviting] = useState(false)

  return (
    <Page
      title={m.shell_people()}
      about={m.people_about()}
      actions={
        owner && (
          <Button leftSection={<IconUserPlus size={18} stroke={1.7} aria-hidden />} onClick={() => setInviting(true)}>
            {m.people_invite()}
          </Button>
        )
      }
    >
      <div className={lists.tools}>
        <Search label={m.people_search()} value={words} onSearch={(q) => onFilter({ q: q || undefined })} />
      </div>
      <Coming list={list}>
        <ComingLines count={4} height={72} />
      </Coming>
      {list.data && list.data.people.length > 0 && (
        <ul className={lists.list} aria-label={m.people_list()} aria-busy={list.isPlaceholderData}>
          {list.data.people.map((person) => (
            <PersonLine key={person.id} person={person} me={person.id === me.id} {...(owner ? { onEdit: () => setEdited(person) } : {})} />
          ))}
        </ul>
      )}
      {list.data?.total === 0 && <Empty title={m.shell_nothing_found()}>{m.shell_nothing_found_why()}</Empty>}
      {list.data?.total === 1 && words === '' && owner && <p className={classes.alone}>{m.people_none()}</p>}
      {list.data && <Pages page={page} size={pageSize} total={list.data.total} onPage={(next) => onFilter({ ...filter, page: next })} />}
      {edited && <PersonEditor key={edited.id} person={edited} onClose={() => setEdited(undefined)} />}
      {inviting && <Invite onClose={() => setInviting(false)} />}
    </Page>
  )
}
