import t from 'tap'
import { registerOnContracts } from '../../helpers/one-person.ts'
import { register } from '../../helpers/fixtures.ts'
import { brokenInvariants } from '../../helpers/registry-invariants.ts'
import { testService } from '../../helpers/test-service.ts'
import { applyScheduledRequest } from '#actions/change-requests/apply-change-request.ts'

const service = await testService(t)
const { call, callWith, clock, context, database } = service
const STRANGER = { channel: 'mail', email: 'stranger@example.jp', name: '謎' } as const
const job = { actor: 'madoguchi', request_id: 'job', source: 'job' as const }
const url = (id: string) => `/v1/change-requests/${id}`
const read = async (id: string) => (await call('GET', url(id))).body
const file = async (body: object) => await call('POST', '/v1/change-requests', body)
const confirm = async (id: string, contact_id: string) =>
  await call('POST', `${url(id)}/confirm`, { confirmed_by: { contact_id }, channel: 'phone' })
const namesOf = async (customer_id: string): Promise<string[]> =>
  (await call('GET', `/v1/contacts?customer_id=${customer_id}`)).body.items.map(({ name }: any) => name)
const refusal = ({ status, body }: any) => [status, body.type?.replace('/problems/', '')]
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z', '2026-04-01'))

t.test('R25, R34: the refusal of a person change has the request to file; confirmed, it is applied whole', async t => {
  const [first] = await registerOnContracts(call, 'filed', 3)
  const changes = { family_name: '鈴木' }
  const refused = await call('POST', '/v1/person-changes', {
    contact_id: first.contact_id,
    changes,
    requested_by: STRANGER,
  })
  t.same(refusal(refused), [409, 'confirmation-required'])
  const { method, path, body } = refused.body.next
  t.match(body, { person_change: { contact_id: first.contact_id, changes } })
  const filed = await call(method, path, body)
  t.match(filed, {
    status: 201,
    body: {
      state: 'needs_primary_confirmation',
      contract_id: null,
      customer_id: 'filed',
      operations: [],
      person_change: { contact_id: first.contact_id, changes },
      needs_confirmation: ['requester_not_registered', 'concerns_primary'],
      plan: null,
      contract_plans: { feasible: true, contracts: { length: 3 } },
    },
  })
  const { change_request_id: id } = filed.body
  t.same(refusal(await call('POST', `${url(id)}/apply`)), [409, 'confirmation-required'])
  t.match(await confirm(id, first.contact_id), {
    status: 200,
    body: { state: 'ready', confirmation: { contracts: { length: 3 } }, confirmations: { length: 1 } },
  })
  t.match(await call('POST', `${url(id)}/apply`), { status: 200, body: { state: 'applied', contract_plans: null } })
  t.same(await namesOf('filed'), ['鈴木 太郎', '鈴木 太郎', '鈴木 太郎'])
  const { items } = (await call('GET', `/v1/contacts/${first.contact_id}/history`)).body
  t.match(items[0], { event: 'contact.changed', source: 'change_request', change_request_id: id })
  t.same(refusal(await call('POST', `${url(id)}/apply`)), [409, 'state-conflict'])
  t.match((await call('GET', '/v1/change-requests?customer_id=filed')).body.items, [
    { change_request_id: id, contract_id: null, person_change: { changes } },
  ])
})

t.test('R25: each primary confirms for the own contracts, and nothing is applied before the last', async t => {
  const [, second] = await registerOnContracts(call, 'each', 2)
  const ito = { family_name: '伊藤', given_name: '花子', email: 'ito@each.example.jp' }
  const other = await register(call, 'each-2', ito)
  await call('PUT', '/v1/contracts/each-2/primary', { contact_id: other.contact_id })
  const { contact_id } = second
  const person_change = { contact_id, changes: { email: 'new@each.example.jp' } }
  const filed = await file({ person_change, requested_by: STRANGER })
  const id = filed.body.change_request_id
  const half = await confirm(id, other.contact_id)
  const confirmed = [{ contract_id: 'each-2', primary_contact_id: other.contact_id }]
  t.match(half, {
    status: 200,
    body: { state: 'needs_primary_confirmation', confirmation: null, confirmations: [{ contracts: confirmed }] },
  })
  t.match(half.body.contract_plans.contracts, [
    { contract_id: 'each-1', problems: [] },
    { contract_id: 'each-2', problems: [] },
  ])
  t.same(refusal(await call('POST', `${url(id)}/apply`)), [409, 'confirmation-required'])
  t.match((await call('POST', `${url(id)}/apply`)).body, { contract_id: 'each-1' })
  t.same(
    refusal(
      await callWith('requests:confirm')('POST', `${url(id)}/confirm`, {
        confirmed_by: { contact_id: other.contact_id },
        channel: 'phone',
      }),
    ),
    [403, 'forbidden'],
    'who has nothing left to confirm is another than the primary',
  )
  t.match(await confirm(id, contact_id), { status: 200, body: { state: 'ready', confirmations: { length: 2 } } })
  await call('PUT', '/v1/contracts/each-1/primary', { new_contact: { ...ito, privacy_notice_version: '2025-10' } })
  const now = await read(id)
  t.match(now, { state: 'ready', contract_plans: { feasible: true } }, 'a confirmation stays when the role goes over')
  t.equal((await call('POST', `${url(id)}/apply`)).status, 200)
})

