import { sql } from 'kysely'
import t from 'tap'
import { compiled } from '#db/driver/statement.ts'
import { contact, contract, customer, importer, type Line } from '../helpers/imports.ts'
import { testService } from '../helpers/test-service.ts'

const service = await testService(t)
const { database } = service
const { imported } = importer(t, service)

const entries = async () =>
  await database.run(compiled(sql`select count(*) from history where event not like 'import.%'`))

const FILES: Record<string, Line[]> = {
  'two spellings of an address': [
    contact('R-1', '山田 太郎', 'Yamada@R.example.jp', { role: 'primary' }),
    contact('R-1', '山田 太郎', 'yamada@r.example.jp'),
  ],
  'two spellings of a name': [
    contact('R-2', 'Hanako SATO', 'sato@r.example.jp', { role: 'primary' }),
    contact('R-2', 'Hanako Sato', 'sato@r.example.jp'),
  ],
  'two lists of duties': [
    contact('R-3', '鈴木 一郎', 'suzuki@r.example.jp', { role: 'primary', duties: ['system'] }),
    contact('R-3', '鈴木 一郎', 'suzuki@r.example.jp', { duties: ['operations'] }),
  ],
  'a primary role that goes from line to line': [
    contact('R-4', '森 進', 'mori@r.example.jp', { role: 'primary' }),
    contact('R-4', '林 香', 'hayashi@r.example.jp', { role: 'secondary' }),
    contact('R-4', '森 進', 'mori@r.example.jp', { role: 'secondary' }),
    contact('R-4', '林 香', 'hayashi@r.example.jp', { role: 'primary' }),
  ],
  'two names of a customer': [
    { ...customer('R'), name: '青空商事' },
    { ...customer('R'), name: '株式会社青空商事' },
  ],
  'two terms of a contract': [contract('R-5', 'R'), contract('R-5', 'R', { app_ids: ['expenses'] })],
  'a list and a contact after it': [
    {
      type: 'roster',
      contract_id: 'R-6',
      contacts: [{ name: '原 誠', role: 'primary', email: 'hara@r.example.jp' }],
    },
    contact('R-6', '岡田 準', 'okada@r.example.jp'),
  ],
}

t.before(async () => {
  await imported([customer('R'), ...['1', '2', '3', '4', '6'].map(number => contract(`R-${number}`, 'R'))])
})

for (const [what, lines] of Object.entries(FILES)) {
  t.test(`R39: the same file twice changes nothing: ${what}`, async t => {
    t.match(await imported(lines), { rows: { refused: 0, skipped: 0 } })
    const before = await entries()
    const again = await imported(lines)
    t.match(again.rows, { unchanged: lines.length }, JSON.stringify(again.items))
    t.same(await entries(), before)
  })
}
