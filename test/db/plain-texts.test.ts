import t from 'tap'
import { OTHER_THAN_PLAIN } from '#db/fragments.ts'
import { query } from '../helpers/query.ts'
import { testDatabase } from '../helpers/test-database.ts'

const { url } = await testDatabase(t)

t.test('R33: a text of plain characters alone is as it is unified, so it need not be', async t => {
  const { rows } = await query(
    url,
    `select count(*)::integer as plain,
        count(*) filter (where normalize('か' || letter || 'a', NFKC) <> 'か' || letter || 'a' or letter = '。')::integer
          as changed
      from (select chr(code) as letter from generate_series(1, 196607) code
        where code not between 55296 and 57343) all_of
      where letter !~ '${OTHER_THAN_PLAIN}'`,
  )
  t.equal(rows[0].changed, 0)
  t.ok(rows[0].plain > 27_000)
})
