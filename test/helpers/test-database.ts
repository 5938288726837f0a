import { randomBytes } from 'node:crypto'
import type { Test } from 'tap'
import { databaseUrls, notedCluster, type DatabaseUrls } from './cluster.ts'
import { query } from './query.ts'
import { openDatabase, type Database } from '#db/driver/database.ts'

/** A database, and connections to it as the role of the service. */
export type TestDatabase = DatabaseUrls & { database: Database }

/** A migrated database of the test's own, dropped when it ends. */
export async function testDatabase(t: Test, pool_size = 10): Promise<TestDatabase> {
  const urls = await newDatabase(t, 'test', 'template template_madoguchi strategy file_copy')
  return { ...urls, database: openPool(t, urls.url, pool_size) }
}

/** A database with nothing in it, dropped when the test ends. */
export async function emptyDatabase(t: Test): Promise<DatabaseUrls> {
  return await newDatabase(t, 'empty', '')
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

async function newDatabase(t: Test, kind: string, options: string): Promise<DatabaseUrls> {
  const cluster = await notedCluster()
  const name = `${kind}_${randomBytes(8).toString('hex')}`
  await query(cluster.owner_url, `create database ${name} ${options}`)
  t.teardown(async () => {
    await query(cluster.owner_url, `drop database ${name} with (force)`)
  })
  const urls = databaseUrls(cluster, name)
  // A copy has the tables' rights, and not the database's.
  await query(urls.owner_url, rightsOf(name))
  return urls
}

const rightsOf = (name: string): string =>
  `revoke all on database ${name} from public; grant connect on database ${name} to madoguchi_service`
