import t from 'tap'
import { PERSONAL_DATA_REGISTER, personalTables } from '#domain/personal-data/personal-data-register.ts'

t.test('R33: the tables with data of people are those that hold it in a column, alone or among other text', async t => {
  const tables = personalTables()
  for (const table of ['contacts', 'change_requests', 'history', 'support_accounts'])
    t.ok(tables.includes(table), table)
  for (const table of ['apps', 'api_clients', 'application_forms']) t.notOk(tables.includes(table), table)
  t.ok(tables.every(table => table in PERSONAL_DATA_REGISTER))
})
