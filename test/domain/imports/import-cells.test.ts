import t from 'tap'
import { columnOfWord } from '#domain/imports/import-words.ts'
import { fieldsOfCells } from '#domain/imports/import-cells.ts'
import { momentOfCell, monthOfCell } from '#domain/imports/import-dates.ts'
import type { ColumnPlace } from '#domain/imports/import-columns.ts'
import { isNameOf, partsOfName } from '#domain/imports/import-name.ts'

// The days of Tokyo, nine hours before those of UTC.
const startOf = (day: string): string => new Date(Date.parse(day) - 9 * 3_600_000).toISOString()
const field = (place: ColumnPlace, cell: string, is_for_excel = false): unknown =>
  Object.values(fieldsOfCells([place], [cell], { is_for_excel, startOf }))[0]

t.test('R39: words in cells become the values of the contract, and others stay as they are', async t => {
  for (const [cell, role] of [
    ['主担当', 'primary'],
    ['主', 'primary'],
    ['ＰＲＩＭＡＲＹ', 'primary'],
    [' 副担当 ', 'secondary'],
    ['部長', '部長'],
    ['', undefined],
    ['　', undefined],
  ] as const)
    t.equal(field('role', cell), role, cell)
  for (const [cell, duties] of [
    ['システム担当', ['system']],
    ['業務；契約担当;', ['operations', 'contract']],
    ['system、operations\ncontract', ['system', 'operations', 'contract']],
    ['総務', ['総務']],
  ] as const)
    t.same(field('duties', cell), duties, cell)
  for (const [cell, value] of [
    ['TRUE', true],
    ['はい', true],
    ['○', true],
    ['共有', true],
    ['FALSE', false],
    ['いいえ', false],
    ['×', false],
    ['たぶん', 'たぶん'],
  ] as const)
    t.equal(field('shared_mailbox', cell), value, cell)
  t.equal(field('contract_id', "'Ｃ－００１\u200B"), 'C-001')
  t.equal(field('email', ' Ｙ@x.jp '), 'Ｙ@x.jp', 'an address is read by its own rule')
  t.equal(field('email', "'=y@x.jp"), "'=y@x.jp")
  t.equal(field('email', "'=y@x.jp", true), '=y@x.jp')
  t.equal(field('privacy_notice_version', 'Oct-25'), '2025-10')
  t.equal(field('registered_at', "'2026/4/1"), '2026-03-31T15:00:00.000Z')
  t.equal(field('privacy_notice_shown_at', '46113'), '46113')
  t.equal(field(null, 'memo'), undefined)
  t.same(fieldsOfCells(['email'], ['y@x.jp', 'memo'], { is_for_excel: false, startOf }), { email: 'y@x.jp' })
  t.equal(field('name', ' 山田　太郎 '), '山田　太郎', 'a name is read by its own rule')
})

t.test('R39: days are read as Excel and people write them', async t => {
  for (const cell of [
    '2026/4/1',
    '2026-04-01',
    '2026.4.1',
    '2026年4月1日',
    '2026年 4月 1日',
    '20260401',
    '2026/4/1 0:00',
  ])
    t.equal(momentOfCell(cell, startOf), '2026-03-31T15:00:00.000Z', cell)
  for (const cell of ['2026/4/1 9:30', '2026-04-01T09:30:00', '2026/4/1(水) 09:30:00', '2026-04-01T09:30:00+09:00'])
    t.equal(momentOfCell(cell, startOf), '2026-04-01T00:30:00.000Z', cell)
  for (const cell of ['2026/2/30', '2026/13/1', '令和8年4月1日', '46113', '4/1/2026', '2026/4/1 25:00', '####', ''])
    t.equal(momentOfCell(cell, startOf), undefined, cell)
})

t.test('R39: the month that Excel has made a day of is the version of a privacy notice again', async t => {
  for (const cell of ['2025-10', 'Oct-25', '2025/10', '2025/10/1', '2025-10-01', '2025年10月', '2025年10月1日'])
    t.equal(monthOfCell(cell), '2025-10', cell)
  for (const cell of ['v2', '2025-13', '2025/0/1', 'Foo-25', '2025-10-15', '2025-10b'])
    t.equal(monthOfCell(cell), cell, cell)
})

