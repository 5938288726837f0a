import { databaseUrls, notedCluster, noteCluster, startCluster } from './cluster.ts'
import { query } from './query.ts'
import { stopCluster } from './stop-cluster.ts'
import { migrateForService } from '#start/migrate-database.ts'

// What the owner needs for tests alone: a database for each test, the end of connections that a test left to it, and
// whole registries without a check of each row.
const RIGHTS_OF_TESTS = `
  alter role madoguchi_owner createdb;
  grant pg_signal_backend to madoguchi_owner;
  grant set on parameter session_replication_role to madoguchi_owner`

// Before all tests: one Postgres, and in it one migrated database that every test file clones.
await notedCluster().then(stopCluster, () => {}) // of a run that was interrupted
const cluster = await startCluster()
await query(cluster.superuser_url, RIGHTS_OF_TESTS)
await query(cluster.owner_url, 'create database template_madoguchi')
const { url, owner_url } = databaseUrls(cluster, 'template_madoguchi')
await migrateForService(url, owner_url)
await noteCluster(cluster)
