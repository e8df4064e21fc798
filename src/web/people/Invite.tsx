import { Button, CopyButton, Group, Modal, Radio, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { m } from '#messages'
import { queries } from '../data/queries.ts'
import { type Role, useSession } from '../data/session.ts'
import { tell, tellTrouble } from '../shell/tell.ts'
import { ago, dateAndTime } from '../shell/time.ts'
import { closeInvitation, invitationsQuery, makeInvitation, type OpenInvitation, roleAbouts, roleNames, roles } from './people.ts'
import { PersonPicker } from './PersonPicker.tsx'

type Near = { id: string; name: string } | null

/** Where owners make invitation links, and close those that are open. */
export function Invite({ onClose }: { onClose: () => void }) {
  const { workspace } = useSession()
  const [role, setRole] = useState<Role>('member')
  const [manager, setManager] = useState<Near>(null)
  const [buddy, setBuddy] = useState<Near>(null)
  const open = useQuery(invitationsQuery(workspace.id))
  const make = useMutation({
    mutationFn: () => makeInvitation({ workspaceId: workspace.id, role, managerId: manager?.id ?? null, buddyId: buddy?.id ?? null }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['invitations'] }),
    onError: tellTrouble,
  })
  const anew = (pick: (person: Near) => void) => (person: Near) => {
    pick(person)
    make.reset()
  }
  return (
    <Modal opened onClose={onClose} title={m.people_invite_title()} centered>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {m.people_invite_about()}
        </Text>
        <Radio.Group
          label={m.people_invite_as()}
          value={role}
          onChange={(value) => {
            setRole(roles.find((one) => one === value) ?? role)
            make.reset()
          }}
        >
          <Stack gap="xs" mt="xs">
            {roles.map((one) => (
              <Radio key={one} value={one} label={roleNames[one]()} description={roleAbouts[one]()} />
            ))}
          </Stack>
        </Radio.Group>
        <PersonPicker
          workspaceId={workspace.id}
          label={m.people_invite_manager()}
          description={m.people_invite_near()}
          value={manager}
          onPick={anew(setManager)}
        />
        <PersonPicker workspaceId={workspace.id} label={m.people_invite_buddy()} value={buddy} onPick={anew(setBuddy)} />
        {make.data === undefined ? (
          <Button loading={make.isPending} onClick={() => make.mutate()}>
            {m.people_invite_make()}
          </Button>
        ) : (
          <NewLink url={make.data} />
        )}
        <Title order={3}>{m.people_invite_open()}</Title>
        {open.data?.length === 0 && (
          <Text size="sm" c="dimmed">
            {m.people_invite_none()}
          </Text>
        )}
        <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {open.data?.map((invitation) => (
            <OpenLink key={invitation.id} invitation={invitation} />
          ))}
        </Stack>
      </Stack>
    </Modal>
  )
}

function NewLink({ url }: { url: string }) {
  return (
    <Stack gap={6}>
      <Group align="flex-end" gap="sm" wrap="nowrap">
        <TextInput
          label={m.people_invite_link()}
          value={url}
          readOnly
          flex={1}
          onFocus={(event) => event.currentTarget.select()}
          data-autofocus
        />
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <Button flex="none" onClick={copy}>
              {copied ? m.shell_copied() : m.shell_copy()}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Text size="sm" c="dimmed">
        {m.people_invite_keep()}
      </Text>
    </Stack>
  )
}

function OpenLink({ invitation }: { invitation: OpenInvitation }) {
  const role = roleNames[invitation.role]()
  const made = ago(invitation.created_at)
  const close = useMutation({
    mutationFn: () => closeInvitation(invitation.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['invitations'] })
      tell(m.people_invite_revoked())
    },
    onError: tellTrouble,
  })
  return (
    <Group component="li" justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm">{m.people_invite_line({ role, ago: made, until: dateAndTime(invitation.expires_at) })}</Text>
      <Button
        size="compact-sm"
        variant="default"
        flex="none"
        loading={close.isPending}
        aria-label={m.people_invite_revoke_which({ role, ago: made })}
        onClick={() => close.mutate()}
      >
        {m.people_invite_revoke()}
      </Button>
    </Group>
  )
}
