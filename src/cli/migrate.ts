import { readConfig } from '../config.ts'
import { migrate } from '#db/migrations.ts'

// Brings the database of DATABASE_URL to this release's schema: `npm run migrate`, before a new release starts.
const { database_url } = readConfig()
if (database_url === null) throw new Error('env/DATABASE_URL says which database to migrate; the embedded one is migrated when the service starts')
const applied = await migrate(database_url)
console.log(applied.length === 0 ? 'Nothing to migrate.' : `Migrated: ${applied.join(', ')}.`)
