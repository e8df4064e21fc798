import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { StartFault } from '../trouble.ts'

/** A migration as the Supabase CLI names its files: `20261121000001_workspaces.sql`. */
interface Migration {
  version: string
  name: string
  file: string
}

/** Any number; the same in every process of the program, so that only one migrates at a time. */
const lock = 6_447_225

/**
 * Applies the migrations of a folder that are not yet applied, in order, each in a transaction of its own, and notes them where
 * the Supabase CLI does (`supabase_migrations.schema_migrations`): `supabase db push` and this are interchangeable.
 *
 * @returns names of the files that were applied now.
 * @throws StartFault naming the file when one fails; the ones before it stay applied.
 */
export async function migrate(client: pg.ClientBase, folder: string): Promise<string[]> {
  const migrations = await listMigrations(folder)
  await client.query('select pg_advisory_lock($1)', [lock])
  try {
    await client.query(`
      create schema if not exists supabase_migrations;
      create table if not exists supabase_migrations.schema_migrations (version text not null primary key);
      alter table supabase_migrations.schema_migrations add column if not exists statements text[];
      alter table supabase_migrations.schema_migrations add column if not exists name text;
    `)
    const { rows } = await client.query<{ version: string }>('select version from supabase_migrations.schema_migrations')
    const applied = new Set(rows.map((row) => row.version))
    const missing = migrations.filter((migration) => !applied.has(migration.version))
    for (const migration of missing) await apply(client, migration, await readFile(join(folder, migration.file), 'utf8'))
    return missing.map((migration) => migration.file)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lock])
  }
}

async function listMigrations(folder: string): Promise<Migration[]> {
  const found = (await readdir(folder)).sort().map((file) => ({ file, parts: /^(\d+)_(.*)\.sql$/.exec(file) }))
  return found.flatMap(({ file, parts }) => (parts?.[1] && parts[2] ? [{ version: parts[1], name: parts[2], file }] : []))
}

async function apply(client: pg.ClientBase, migration: Migration, sql: string): Promise<void> {
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)', [
      migration.version,
      migration.name,
      [sql],
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StartFault(
      `The database cannot be brought up to date: ${migration.file} fails with “${why}”. Use the version of the program that the database was last used with, or tell its makers.`,
      { cause },
    )
  }
}
