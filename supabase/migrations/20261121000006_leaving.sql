-- Who is removed from a workspace stays in the directory of old runs, but nobody asks or finds them any more.

create function private.after_member_removed() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.people set left_at = now() where id = old.person_id;
  delete from public.channel_members where person_id = old.person_id;
  return null;
end $$;
create trigger after_member_removed after delete on public.members for each row execute function private.after_member_removed();
revoke execute on function private.after_member_removed() from public;
