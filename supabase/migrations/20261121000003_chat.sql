-- The chat that comes with the program.

create table public.channels (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces on delete cascade,
  -- Lower case without #; for direct conversations the sorted ids of those in it, so that there is one for each pair.
  name text not null check (length(name) between 1 and 400),
  topic text not null default '' check (length(topic) <= 250),
  kind text not null check (kind in ('public', 'private', 'direct')),
  created_by uuid references public.people on delete set null,
  -- The visit that made it: a repeat after a crash finds it again.
  key text unique,
  created_at timestamptz not null default now(),
  unique (workspace_id, name)
);

create table public.channel_members (
  channel_id uuid not null references public.channels on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  workspace_id uuid not null references public.workspaces on delete cascade,
  joined_at timestamptz not null default now(),
  -- Number of the newest message this person has read here.
  read_number bigint not null default 0,
  primary key (channel_id, person_id)
);
create index channel_members_by_person on public.channel_members (person_id);

create table public.messages (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  workspace_id uuid not null references public.workspaces on delete cascade,
  channel_id uuid not null references public.channels on delete cascade,
  -- The first message of the thread this one belongs to.
  thread_id uuid references public.messages on delete cascade,
  -- Who wrote it; null when a mission did, whose name is then in `sender`.
  person_id uuid references public.people on delete set null,
  sender text,
  run_id uuid,
  ask_id uuid,
  -- The neutral message (text, buttons, bars, note), and its text alone for searching.
  body jsonb not null,
  text text not null default '',
  key text unique,
  at timestamptz not null default now(),
  edited_at timestamptz,
  deleted_at timestamptz,
  search tsvector generated always as (to_tsvector('simple', text)) stored
);
create index messages_by_channel on public.messages (channel_id, number desc);
create index messages_by_thread on public.messages (thread_id, number) where thread_id is not null;
create index messages_by_ask on public.messages (ask_id) where ask_id is not null;
create index messages_search on public.messages using gin (search);

create table public.reactions (
  message_id uuid not null references public.messages on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  emoji text not null check (length(emoji) between 1 and 40),
  workspace_id uuid not null references public.workspaces on delete cascade,
  channel_id uuid not null references public.channels on delete cascade,
  at timestamptz not null default now(),
  primary key (message_id, person_id, emoji)
);

-- Channels whose messages the signed-in person may read: public ones of their workspaces, and those they are in.
create function private.my_channels() returns setof uuid
  language sql stable security definer set search_path = '' as $$
  select c.id from public.channels c join public.members m on m.workspace_id = c.workspace_id
  where m.user_id = auth.uid() and (c.kind = 'public' or exists (
    select 1 from public.channel_members cm where cm.channel_id = c.id and cm.person_id = m.person_id))
$$;
revoke execute on function private.my_channels() from public;
grant execute on function private.my_channels() to authenticated;

alter table public.channels enable row level security;
alter table public.channel_members enable row level security;
alter table public.messages enable row level security;
alter table public.reactions enable row level security;

grant select on public.channels, public.channel_members, public.messages, public.reactions to authenticated;
grant update (read_number) on public.channel_members to authenticated;

create policy read_own on public.channels for select to authenticated using (id in (select private.my_channels()));
comment on policy read_own on public.channels is 'Public channels of the workspace, and private and direct ones one is in. Writing goes through the program, which tells missions.';
create policy read_own on public.channel_members for select to authenticated using (channel_id in (select private.my_channels()));
comment on policy read_own on public.channel_members is 'Who is in a channel that one may read.';
create policy mark_read on public.channel_members for update to authenticated
  using (person_id in (select private.my_people())) with check (person_id in (select private.my_people()));
comment on policy mark_read on public.channel_members is 'Everybody marks what they themselves have read.';
create policy read_own on public.messages for select to authenticated using (channel_id in (select private.my_channels()));
comment on policy read_own on public.messages is 'What is said in a channel that one may read.';
create policy read_own on public.reactions for select to authenticated using (channel_id in (select private.my_channels()));
comment on policy read_own on public.reactions is 'Reactions in a channel that one may read.';

-- Tells listening servers, which tell browsers. Only ids travel: whoever hears it reads the row under the row policies.
create function private.tell_chat() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  row jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
begin
  perform pg_notify('missions', jsonb_build_object(
    'topic', 'chat', 'workspace', row->>'workspace_id',
    'channel', coalesce(row->>'channel_id', row->>'id'), 'what', tg_table_name)::text);
  return null;
end $$;
create trigger tell after insert or update or delete on public.messages for each row execute function private.tell_chat();
create trigger tell after insert or delete on public.reactions for each row execute function private.tell_chat();
create trigger tell after insert or update or delete on public.channels for each row execute function private.tell_chat();
create trigger tell after insert or delete on public.channel_members for each row execute function private.tell_chat();
