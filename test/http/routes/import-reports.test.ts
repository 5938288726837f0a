import { parse } from 'csv-parse/sync'
import t from 'tap'
import { dirtyFile } from '../../helpers/dirty-contacts.ts'
import { putContract } from '../../helpers/fixtures.ts'
import { importedRows, importFile, isFound } from '../../helpers/imported-rows.ts'
import { jobWorker } from '../../helpers/job-worker.ts'
import { FAULT_KINDS } from '../../helpers/planted-faults.ts'
import { testService } from '../../helpers/test-service.ts'

const LINES = { 'content-type': 'application/x-ndjson' }
const MIXED = '?on_problem=skip_row'

t.test('R39: in a dirty file each fault is found and named, and nothing else is refused', async t => {
  const service = await testService(t)
  const { call } = service
  jobWorker(t, service)
  const { csv, rows, registry } = dirtyFile(1000, 1)
  t.ok(FAULT_KINDS.length >= 30)
  t.equal(new Set(rows.flatMap(({ kind }) => kind ?? [])).size, FAULT_KINDS.length, 'every kind is in the file')
  const { rows: contracts } = await importFile(call, registry, { headers: LINES })
  t.equal(contracts.created, contracts.total)
  const { import_id, rows: counts } = await importFile(call, csv, { query: MIXED })
  t.equal(counts.done, rows.length)
  const found = await importedRows(call, import_id)
  const wrong = rows.filter(({ line, says }, index) => found[index].line !== line || !isFound(found[index], says))
  t.same(
    wrong.map(({ line, kind, cells }) => [line, kind, cells, found.find(row => row.line === line)]),
    [],
  )
  const again = await importFile(call, csv, { query: MIXED })
  t.match(again.rows, { created: 0, changed: 0, refused: counts.refused }, 'the same file again changes nothing')
})

t.test('R39: the report is the file as it was received, with the reasons in the language of the reader', async t => {
  const service = await testService(t)
  const { call } = service
  jobWorker(t, service)
  await putContract(call, 'C-1')
  const cells = [
    ['契約番号', 'お名前', 'メールアドレス', '区分', '理由'],
    ['C-1', '山田 太郎', 'yamada@aozora.example.jp', '主担当', 'x'],
    ['C-1', '山田/伊藤/佐藤', 'desk@aozora.example.jp', '', ''],
    ['C-1', '髙橋\n一郎', '=takahashi@aozora.example.jp', '', ''],
    ['C-9', "'=佐藤", 'sato', '部長', ''],
  ]
  const csv = cells.map(row => row.map(cell => (/\n/.test(cell) ? `"${cell}"` : cell)).join(',')).join('\r\n')
  const { import_id } = await importFile(call, csv, { query: MIXED })
  const report = async (query: string, language: string): Promise<string> => {
    const headers = { accept: 'text/csv', 'accept-language': language }
    const answer = await call('GET', `/v1/imports/${import_id}/rows${query}`, undefined, headers)
    t.match(answer.headers, { 'content-type': 'text/csv; charset=utf-8', 'content-language': language })
    return answer.text
  }
  const [header, ...rows] = parse(await report('', 'ja'))
  t.same(header, ['契約番号', 'お名前', 'メールアドレス', '区分', '元の行', '取り込み結果', '理由', '修正案'])
  t.same(
    rows.map(row => row.slice(0, 4)),
    cells.slice(1).map(row => row.slice(0, 4)),
    'cells are as they were',
  )
  t.same(
    rows.map(row => row[4]),
    ['2', '3', '4', '6'],
  )
  t.same(
    rows.map(row => row[5]),
    ['登録', '登録不可', '登録', '登録不可'],
  )
  t.match(rows[1]?.[6], 'お一人ずつ')
  t.equal(rows[1]?.[7], '3行に分けて登録: 山田、伊藤、佐藤')
  t.equal(rows[3]?.[6], '区分: 「主担当」または「副担当」と記載してください。')
  const english = parse(await report('?outcome=refused', 'en'))
  t.same(english[0]?.slice(4), ['import_line', 'import_outcome', 'import_reason', 'import_suggestion'])
  t.same(
    english.slice(1).map(row => row[5]),
    ['refused', 'refused'],
  )
  t.equal(english[1]?.[7], '3 rows: 山田; 伊藤; 佐藤')
  const forExcel = await report('?bom=true', 'ja')
  t.match(forExcel, /^\uFEFF契約番号/)
  t.match(forExcel, ",'=takahashi@", 'no formula')
  t.match(forExcel, ",''=佐藤,", 'what looked like an escaped formula is read back as it was')
  const mended = forExcel.replace('山田/伊藤/佐藤', '伊藤').replace(/C-9.*\r\n?/s, '')
  t.match((await importFile(call, mended, { query: MIXED })).rows, { total: 3, created: 1, unchanged: 2, refused: 0 })
  const sentBack = await importedRows(call, (await importFile(call, forExcel, { query: MIXED })).import_id)
  t.same(
    sentBack.map(({ outcome }) => outcome),
    ['unchanged', 'refused', 'unchanged', 'refused'],
  )
})

