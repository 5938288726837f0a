import t from 'tap'
import { shiftJis } from '../../helpers/shift-jis.ts'
import { testService } from '../../helpers/test-service.ts'

const HEADER = '契約番号,お名前,メールアドレス\r\n'

t.test('R39: a CSV file that cannot be read fails before anything changes, with line and column', async t => {
  const { call } = await testService(t)
  const fault = async (file: string | Buffer, type = 'text/csv'): Promise<any> => {
    const headers = { 'content-type': type, 'accept-language': 'ja' }
    const { status, body } = await call('POST', '/v1/imports', file, headers)
    t.match({ status, body }, { status: 202, body: { state: 'failed', rows: { total: 0, done: 0 } } })
    return body.problem.errors[0]
  }
  t.match(await fault('契約番号,お名前,メールアドレズ\r\n'), {
    code: 'unknown-column',
    line: 1,
    column: 3,
    nearest: 'メールアドレス',
    detail: '1行目の3列目: 列「メールアドレズ」は使用できません。「メールアドレス」でしょうか。',
  })
  t.match(await fault(`${HEADER}C-1,山田,y@x.jp\r\nC-1,伊藤\r\n`), {
    code: 'other-width',
    line: 3,
    column: 3,
    expected: 3,
  })
  t.match(await fault(shiftJis(`${HEADER}C-1,髙橋,y@x.jp\r\n`)), {
    code: 'other-encoding',
    line: 1,
    found: 'shift_jis',
  })
  t.match(await fault(HEADER, 'text/csv; charset=shift_jis'), { code: 'other-encoding', line: 1, found: 'utf-8' })
  t.match(await fault('PK\x03\x04'), { code: 'other-file', detail: /Excelブック/ })
  t.match(await fault(`${HEADER}C-1,"山田,y@x.jp\r\n`), { code: 'unclosed-quote', line: 2, column: 2 })
  for (const nothing of ['', '\r\n', HEADER, `${HEADER},,\r\n`])
    t.equal((await call('POST', '/v1/imports', nothing, { 'content-type': 'text/csv' })).status, 400, nothing)
  const other = { 'content-type': 'text/csv; charset=euc-jp' }
  t.equal((await call('POST', '/v1/imports', HEADER, other)).status, 415)
  t.same((await call('GET', '/v1/contacts')).body.items, [])
})

t.test('R39: what is wrong with a header is plain to its reader in both languages', async t => {
  const { call } = await testService(t)
  const detail = async (file: string, language: string): Promise<string> => {
    const { body } = await call('POST', '/v1/imports', file, {
      'content-type': 'text/csv',
      'accept-language': language,
    })
    return body.problem.detail
  }
  for (const [what, file, ja, en] of [
    [
      'another sign',
      '契約番号|お名前|メールアドレス\nC-1|山田|y@x.jp\n',
      /1行目には、列名をカンマ/,
      /^Line 1: .*divided by/,
    ],
    ['a title', '担当者一覧\n契約番号,お名前,メールアドレス\n', /1行目には、列名を/, /The first line has the names/],
    [
      'no nearest word',
      '契約番号,お名前,メールアドレス,備考\n',
      /4列目: 列「備考」.*契約番号、区分、役割/,
      /use one of: contract_id/,
    ],
    ['two words of one column', 'email,contract_id,name,メール\n', /列「メール」が「email」と重複/, /first as "email"/],
    [
      'rows divided otherwise',
      `${HEADER}C-1;山田;y@x.jp\n`,
      /2行目の2列目: .*区切り文字/,
      /Line 2, column 2.*the same sign/,
    ],
  ] as const) {
    t.match(await detail(file, 'ja'), ja, what)
    t.match(await detail(file, 'en'), en, what)
  }
})
