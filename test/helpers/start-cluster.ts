import pg from 'pg'
import { databaseUrl, notedCluster, noteCluster, startCluster } from './cluster.ts'
import { stopCluster } from './stop-cluster.ts'
import { migrateDatabase } from '#migrate-database.ts'

// Before all tests: one Postgres, and in it one migrated database that every test file clones.
await notedCluster().then(stopCluster, () => {}) // of a run that was interrupted
const { cluster } = await startCluster()
const admin = new pg.Client({ connectionString: cluster.url })
await admin.connect()
await admin.query('create database template_madoguchi')
await migrateDatabase(databaseUrl(cluster, 'template_madoguchi'))
await admin.end()
await noteCluster(cluster)
