import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@madoguchi/embedded-postgres'
import pg from 'pg'

export const ownerLocks = "select count(*)::int from pg_locks where locktype = 'advisory' and granted"

/** Nothing of these tests has to survive a crash of the machine. */
const settings = { fsync: 'off', full_page_writes: 'off' }

export async function start(dataDir: string): Promise<EmbeddedPostgres> {
  return await startEmbeddedPostgres({ dataDir, database: 'madoguchi', settings })
}

export const hasPidFile = (home: string): boolean => existsSync(join(home, 'pg18/postmaster.pid'))

/** Undefined for the moment in which a starting server replaces the file. */
export function serverPid(home: string): number | undefined {
  return hasPidFile(home) ? Number(readFileSync(join(home, 'pg18/postmaster.pid'), 'utf8').split('\n')[0]) : undefined
}

/** The first value of the first row. */
export async function ask(url: string, question: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {}) // the server is killed under it
  try {
    await client.connect()
    const { rows } = await client.query<Record<string, unknown>>(question)
    return rows[0] && Object.values(rows[0])[0]
  } finally {
    await client.end().catch(() => {})
  }
}

export async function answers(url: string): Promise<boolean> {
  return await ask(url, 'select 1').then(
    () => true,
    () => false,
  )
}

export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 30_000; !(await isTrue()); await sleep(10)) {
    if (Date.now() > deadline) throw new Error(`never came true: ${isTrue}`)
  }
}

type OwnerProcess = ChildProcessByStdio<null, Readable, null>

/** A process that starts the server on the folder and owns it. */
export function spawnOwner(home: string): OwnerProcess {
  return spawn(process.execPath, [join(import.meta.dirname, 'owner-process.ts'), home], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

export async function ownerStarted(owner: OwnerProcess): Promise<void> {
  const [said] = await Promise.race([once(owner.stdout, 'data'), once(owner, 'exit')])
  if (!Buffer.isBuffer(said)) throw new Error(`the owner process ended with ${said}`)
}

export async function killHard(owner: OwnerProcess): Promise<void> {
  owner.kill('SIGKILL')
  await once(owner, 'exit')
}
