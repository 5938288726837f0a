import t from 'tap'
import { putContract, putCustomer, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock } = await testService(t)
const SHEET = '/v1/customers/one/registration?purpose=inquiries'
const disclosures = async (): Promise<any[]> => (await call('GET', '/v1/disclosures')).body.items

clock.set('2026-04-01T00:00:00.000Z')
await putContract(call, 'B-1', { customer_id: 'one' })
await putContract(call, 'A-2', { customer_id: 'one', product_id: 'erp_hosting', ends_on: '2026-04-30' })
await putContract(call, 'C-3', { customer_id: 'two' })
await putCustomer(call, 'one', '株式会社<青空> & "商事"')
const secondary = await register(call, 'B-1', { role: 'primary', email: 'first@one.example.jp' })
await register(call, 'B-1', {
  family_name: '佐藤',
  given_name: '次郎',
  email: "sato'&b@one.example.jp",
  duties: ['system', 'operations'],
})
await register(call, 'C-3', { role: 'primary', family_name: '別', email: 'other@two.example.jp' })
clock.set('2026-05-02T00:00:00.000Z')

t.test('R26: a sheet holds every contract of one customer, the ended ones last, and the primary first', async t => {
  const handed = await call('PUT', '/v1/contracts/B-1/primary', {
    new_contact: {
      family_name: '伊藤',
      given_name: '花子',
      email: 'ito@one.example.jp',
      privacy_notice_version: '2025-10',
    },
    former_primary: 'secondary',
  })
  t.equal(handed.status, 200)
  const { status, body, headers } = await call('GET', SHEET)
  t.equal(status, 200)
  t.match(headers['cache-control'], /no-store/)
  t.match(body, { customer_id: 'one', customer_name: '株式会社<青空> & "商事"', purpose: 'inquiries' })
  t.strictSame(
    body.contracts.map(({ contract, contacts }: any) => [
      contract.contract_id,
      contract.state,
      contacts.map(({ family_name, role }: any) => `${family_name} ${role}`),
    ]),
    [
      ['B-1', 'in_force', ['伊藤 primary', '山田 secondary', '佐藤 secondary']],
      ['A-2', 'ended', []],
    ],
  )
  t.match(body.contracts[0], { product_name: 'manage', contract: { seats: { limit: 4, used: 3 } } })
  t.strictSame(
    body.contracts[0].contacts[1],
    (await call('GET', `/v1/contacts/${secondary.contact_id}`)).body,
    'a contact as it is answered elsewhere',
  )
})

t.test('R26: the sheet of a past moment is what was registered then', async t => {
  const { body } = await call('GET', `${SHEET}&as_of=2026-04-15T00:00:00Z`)
  t.equal(body.as_of, '2026-04-15T00:00:00.000Z')
  t.strictSame(
    body.contracts.map(({ contract, contacts }: any) => [
      contract.contract_id,
      contract.state,
      contacts.map(({ family_name, role }: any) => `${family_name} ${role}`),
    ]),
    [
      ['A-2', 'in_force', []],
      ['B-1', 'in_force', ['山田 primary', '佐藤 secondary']],
    ],
  )
  await putCustomer(call, 'one', '株式会社青空')
  t.equal(
    (await call('GET', `${SHEET}&as_of=2026-04-15T00:00:00Z`)).body.customer_name,
    '株式会社<青空> & "商事"',
    'the name of then',
  )
  await putCustomer(call, 'one', '株式会社<青空> & "商事"')
  t.equal((await call('GET', `${SHEET}&as_of=2020-01-01T00:00:00Z`)).status, 404)
  const future = await call('GET', `${SHEET}&as_of=2030-01-01T00:00:00Z`)
  t.equal(future.status, 422)
  t.match(future.body.errors, [{ pointer: '#/as_of', code: 'in-the-future' }])
})

