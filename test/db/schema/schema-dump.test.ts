import { readFile } from 'node:fs/promises'
import t from 'tap'
import { testDatabase } from '../../helpers/test-database.ts'
import { dumpSchema } from '#db/schema/schema-dump.ts'

t.test('migrations/schema.sql shows what the migrations make of a database', async t => {
  const { database } = await testDatabase(t, 1)
  const committed = await readFile(new URL('../../../migrations/schema.sql', import.meta.url), 'utf8')
  t.ok((await dumpSchema(database)) === committed, 'run `npm run schema:write` and commit what it writes')
})
