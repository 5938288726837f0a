import t from 'tap'
import { fillContract, person, putContract } from '../../helpers/fixtures.ts'
import { historyOf, rowCounts } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, database } = await testService(t)
const handOver = async (contract_id: string, body: unknown, headers = {}) =>
  await call('PUT', `/v1/contracts/${contract_id}/primary`, body, headers)
const roles = async (contract_id: string) =>
  Object.fromEntries(
    (await call('GET', `/v1/contracts/${contract_id}/contacts`)).body.items.map((contact: any) => [
      contact.name,
      contact.role,
    ]),
  )

const roleIn = ({ role, contacts }: any): string => role ?? contacts[0].role

t.test('R11: the role is handed over in one step, and recorded for both', async t => {
  const [primary, second] = await fillContract(call, 'handed', 1)
  const answer = await handOver('handed', { contact_id: second.contact_id }, { 'request-id': 'hand-over' })
  t.match(answer, { status: 200, headers: { etag: /^"/ }, body: { ...second, role: 'primary' } })
  t.same(await roles('handed'), { '山田 太郎': 'secondary', 副1: 'primary' })
  const rows = await historyOf(database, 'hand-over')
  t.same(
    rows
      .map(
        ({ actor, event, subject_id, before, after }) =>
          `${actor} ${event} ${subject_id} ${roleIn(before)} ${roleIn(after)}`,
      )
      .toSorted(),
    [
      `test contact.changed ${primary.contact_id} primary secondary`,
      `test contact.changed ${second.contact_id} secondary primary`,
      `test support_account.changed ${primary.account_id} primary secondary`,
      `test support_account.changed ${second.account_id} secondary primary`,
    ].toSorted(),
  )
  t.equal((await call('DELETE', `/v1/contacts/${primary.contact_id}`)).status, 204, 'who was the primary can go now')
})

t.test('R11: on a full contract the primary is replaced by a new person in one step', async t => {
  const [primary] = await fillContract(call, 'full', 3)
  const answer = await handOver(
    'full',
    {
      new_contact: person({ family_name: '新任', email: 'new@full.example.jp', duties: ['contract'] }),
      former_primary: 'removed',
    },
    { 'request-id': 'replace' },
  )
  t.match(answer, { status: 200, body: { role: 'primary', name: '新任 太郎', duties: ['contract'] } })
  t.match((await call('GET', '/v1/contracts/full')).body.seats, { limit: 4, used: 4 })
  t.match((await call('GET', `/v1/contacts/${primary.contact_id}`)).body, { removed_at: '2026-04-01T00:30:00.000Z' })
  t.same((await historyOf(database, 'replace')).map(({ event }) => event).toSorted(), [
    'contact.registered',
    'contact.removed',
    'support_account.closed',
    'support_account.opened',
  ])
})

t.test('R11: the same request again changes nothing more', async t => {
  await fillContract(call, 'again', 3)
  const body = {
    new_contact: person({ family_name: '新任', email: 'new@again.example.jp' }),
    former_primary: 'removed',
  }
  const first = await handOver('again', body)
  const rows = await rowCounts(database)
  t.match(await handOver('again', body), { status: 200, text: first.text })
  t.same(await rowCounts(database), rows)
})

t.test('R11: on a full contract a contact takes over and the former primary leaves', async t => {
  const [, second] = await fillContract(call, 'full-2', 3)
  t.equal((await handOver('full-2', { contact_id: second.contact_id, former_primary: 'removed' })).status, 200)
  t.same(await roles('full-2'), { 副1: 'primary', 副2: 'secondary', 副3: 'secondary' })
})

t.test('R24: a new person whom a seat is missing for is refused, and nothing has happened', async t => {
  await fillContract(call, 'no-seat', 3)
  const before = await rowCounts(database)
  t.match(await handOver('no-seat', { new_contact: person({ email: 'new@no-seat.example.jp' }) }), {
    status: 409,
    body: { type: '/problems/seat-limit-reached', limit: 4, used: 4 },
  })
  t.same(await rowCounts(database), before)
  t.equal((await roles('no-seat'))['山田 太郎'], 'primary')
})

t.test('R17, R21: a successor takes over the address of who leaves', async t => {
  const [primary] = await fillContract(call, 'address', 1)
  const answer = await handOver('address', {
    new_contact: person({ family_name: '後藤', email: primary.email }),
    former_primary: 'removed',
  })
  t.match(answer, { status: 200, body: { account_id: primary.account_id } })
  t.match((await call('GET', `/v1/support-accounts/${primary.account_id}`)).body, {
    display_name: '後藤 太郎',
    shared: false,
    residual_access: [{ contact_id: primary.contact_id }],
  })
  t.match(await handOver('address', { new_contact: person({ family_name: '三人目', email: primary.email }) }), {
    status: 409,
    body: { type: '/problems/email-in-use' },
  })
})

t.test('R12: data_link and erp_hosting hand over the same way', async t => {
  for (const product_id of ['data_link', 'erp_hosting']) {
    const contract_id = product_id.replace('_', '-')
    const [, second] = await fillContract(call, contract_id, 1, { product_id })
    t.match(await handOver(contract_id, { contact_id: second.contact_id }), { status: 200, body: { role: 'primary' } })
  }
})

t.test('R10: the primary that hands over to itself stays, and nothing is recorded', async t => {
  const [primary] = await fillContract(call, 'itself', 1)
  t.match(await handOver('itself', { contact_id: primary.contact_id }, { 'request-id': 'itself' }), {
    status: 200,
    body: primary,
  })
  t.same(await historyOf(database, 'itself'), [])
})

t.test('R10: the first contact of a contract may come this way', async t => {
  await putContract(call, 'empty')
  t.match(await handOver('empty', { new_contact: person({ email: 'first@empty.example.jp' }) }), {
    status: 200,
    body: { role: 'primary' },
  })
  t.match((await call('GET', '/v1/contracts/empty')).body, { registration: 'registered', seats: { used: 1 } })
})

t.test("R11: If-Match takes the roster's tag", async t => {
  const [, second] = await fillContract(call, 'conditional', 1)
  const { headers } = await call('GET', '/v1/contracts/conditional/roster')
  const handed = await handOver('conditional', { contact_id: second.contact_id }, { 'if-match': headers['etag']! })
  t.match(handed, { status: 200, body: { role: 'primary' } })
  const { headers: now } = await call('GET', '/v1/contracts/conditional/roster')
  t.match(await handOver('conditional', { contact_id: second.contact_id }, { 'if-match': headers['etag']! }), {
    status: 412,
    body: { current_etag: now['etag'] },
  })
})
