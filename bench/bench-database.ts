import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { startEmbeddedDatabase } from '#start/embedded-database.ts'
import { migrateForService } from '#start/migrate-database.ts'

export type BenchDatabase = {
  /** As the role of the service, and as the role that owns the tables. */
  url: string
  owner_url: string
  folder: string
  run(sql: string): Promise<void>
  rows(sql: string): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
}

// What PostgreSQL's manual advises for a server of its own; everything else is as it comes, durability included.
const SETTINGS = {
  shared_buffers: `${Math.floor(totalmem() / 4 / 2 ** 20)}MB`,
  max_wal_size: '8GB',
  maintenance_work_mem: '1GB',
}

/** A Postgres of its own, migrated, in a temporary folder (below BENCH_DIR where that is set). */
export async function startBenchDatabase(settings: Record<string, string> = {}): Promise<BenchDatabase> {
  const folder = await mkdtemp(join(process.env['BENCH_DIR'] ?? tmpdir(), 'madoguchi-bench-'))
  const postgres = await startEmbeddedDatabase(folder, 'madoguchi', { ...SETTINGS, ...settings })
  await migrateForService(postgres.service_url, postgres.owner_url)
  const client = new pg.Client({ connectionString: postgres.superuser_url })
  await client.connect()
  // Whole registries are loaded without checking each row's references.
  await client.query('grant set on parameter session_replication_role to madoguchi_owner')
  return {
    url: postgres.service_url,
    owner_url: postgres.owner_url,
    folder,
    run: async sql => {
      await client.query(sql)
    },
    rows: async sql => (await client.query<Record<string, unknown>>(sql)).rows,
    stop: async () => {
      await client.end()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Transactions per second of a pgbench script with prepared statements. Needs pgbench in PATH, or its path in PGBENCH.
 */
export async function pgbench(
  { url, folder }: BenchDatabase,
  script: string,
  clients: number,
  seconds: number,
): Promise<number> {
  const file = join(folder, 'script.sql')
  await writeFile(file, script)
  const { hostname, port, username, password, pathname } = new URL(url)
  const { stdout } = await promisify(execFile)(
    process.env['PGBENCH'] ?? 'pgbench',
    [
      '--no-vacuum',
      '--protocol=prepared',
      `--client=${clients}`,
      '--jobs=2',
      `--time=${Math.ceil(seconds)}`,
      `--file=${file}`,
      `--host=${hostname}`,
      `--port=${port}`,
      `--username=${username}`,
      pathname.slice(1),
    ],
    { env: { ...process.env, PGPASSWORD: decodeURIComponent(password), PGSSLMODE: 'disable' } },
  ).catch(explain)
  const tps = /tps = ([\d.]+)/.exec(stdout)?.[1]
  if (tps === undefined) throw new Error(`pgbench said nothing of its speed:\n${stdout}`)
  return Number(tps)
}

function explain(error: NodeJS.ErrnoException): never {
  if (error.code !== 'ENOENT') throw error
  throw new Error(
    "The bench compares with pgbench, which is not in PATH: install PostgreSQL's client tools (Debian: " +
      'postgresql-contrib), or name it in PGBENCH.',
  )
}
