import { readFileSync } from 'node:fs'
import t from 'tap'
import { PERSONAL_DATA_REGISTER } from '#domain/personal-data/personal-data-register.ts'
import { query } from '../helpers/query.ts'
import { testDatabase } from '../helpers/test-database.ts'

const { url } = await testDatabase(t)
const { rows } = await query(
  url,
  `select table_name, column_name from information_schema.columns
  where table_schema = 'public'
    and (data_type in ('text', 'character varying', 'character', 'json', 'jsonb', 'bytea', 'name', 'xml')
      or data_type in ('ARRAY', 'USER-DEFINED') and udt_name not in ('_uuid', '_int4', '_int8'))
  order by table_name, ordinal_position`,
)
const columns = rows.map(({ table_name, column_name }) => `${table_name}.${column_name}`)
const registered = Object.entries(PERSONAL_DATA_REGISTER).flatMap(([table, kinds]) =>
  Object.values(kinds).flatMap(names => names.map(name => `${table}.${name}`)),
)

t.test('R33: the register says of each column that can hold text whether it holds personal data', async t => {
  t.ok(columns.length > 80)
  t.same(
    columns.filter(column => !registered.includes(column)),
    [],
    'columns to be added to src/domain/personal-data/personal-data-register.ts',
  )
  t.same(
    registered.filter(column => !columns.includes(column)),
    [],
    'columns that do not exist any more',
  )
  t.equal(new Set(registered).size, registered.length, 'each once')
})

t.test('R33: the document says of each table with personal data why it is kept and for how long', async t => {
  const document = readFileSync(new URL('../../docs/personal-data.md', import.meta.url), 'utf8')
  for (const [table, { personal = [], mixed = [] }] of Object.entries(PERSONAL_DATA_REGISTER)) {
    const row = document.split('\n').find(line => line.startsWith(`| \`${table}\``))
    const named = [...personal, ...mixed].filter(column => !row?.includes(`\`${column}\``))
    t.same(named, [], `${table} in docs/personal-data.md`)
  }
})
