import pino from 'pino'
import t from 'tap'
import { buildApp } from '#app.ts'
import { fillContract, putContract } from '../../helpers/fixtures.ts'
import { query } from '../../helpers/query.ts'
import { testService } from '../../helpers/test-service.ts'

const service = await testService(t)
const { call, callWith, clock, url, owner_url } = service
await fillContract(call, 'D-1', 3)
const contact_id: string = (await call('GET', '/v1/contracts/D-1/contacts')).body.items[0].contact_id
const disclosures = async (filter = '') => (await call('GET', `/v1/disclosures?limit=200${filter}`)).body.items
const latest = async () => (await disclosures())[0]

/** Every list of people: its path, and what its record says. */
const LISTS: Record<string, { path: string; filter: object; purpose?: string; format?: string; accept?: string }> = {
  listContacts: { path: '/v1/contacts?role=secondary&limit=2', filter: { role: ['secondary'] } },
  listContractContacts: { path: '/v1/contracts/D-1/contacts', filter: { contract_id: 'D-1' } },
  getRoster: { path: '/v1/contracts/D-1/roster', filter: { contract_id: 'D-1' } },
  getApplicationForm: { path: '/v1/contracts/D-2/application-form', filter: { contract_id: 'D-2' } },
  listChangeRequests: { path: '/v1/change-requests?state=ready', filter: { state: 'ready' } },
  listContractHistory: { path: '/v1/contracts/D-1/history', filter: { contract_id: 'D-1' } },
  listHistory: { path: '/v1/history?contract_id=D-1', filter: { contract_id: 'D-1' } },
  listContactHistory: { path: `/v1/contacts/${contact_id}/history`, filter: { contact_id } },
  listSupportAccounts: { path: '/v1/support-accounts?shared=false', filter: { shared: false } },
  listNoticeRecipients: {
    path: '/v1/notice-recipients?purpose=surveys&customer_id=K',
    filter: { customer_id: 'K' },
    purpose: 'surveys',
  },
}

/** Reading one thing, checks and changes: the request log has them. */
const LOGGED = new Set([
  'getContact',
  'getChangeRequest',
  'getSupportAccount',
  'checkSender',
  'checkSenders',
  'listApiClientHistory', // API clients are no people
  'listImports', // what a problem quotes of a file's first line
  'getImport',
])

/** Their records are tried with them, in tests of their own. */
const TRIED_ELSEWHERE = new Set(['searchContacts', 'getRegistrationSheet', 'listEvents', 'listImportRows'])

t.test('R31: every operation that shows people is a list with a record, or in the request log', async t => {
  const { paths, components } = (await call('GET', '/openapi.json')).body
  const reads = Object.values<any>(paths).flatMap(path => [path.get, path.post].filter(Boolean))
  const shows = reads.filter(({ operationId, responses }) => {
    const content = JSON.stringify(wholeOf(responses['200']?.content, components))
    return /^(list|get|check|search|find)/.test(operationId) && /"(family_name|email|before)":/.test(content)
  })
  t.ok(shows.length >= 12, `${shows.length} operations show people`)
  t.same(
    shows
      .map(({ operationId }) => operationId)
      .filter(id => !(id in LISTS) && !LOGGED.has(id) && !TRIED_ELSEWHERE.has(id)),
    [],
  )
})

