import { randomBytes } from 'node:crypto'
import { chmod, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { generateApiKey } from '@supabase/lite'
import { z } from 'zod'
import { StartFault } from '../trouble.ts'
import { codeOf } from './folder.ts'

const secretsSchema = z.object({
  /** Of the embedded database's superuser. */
  databasePassword: z.string().min(20),
  /** Of the database user behind `/rest/v1` and `/auth/v1`. */
  authenticatorPassword: z.string().min(20),
  /** Signs the tokens of whoever is signed in (HS256). */
  jwtSecret: z.string().min(32),
  /** What supabase-js sends as `apikey`: in the browser, and for tools that may do everything. */
  publishableKey: z.string().startsWith('sb_publishable_'),
  secretKey: z.string().startsWith('sb_secret_'),
  /** Root of every other secret of the program (base64url). */
  root: z.string().min(40),
})

/** What only this installation knows: `secrets.json` in the data folder. */
export type Secrets = z.infer<typeof secretsSchema>

/**
 * Reads the secrets of a data folder, or makes them at the first start, readable by nobody else.
 *
 * @throws StartFault when they are there and cannot be used: making new ones would lock everybody out.
 */
export async function openSecrets(folder: string): Promise<Secrets> {
  const file = join(folder, 'secrets.json')
  try {
    const secrets = secretsSchema.parse(JSON.parse(await readFile(file, 'utf8')))
    await chmod(file, 0o600)
    return secrets
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return makeSecrets(file)
    const why = error instanceof z.ZodError ? `“${error.issues[0]?.path.join('.') ?? ''}” in it is missing or wrong` : codeOf(error)
    throw new StartFault(`The secrets in ${file} cannot be used (${why}): put the file back from a copy, as the user that owns it.`, {
      cause: error,
    })
  }
}

async function makeSecrets(file: string): Promise<Secrets> {
  const secrets: Secrets = {
    databasePassword: random(),
    authenticatorPassword: random(),
    jwtSecret: random(),
    publishableKey: (await generateApiKey('publishable')).key,
    secretKey: (await generateApiKey('secret')).key,
    root: random(),
  }
  // On the disk before anything depends on it, and never half of it.
  const fresh = await open(`${file}.new`, 'w', 0o600)
  await fresh.writeFile(`${JSON.stringify(secrets, null, 2)}\n`)
  await fresh.sync()
  await fresh.close()
  await rename(`${file}.new`, file)
  return secrets
}

const random = () => randomBytes(36).toString('base64url')
