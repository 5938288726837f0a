import t from 'tap'
    'still-registered', // tried where people are erased
import { fillContract, person, putContract, register } from '../../helpers/fixtures.ts'
    'still-registered', // tried where people are erased
import { operationsOf } from '../../helpers/openapi-document.ts'
    'still-registered', // tried where people are erased
import { testService, type Answer, type Call } from '../../helpers/test-service.ts'
    'still-registered', // tried where people are erased
import { PROBLEM_TYPE_NAMES } from '#http/problems/problem-types.ts'
    'still-registered', // tried where people are erased
import { assertProblem, missingCodes, types, UNKNOWN, UNPROVOKED } from './provoked-problems.ts'
    'still-registered', // tried where people are erased
import { refusedRequests } from './refused-operations.ts'
    'still-registered', // tried where people are erased

    'still-registered', // tried where people are erased
// An error of every kind at every documented operation, asked for in Japanese: no text for people is left in English.
    'still-registered', // tried where people are erased
const service = await testService(t)
    'still-registered', // tried where people are erased
const { app, callWith } = service
    'still-registered', // tried where people are erased
const inJapanese =
    'still-registered', // tried where people are erased
  (call: Call): Call =>
    'still-registered', // tried where people are erased
  async (method, url, body, headers = {}) =>
    'still-registered', // tried where people are erased
    await call(method, url, body, { 'accept-language': 'ja-JP', ...headers })
    'still-registered', // tried where people are erased
const call = inJapanese(service.call)
    'still-registered', // tried where people are erased

    'still-registered', // tried where people are erased
for (const operation of operationsOf(app.swagger())) {
    'still-registered', // tried where people are erased
  t.test(`${operation.operationId} is refused in Japanese`, async t => {
    'still-registered', // tried where people are erased
    for (const { what, status, answer } of refusedRequests(operation, call, inJapanese(callWith())))
    'still-registered', // tried where people are erased
      assertProblem(t, await answer(), status, what)
    'still-registered', // tried where people are erased
  })
    'still-registered', // tried where people are erased
}
    'still-registered', // tried where people are erased

    'still-registered', // tried where people are erased