t.test('R15, R39: a cell with a whole name is divided at its space, and only there', async t => {
  for (const [name, family_name, given_name = null] of [
    ['山田 太郎', '山田', '太郎'],
    ['山田　太郎', '山田', '太郎'],
    ['山田太郎', '山田太郎'],
    ['マリア ガルシア ロペス', 'マリア', 'ガルシア ロペス'],
    ['John Smith', 'Smith', 'John'],
    ['YAMADA Taro', 'YAMADA', 'Taro'],
    ['Taro YAMADA', 'YAMADA', 'Taro'],
    ['Yamada Taro', 'Yamada', 'Taro'],
    ['Taro Yamada', 'Yamada', 'Taro'],
    ['Smith, John', 'Smith', 'John'],
    ['John Smith, Jr.', 'John Smith, Jr.'],
    ['Smith, Jr.', 'Smith, Jr.'],
    ['Smith,', 'Smith,'],
    ['山田/伊藤 花子', '山田/伊藤 花子'],
    ['山田, 伊藤', '山田, 伊藤'],
  ] as const)
    t.same(partsOfName(name), { family_name, given_name })
})

t.test('R39: a whole name next to its parts says the same, in either order and with any spaces', async t => {
  t.ok(isNameOf({ family_name: '山田', given_name: '太郎' }, '山田　太郎'))
  t.ok(isNameOf({ family_name: '山田', given_name: null }, '山田'))
  t.ok(isNameOf({ family_name: 'Smith', given_name: 'John' }, 'John Smith'))
  t.ok(isNameOf({ family_name: 'Smith', given_name: 'John' }, 'SMITH, John'))
  t.notOk(isNameOf({ family_name: '山田', given_name: '太郎' }, '伊藤 花子'))
})

const fields = (places: ColumnPlace[], ...cells: string[]): unknown =>
  fieldsOfCells(places, cells, { is_for_excel: false, startOf })

t.test('R39: one column for both holds roles and duties, whichever of the two its word means', async t => {
  const [primary, secondary] = [{ role: 'primary' }, { role: 'secondary' }]
  for (const [cell, read] of [
    ['主担当', primary],
    ['正担当', primary],
    ['副担当', secondary],
    ['システム担当', { duties: ['system'] }],
    ['主担当；システム担当、業務', { ...primary, duties: ['system', 'operations'] }],
    ['主担当・主', primary],
  ] as const) {
    t.same(fields(['duties'], cell), read, `役割: ${cell}`)
    t.same(fields(['role'], cell), read, `区分: ${cell}`)
    t.same(fields(['duties', null], cell), read)
  }
  t.same(fields(['duties'], '副担当;総務'), { ...secondary, duties: ['総務'] })
  t.same(fields(['duties'], '主担当;副担当'), { duties: ['主担当', '副担当'] }, 'two roles are none')
  t.same(fields(['role'], '主/副'), { role: '主/副' })
  t.same(fields(['role'], '副担当;総務'), { role: '副担当;総務' })
  t.same(fields(['role'], 'constructor'), { role: 'constructor' })
  t.same(fields(['duties'], ';'), { duties: [] })
})

t.test('R39: of two columns for roles and duties, each holds its own words', async t => {
  t.same(fields(['role', 'duties'], '主', 'システム'), { role: 'primary', duties: ['system'] })
  t.same(fields(['role', 'duties'], '', '副担当'), { duties: ['副担当'] })
  t.same(fields(['role', 'duties'], 'システム担当', ''), { role: 'システム担当' })
  t.equal(columnOfWord('副担当'), 'role')
  t.equal(columnOfWord('業務担当'), 'duties')
  t.equal(columnOfWord('部長'), undefined)
})

t.test('R39: the apostrophe by which a cell is text is no part of a Japanese word', async t => {
  t.equal(field('name', "'山田 太郎"), '山田 太郎')
  t.equal(field('given_name', '’たろう'), 'たろう')
  t.equal(field('role', "'主担当"), 'primary')
  t.equal(field('name', "'t Hooft Jan"), "'t Hooft Jan")
})

t.test('R39: a text that a file keeps as a formula is that text', async t => {
  t.equal(field('contract_id', '="0123"'), '0123')
  t.equal(field('name', '="山田 ""太郎"""'), '山田 "太郎"')
  t.equal(field('registered_at', '="2026/4/1"'), '2026-03-31T15:00:00.000Z')
  t.equal(field('name', '="山田'), '="山田')
  t.same(fields(['email'], '=""'), {}, 'an empty one is an empty cell')
})
