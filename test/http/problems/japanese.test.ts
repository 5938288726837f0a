import t from 'tap'
import { fillContract, person, putContract, register } from '../../helpers/fixtures.ts'
import { operationsOf } from '../../helpers/openapi-document.ts'
import { testService, type Answer, type Call } from '../../helpers/test-service.ts'
import { PROBLEM_TYPE_NAMES } from '#http/problems/problem-types.ts'
import { assertProblem, missingCodes, types, UNKNOWN, UNPROVOKED } from './provoked-problems.ts'
import { refusedRequests } from './refused-operations.ts'

// An error of every kind at every documented operation, asked for in Japanese: no text for people is left in English.
const service = await testService(t)
const { app, callWith } = service
const inJapanese =
  (call: Call): Call =>
  async (method, url, body, headers = {}) =>
    await call(method, url, body, { 'accept-language': 'ja-JP', ...headers })
const call = inJapanese(service.call)

for (const operation of operationsOf(app.swagger())) {
  t.test(`${operation.operationId} is refused in Japanese`, async t => {
    for (const { what, status, answer } of refusedRequests(operation, call, inJapanese(callWith())))
      assertProblem(t, await answer(), status, what)
  })
}

t.test('what the rules refuse', async t => {
  const ask = async (contract_id: string, fields: object = {}) =>
    await call('POST', '/v1/change-requests', {
      contract_id,
      operations: [{ op: 'add', contact: person({ email: 'asked@open.example.jp' }) }],
      requested_by: { name: '山田', email: `primary@${contract_id}.example.jp`, channel: 'mail' },
      ...fields,
    })
  const post = async (contract_id: string, fields: object, headers = {}) =>
    await call('POST', `/v1/contracts/${contract_id}/contacts`, person(fields), headers)
  const form = async (contract_id: string, number: number, fields: object = {}) =>
    await call('POST', `/v1/contracts/${contract_id}/application-form`, {
      form_version: '2022-10',
      privacy_notice_version: '1',
      contacts: Array.from({ length: number }, (_, index) => ({
        family_name: `山田${index}`,
        email: `${index}@${contract_id}.example.jp`,
        role: index === 0 ? 'primary' : 'secondary',
      })),
      ...fields,
    })
  const [primary, first, second] = await fillContract(call, 'open', 3, { product_id: 'manage_ac' })
  await fillContract(call, 'full', 1, { product_id: 'erp_hosting' })
  await putContract(call, 'empty')
  await putContract(call, 'both')
  await putContract(call, 'ended', { ends_on: '2026-03-31' })
  await putContract(call, 'elsewhere', { customer_id: 'another' })
  await register(call, 'elsewhere', { role: 'primary', email: 'taken@elsewhere.example.jp' })
  const { etag = '' } = (await call('GET', '/v1/contracts/open/roster')).headers
  const roster = async (contacts: object[], headers: Record<string, string> = { 'if-match': etag }) =>
    await call('PUT', '/v1/contracts/open/roster', { contacts }, headers)

  const sharer = await register(call, 'both', { role: 'primary', email: 'desk@both.example.jp' })
  await register(call, 'both', { family_name: '伊藤', email: sharer.email, shared_mailbox: true })
  const asked = async (requested_by: object) =>
    await call('PATCH', `/v1/contacts/${sharer.contact_id}`, { duties: ['system'], requested_by })

  const terms = {
    customer_id: 'another',
    product_id: 'manage',
    app_ids: [],
    connections: 0,
    starts_on: '2024-04-01',
    ends_on: null,
  }
  const refused: [what: string, answer: Answer, status: number][] = [
    ['a URL that is too long', await call('GET', `/v1/customers?${'x'.repeat(9000)}`), 414],
    ['a name without letters', await post('open', { family_name: '' }), 400],
    ['a full contract', await post('full', { email: 'x@full.example.jp' }), 409],
    ['no primary yet', await post('empty', {}), 409],
    ['a second primary', await post('open', { role: 'primary', email: 'x@open.example.jp' }), 409],
    ['the primary of others', await call('DELETE', `/v1/contacts/${primary.contact_id}`), 409],
    ['the same person', await post('open', { email: primary.email }), 409],
    ['an address in use', await post('open', { family_name: '伊藤', email: primary.email }), 409],
    [
      'an address of another customer',
      await post('open', { family_name: '伊藤', email: 'taken@elsewhere.example.jp' }),
      409,
    ],
    ['a contract that has ended', await post('ended', { role: 'primary' }), 409],
    ['a form that comes late', await form('open', 1), 409],
    ['a form that names too many', await form('empty', 5), 409],
    ['a form of tomorrow', await form('empty', 1, { received_on: '2026-04-02' }), 422],
    ['another customer', await call('PUT', '/v1/contracts/open', terms), 409],
    [
      'a contract that ends before it starts',
      await call('PUT', '/v1/contracts/turned', { ...terms, ends_on: '2024-03-31' }),
      422,
    ],
    [
      'unknown names',
      await call('PUT', '/v1/contracts/naught', {
        ...terms,
        customer_id: 'naught',
        product_id: 'naught',
        app_ids: ['naught'],
      }),
      422,
    ],
    ['several people', await post('open', { family_name: '山田/伊藤' }), 422],
    [
      'marks in heaps, no address',
      await post('open', { family_name: `e${'\u0301'.repeat(6)}`, email: 'no address at all' }),
      400,
    ],
    ['a name that is too long once its forms are unified', await post('open', { family_name: '㍿'.repeat(64) }), 400],
    ['a list without its tag', await roster([primary], {}), 428],
    ['a list that has changed', await roster([primary], { 'if-match': '"x"' }), 412],
    ['a list that loses most', await roster([primary]), 409],
    [
      'a list with everything wrong',
      await roster([primary, primary, { ...first, name: '別名' }, { ...second, contact_id: UNKNOWN }]),
      400,
    ],
    ['only to create', await call('PUT', '/v1/customers/another', { name: 'x' }, { 'if-none-match': '*' }), 412],
    ['a change for yesterday', await ask('open', { effective_on: '2026-03-31' }), 422],
    ['a change of an unknown contact', await ask('open', { operations: [{ op: 'remove', contact_id: UNKNOWN }] }), 422],
    ['a stranger', await asked({ channel: 'mail', name: '謎' }), 409],
    ['a requester without a name', await asked({ channel: 'mail' }), 422],
    ['one of two who asked', await asked({ channel: 'mail', email: sharer.email }), 422],
    [
      'a password of tomorrow',
      await call('PATCH', `/v1/support-accounts/${first.account_id}`, { password_set_at: '2026-04-02T00:00:00Z' }),
      422,
    ],
    ['a body for nothing', await call('DELETE', `/v1/contacts/${first.contact_id}`, { reason: 'x' }), 400],
    [
      'a moment to come',
      await call('POST', '/v1/sender-checks', { from: 'a@example.jp', as_of: '2030-01-01T00:00:00Z' }),
      422,
    ],
    ['a mark without a file', await call('GET', '/v1/notice-recipients?purpose=surveys&bom=true'), 400],
    [
      'pages of a whole list',
      await call('GET', '/v1/notice-recipients?purpose=surveys&cursor=x', undefined, { accept: 'text/csv' }),
      400,
    ],
    [
      'two alternatives',
      await call('PUT', '/v1/contracts/open/primary', { contact_id: first.contact_id, new_contact: person() }),
      400,
    ],
    ['neither of two', await call('PUT', '/v1/contracts/open/primary', {}), 400],
    ['an unknown operation', await ask('open', { operations: [{ op: 'rename' }] }), 400],
    ['no operation', await ask('open', { operations: [] }), 400],
    ['no sender', await call('POST', '/v1/sender-check-batches', { senders: [] }), 400],
  ]
  const stranger = await ask('open', { requested_by: { name: '高橋', channel: 'phone' } })
  const scheduled = await ask('open', { effective_on: '2026-05-01' })
  const step = async ({ body }: Answer, verb: string, sent?: object) =>
    await call('POST', `/v1/change-requests/${body.change_request_id}/${verb}`, sent)
  refused.push(
    ['an unconfirmed request', await step(stranger, 'apply'), 409],
    [
      'confirmed by another person',
      await step(stranger, 'confirm', { confirmed_by: { contact_id: first.contact_id }, channel: 'phone' }),
      400,
    ],
    ['before its day', await step(scheduled, 'apply'), 409],
  )
  await step(stranger, 'reject', { reason: 'x' })
  refused.push(['rejected already', await step(stranger, 'withdraw', {}), 409])
  const { family_name, given_name, email } = first
  await putContract(call, 'two')
  await register(call, 'two', { role: 'primary', family_name, given_name, email })
  const renamed = await call('PATCH', `/v1/contacts/${first.contact_id}`, { family_name: '鈴木' })
  const moved = await call('POST', '/v1/transfers', { contract_ids: ['two'], to_customer_id: 'another' })
  const itself = await call('POST', '/v1/successions', { from_contract_id: 'two', to_contract_id: 'two' })
  refused.push(['another name on one of two contracts', renamed, 409], ['one of two contracts moved', moved, 409])
  refused.push(['a contract as its own successor', itself, 422])
  await call('DELETE', `/v1/contacts/${second.contact_id}`)
  refused.push(
    [
      'a closed account',
      await call('PATCH', `/v1/support-accounts/${second.account_id}`, { password_set_at: '2026-04-01T00:00:00Z' }),
      409,
    ],
    ['a removed contact', await call('PATCH', `/v1/contacts/${second.contact_id}`, { duties: [] }), 404],
  )
  await post('open', { family_name: '鍵', email: 'key@open.example.jp' }, { 'idempotency-key': 'k' })
  refused.push([
    'a key with another request',
    await post('open', { family_name: '別', email: 'other@open.example.jp' }, { 'idempotency-key': 'k' }),
    422,
  ])
  for (const [what, answer, status] of refused) assertProblem(t, answer, status, what)
})

t.test('every type and nearly every code was provoked', async t => {
  t.same(PROBLEM_TYPE_NAMES.filter(name => !types.has(name)).toSorted(), UNPROVOKED)
  t.same(missingCodes(), [])
})
