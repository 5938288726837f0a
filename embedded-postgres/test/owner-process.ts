import { startEmbeddedPostgres } from '@madoguchi/embedded-postgres'

// A service in a process of its own, for tests that kill it: prints that it owns the folder, and lives until then.
const [, , dataDir = ''] = process.argv
await startEmbeddedPostgres({ dataDir, database: 'madoguchi', settings: { fsync: 'off' } })
process.stdout.write('started\n')
setInterval(() => {}, 1000)
