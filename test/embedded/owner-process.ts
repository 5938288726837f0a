import { startEmbeddedPostgres } from '#embedded/embedded-postgres.ts'

// A service of its own process, for tests that kill it: says that it owns the folder and lives until it is killed.
const [, , dataDir = ''] = process.argv
await startEmbeddedPostgres({ dataDir, database: 'madoguchi', settings: { fsync: 'off' } })
process.stdout.write('started\n')
setInterval(() => {}, 1000)
