import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { m } from '#messages'
import { queries } from '../data/queries.ts'
import { type Role, useSession } from '../data/session.ts'
import { Confirm } from '../shell/Confirm.tsx'
import { tell, tellTrouble } from '../shell/tell.ts'
import { changePerson, ownersQuery, type PersonCard, removePerson, roleAbouts, roleNames, roles } from './people.ts'
import { PersonPicker } from './PersonPicker.tsx'

const near = (id: string | null, name: string | null) => (id !== null && name !== null ? { id, name } : null)

/** Where an owner keeps somebody's entry: name, manager, buddy, role; and takes them out of the workspace. */
export function PersonEditor({ person, onClose }: { person: PersonCard; onClose: () => void }) {
  const { workspace, person: me } = useSession()
  const [name, setName] = useState(person.name)
  const [manager, setManager] = useState(near(person.manager_id, person.manager_name))
  const [buddy, setBuddy] = useState(near(person.buddy_id, person.buddy_name))
  const [role, setRole] = useState<Role | null>(person.role)
  const [removing, setRemoving] = useState(false)
  const owners = useQuery(ownersQuery(workspace.id))
  const onlyOwner = person.role === 'owner' && owners.data === 1

  const refresh = async () => {
    await Promise.all([queries.invalidateQueries({ queryKey: ['people'] }), queries.invalidateQueries({ queryKey: ['members'] })])
  }
  const save = useMutation({
    mutationFn: () =>
      changePerson(workspace.id, person, { name: name.trim(), managerId: manager?.id ?? null, buddyId: buddy?.id ?? null, role }),
    onSuccess: async () => {
      await refresh()
      tell(m.shell_saved())
      onClose()
    },
    onError: tellTrouble,
  })
  const remove = async () => {
    if (person.user_id !== null) await removePerson(workspace.id, person.user_id)
    await refresh()
    tell(m.people_removed({ name: person.name }))
    onClose()
  }

  return (
    <Modal opened onClose={onClose} title={m.people_edit_title({ name: person.name })} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') save.mutate()
        }}
        noValidate
      >
        <Stack gap="md">
          <TextInput
            label={m.people_name()}
            value={name}
            maxLength={80}
            onChange={(event) => setName(event.currentTarget.value)}
            error={name.trim() === '' ? m.people_settings_wrong_name() : undefined}
          />
          <PersonPicker workspaceId={workspace.id} label={m.people_manager()} value={manager} onPick={setManager} without={person.id} />
          <PersonPicker workspaceId={workspace.id} label={m.people_buddy()} value={buddy} onPick={setBuddy} without={person.id} />
          {role !== null && (
            <Radio.Group
              label={m.people_role()}
              value={role}
              onChange={(value) => setRole(roles.find((one) => one === value) ?? role)}
              {...(onlyOwner ? { description: m.people_only_owner() } : {})}
            >
              <Stack gap="xs" mt="xs">
                {roles.map((one) => (
                  <Radio
                    key={one}
                    value={one}
                    label={roleNames[one]()}
                    description={roleAbouts[one]()}
                    disabled={onlyOwner && one !== 'owner'}
                  />
                ))}
              </Stack>
            </Radio.Group>
          )}
          <Group justify="space-between" mt="xs">
            {person.user_id !== null && person.id !== me.id ? (
              <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>
                {m.people_remove()}
              </Button>
            ) : (
              <span />
            )}
            <Group gap="sm">
              <Button variant="default" onClick={onClose}>
                {m.shell_cancel()}
              </Button>
              <Button type="submit" loading={save.isPending}>
                {m.shell_save()}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
      {removing && (
        <Confirm
          title={m.people_remove_title({ name: person.name })}
          go={m.people_remove_go()}
          danger
          onGo={remove}
          onClose={() => setRemoving(false)}
        >
          {m.people_remove_why()}
        </Confirm>
      )}
    </Modal>
  )
}
