import t from 'tap'
import { fillContract, putContract } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call } = await testService(t)

const forged = async (url: string, position: unknown) => {
  const [list] = JSON.parse(Buffer.from((await call('GET', url)).body.next_cursor, 'base64url').toString())
  const cursor = Buffer.from(JSON.stringify([list, position])).toString('base64url')
  return await call('GET', `${url}&cursor=${cursor}`)
}

await fillContract(call, 'flux', 2)
for (const [contract_id, ends_on] of [
  ['s-1', null],
  ['s-5', '2024-12-31'],
  ['s-6', '2022-12-31'],
] as const)
  await putContract(call, contract_id, { customer_id: contract_id, starts_on: '2020-01-01', ends_on })

t.test('a cursor belongs to its list with its filters; what no list gave is refused', async t => {
  const cursorOf = async (url: string) => (await call('GET', url)).body.next_cursor as string
  const customers = await cursorOf('/v1/customers?limit=1')
  const ended = await cursorOf('/v1/contracts?state=ended&limit=1')
  const contacts = await cursorOf('/v1/contracts/flux/contacts?limit=1')
  const refusal = {
    status: 400,
    headers: { 'content-type': 'application/problem+json' },
    body: { type: '/problems/invalid-request', errors: [{ in: 'query', pointer: '#/cursor', code: 'bad-cursor' }] },
  }
  t.equal(
    (await call('GET', `/v1/customers?limit=7&cursor=${customers}`)).status,
    200,
    'another limit is the same list',
  )
  for (const url of [
    `/v1/apps?cursor=${customers}`,
    `/v1/contracts?cursor=${ended}`,
    `/v1/contracts?state=not_yet_in_force&cursor=${ended}`,
    `/v1/contracts?state=ended&product_id=manage&cursor=${ended}`,
    `/v1/contacts?cursor=${contacts}`,
    `/v1/contracts/s-1/contacts?cursor=${contacts}`,
  ]) {
    t.match(await call('GET', url), refusal, url)
  }
  for (const cursor of [
    'x',
    'AAAA',
    customers.slice(0, -4),
    `${customers}AAAA`,
    Buffer.from('null').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
    Buffer.from('[1,2,3]').toString('base64url'),
    'A'.repeat(1000),
  ]) {
    t.match(await call('GET', `/v1/customers?cursor=${cursor}`), refusal, cursor.slice(0, 20))
  }
})

t.test('a forged cursor is refused, whatever position it holds', async t => {
  const refusal = { status: 400, body: { errors: [{ code: 'bad-cursor' }] } }
  for (const position of [null, 1, {}, [], 'a b', 'x'.repeat(65), '\u0000', "'"])
    t.match(await forged('/v1/customers?limit=1', position), refusal, JSON.stringify(position))
  for (const position of [null, 's-1', 1, [], {}, { contract_id: 1 }, { contract_id: '\u0000' }])
    t.match(await forged('/v1/contracts?limit=1', position), refusal, JSON.stringify(position))
  for (const day of [
    '',
    null,
    1,
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '0000-01-01',
    '9999-99-99',
    '2026-1-1',
    'infinity',
    'today',
    "'",
  ]) {
    t.match(await forged('/v1/contracts?state=ended&limit=1', { contract_id: 's-1', day }), refusal, String(day))
  }
  for (const position of [null, 'x', '019354a8', {}, '019354a8-6c00-7c41-9d2e-3f5b8a1c7e9z'])
    t.match(await forged('/v1/contacts?limit=1', position), refusal, JSON.stringify(position))
})
