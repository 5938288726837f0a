import t from 'tap'
import { fillContract, person, putContract, register } from '../../helpers/fixtures.ts'
import { historyOf, rowCounts } from '../../helpers/history.ts'
import { testService, type Answer } from '../../helpers/test-service.ts'

const { call, database } = await testService(t)
const people = (count: number, contract_id: string) =>
  Array.from({ length: count }, (_, index) => ({
    role: index === 0 ? 'primary' : 'secondary',
    family_name: `人${index}`,
    email: `p${index}@${contract_id}.example.jp`,
  }))
const form = (contract_id: string, count: number, fields = {}) => ({
  form_version: '2022-10',
  privacy_notice_version: '2025-10',
  contacts: people(count, contract_id),
  ...fields,
})
const submit = async (contract_id: string, body: object, headers = {}) =>
  await call('POST', `/v1/contracts/${contract_id}/application-form`, body, headers)

t.test('R23: a form registers the first contacts, and what is known of it is kept', async t => {
  await putContract(call, 'first')
  const answer = await submit('first', form('first', 3, { received_on: '2026-03-25', channel: 'mail' }), {
    'request-id': 'form',
  })
  t.match(answer, {
    status: 201,
    headers: { location: '/v1/contracts/first/application-form' },
    body: {
      contract_id: 'first',
      customer_id: 'customer-1',
      form_version: '2022-10',
      received_on: '2026-03-25',
      channel: 'mail',
      privacy_notice_version: '2025-10',
      seat_limit: 4,
      registered_at: '2026-04-01T00:30:00.000Z',
      contacts: [
        { role: 'primary', family_name: '人0', privacy_notice_version: '2025-10' },
        { role: 'secondary' },
        { role: 'secondary' },
      ],
    },
  })
  const read = await call('GET', '/v1/contracts/first/application-form')
  t.strictSame(read.body, answer.body)
  t.equal(read.headers['etag'], answer.headers['etag'])
  t.match((await call('GET', '/v1/contracts/first')).body, { registration: 'registered', seats: { used: 3 } })
  t.match((await historyOf(database, 'form')).at(-1), {
    event: 'application_form.accepted',
    contract_id: 'first',
    after: { form_version: '2022-10', received_on: '2026-03-25', channel: 'mail' },
  })
  const [, second] = answer.body.contacts
  await call('DELETE', `/v1/contacts/${second.contact_id}`)
  t.type(
    (await call('GET', '/v1/contracts/first/application-form')).body.contacts[1].removed_at,
    'string',
    'its contacts are shown as they are now',
  )
})

t.test('R23: what is not said of a form: today, and as a form', async t => {
  await putContract(call, 'bare')
  t.match(await submit('bare', form('bare', 1)), { status: 201, body: { received_on: '2026-04-01', channel: 'form' } })
})

t.test("R23: the version decides how many, not the contract's date", async t => {
  for (const [contract_id, form_version, limit] of [
    ['old', '2022-09', 6],
    ['new', '2022-10', 4],
  ] as const) {
    await putContract(call, contract_id, { app_ids: ['attendance', 'man_hours'], starts_on: '2020-04-01' })
    t.match(await submit(contract_id, form(contract_id, limit + 1, { form_version })), {
      status: 409,
      body: { type: '/problems/form-limit-reached', limit, given: limit + 1, problems: [{ pointers: ['#/contacts'] }] },
    })
    t.match(await submit(contract_id, form(contract_id, limit, { form_version })), {
      status: 201,
      body: { seat_limit: limit, contacts: { length: limit } },
    })
  }
  t.equal(
    (await call('POST', '/v1/contracts/new/contacts', person({ email: 'later@new.example.jp' }))).status,
    201,
    'R24: later additions go up to the full limit',
  )
})

t.test('R23: a contract has one such registration, and none after its first contact', async t => {
  await putContract(call, 'twice')
  await submit('twice', form('twice', 1))
  const before = await rowCounts(database)
  t.match(await submit('twice', form('twice', 2)), {
    status: 409,
    body: { type: '/problems/already-registered', contract_id: 'twice', registered_at: '2026-04-01T00:30:00.000Z' },
  })
  t.strictSame(await rowCounts(database), before)
  const [only] = await fillContract(call, 'by-hand', 0)
  t.equal((await submit('by-hand', form('by-hand', 1))).body.type, '/problems/already-registered')
  await call('DELETE', `/v1/contacts/${only.contact_id}`)
  t.equal(
    (await submit('by-hand', form('by-hand', 1))).body.type,
    '/problems/already-registered',
    'also when no person is left',
  )
  t.match((await call('GET', '/v1/contracts/by-hand')).body.seats, { used: 0 })
  t.equal((await call('GET', '/v1/contracts/by-hand/application-form')).status, 404)
})

