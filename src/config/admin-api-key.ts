import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '#config/config.ts'

const SHORTEST = 32

/**
 * The root credential, and the line about it that the service prints. `ADMIN_API_KEY` is never printed. Without it, the
 * service makes a key: for the embedded database once, kept in its folder (mode 0600); for another at each run.
 */
export async function adminApiKey({
  admin_api_key,
  database_url,
  data_dir,
}: Pick<Config, 'admin_api_key' | 'database_url' | 'data_dir'>): Promise<{ key: string; line: string }> {
  if (admin_api_key !== null) return { key: admin_api_key, line: 'the one in ADMIN_API_KEY' }
  const key = database_url === null ? await keptKey(data_dir) : newKey()
  return { key, line: key }
}

async function keptKey(data_dir: string): Promise<string> {
  const file = join(data_dir, 'admin-api-key')
  const kept = await readFile(file, 'utf8').catch(ignoreMissing)
  if (kept !== undefined && kept.trim().length < SHORTEST)
    throw new Error(`${file} holds no key of ${SHORTEST} characters or more: remove it to have a new one made`)
  if (kept !== undefined) return kept.trim()
  const key = newKey()
  await mkdir(data_dir, { recursive: true, mode: 0o700 })
  await rm(`${file}.new`, { force: true })
  await writeFile(`${file}.new`, `${key}\n`, { mode: 0o600, flush: true })
  await rename(`${file}.new`, file) // never half a key
  return key
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

function newKey(): string {
  return `mdg_${randomBytes(32).toString('base64url')}`
}
