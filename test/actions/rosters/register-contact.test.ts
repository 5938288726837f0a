import t from 'tap'
import { fillContract, NOTICE, person, putContract, register } from '../../helpers/fixtures.ts'
import { historyOf, rowCounts } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, database } = await testService(t)
const post = async (contract_id: string, body: unknown, headers = {}) =>
  await call('POST', `/v1/contracts/${contract_id}/contacts`, body, headers)

t.test('R10: the first contact registered has to be the primary', async t => {
  await putContract(call, 'first')
  const refused = await post('first', person())
  t.match(refused, {
    status: 409,
    body: {
      type: '/problems/primary-required',
      contract_id: 'first',
      next: { method: 'POST', path: '/v1/contracts/first/contacts' },
    },
  })
  t.match(await register(call, 'first', { role: 'primary' }), {
    role: 'primary',
    name: '山田 太郎',
    customer_id: 'customer-1',
  })
})

t.test('R10: a second primary is refused, with the call that hands the role over', async t => {
  const [primary] = await fillContract(call, 'two', 0)
  const refused = await post('two', person({ role: 'primary', email: 'second@two.example.jp' }))
  t.match(refused, {
    status: 409,
    body: {
      type: '/problems/primary-exists',
      contract_id: 'two',
      primary_contact_id: primary.contact_id,
      next: { method: 'PUT', path: '/v1/contracts/two/primary' },
    },
  })
})

t.test('R1, R24: a contract registers up to its limit and then says what the limit is', async t => {
  await fillContract(call, 'full', 5, { app_ids: ['attendance', 'attendance_gap_option', 'man_hours'] })
  const before = await rowCounts(database)
  const refused = await post('full', person({ email: 'seventh@example.jp' }))
  t.match(refused, {
    status: 409,
    body: { type: '/problems/seat-limit-reached', contract_id: 'full', limit: 6, used: 6, over: 0 },
  })
  t.match((await call('GET', '/v1/contracts/full')).body, {
    registration: 'registered',
    seats: { limit: 6, used: 6, available: 0 },
  })
  t.same(await rowCounts(database), before)
})

t.test('R32: a registration answers whole, under its location, and is recorded with who asked', async t => {
  await putContract(call, 'whole')
  const answer = await post(
    'whole',
    {
      role: 'primary',
      duties: ['system', 'contract', 'system'],
      family_name: 'Smith',
      given_name: 'John',
      email: ' John.Smith+x@Example.JP ',
      shared_mailbox: true,
      privacy_notice_version: NOTICE,
    },
    { 'request-id': 'registration' },
  )
  const { contact_id, account_id } = answer.body
  t.same(answer.body, {
    contact_id,
    contract_id: 'whole',
    customer_id: 'customer-1',
    account_id,
    role: 'primary',
    duties: ['contract', 'system'],
    family_name: 'Smith',
    given_name: 'John',
    name: 'John Smith',
    name_doubtful: false,
    email: 'John.Smith+x@Example.JP',
    mailbox_shared: false,
    privacy_notice_version: NOTICE,
    privacy_notice_shown_at: '2026-04-01T00:30:00.000Z',
    registered_at: '2026-04-01T00:30:00.000Z',
    first_registered_at: '2026-04-01T00:30:00.000Z',
    carried_from: null,
    removed_at: null,
    updated_at: '2026-04-01T00:30:00.000Z',
  })
  t.match(answer, { status: 201, headers: { location: `/v1/contacts/${contact_id}`, etag: /^"[\w-]{22}"$/ } })
  t.match(await call('GET', `/v1/contacts/${contact_id}`), {
    status: 200,
    text: answer.text,
    headers: { etag: answer.headers['etag']! },
  })
  t.match(
    (await historyOf(database, 'registration')).map(row => [
      row.actor,
      row.event,
      row.subject_id,
      row.customer_id,
      row.contract_id,
      row.after.email,
    ]),
    [
      ['test', 'contact.registered', contact_id, 'customer-1', 'whole', 'John.Smith+x@Example.JP'],
      ['test', 'support_account.opened', account_id, 'customer-1', 'whole', 'John.Smith+x@Example.JP'],
    ],
  )
})

t.test('R14: a name that joins several people is refused, with the people it names', async t => {
  await putContract(call, 'joined')
  t.match(await post('joined', person({ role: 'primary', family_name: '山田／伊藤' })), {
    status: 422,
    body: {
      type: '/problems/name-not-personal',
      code: 'several-people',
      pointer: '#/family_name',
      people: ['山田', '伊藤'],
    },
  })
})

t.test('R15: names are trimmed and their width unified; variant kanji stay as people write them', async t => {
  await putContract(call, 'names', { product_id: 'manage_ac' })
  const kept = async (role: 'primary' | 'secondary', family_name: string, given_name: string | null, email: string) =>
    (await register(call, 'names', { role, family_name, given_name, email })).name
  t.equal(await kept('primary', '　ﾔﾏﾀﾞ ', 'Ｔａｒｏ', 'n1@example.jp'), 'ヤマダ Taro')
  t.equal(await kept('secondary', '髙﨑', '神', 'n2@example.jp'), '髙﨑 神')
  t.equal(await kept('secondary', '𠮷野', null, 'n3@example.jp'), '𠮷野')
  t.equal(await kept('secondary', "O'Neill", 'Seán', 'n4@example.jp'), "Seán O'Neill")
})

t.test('what is no contact is refused, every mistake at once', async t => {
  await putContract(call, 'refused')
  const refused = await post('refused', {
    role: 'boss',
    family_name: '',
    given_name: 5,
    email: 'x',
    duties: ['system', 'tea'],
    extra: true,
  })
  t.equal(refused.status, 400)
  t.same(refused.body.errors.map(({ pointer, code }: any) => `${pointer} ${code}`).toSorted(), [
    '#/duties/1 not-allowed',
    '#/email too-short',
    '#/extra unknown-field',
    '#/family_name too-short',
    '#/given_name wrong-type',
    '#/privacy_notice_version required',
    '#/role not-allowed',
  ])
  for (const family_name of [' ', '　', '\t\n'])
    t.match(await post('refused', person({ role: 'primary', family_name })), {
      status: 422,
      body: { pointer: '#/family_name', code: 'empty' },
    })
  t.match(
    await post('refused', person({ role: 'primary', family_name: '㍿'.repeat(64) })),
    { status: 400, body: { errors: [{ code: 'too-long' }] } },
    'too long once its forms are unified',
  )
  t.match(await post('nowhere', person({ role: 'primary' })), { status: 404, body: { type: '/problems/not-found' } })
  t.match(
    await post('nowhere', person({ role: 'primary', email: 'x y' })),
    { status: 404, body: { type: '/problems/not-found' } },
    'the contract is looked up before the contact is judged, as by the other ways that a contact changes',
  )
})
