import t from 'tap'
import { fillContract, person, putContract, register } from '../../helpers/fixtures.ts'
import { rowCounts } from '../../helpers/history.ts'
import { brokenInvariants } from '../../helpers/registry-invariants.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, database } = await testService(t)
const restore = async ({ contact_id }: { contact_id: string }, body?: object, headers?: Record<string, string>) =>
  await call('POST', `/v1/contacts/${contact_id}/restore`, body, headers)
const remove = async ({ contact_id }: { contact_id: string }) =>
  await call('DELETE', `/v1/contacts/${contact_id}`, undefined, {})
const read = async ({ contact_id }: { contact_id: string }) => (await call('GET', `/v1/contacts/${contact_id}`)).body
const account = async (account_id: string) => (await call('GET', `/v1/support-accounts/${account_id}`)).body
const refusal = (answer: any) => [answer.status, answer.body.type?.replace('/problems/', '')]
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

t.test('R21: a person removed by mistake comes back as they were, with the account and its password', async t => {
  const [primary, second] = await fillContract(call, 'mistake', 2)
  await call('PATCH', `/v1/contacts/${second.contact_id}`, { duties: ['system'] })
  const set = { password_set_at: '2026-04-01T00:31:00.000Z' }
  clock.set('2026-04-01T00:32:00.000Z')
  await call('PATCH', `/v1/support-accounts/${second.account_id}`, set)
  const before = await read(second)
  await remove(second)
  clock.set('2026-04-02T00:00:00.000Z')
  const requested_by = { channel: 'phone', contact_id: primary.contact_id }
  const restored = await restore(second, { requested_by })
  t.match(restored, { status: 201, headers: { location: `/v1/contacts/${restored.body.contact_id}` } })
  t.same(restored.body, {
    ...before,
    contact_id: restored.body.contact_id,
    carried_from: second.contact_id,
    registered_at: '2026-04-02T00:00:00.000Z',
    updated_at: '2026-04-02T00:00:00.000Z',
  })
  t.equal(restored.headers['etag'], (await call('GET', `/v1/contacts/${restored.body.contact_id}`)).headers['etag'])
  t.match(await account(second.account_id), { state: 'open', ...set, residual_access: [] })
  t.match(await read(second), { removed_at: '2026-04-01T00:32:00.000Z' }, 'the removed contact stays removed')
  const { items } = (await call('GET', `/v1/contacts/${restored.body.contact_id}/history`)).body
  t.match(items[0], { event: 'contact.registered', requested_by, after: { carried_from: second.contact_id } })
})

t.test('a contact that is registered or came back already is refused, also under a new name', async t => {
  const [, second] = await fillContract(call, 'twice', 1)
  const duplicate = [409, 'duplicate-contact']
  t.same(refusal(await restore(second)), duplicate)
  await remove(second)
  const { body } = await restore(second)
  t.match(await restore(second), { status: 409, body: { contact_id: body.contact_id } })
  await call('PATCH', `/v1/contacts/${body.contact_id}`, { family_name: '江藤', given_name: '次郎' })
  t.same(refusal(await restore(second)), duplicate)
  await remove(body)
  const again = await restore(second)
  t.match(again, { status: 201, body: { family_name: '副1', carried_from: second.contact_id } })
  t.same(refusal(await restore({ contact_id: '019d4672-7740-7c41-9d2e-000000000000' })), [404, 'not-found'])
})

t.test('R10: the role is that of before, unless the request says another', async t => {
  const [primary, second] = await fillContract(call, 'roles', 1)
  await call('PUT', '/v1/contracts/roles/primary', { contact_id: second.contact_id, former_primary: 'removed' })
  t.same(refusal(await restore(primary)), [409, 'primary-exists'])
  const back = await restore(primary, { role: 'secondary' })
  t.match(back, { status: 201, body: { role: 'secondary', carried_from: primary.contact_id } })
  await remove(back.body)
  await remove(second)
  t.same(refusal(await restore(back.body)), [409, 'primary-required'])
  t.match(await restore(second), { status: 201, body: { role: 'primary' } }, 'the last one removed')
})

t.test('R24, R28: the limit and the term of the contract hold', async t => {
  const [, second] = await fillContract(call, 'limits', 3)
  await remove(second)
  await register(call, 'limits', { family_name: '新田', email: 'new@limits.example.jp' })
  t.same(refusal(await restore(second)), [409, 'seat-limit-reached'])
  await putContract(call, 'limits', { ends_on: '2026-03-31' })
  t.same(refusal(await restore(second)), [409, 'contract-not-in-force'])
})