t.test('R25: another person confirms for all contracts, with a reason', async t => {
  const [first] = await registerOnContracts(call, 'override', 2)
  const person_change = { contact_id: first.contact_id, leaves: true }
  const filed = await file({ person_change, requested_by: STRANGER })
  const confirmation = { confirmed_by: { name: '中村 葵' }, channel: 'mail', reason: 'The primary has left.' }
  const answer = await call('POST', `${url(filed.body.change_request_id)}/confirm`, confirmation)
  t.match(answer, { status: 200, body: { state: 'ready', confirmation: { contracts: { length: 2 } } } })
  t.match(await call('POST', `${url(filed.body.change_request_id)}/apply`), { status: 200 })
  t.same(await namesOf('override'), [])
})

t.test('R34: with a day it is scheduled, and applied on it; the own request needs no confirmation', async t => {
  const [first] = await registerOnContracts(call, 'later', 2)
  const { contact_id } = first
  const asked = {
    contact_id,
    changes: { family_name: '鈴木' },
    effective_on: '2026-04-02',
    requested_by: { channel: 'mail', contact_id },
  }
  const filed = await call('POST', '/v1/person-changes', asked, { 'idempotency-key': 'later' })
  const id = filed.body.change_request_id
  t.match(filed, { status: 202, headers: { location: url(id) }, body: { state: 'scheduled' } })
  const again = await call('POST', '/v1/person-changes', asked, { 'idempotency-key': 'later' })
  t.match(again, { status: 202, headers: { 'idempotent-replayed': 'true' }, body: { change_request_id: id } })
  t.same(await namesOf('later'), ['岡 太郎', '岡 太郎'])
  t.same(refusal(await call('POST', '/v1/person-changes', { ...asked, effective_on: '2026-03-31' })), [
    422,
    'invalid-value',
  ])
  const { requested_by: _asker, ...unasked } = asked
  t.same(refusal(await call('POST', '/v1/person-changes', unasked)), [422, 'requester-required'])
  clock.set('2026-04-01T15:00:00.000Z', '2026-04-02')
  await applyScheduledRequest(context, id, job)
  t.match(await read(id), { state: 'applied' })
  t.same(await namesOf('later'), ['鈴木 太郎', '鈴木 太郎'])
})

t.test('R34: a request whose person has left is not feasible, and fails on its day', async t => {
  const [first] = await registerOnContracts(call, 'gone', 1)
  const { contact_id } = first
  const requested_by = { channel: 'mail', contact_id }
  const person_change = { contact_id, changes: { family_name: '鈴木' } }
  const filed = await file({ person_change, requested_by, effective_on: '2026-04-02' })
  const id = filed.body.change_request_id
  await call('DELETE', `/v1/contacts/${contact_id}`)
  t.match(await read(id), { state: 'scheduled', contract_plans: { feasible: false, contracts: [] } })
  clock.set('2026-04-01T15:00:00.000Z', '2026-04-02')
  t.same(refusal(await call('POST', `${url(id)}/apply`)), [422, 'unknown-reference'])
  await applyScheduledRequest(context, id, job)
  t.match(await read(id), { state: 'failed', problems: [{ type: '/problems/unknown-reference' }] })
  const unknown = await file({ person_change, requested_by: STRANGER })
  t.match(unknown, { status: 422, body: { references: [{ pointer: '#/person_change/contact_id' }] } })
})

t.test('the registry is whole after all of it', async t => t.same(await brokenInvariants(database, clock.today()), {}))
