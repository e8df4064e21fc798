import pg from 'pg'

/**
 * What a Supabase project has before the first migration, for the embedded database: the roles that row policies are written
 * for, what they may do by default, and the functions that say who is asking.
 *
 * `authenticator` is whom `/rest/v1` and `/auth/v1` connect as. It owns the accounts in `auth`, sees of the rest what signed-in people
 * may see, and can neither grant nor read past row policies: a fault there opens nothing.
 */
const roles = `
do $$ begin
  if not exists (select from pg_roles where rolname = 'anon') then create role anon nologin noinherit; end if;
  if not exists (select from pg_roles where rolname = 'authenticated') then create role authenticated nologin noinherit; end if;
  if not exists (select from pg_roles where rolname = 'service_role') then create role service_role nologin noinherit bypassrls; end if;
  if not exists (select from pg_roles where rolname = 'authenticator') then create role authenticator login; end if;
end $$;
grant anon, authenticated to authenticator with inherit true, set true;
grant service_role to authenticator with inherit false, set true;
`

const schemas = `
create schema if not exists auth;
grant usage on schema public, auth to anon, authenticated, service_role;
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
alter default privileges in schema public grant all on functions to anon, authenticated, service_role;

create or replace function auth.uid() returns uuid language sql stable as
  $$ select nullif(current_setting('request.jwt.claim.sub', true), '')::uuid $$;
create or replace function auth.role() returns text language sql stable as
  $$ select nullif(current_setting('request.jwt.claim.role', true), '') $$;
create or replace function auth.email() returns text language sql stable as
  $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email' $$;
create or replace function auth.jwt() returns jsonb language sql stable as
  $$ select coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb $$;
`

/** Makes the roles (of the whole server) and what a database needs for them. Repeating it after migrations would undo their revokes. */
export async function prepareDatabase(client: pg.ClientBase, authenticatorPassword: string): Promise<void> {
  await client.query(roles)
  // A statement that sets a password takes no parameters.
  await client.query(`alter role authenticator password ${pg.escapeLiteral(authenticatorPassword)}`)
  const { rows } = await client.query<{ ready: boolean }>(`select to_regprocedure('auth.uid()') is not null as ready`)
  if (!rows[0]?.ready) await client.query(`begin; ${schemas} commit`)
}