/** A part of the document with what it refers to, each named part once. */
function wholeOf(part: unknown, components: any, known = new Set<string>()): unknown[] {
  const names = JSON.stringify(part ?? null).matchAll(/#\/components\/schemas\/(\w+)/g)
  const further = [...names].map(([, name = '']) => name).filter(name => !known.has(name))
  for (const name of further) known.add(name)
  return [part, ...further.map(name => wholeOf(components.schemas[name], components, known))]
}

t.test('R31: a list leaves client, operation, filter, count, purpose and request', async t => {
  await putContract(call, 'D-2')
  const { status } = await call('POST', '/v1/contracts/D-2/application-form', {
    form_version: '2022-10',
    received_on: '2026-04-01',
    channel: 'form',
    privacy_notice_version: '2024-04',
    contacts: [{ role: 'primary', family_name: '佐藤', given_name: '一', email: 'sato@d-2.example.jp' }],
  })
  t.equal(status, 201)
  for (const [operation, { path, filter, purpose = null }] of Object.entries(LISTS)) {
    const { status, body, headers } = await call('GET', path)
    t.equal(status, 200, operation)
    const record = await latest()
    t.match(record, {
      client: 'test',
      on_behalf_of: null,
      operation,
      format: 'json',
      purpose,
      rows: (body.items ?? body.contacts).length,
      state: 'complete',
      request_id: headers['request-id'],
    })
    t.strictSame(record.filter, filter, operation)
  }
})

t.test('R31: the record names the person of a token, and no name or address of the list', async t => {
  const desk = await buildApp({
    context: service.context,
    authenticate: () => ({
      name: 'oauth:desk',
      credential: 'access_token',
      names_requester: false,
      on_behalf_of: '00u1',
      scopes: new Set(['contacts:read' as const]),
    }),
    logger: pino({ level: 'silent' }, { write: () => {} }),
  })
  t.teardown(async () => await desk.close())
  await desk.inject({ url: '/v1/contacts', headers: { authorization: 'Bearer x' } })
  t.match(await latest(), { client: 'oauth:desk', on_behalf_of: '00u1', operation: 'listContacts' })
  await call('GET', '/v1/contacts')
  const { rows } = await query(owner_url, 'select disclosures::text as row from disclosures')
  t.ok(rows.length > 5)
  for (const { row } of rows) t.notMatch(row, /@|example\.jp|佐藤|山田/)
})

t.test('R31: a past list and an unchanged one have a record too; HEAD and refusals have none', async t => {
  clock.set('2026-04-03T00:00:00.000Z')
  for (const path of [
    '/v1/contracts/D-1/contacts?as_of=2026-04-02T00:00:00Z',
    '/v1/contracts/D-1/roster?as_of=2026-04-02T00:00:00Z',
  ]) {
    const { body } = await call('GET', path)
    t.match(await latest(), { rows: (body.items ?? body.contacts).length, filter: { as_of: '2026-04-02T00:00:00Z' } })
  }
  const taken = (await disclosures()).length
  let unchanged = 0
  for (const [operation, { path }] of Object.entries(LISTS)) {
    const { headers } = await call('GET', path)
    if (headers['etag'] === undefined) continue
    const { rows } = await latest()
    t.match(await call('GET', path, undefined, { 'if-none-match': headers['etag'] }), { status: 304, text: '' }, path)
    t.match(await latest(), { operation, rows, state: 'complete' }, '304 says that the copy of the client is current')
    unchanged += 2
  }
  t.ok(unchanged > 0)
  const before = (await disclosures()).length
  t.ok(before >= taken + unchanged)
  for (const { path } of Object.values(LISTS)) t.equal((await call('HEAD', path)).status, 200, path)
  await call('GET', '/v1/contacts?limit=0')
  await call('GET', '/v1/contracts/nothing/contacts')
  await callWith('customers:read')('GET', '/v1/contacts')
  await call('GET', `/v1/contacts/${contact_id}`)
  t.equal((await disclosures()).length, before)
})

t.test('R31: a list that cannot be recorded does not leave', async t => {
  await query(owner_url, 'revoke insert on disclosures from madoguchi_service')
  for (const { path } of Object.values(LISTS)) t.ok((await call('GET', path)).status >= 500, path)
  t.ok((await call('GET', '/v1/notice-recipients?purpose=surveys', undefined, { accept: 'text/csv' })).status >= 500)
  t.equal((await call('GET', `/v1/contacts/${contact_id}`)).status, 200)
  await query(owner_url, 'grant insert on disclosures to madoguchi_service')
})

t.test('R40: the service cannot change or remove the record', async t => {
  for (const table of ['disclosures', 'disclosure_ends'])
    for (const sql of [`update ${table} set rows = 1`, `delete from ${table}`, `truncate ${table} cascade`])
      await t.rejects(query(url, sql), { code: '42501' })
})

t.test('disclosures are read by pages, and by client, operation, purpose and time', async t => {
  t.equal((await callWith('history:read')('GET', '/v1/disclosures')).status, 403)
  await callWith('contacts:read')('GET', '/v1/contacts?limit=1')
  for (const page of ['?', '?limit=1&']) await call('GET', `/v1/notice-recipients${page}purpose=inquiries`)
  t.match(await disclosures('&client=scoped'), [{ operation: 'listContacts', rows: 1 }])
  const all = await disclosures()
  t.ok((await disclosures('&operation=getRoster')).every(({ operation }: any) => operation === 'getRoster'))
  t.equal((await disclosures('&purpose=inquiries')).length, 2)
  const from = all[0].taken_at
  t.equal((await disclosures(`&from=${from}`)).length + (await disclosures(`&to=${from}`)).length, all.length)
  const paged: any[] = []
  for (let cursor = ''; ;) {
    const { body } = await call('GET', `/v1/disclosures?limit=7${cursor}`)
    paged.push(...body.items)
    if (body.next_cursor === null) break
    cursor = `&cursor=${body.next_cursor}`
  }
  t.strictSame(paged, all)
})
