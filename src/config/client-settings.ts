import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The service that a command calls, with the key that it sends, and the language of the person at the terminal. */
export type ClientSettings = { origin: string; api_key: string; language: string }

/**
 * Reads which service to call. The key comes from the environment or from the folder of the embedded database, never
 * from the arguments, which every process of the machine sees. Refuses a run without a key.
 */
export function clientSettings({
  API = 'http://127.0.0.1:3000',
  API_KEY,
  DATA_DIR = '.data',
  LC_ALL,
  LANG,
}: NodeJS.ProcessEnv): ClientSettings {
  const api_key = API_KEY ?? keptKey(DATA_DIR)
  if (api_key === undefined || api_key.trim() === '')
    throw new Error('env/API_KEY is required: the key of an API client with the scope imports:write')
  const language = /^ja/i.test(LC_ALL ?? LANG ?? '') ? 'ja' : 'en'
  return { origin: API.replace(/\/+$/, ''), api_key: api_key.trim(), language }
}

function keptKey(data_dir: string): string | undefined {
  try {
    return readFileSync(join(data_dir, 'admin-api-key'), 'utf8')
  } catch {
    return undefined
  }
}
