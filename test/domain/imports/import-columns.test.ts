import t from 'tap'
import {
  columnOf,
  IMPORT_COLUMNS,
  isReportColumn,
  nearestColumn,
  REPORT_COLUMNS,
  REPORT_COLUMNS_JA,
} from '#domain/imports/import-columns.ts'
import { readHeader } from '#domain/imports/import-header.ts'
import { UnreadableImportError } from '#domain/imports/import-line.ts'

function faultOf(cells: string[]): unknown {
  try {
    return readHeader(cells, 3)
  } catch (error) {
    return error instanceof UnreadableImportError ? error.fault : error
  }
}

t.test('R39: the columns of an import are known by English and Japanese words in any spelling', async t => {
  for (const column of IMPORT_COLUMNS) t.equal(columnOf(column), column)
  for (const [word, column] of [
    ['契約番号', 'contract_id'],
    ['ご契約番号（必須）', 'contract_id'],
    ['※契約ＩＤ', 'contract_id'],
    ['Contract No.', 'contract_id'],
    ['区分', 'role'],
    ['主担当・副担当', 'role'],
    ['種別', 'role'],
    ['正副', 'role'],
    ['役割', 'duties'],
    ['姓', 'family_name'],
    ['お名前(姓)', 'family_name'],
    ['名', 'given_name'],
    ['お名前（名）', 'given_name'],
    ['お名前', 'name'],
    [' 氏 名 ', 'name'],
    ['問い合わせご担当者', 'name'],
    ['メールアドレス', 'email'],
    ['ﾒｰﾙｱﾄﾞﾚｽ*', 'email'],
    ['E-Mail', 'email'],
    ['共有', 'shared_mailbox'],
    ['Mailbox shared', 'shared_mailbox'],
    ['登録日', 'registered_at'],
    ['contact_id', 'contact_id'],
    ['account_id', null],
    ['取り込み結果', null],
    ['電話番号', undefined],
    ['', undefined],
  ] as const)
    t.equal(columnOf(word), column, word)
})

t.test('R39: the word of a header that is not known is compared with the known ones', async t => {
  t.equal(nearestColumn('emial'), 'email')
  t.equal(nearestColumn('メールアドレズ'), 'メールアドレス')
  t.equal(nearestColumn('contractid_'), 'contract_id')
  t.equal(nearestColumn('電話番号'), '契約番号')
  t.equal(nearestColumn('備考'), undefined)
})

t.test('R39: the columns of a report are known, and read by no import', async t => {
  for (const word of [...REPORT_COLUMNS, ...Object.values(REPORT_COLUMNS_JA)]) {
    t.ok(isReportColumn(word), word)
    t.equal(columnOf(word), null, word)
  }
  t.notOk(isReportColumn('email'))
  t.notOk(isReportColumn('contact_id'))
})

const missing = (found: string): unknown => ({ code: 'missing-column', line: 3, column: null, found })

t.test('R39: a header needs a contract, an address and a name, each word once, and none that is not known', async t => {
  t.same(readHeader(['姓', '', 'Email', '契約番号', 'contact_id', '', ' '], 1), {
    header: ['姓', '', 'Email', '契約番号', 'contact_id'],
    places: ['family_name', null, 'email', 'contract_id', 'contact_id'],
  })
  t.same(faultOf(['契約番号', 'お名前']), missing('email'))
  t.same(faultOf(['お名前', 'メール']), missing('contract_id'))
  t.same(faultOf(['契約番号', '名', 'メール']), missing('name'))
  t.same(faultOf(['C-1', '山田', 'y@x.jp']), missing('contract_id'), 'a row of people: nothing of them is repeated')
  t.same(faultOf(['契約番号', '氏名', 'メール', 'Email']), {
    code: 'repeated-column',
    line: 3,
    column: 4,
    found: 'Email',
    same_as: 'メール',
  })
  t.same(faultOf(['契約番号', '氏名', 'メール', 'メール']), {
    code: 'repeated-column',
    line: 3,
    column: 4,
    found: 'メール',
  })
  t.same(faultOf(['契約番号', 'x'.repeat(60_000)]), {
    code: 'unknown-column',
    line: 3,
    column: 2,
    found: `${'x'.repeat(64)}…`,
  })
  t.same(faultOf(['契約番号', 'お名前', 'メールアドレズ']), {
    code: 'unknown-column',
    line: 3,
    column: 3,
    found: 'メールアドレズ',
    nearest: 'メールアドレス',
  })
  t.same(faultOf(['契約番号', '備考']), { code: 'unknown-column', line: 3, column: 2, found: '備考' })
  t.same(faultOf(['契約番号', '山田@aozora.example.jp']), { code: 'unknown-column', line: 3, column: 2 })
})
