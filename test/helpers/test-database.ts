import { randomBytes } from 'node:crypto'
import type { Test } from 'tap'
import pg from 'pg'
import { databaseUrl, notedCluster } from './cluster.ts'
import { openDatabase, type Database } from '#db/driver/database.ts'

export type TestDatabase = { url: string; database: Database }

/** A migrated database of the test's own, dropped when it ends. */
export async function testDatabase(t: Test, pool_size = 10): Promise<TestDatabase> {
  const cluster = await notedCluster()
  const name = `test_${randomBytes(8).toString('hex')}`
  await asAdmin(cluster.url, `create database ${name} template template_madoguchi strategy file_copy`)
  const url = databaseUrl(cluster, name)
  t.teardown(async () => {
    await asAdmin(cluster.url, `drop database ${name} with (force)`)
  })
  return { url, database: openPool(t, url, pool_size) }
}

/** A pool of connections of its own to a test's database, closed when the test ends: teardowns run in reverse order. */
export function openPool(t: Test, url: string, pool_size = 10): Database {
  const database = openDatabase(
    { url, pool_size, connect_timeout: 10_000, statement_timeout: 20_000, lock_timeout: 20_000 },
    () => {},
  )
  t.teardown(async () => {
    await database.close()
  })
  return database
}

async function asAdmin(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
