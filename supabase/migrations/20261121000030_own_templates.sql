-- Templates that builders save for their own workspace.

alter table public.templates
  -- Null: comes with the program, or its author's account is gone.
  add column created_by uuid default auth.uid(),
  add constraint templates_mission_size check (jsonb_typeof(mission) = 'object' and pg_column_size(mission) < 4000000),
  add constraint templates_about_size check (length(title) between 1 and 200 and pg_column_size(about) < 20000 and pg_column_size(translations) < 4000000);

grant insert (slug, title, mission, workspace_id, category, about, translations), delete on public.templates to authenticated;

create policy builders_insert on public.templates for insert to authenticated
  -- Slugs of the program begin otherwise, so that none of its templates can be kept out.
  with check (workspace_id in (select private.my_workspaces('{owner,builder}')) and slug like 'own-%');
comment on policy builders_insert on public.templates is 'Owners and builders save templates for their own workspace; nobody adds to those of the program.';

create policy makers_delete on public.templates for delete to authenticated
  using (workspace_id in (select private.my_workspaces('{owner}'))
    or (created_by = auth.uid() and workspace_id in (select private.my_workspaces('{owner,builder}'))));
comment on policy makers_delete on public.templates is 'A template of a workspace is deleted by whoever saved it, or by an owner.';
