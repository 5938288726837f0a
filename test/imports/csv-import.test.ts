import t from 'tap'
import { reading } from './csv-reading.ts'

const HEADER = 'contract_id,name,email'
const rows = async (text: string): Promise<unknown[]> =>
  (await reading(text)).lines.map(({ line, fields }) => [line, fields])
const fault = async (text: string): Promise<unknown> => (await reading(text)).fault

t.test('R39: a table with Japanese words becomes lines of contacts, with the cells as the file has them', async t => {
  const { header, lines } = await reading(
    '契約番号,お名前,メールアドレス,区分,役割,共有,登録日\r\n' +
      'C-1,山田　太郎,Yamada@aozora.example.jp,主担当,システム担当;契約担当,はい,2026/4/1\r\n' +
      'C-1,"伊藤\r\n花子",ito@aozora.example.jp,,,,\r\n',
  )
  t.same(header, ['契約番号', 'お名前', 'メールアドレス', '区分', '役割', '共有', '登録日'])
  t.same(lines[0], {
    line: 2,
    type: 'contact',
    fields: {
      contract_id: 'C-1',
      name: '山田　太郎',
      email: 'Yamada@aozora.example.jp',
      role: 'primary',
      duties: ['system', 'contract'],
      shared_mailbox: true,
      registered_at: '2026-03-31T15:00:00.000Z',
    },
    cells: ['C-1', '山田　太郎', 'Yamada@aozora.example.jp', '主担当', 'システム担当;契約担当', 'はい', '2026/4/1'],
  })
  const [, second] = lines
  t.same(second?.fields, {
    contract_id: 'C-1',
    name: '伊藤\n花子',
    email: 'ito@aozora.example.jp',
  })
  t.same(second?.cells, ['C-1', '伊藤\n花子', 'ito@aozora.example.jp', '', '', '', ''])
})

t.test('R39: what Excel leaves behind is passed over', async t => {
  const person = [{ contract_id: 'C-1', name: '山田', email: 'y@x.jp' }]
  const one = (line: number): unknown[] => [[line, ...person]]
  t.same(await rows(`\uFEFF${HEADER}\r\nC-1,山田,y@x.jp\r\n`), one(2), 'a byte order mark')
  t.same(await rows(`${HEADER},,\nC-1,山田,y@x.jp,,\n`), one(2), 'empty columns')
  t.same(await rows(`${HEADER}\nC-1,山田,y@x.jp,,,\n,,\n\n , \n`), one(2), 'empty cells and rows at the end')
  t.same(await rows(`\n,,\n${HEADER}\n\nC-1,山田,y@x.jp`), one(5), 'empty lines before and between, none at the end')
  t.same(await rows('contract_id,,name,email\nC-1,,山田,y@x.jp\n'), one(2), 'an empty column between the others')
  t.same(await rows(`sep=;\r\n${HEADER.replaceAll(',', ';')}\r\nC-1;山田;y@x.jp\r\n`), one(3), 'the delimiter by name')
  t.same(await rows(`"sep=,"\n${HEADER}\nC-1,山田,y@x.jp\n`), one(3), 'the delimiter by name, as a cell')
  t.same(await rows(`${HEADER.replaceAll(',', '\t')}\nC-1\t山田\ty@x.jp\n`), one(2), 'tabs')
  t.same(await rows(`${HEADER.replaceAll(',', ';')}\nC-1;山田;y@x.jp\n`), one(2), 'semicolons')
  t.same(await rows(`${HEADER}\rC-1,山田,y@x.jp\r`), one(2), 'carriage returns alone')
  t.same(await rows(`${HEADER}\n"C-1","山田",y@x.jp\n`), one(2), 'quotation marks')
  t.same(await rows(`${HEADER}\n"=""C-1""",山田,y@x.jp\n`), one(2), 'a formula that is a text')
  t.same(await rows(`${HEADER}\nC-1,山田,y@x.jp\n\x1A`), one(2), 'the end of a file as DOS wrote it')
})

