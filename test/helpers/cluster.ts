import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@madoguchi/embedded-postgres'

// One Postgres for a whole test run, started before the first file and stopped after the last; where it is is written
// down, because every test file is a process of its own. Nothing in it has to survive a crash.
export const NOTE = new URL('../../.tap/postgres.json', import.meta.url)
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' }

export type TestCluster = { data_dir: string; url: string }

export async function startCluster(): Promise<{ cluster: TestCluster; postgres: EmbeddedPostgres }> {
  const data_dir = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'madoguchi-test-'))
  const postgres = await startEmbeddedPostgres({ dataDir: data_dir, database: 'postgres', settings: SETTINGS })
  return { cluster: { data_dir, url: postgres.url }, postgres }
}

export async function noteCluster(cluster: TestCluster): Promise<void> {
  await mkdir(new URL('.', NOTE), { recursive: true }) // tap makes it later than this
  await writeFile(NOTE, JSON.stringify(cluster))
}

export async function notedCluster(): Promise<TestCluster> {
  return JSON.parse(await readFile(NOTE, 'utf8')) as TestCluster
}

/** The address of another database of the same cluster. */
export function databaseUrl({ url }: TestCluster, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href
}
