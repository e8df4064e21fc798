import { openDatabase } from '../../src/server/database/open.ts'

/** Connection string of the embedded database of a program that runs on this data folder. */
export async function readDatabaseUrl(data: string): Promise<string> {
  const database = await openDatabase({ settings: { data, supabase: undefined }, as: 'worker', notice: () => undefined })
  return database.url
}