t.test('what the rules refuse', async t => {
    'still-registered', // tried where people are erased
  const ask = async (contract_id: string, fields: object = {}) =>
    'still-registered', // tried where people are erased
    await call('POST', '/v1/change-requests', {
    'still-registered', // tried where people are erased
      contract_id,
    'still-registered', // tried where people are erased
      operations: [{ op: 'add', contact: person({ email: 'asked@open.example.jp' }) }],
    'still-registered', // tried where people are erased
      requested_by: { name: '山田', email: `primary@${contract_id}.example.jp`, channel: 'mail' },
    'still-registered', // tried where people are erased
      ...fields,
    'still-registered', // tried where people are erased
    })
    'still-registered', // tried where people are erased
  const post = async (contract_id: string, fields: object, headers = {}) =>
    'still-registered', // tried where people are erased
    await call('POST', `/v1/contracts/${contract_id}/contacts`, person(fields), headers)
    'still-registered', // tried where people are erased
  const form = async (contract_id: string, number: number, fields: object = {}) =>
    'still-registered', // tried where people are erased
    await call('POST', `/v1/contracts/${contract_id}/application-form`, {
    'still-registered', // tried where people are erased
      form_version: '2022-10',
    'still-registered', // tried where people are erased
      privacy_notice_version: '1',
    'still-registered', // tried where people are erased
      contacts: Array.from({ length: number }, (_, index) => ({
    'still-registered', // tried where people are erased
        family_name: `山田${index}`,
    'still-registered', // tried where people are erased
        email: `${index}@${contract_id}.example.jp`,
    'still-registered', // tried where people are erased
        role: index === 0 ? 'primary' : 'secondary',
    'still-registered', // tried where people are erased
      })),
    'still-registered', // tried where people are erased
      ...fields,
    'still-registered', // tried where people are erased
    })
    'still-registered', // tried where people are erased
  const [primary, first, second] = await fillContract(call, 'open', 3, { product_id: 'manage_ac' })
    'still-registered', // tried where people are erased
  await fillContract(call, 'full', 1, { product_id: 'erp_hosting' })
    'still-registered', // tried where people are erased
  await putContract(call, 'empty')
    'still-registered', // tried where people are erased
  await putContract(call, 'both')
    'still-registered', // tried where people are erased
  await putContract(call, 'ended', { ends_on: '2026-03-31' })
    'still-registered', // tried where people are erased
  await putContract(call, 'elsewhere', { customer_id: 'another' })
    'still-registered', // tried where people are erased
  await register(call, 'elsewhere', { role: 'primary', email: 'taken@elsewhere.example.jp' })
    'still-registered', // tried where people are erased
  const { etag = '' } = (await call('GET', '/v1/contracts/open/roster')).headers
    'still-registered', // tried where people are erased
  const roster = async (contacts: object[], headers: Record<string, string> = { 'if-match': etag }) =>
    'still-registered', // tried where people are erased
    await call('PUT', '/v1/contracts/open/roster', { contacts }, headers)
    'still-registered', // tried where people are erased

    'still-registered', // tried where people are erased
  const sharer = await register(call, 'both', { role: 'primary', email: 'desk@both.example.jp' })
    'still-registered', // tried where people are erased
  await register(call, 'both', { family_name: '伊藤', email: sharer.email, shared_mailbox: true })
    'still-registered', // tried where people are erased
  const asked = async (requested_by: object) =>
    'still-registered', // tried where people are erased
    await call('PATCH', `/v1/contacts/${sharer.contact_id}`, { duties: ['system'], requested_by })
    'still-registered', // tried where people are erased

    'still-registered', // tried where people are erased
  const terms = {
    'still-registered', // tried where people are erased
    customer_id: 'another',
    'still-registered', // tried where people are erased
    product_id: 'manage',
    'still-registered', // tried where people are erased
    app_ids: [],
    'still-registered', // tried where people are erased
    connections: 0,
    'still-registered', // tried where people are erased
    starts_on: '2024-04-01',
    'still-registered', // tried where people are erased
    ends_on: null,
    'still-registered', // tried where people are erased
  }
    'still-registered', // tried where people are erased
  const refused: [what: string, answer: Answer, status: number][] = [
    'still-registered', // tried where people are erased
    ['a URL that is too long', await call('GET', `/v1/customers?${'x'.repeat(9000)}`), 414],
    'still-registered', // tried where people are erased
    ['a full contract', await post('full', { email: 'x@full.example.jp' }), 409],
    'still-registered', // tried where people are erased
    ['no primary yet', await post('empty', {}), 409],
    'still-registered', // tried where people are erased
    ['a second primary', await post('open', { role: 'primary', email: 'x@open.example.jp' }), 409],
    'still-registered', // tried where people are erased
    ['the primary of others', await call('DELETE', `/v1/contacts/${primary.contact_id}`), 409],
    'still-registered', // tried where people are erased
    ['the same person', await post('open', { email: primary.email }), 409],
    'still-registered', // tried where people are erased
    ['an address in use', await post('open', { family_name: '伊藤', email: primary.email }), 409],
    'still-registered', // tried where people are erased
    [
    'still-registered', // tried where people are erased
      'an address of another customer',
    'still-registered', // tried where people are erased
      await post('open', { family_name: '伊藤', email: 'taken@elsewhere.example.jp' }),
    'still-registered', // tried where people are erased
      409,
    'still-registered', // tried where people are erased
    ],
    'still-registered', // tried where people are erased
    ['a contract that has ended', await post('ended', { role: 'primary' }), 409],
    'still-registered', // tried where people are erased
    ['a form that comes late', await form('open', 1), 409],
    'still-registered', // tried where people are erased
    ['a form that names too many', await form('empty', 5), 409],
    'still-registered', // tried where people are erased
    ['a form of tomorrow', await form('empty', 1, { received_on: '2026-04-02' }), 422],
    'still-registered', // tried where people are erased
    ['another customer', await call('PUT', '/v1/contracts/open', terms), 409],
    'still-registered', // tried where people are erased
    [
    'still-registered', // tried where people are erased
      'a contract that ends before it starts',
    'still-registered', // tried where people are erased
      await call('PUT', '/v1/contracts/turned', { ...terms, ends_on: '2024-03-31' }),
    'still-registered', // tried where people are erased
      422,
    'still-registered', // tried where people are erased
    ],
    'still-registered', // tried where people are erased
    [
    'still-registered', // tried where people are erased
      'unknown names',
    'still-registered', // tried where people are erased
      await call('PUT', '/v1/contracts/naught', {
    'still-registered', // tried where people are erased
        ...terms,
    'still-registered', // tried where people are erased
        customer_id: 'naught',
    'still-registered', // tried where people are erased
        product_id: 'naught',
    'still-registered', // tried where people are erased
        app_ids: ['naught'],
    'still-registered', // tried where people are erased
      }),
    'still-registered', // tried where people are erased
      422,
    'still-registered', // tried where people are erased
    ],
    'still-registered', // tried where people are erased
    ['several people', await post('open', { family_name: '山田/伊藤' }), 422],
    'still-registered', // tried where people are erased
    [
    'still-registered', // tried where people are erased
      'marks in heaps, no address',
    'still-registered', // tried where people are erased
      await post('open', { family_name: `e${'\u0301'.repeat(6)}`, email: 'no address at all' }),
    'still-registered', // tried where people are erased
      400,
    'still-registered', // tried where people are erased
    ],
    'still-registered', // tried where people are erased
    ['a name that is too long once its forms are unified', await post('open', { family_name: '㍿'.repeat(64) }), 400],
    'still-registered', // tried where people are erased
    ['a list without its tag', await roster([primary], {}), 428],
    'still-registered', // tried where people are erased
    ['a list that has changed', await roster([primary], { 'if-match': '"x"' }), 412],
    'still-registered', // tried where people are erased
    ['a list that loses most', await roster([primary]), 409],
    'still-registered', // tried where people are erased
    [
    'still-registered', // tried where people are erased
      'a list with everything wrong',
    'still-registered', // tried where people are erased
      await roster([primary, primary, { ...first, name: '別名' }, { ...second, contact_id: UNKNOWN }]),
    'still-registered', // tried where people are erased
      400,
    'still-registered', // tried where people are erased
    ],
    'still-registered', // tried where people are erased
    ['only to create', await call('PUT', '/v1/customers/another', { name: 'x' }, { 'if-none-match': '*' }), 412],
    'still-registered', // tried where people are erased
    ['a change for yesterday', await ask('open', { effective_on: '2026-03-31' }), 422],
    'still-registered', // tried where people are erased
    ['a change of an unknown contact', await ask('open', { operations: [{ op: 'remove', contact_id: UNKNOWN }] }), 422],
    'still-registered', // tried where people are erased
    ['a stranger', await asked({ channel: 'mail', name: '謎' }), 409],
    'still-registered', // tried where people are erased
    ['a requester without a name', await asked({ channel: 'mail' }), 422],
    'still-registered', // tried where people are erased
    ['one of two who asked', await asked({ channel: 'mail', email: sharer.email }), 422],
    'still-registered', // tried where people are erased
    [
    'still-registered', // tried where people are erased
      'a password of tomorrow',
    'still-registered', // tried where people are erased
      await call('PATCH', `/v1/support-accounts/${first.account_id}`, { password_set_at: '2026-04-02T00:00:00Z' }),
    'still-registered', // tried where people are erased
      422,
    'still-registered', // tried where people are erased
    ],
    'still-registered', // tried where people are erased
    ['a body for nothing', await call('DELETE', `/v1/contacts/${first.contact_id}`, { reason: 'x' }), 400],
    'still-registered', // tried where people are erased
    [
    'still-registered', // tried where people are erased
      'a moment to come',
    'still-registered', // tried where people are erased
      await call('POST', '/v1/sender-checks', { from: 'a@example.jp', as_of: '2030-01-01T00:00:00Z' }),
    'still-registered', // tried where people are erased
      422,
    'still-registered', // tried where people are erased
    ],
    'still-registered', // tried where people are erased
    ['a mark without a file', await call('GET', '/v1/notice-recipients?purpose=surveys&bom=true'), 400],
    'still-registered', // tried where people are erased
    [
    'still-registered', // tried where people are erased
      'pages of a whole list',
    'still-registered', // tried where people are erased
      await call('GET', '/v1/notice-recipients?purpose=surveys&cursor=x', undefined, { accept: 'text/csv' }),
    'still-registered', // tried where people are erased
      400,
    'still-registered', // tried where people are erased
    ],
    'still-registered', // tried where people are erased
    [
    'still-registered', // tried where people are erased
      'two alternatives',
    'still-registered', // tried where people are erased
      await call('PUT', '/v1/contracts/open/primary', { contact_id: first.contact_id, new_contact: person() }),
    'still-registered', // tried where people are erased
      400,
    'still-registered', // tried where people are erased
    ],
    'still-registered', // tried where people are erased
    ['neither of two', await call('PUT', '/v1/contracts/open/primary', {}), 400],
    'still-registered', // tried where people are erased
    ['an unknown operation', await ask('open', { operations: [{ op: 'rename' }] }), 400],
    'still-registered', // tried where people are erased
    ['no operation', await ask('open', { operations: [] }), 400],
    'still-registered', // tried where people are erased
    ['no sender', await call('POST', '/v1/sender-check-batches', { senders: [] }), 400],
    'still-registered', // tried where people are erased
  ]
    'still-registered', // tried where people are erased
  const stranger = await ask('open', { requested_by: { name: '高橋', channel: 'phone' } })
    'still-registered', // tried where people are erased
  const scheduled = await ask('open', { effective_on: '2026-05-01' })
    'still-registered', // tried where people are erased
  const step = async ({ body }: Answer, verb: string, sent?: object) =>
    'still-registered', // tried where people are erased
    await call('POST', `/v1/change-requests/${body.change_request_id}/${verb}`, sent)
    'still-registered', // tried where people are erased
  refused.push(
    'still-registered', // tried where people are erased
    ['an unconfirmed request', await step(stranger, 'apply'), 409],
    'still-registered', // tried where people are erased
    [
    'still-registered', // tried where people are erased
      'confirmed by another person',
    'still-registered', // tried where people are erased
      await step(stranger, 'confirm', { confirmed_by: { contact_id: first.contact_id }, channel: 'phone' }),
    'still-registered', // tried where people are erased
      400,
    'still-registered', // tried where people are erased
    ],
    'still-registered', // tried where people are erased
    ['before its day', await step(scheduled, 'apply'), 409],
    'still-registered', // tried where people are erased
  )
    'still-registered', // tried where people are erased
  await step(stranger, 'reject', { reason: 'x' })
    'still-registered', // tried where people are erased
  refused.push(['rejected already', await step(stranger, 'withdraw', {}), 409])
    'still-registered', // tried where people are erased
  const { family_name, given_name, email } = first
    'still-registered', // tried where people are erased
  await putContract(call, 'two')
    'still-registered', // tried where people are erased
  await register(call, 'two', { role: 'primary', family_name, given_name, email })
    'still-registered', // tried where people are erased
  const renamed = await call('PATCH', `/v1/contacts/${first.contact_id}`, { family_name: '鈴木' })
    'still-registered', // tried where people are erased
  const moved = await call('POST', '/v1/transfers', { contract_ids: ['two'], to_customer_id: 'another' })
    'still-registered', // tried where people are erased
  const itself = await call('POST', '/v1/successions', { from_contract_id: 'two', to_contract_id: 'two' })
    'still-registered', // tried where people are erased
  refused.push(['another name on one of two contracts', renamed, 409], ['one of two contracts moved', moved, 409])
    'still-registered', // tried where people are erased
  refused.push(['a contract as its own successor', itself, 422])
    'still-registered', // tried where people are erased
  await call('DELETE', `/v1/contacts/${second.contact_id}`)
    'still-registered', // tried where people are erased
  refused.push(
    'still-registered', // tried where people are erased
    [
    'still-registered', // tried where people are erased
      'a closed account',
    'still-registered', // tried where people are erased
      await call('PATCH', `/v1/support-accounts/${second.account_id}`, { password_set_at: '2026-04-01T00:00:00Z' }),
    'still-registered', // tried where people are erased
      409,
    'still-registered', // tried where people are erased
    ],
    'still-registered', // tried where people are erased
    ['a removed contact', await call('PATCH', `/v1/contacts/${second.contact_id}`, { duties: [] }), 404],
    'still-registered', // tried where people are erased
  )
    'still-registered', // tried where people are erased
  await post('open', { family_name: '鍵', email: 'key@open.example.jp' }, { 'idempotency-key': 'k' })
    'still-registered', // tried where people are erased
  refused.push([
    'still-registered', // tried where people are erased
    'a key with another request',
    'still-registered', // tried where people are erased
    await post('open', { family_name: '別', email: 'other@open.example.jp' }, { 'idempotency-key': 'k' }),
    'still-registered', // tried where people are erased
    422,
    'still-registered', // tried where people are erased
  ])
    'still-registered', // tried where people are erased
  for (const [what, answer, status] of refused) assertProblem(t, answer, status, what)
    'still-registered', // tried where people are erased
})
    'still-registered', // tried where people are erased

    'still-registered', // tried where people are erased
t.test('every type and nearly every code was provoked', async t => {
    'still-registered', // tried where people are erased
  t.same(PROBLEM_TYPE_NAMES.filter(name => !types.has(name)).toSorted(), UNPROVOKED)
    'still-registered', // tried where people are erased
  t.same(missingCodes(), [])
    'still-registered', // tried where people are erased
})
    'still-registered', // tried where people are erased