t.test('R17: a mailbox that was shared before needs no flag, and a newcomer to the address does', async t => {
  await putContract(call, 'desk', { customer_id: 'desk' })
  const email = 'desk@desk.example.jp'
  await register(call, 'desk', { role: 'primary', email })
  const sato = await register(call, 'desk', { family_name: '佐藤', email, shared_mailbox: true })
  clock.set('2026-05-01T00:00:00.000Z')
  await remove(sato)
  clock.set('2026-05-02T00:00:00.000Z')
  const back = await restore(sato)
  t.match(back, { status: 201, body: { mailbox_shared: true, account_id: sato.account_id } })
  await remove(back.body)
  clock.set('2026-05-03T00:00:00.000Z')
  await register(call, 'desk', { family_name: '伊藤', email, shared_mailbox: true })
  t.same(refusal(await restore(back.body)), [409, 'email-in-use'])
  t.match(await restore(back.body, { shared_mailbox: true }), { status: 201, body: { mailbox_shared: true } })
})

t.test('R17: so does a person who came to the address from another one', async t => {
  const [primary, second] = await fillContract(call, 'moved', 1, { customer_id: 'moved' })
  clock.set('2026-05-01T00:00:00.000Z')
  await remove(second)
  clock.set('2026-05-02T00:00:00.000Z')
  await call('PATCH', `/v1/contacts/${primary.contact_id}`, { email: second.email })
  t.same(refusal(await restore(second)), [409, 'email-in-use'])
})

t.test('R34: who got another name or address on other contracts comes back under it', async t => {
  for (const id of ['first', 'other']) await putContract(call, id, { customer_id: 'renamed' })
  const oka = { family_name: '岡', given_name: '花子', email: 'oka@renamed.example.jp' }
  await register(call, 'first', { role: 'primary', email: 'boss@renamed.example.jp' })
  const first = await register(call, 'first', oka)
  const other = await register(call, 'other', { ...oka, role: 'primary' })
  await remove(first)
  clock.set('2026-05-01T00:00:00.000Z')
  const changes = { family_name: '鈴木', email: 'suzuki@renamed.example.jp' }
  t.equal((await call('PATCH', `/v1/contacts/${other.contact_id}`, changes)).status, 200)
  const back = await restore(first)
  t.match(back, { status: 201, body: { name: '鈴木 花子', email: changes.email, account_id: other.account_id } })
  t.same(back.body.carried_from, first.contact_id)
})

t.test('R17, R36: on a contract that has gone to another customer, the people of that customer count', async t => {
  const [, second] = await fillContract(call, 'bought', 1, { customer_id: 'seller' })
  await remove(second)
  await putContract(call, 'theirs', { customer_id: 'buyer' })
  clock.set('2026-04-02T00:00:00.000Z')
  await register(call, 'theirs', { role: 'primary', family_name: '江藤', email: second.email })
  const done = await call('POST', '/v1/transfers', { contract_ids: ['bought'], to_customer_id: 'buyer' })
  t.equal(done.status, 200)
  t.same(refusal(await restore(second)), [409, 'email-in-use'])
  t.match(await restore(second, { shared_mailbox: true }), { status: 201, body: { customer_id: 'buyer' } })
})

t.test('R20: an address that another customer has by now is refused', async t => {
  const [, second] = await fillContract(call, 'left', 1, { customer_id: 'left' })
  await remove(second)
  await putContract(call, 'taken', { customer_id: 'taken' })
  await register(call, 'taken', { role: 'primary', email: second.email })
  t.same(refusal(await restore(second)), [409, 'email-taken'])
})

t.test('it takes If-Match of the removed contact, and an Idempotency-Key', async t => {
  const [, second] = await fillContract(call, 'conditions', 1)
  await remove(second)
  const before = await rowCounts(database)
  t.same(refusal(await restore(second, undefined, { 'if-match': '"stale"' })), [412, 'precondition-failed'])
  t.same(await rowCounts(database), before)
  const { headers } = await call('GET', `/v1/contacts/${second.contact_id}`)
  const sent = { 'if-match': headers['etag']!, 'idempotency-key': 'restored' }
  const first = await restore(second, {}, sent)
  const again = await restore(second, {}, sent)
  t.match(first, { status: 201 })
  t.match(again, { status: 201, headers: { 'idempotent-replayed': 'true' }, body: first.body })
  t.match(await call('POST', '/v1/contracts/conditions/contacts', person({ email: second.email })), { status: 409 })
})

t.test('the registry is whole after all of it', async t => t.same(await brokenInvariants(database, clock.today()), {}))