t.test('R39: a report takes no parameters of pages, and JSON none of CSV', async t => {
  const service = await testService(t)
  const { call } = service
  jobWorker(t, service)
  const line = { type: 'customer', customer_id: 'c-1', name: '株式会社青空商事' }
  const { import_id } = await importFile(call, `${JSON.stringify(line)}\n`, { headers: LINES })
  const rows = `/v1/imports/${import_id}/rows`
  const csv = { accept: 'text/csv' }
  t.equal(
    (await call('GET', rows, undefined, csv)).text,
    'type,customer_id,contract_id,import_line,import_outcome,import_reason,import_suggestion\r\n' +
      'customer,c-1,,1,created,,\r\n',
    'lines of JSON have no cells',
  )
  t.equal((await call('HEAD', rows, undefined, csv)).status, 200)
  for (const query of ['?limit=10', '?cursor=MQ'])
    t.equal((await call('GET', `${rows}${query}`, undefined, csv)).status, 400)
  t.equal((await call('GET', `${rows}?bom=true`)).status, 400)
  const { items } = (await call('GET', '/v1/disclosures')).body
  t.match(items[0], { operation: 'listImportRows', format: 'csv', rows: 1 })
})

const errorsOf = ({ problems }: any): any[] => problems.flatMap(({ errors }: any) => errors)

t.test('R39: a value that cannot be read is named once, with its column', async t => {
  const service = await testService(t)
  const { call } = service
  jobWorker(t, service)
  await putContract(call, 'C-1')
  const file =
    '契約番号,お名前,メールアドレス,区分,役割,登録日\n' +
    ['46113', '令和8年4月1日', '2026/2/30', '2026年4月']
      .map((day, index) => `C-1,山田 太郎,y${index}@example.jp,,,${day}\n`)
      .join('') +
    'C-1,山田 太郎,y4@example.jp,,副担当,\nC-1,山田 太郎,y5@example.jp,業務担当,,\n' +
    `${'あ'.repeat(65)},山田 太郎,y6@example.jp,,,\n`
  const { import_id } = await importFile(call, file, { query: MIXED })
  const rows = await importedRows(call, import_id)
  t.same(
    rows.map(row => errorsOf(row).map(({ pointer, code }: any) => [pointer, code])),
    [
      ...Array.from({ length: 4 }, () => [['#/registered_at', 'invalid-format']]),
      [['#/duties/0', 'other-column']],
      [['#/role', 'other-column']],
      [['#/contract_id', 'invalid-format']],
    ],
  )
  t.same(rows[0].values, [{ field: 'registered_at', value: '46113' }])
  const report = await call('GET', `/v1/imports/${import_id}/rows`, undefined, {
    accept: 'text/csv',
    'accept-language': 'ja',
  })
  const reasons = parse(report.text, { columns: true }).map((row: any) => row['理由'])
  t.match(reasons, [
    /^登録日: .*西暦/,
    /^登録日: /,
    /^登録日: /,
    /^登録日: /,
    /^役割: .*「区分」/,
    /^区分: .*「役割」/,
    /^契約番号: /,
  ])
})