const email = async (mark: string, cell: string): Promise<unknown> =>
  (await reading(`${mark}${HEADER}\nC-1,山田,${cell}\n`)).lines[0]?.fields['email']

t.test('R39: apostrophes that keep Excel from running a formula are removed from files for Excel alone', async t => {
  t.equal(await email('\uFEFF', "'=a@x.jp"), '=a@x.jp')
  t.equal(await email('', "'=a@x.jp"), "'=a@x.jp", 'another mailbox')
  t.equal(await email('\uFEFF', "'a@x.jp"), "'a@x.jp", 'no formula')
})

const other = (found: string): unknown => ({ code: 'other-file', line: 1, column: null, found })

t.test('R39: a file that is no table of contacts is refused whole, with the line and the cell', async t => {
  t.same(await fault('PK\x03\x04\x14\0'), other('spreadsheet'))
  t.same(await fault('PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0'), other('spreadsheet'), 'as Excel writes it')
  t.same(await fault('%PDF-1.7\n'), other('pdf'))
  t.same(await fault('<!DOCTYPE html>\n<table>'), other('html'))
  t.same(await fault('{"type":"contact"}\n'), other('json'))
  t.same(await fault('[{"type":"contact"}]\n'), other('json'))
  t.same(await fault(`${HEADER}\nC-1,山\0田,y@x.jp\n`), { code: 'undecodable', line: 2, column: 6, found: '0x00' })
})

const width = (line: number, column: number): unknown => ({ code: 'other-width', line, column, expected: 3 })

t.test('R39: a file with nothing in it has no lines', async t => {
  for (const file of ['', ' \r\n,,\r\n', 'sep=,']) t.same(await reading(file), { header: null, lines: [] })
  t.same(await reading(`${HEADER}\n,,\n`), { header: HEADER.split(','), lines: [] })
})

t.test('R39: a row of another width is named with its line', async t => {
  const before = `${HEADER}\n"C-1\n",山田,y@x.jp\n`
  t.same(await fault(`${before}C-1,伊藤\n`), width(4, 3), 'a cell too few')
  t.same(await fault(`${before}C-1,伊藤,i@x.jp,,memo\n`), width(4, 5), 'text below no word')
  t.same(await fault('contract_id,,name,email\nC-1,memo,山田,y@x.jp\n'), {
    code: 'other-width',
    line: 2,
    column: 2,
    expected: 4,
  })
  t.same((await reading(`${before}C-1,伊藤\n`)).lines.length, 1, 'the rows before it were read')
})

const at = (code: string, line: number, column: number | null): unknown => ({ code, line, column })

t.test('R39: quotation marks that do not fit are named where they begin', async t => {
  const first = `${HEADER}\nC-1,山田,y@x.jp\n`
  t.same(await fault(`${first}C-1,"伊藤,i@x.jp\nC-1,佐藤,s@x.jp\n`), at('unclosed-quote', 3, 2))
  t.same(await fault(`${first}C-1,"伊藤,i@x.jp\n"C-1",佐藤,s@x.jp\n`), at('unclosed-quote', 3, 2))
  t.same(await fault(`${first}C-1,伊"藤",i@x.jp\n`), at('malformed-csv', 3, 2))
  t.same(await fault(`${first}C-1,"伊"藤,i@x.jp\n`), at('malformed-csv', 3, 2))
  const long = await fault(`${first}C-1,${'伊'.repeat(40_000)},i@x.jp\n`)
  t.same(long, { code: 'line-too-long', line: 3, column: null, expected: 65_536 })
  t.match(await fault(`${first}C-1,"伊藤\n${'C-1,佐藤,s@x.jp\n'.repeat(5_000)}`), at('unclosed-quote', 3, null))
  const endless = await reading('x'.repeat(3 * 1024 * 1024))
  t.same(endless.fault, { code: 'line-too-long', line: 1, column: null, expected: 1024 * 1024 })
})