function reasons({ body }: Answer): string[][] {
  return body.problems.map(({ type, pointers }: any) => [type.replace('/problems/', ''), ...pointers])
}

t.test('R10, R14, R17, R20, R28: a form that does not fit is refused whole, with every reason', async t => {
  await putContract(call, 'misfit')
  await putContract(call, 'other', { customer_id: 'other-customer' })
  await register(call, 'other', { role: 'primary', email: 'theirs@example.jp' })
  const before = await rowCounts(database)
  const contacts = [
    { family_name: '山田', email: 'desk@misfit.example.jp' },
    { family_name: '伊藤', email: 'desk@misfit.example.jp' },
    { family_name: '佐藤/鈴木', email: 'theirs@example.jp' },
    { family_name: '四', email: 'nowhere' },
    { family_name: '五', email: 'five@misfit.example.jp' },
  ]
  const submitted = { form_version: '2023-04', privacy_notice_version: '2025-10', contacts }
  const refused = await submit('misfit', submitted)
  t.equal(refused.status, 409)
  t.strictSame(reasons(refused), [
    ['form-limit-reached', '#/contacts'],
    ['name-not-personal', '#/contacts/2/family_name'],
    ['invalid-request', '#/contacts/3/email'],
    ['primary-required', '#/contacts'],
    ['seat-limit-reached', '#/contacts'],
    ['email-taken', '#/contacts/2'],
    ['email-in-use', '#/contacts/1'],
  ])
  t.strictSame(await rowCounts(database), before)
  await putContract(call, 'misfit', { ends_on: '2026-03-31' })
  const ended = [
    'contract-not-in-force',
    '#/contacts/0',
    '#/contacts/1',
    '#/contacts/2',
    '#/contacts/3',
    '#/contacts/4',
  ]
  t.strictSame(reasons(await submit('misfit', submitted))[3], ended)
})

t.test(
  'R23, R32: a form without a version, a privacy notice or a contact, and one from the future, are refused',
  async t => {
    await putContract(call, 'invalid')
    const { form_version: _version, ...unversioned } = form('invalid', 1)
    t.match(await submit('invalid', unversioned), {
      status: 400,
      body: { errors: [{ pointer: '#/form_version', code: 'required' }] },
    })
    t.match(await submit('invalid', { ...unversioned, form_version: '2022-13' }), {
      status: 400,
      body: { errors: [{ pointer: '#/form_version' }] },
    })
    t.match(await submit('invalid', form('invalid', 0)), {
      status: 400,
      body: { errors: [{ pointer: '#/contacts', code: 'too-few' }] },
    })
    t.match(await submit('invalid', form('invalid', 1, { privacy_notice_version: undefined })), {
      status: 400,
      body: { errors: [{ pointer: '#/privacy_notice_version' }] },
    })
    t.match(await submit('invalid', form('invalid', 1, { received_on: '2026-04-02' })), {
      status: 422,
      body: { errors: [{ pointer: '#/received_on', code: 'in-the-future' }] },
    })
    t.equal((await submit('unknown', form('unknown', 1))).status, 404)
  },
)

t.test('R32: a person of the form may have been shown another notice', async t => {
  await putContract(call, 'notices')
  const contacts = [{ ...people(1, 'notices')[0], privacy_notice_version: '2026-01' }]
  t.match(await submit('notices', form('notices', 1, { contacts })), {
    status: 201,
    body: { privacy_notice_version: '2025-10', contacts: [{ privacy_notice_version: '2026-01' }] },
  })
})

t.test('a form repeated under its Idempotency-Key is the same registration', async t => {
  await putContract(call, 'repeated')
  const first = await submit('repeated', form('repeated', 2), { 'idempotency-key': 'form-1' })
  const again = await submit('repeated', form('repeated', 2), { 'idempotency-key': 'form-1' })
  t.match(again, { status: 201, headers: { 'idempotent-replayed': 'true' } })
  t.equal(again.text, first.text)
})
