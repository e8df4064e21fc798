-- How the chat is read: a stream with everything a reader sees, the list of rooms with what is unread, and the search.

-- Grows with everything that changes what a reader sees of a message: its text, a reaction, a reply in its thread. A browser
-- that was told of a change asks for what changed since it last looked.
alter table public.messages add column changed_at timestamptz not null default clock_timestamp();
create index messages_by_person on public.messages (person_id, channel_id) where person_id is not null;

create function private.before_message_changed() returns trigger language plpgsql set search_path = '' as $$
begin
  new.changed_at := clock_timestamp();
  return new;
end $$;
create trigger before_message_changed before update on public.messages for each row execute function private.before_message_changed();

create function private.after_reply() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.messages set changed_at = clock_timestamp() where id = new.thread_id;
  return null;
end $$;
create trigger after_reply after insert or update of deleted_at on public.messages
  for each row when (new.thread_id is not null) execute function private.after_reply();

create function private.after_reaction() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.messages set changed_at = clock_timestamp() where id = coalesce(new.message_id, old.message_id);
  return null;
end $$;
create trigger after_reaction after insert or delete on public.reactions for each row execute function private.after_reaction();

revoke execute on function private.before_message_changed(), private.after_reply(), private.after_reaction() from public;

-- Security invoker: the row policies of messages and reactions decide what is in it.
create view public.chat_messages with (security_invoker = true) as
  select m.id, m.number, m.workspace_id, m.channel_id, m.thread_id, m.person_id, m.sender, m.run_id, m.ask_id, m.body, m.at,
    m.edited_at, m.deleted_at, m.changed_at,
    (select count(*)::integer from public.messages r where r.thread_id = m.id and r.deleted_at is null) as replies,
    (select max(r.at) from public.messages r where r.thread_id = m.id and r.deleted_at is null) as replied_at,
    (select coalesce(jsonb_agg(jsonb_build_object('emoji', g.emoji, 'people', g.people) order by g.first_at, g.emoji), '[]')
     from (select r.emoji, min(r.at) as first_at, jsonb_agg(r.person_id order by r.at) as people
           from public.reactions r where r.message_id = m.id group by r.emoji) g) as reactions
  from public.messages m;
comment on view public.chat_messages is 'Messages with their reactions and how many replies they have, under the row policies of messages.';
revoke all on public.chat_messages from anon, authenticated;
grant select on public.chat_messages to authenticated;

-- A hundred unread messages are shown as "99+": counting further would cost without telling more.
create function public.my_rooms(workspace uuid)
  returns table (
    id uuid, name text, topic text, kind text, people uuid[], joined_at timestamptz, read_number bigint,
    last_number bigint, last_at timestamptz, unread integer, mentioned boolean)
  language sql stable security invoker set search_path = '' as $$
  select c.id, c.name, c.topic, c.kind,
    case when c.kind = 'direct' then array(
      select o.person_id from public.channel_members o where o.channel_id = c.id order by o.person_id) else '{}' end,
    mine.joined_at, mine.read_number, coalesce(newest.number, 0), newest.at, news.count, coalesce(news.mentioned, false)
  from public.members me
  join public.channel_members mine on mine.person_id = me.person_id
  join public.channels c on c.id = mine.channel_id and c.workspace_id = workspace
  left join lateral (
    select m.number, m.at from public.messages m where m.channel_id = c.id order by m.number desc limit 1) newest on true
  cross join lateral (
    select count(*)::integer as count, bool_or(u.mentioned) as mentioned from (
      select position('<@' || me.person_id || '>' in m.text) > 0 as mentioned
      from public.messages m
      where m.channel_id = c.id and m.number > mine.read_number and m.deleted_at is null
        and m.person_id is distinct from me.person_id
        -- In a thread only what answers something one said oneself.
        and (m.thread_id is null or c.kind = 'direct' or exists (
          select 1 from public.messages t
          where t.person_id = me.person_id and t.channel_id = c.id and (t.id = m.thread_id or t.thread_id = m.thread_id)))
      limit 100) u) news
  where me.workspace_id = workspace and me.user_id = auth.uid()
  order by c.kind, c.name
$$;
comment on function public.my_rooms is 'The channels and direct conversations the signed-in person is in, with what they have not read.';

create function public.browse_channels(workspace uuid, words text, skip integer, size integer)
  returns table (id uuid, name text, topic text, people integer, mine boolean, total bigint)
  language sql stable security invoker set search_path = '' as $$
  with found as materialized (
    select c.id, c.name, c.topic, count(*) over () as total
    from public.channels c
    where c.workspace_id = workspace and c.kind = 'public'
      and (words = '' or position(lower(words) in c.name) > 0 or position(lower(words) in lower(c.topic)) > 0)
    order by c.name offset greatest(skip, 0) limit least(greatest(size, 1), 100))
  select f.id, f.name, f.topic,
    (select count(*)::integer from public.channel_members m where m.channel_id = f.id),
    exists (select 1 from public.channel_members m join public.members me on me.person_id = m.person_id
            where m.channel_id = f.id and me.user_id = auth.uid()),
    f.total
  from found f order by f.name
$$;
comment on function public.browse_channels is 'Public channels whose name or topic contains the words, a page at a time.';

-- Security definer, because under row policies the text index cannot be used (its operator is not leakproof) and every search
-- would read everything ever said. What may be read is therefore asked for here: only channels the signed-in person may read.
create function public.search_chat(workspace uuid, words text, skip integer, size integer)
  returns table (
    id uuid, number bigint, channel_id uuid, thread_id uuid, person_id uuid, sender text, text text, at timestamptz,
    before jsonb, after jsonb, total bigint)
  language sql stable security definer set search_path = '' as $$
  with asked as (
    -- Every word, each also as the beginning of a longer one.
    select to_tsquery('simple', string_agg(quote_literal(replace(w, '\', ' ')) || ':*', ' & ')) as query
    from regexp_split_to_table(lower(words), '\s+') w where w ~ '[[:alnum:]]'),
  allowed as materialized (
    select c.id from public.channels c where c.workspace_id = workspace and c.id in (select private.my_channels())),
  found as materialized (
    select m.id, m.number, m.channel_id, m.thread_id, m.person_id, m.sender, m.text, m.at
    from asked, public.messages m
    where m.search @@ asked.query and m.workspace_id = workspace and m.deleted_at is null
      and m.channel_id in (select allowed.id from allowed)
    order by m.number desc limit 1000)
  select f.id, f.number, f.channel_id, f.thread_id, f.person_id, f.sender, f.text, f.at,
    (select jsonb_build_object('person_id', b.person_id, 'sender', b.sender, 'text', left(b.text, 300))
     from public.messages b
     where b.channel_id = f.channel_id and b.number < f.number and b.thread_id is not distinct from f.thread_id and b.deleted_at is null
     order by b.number desc limit 1),
    (select jsonb_build_object('person_id', a.person_id, 'sender', a.sender, 'text', left(a.text, 300))
     from public.messages a
     where a.channel_id = f.channel_id and a.number > f.number and a.thread_id is not distinct from f.thread_id and a.deleted_at is null
     order by a.number limit 1),
    (select count(*) from found)
  from found f order by f.number desc offset greatest(skip, 0) limit least(greatest(size, 1), 50)
$$;
comment on function public.search_chat is 'Messages that contain all the words, newest first, with the message before and after each. Counts to 1,000.';

revoke execute on function public.my_rooms, public.browse_channels, public.search_chat from public, anon;
grant execute on function public.my_rooms, public.browse_channels, public.search_chat to authenticated;