t.test('R36: a contract that has another customer since is on the sheet of the customer of then', async t => {
  await putContract(call, 'D-4', { customer_id: 'two' })
  clock.set('2026-05-03T00:00:00.000Z')
  await putContract(call, 'D-4', { customer_id: 'three' })
  const ids = async (customer_id: string, query = ''): Promise<string[]> =>
    (await call('GET', `/v1/customers/${customer_id}/registration?purpose=surveys${query}`)).body.contracts.map(
      ({ contract }: any) => contract.contract_id,
    )
  t.strictSame(await ids('two'), ['C-3'])
  t.strictSame(await ids('three'), ['D-4'])
  t.strictSame(await ids('two', '&as_of=2026-05-02T12:00:00Z'), ['C-3', 'D-4'])
})

t.test('R26: as CSV, a row for each contact and for a contract without one', async t => {
  const accept = { accept: 'text/csv' }
  const { text, headers } = await call('GET', SHEET, undefined, accept)
  const lines = text.split('\r\n')
  t.equal(lines.length, 1 + 3 + 1 + 1)
  t.match(lines[0], /^contract_id,product_id,product_name,state,seat_limit,seats_used,role,duties,name,email,/)
  t.match(lines[3], /^B-1,manage,manage,in_force,4,3,secondary,operations system,佐藤 次郎,sato'&b@one\.example\.jp,/)
  t.match(lines[4], /^A-2,erp_hosting,/)
  t.match(headers['content-disposition'], /attachment; filename="registration-one-/)
  t.equal((await call('GET', `${SHEET}&bom=true`, undefined, accept)).text.charCodeAt(0), 0xfeff)
  t.equal((await call('GET', `${SHEET}&bom=true`)).status, 400)
})

t.test('R26: as a page to print, in both languages, without scripts and with every text as text', async t => {
  for (const [language, word, role] of [
    ['ja', '問い合わせご担当者', '主担当'],
    ['en', 'Registered support contacts', 'Primary'],
  ] as const) {
    const { text, headers } = await call('GET', SHEET, undefined, { accept: 'text/html', 'accept-language': language })
    t.match(headers['content-type'], /text\/html; charset=utf-8/)
    t.equal(headers['content-language'], language)
    t.match(headers['content-security-policy'], /^default-src 'none';style-src 'sha256-/)
    t.ok(text.includes(`<html lang="${language}">`) && text.includes(word) && text.includes(role))
    t.ok(text.includes('株式会社&lt;青空&gt; &amp; &quot;商事&quot;'))
    t.ok(text.includes('sato&#39;&amp;b@one.example.jp'))
    t.notMatch(text, /<script|<b>|src=|href=/)
  }
  const browser = await call('GET', SHEET, undefined, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
  t.match(browser.headers['content-type'], /text\/html/)
})

t.test('R31, R32: a sheet names its purpose, and leaves with its record', async t => {
  t.equal((await call('GET', '/v1/customers/one/registration')).status, 400)
  t.equal((await call('GET', '/v1/customers/one/registration?purpose=fun')).status, 400)
  const before = (await disclosures()).length
  await call('HEAD', SHEET)
  await call('GET', '/v1/customers/nobody/registration?purpose=inquiries')
  t.equal((await disclosures()).length, before, 'nothing left')
  for (const [accept, format] of [
    ['application/json', 'json'],
    ['text/csv', 'csv'],
    ['text/html', 'html'],
  ] as const) {
    await call('GET', SHEET, undefined, { accept })
    t.match((await disclosures())[0], {
      operation: 'getRegistrationSheet',
      format,
      purpose: 'inquiries',
      rows: 3,
      state: 'complete',
      filter: { customer_id: 'one' },
    })
  }
})

t.test('a sheet that has not changed is not sent again', async t => {
  const { headers } = await call('GET', SHEET)
  clock.set('2026-05-04T00:00:00.000Z')
  t.equal((await call('GET', SHEET, undefined, { 'if-none-match': headers['etag'] ?? '' })).status, 304)
})
