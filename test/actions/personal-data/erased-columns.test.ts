import t from 'tap'
import { PERSONAL_DATA_REGISTER } from '#domain/personal-data/personal-data-register.ts'
import { personInEverything, SPELLINGS } from '../../helpers/person-in-everything.ts'
import { query } from '../../helpers/query.ts'
import { testService } from '../../helpers/test-service.ts'
import { decodedParts } from '../../helpers/whole-database.ts'

const service = await testService(t)
const { call, clock, owner_url } = service
clock.set('2026-04-01T00:00:00.000Z')
const { contact_ids } = await personInEverything(service)

const COLUMNS = Object.entries(PERSONAL_DATA_REGISTER).flatMap(([table, { personal = [], mixed = [] }]) =>
  [...personal, ...mixed].map(column => ({ table, column })),
)

/** What a column says of the person, in any form that can be read; undefined where it says nothing. */
async function saidIn({ table, column }: { table: string; column: string }): Promise<string | undefined> {
  const { rows } = await query(owner_url, `select to_jsonb("${column}")::text as value from "${table}"`)
  const texts = rows.flatMap(({ value }) => [String(value), ...decodedParts(String(value))])
  return texts.find(text =>
    SPELLINGS.some(spelling => text.normalize('NFKC').toLowerCase().includes(spelling.normalize('NFKC'))),
  )
}

t.test('R33: the person of this test is in every column that the register calls personal or mixed', async t => {
  t.ok(COLUMNS.length > 35)
  for (const place of COLUMNS)
    t.not(await saidIn(place), undefined, `${place.table}.${place.column}: fill it in person-in-everything.ts`)
})

t.test('R33: and in none of them once the person is erased', async t => {
  const { status, text } = await call('POST', '/v1/personal-data-erasures', { contact_ids, reason: 'requested' })
  t.equal(status, 200, text)
  for (const place of COLUMNS) t.equal(await saidIn(place), undefined, `${place.table}.${place.column}`)
})
