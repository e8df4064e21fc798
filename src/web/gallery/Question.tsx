import { Select, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import * as z from 'zod/mini'
import { m } from '#messages'
import type { Template } from '../../catalogue/template.ts'
import { say } from '../../mission/words.ts'
import { useSession } from '../data/session.ts'
import { supabase, taken } from '../data/supabase.ts'
import { PersonPicker } from '../people/PersonPicker.tsx'

/** The answer to a template's question: what goes into the mission, and how it is shown. */
export interface Reply {
  answer: string
  shown: string
}

interface Of {
  question: NonNullable<Template['question']>
  reply: Reply | null
  onReply: (reply: Reply | null) => void
  error: string | undefined
}

/** The one question a template may ask before it is used. */
export function Question({ question, reply, onReply, error }: Of) {
  const { workspace, language } = useSession()
  const label = say(question.label, language)
  if (question.widget === 'channel') return <ChannelQuestion label={label} reply={reply} onReply={onReply} error={error} />
  if (question.widget === 'line')
    return (
      <TextInput
        label={label}
        value={reply?.shown ?? ''}
        onChange={({ currentTarget: { value } }) => onReply(value === '' ? null : { answer: value, shown: value })}
        error={error}
        data-autofocus
      />
    )
  return (
    <PersonPicker
      workspaceId={workspace.id}
      label={label}
      value={reply && { id: reply.answer, name: reply.shown }}
      onPick={(person) => onReply(person && { answer: person.id, shown: person.name })}
      error={error}
    />
  )
}

const channelSchema = z.array(z.object({ id: z.string(), name: z.string() }))
/** Channels offered at once; typing narrows them down. */
const offered = 30

function ChannelQuestion({ label, reply, onReply, error }: { label: string } & Omit<Of, 'question'>) {
  const { workspace } = useSession()
  const [words, setWords] = useState('')
  const searched = words === reply?.shown ? '' : words.trim().replace(/^#/, '')
  const { data } = useQuery({
    queryKey: ['channels', 'pick', workspace.id, searched],
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const found = await supabase
        .from('channels')
        .select('id, name')
        .eq('workspace_id', workspace.id)
        .neq('kind', 'direct')
        .ilike('name', `%${searched.replace(/[%_\\]/g, '\\$&')}%`)
        .order('name')
        .limit(offered)
      return channelSchema.parse(taken(found))
    },
  })
  // Most missions of a new workspace talk in the one channel that it has.
  const only = data?.length === 1 && searched === '' ? data[0] : undefined
  const propose = useEffectEvent((channel: { id: string; name: string }) => {
    if (reply === null) onReply({ answer: channel.id, shown: `#${channel.name}` })
  })
  useEffect(() => {
    if (only) propose(only)
  }, [only])
  const options = (data ?? []).map(({ id, name }) => ({ value: id, label: `#${name}` }))
  if (reply && !options.some(({ value }) => value === reply.answer)) options.unshift({ value: reply.answer, label: reply.shown })
  return (
    <Select
      label={label}
      placeholder={m.gallery_channel_pick()}
      searchable
      data={options}
      value={reply?.answer ?? null}
      onChange={(id) => {
        const picked = options.find(({ value }) => value === id)
        onReply(picked ? { answer: picked.value, shown: picked.label } : null)
      }}
      onSearchChange={setWords}
      filter={({ options: all }) => all}
      nothingFoundMessage={m.gallery_channel_none()}
      error={error}
      comboboxProps={{ withinPortal: false }}
    />
  )
}
