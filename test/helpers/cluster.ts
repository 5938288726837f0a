import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '#start/embedded-database.ts'

// One Postgres for a whole test run, started before the first file and stopped after the last; where it is is written
// down, because every test file is a process of its own. Nothing in it has to survive a crash. A process that runs many
// files keeps the connections of them all until it ends.
export const NOTE = new URL('../../.tap/postgres.json', import.meta.url)
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '700' }

/** A database as the role of the service, and as the role that owns it. */
export type DatabaseUrls = { url: string; owner_url: string }
export type TestCluster = DatabaseUrls & { data_dir: string; superuser_url: string }

export async function startCluster(): Promise<TestCluster> {
  const data_dir = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'madoguchi-test-'))
  const { superuser_url, owner_url, service_url } = await startEmbeddedDatabase(data_dir, 'postgres', SETTINGS)
  return { data_dir, superuser_url, owner_url, url: service_url }
}

export async function noteCluster(cluster: TestCluster): Promise<void> {
  await mkdir(new URL('.', NOTE), { recursive: true }) // tap makes it later than this
  await writeFile(NOTE, JSON.stringify(cluster))
}

export async function notedCluster(): Promise<TestCluster> {
  return JSON.parse(await readFile(NOTE, 'utf8')) as TestCluster
}

/** The addresses of another database of the same cluster. */
export function databaseUrls({ url, owner_url }: TestCluster, database: string): DatabaseUrls {
  const at = (other: string): string => Object.assign(new URL(other), { pathname: `/${database}` }).href
  return { url: at(url), owner_url: at(owner_url) }
}
