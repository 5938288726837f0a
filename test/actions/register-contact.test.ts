import t from 'tap'
import { fillContract, NOTICE, person, putContract, register } from '../helpers/fixtures.ts'
import { historyOf, rowCounts } from '../helpers/history.ts'
import { testService } from '../helpers/test-service.ts'

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
    shared_mailbox: true,
    privacy_notice_version: NOTICE,
    privacy_notice_shown_at: '2026-04-01T00:30:00.000Z',
    registered_at: '2026-04-01T00:30:00.000Z',
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

t.test('R17: an address in use is refused, says who has it, and how to share it deliberately', async t => {
  const [primary] = await fillContract(call, 'shared', 0)
  const refused = await post('shared', person({ family_name: '伊藤', email: primary.email.toUpperCase() }))
  t.match(refused, { status: 409, body: { type: '/problems/email-in-use', detail: /"shared_mailbox": true/ } })
  t.same(refused.body.contacts, [{ contact_id: primary.contact_id, contract_id: 'shared', name: '山田 太郎' }])
  t.equal(
    (await register(call, 'shared', { family_name: '伊藤', email: primary.email.toUpperCase(), shared_mailbox: true }))
      .account_id,
    primary.account_id,
  )
})

t.test('R17: on another contract of the customer the address is in use as well', async t => {
  await putContract(call, 'one-contract')
  await putContract(call, 'other-contract')
  await register(call, 'one-contract', { role: 'primary', email: 'used@example.jp' })
  t.match(await post('other-contract', person({ role: 'primary', family_name: '伊藤', email: 'used@example.jp' })), {
    status: 409,
    body: { type: '/problems/email-in-use', contacts: [{ contract_id: 'one-contract' }] },
  })
})

t.test('R18: people who share a mailbox are one account: 山田/伊藤/佐藤', async t => {
  await putContract(call, 'mailbox')
  const email = 'desk@mailbox.example.jp'
  const { account_id } = await register(call, 'mailbox', { role: 'primary', email })
  const display = async () => (await call('GET', `/v1/support-accounts/${account_id}`)).body
  t.match(await display(), { display_name: '山田 太郎', shared: false })
  await register(call, 'mailbox', { family_name: '伊藤', email, shared_mailbox: true })
  await register(call, 'mailbox', { family_name: '佐藤', email, shared_mailbox: true })
  t.match(await display(), {
    display_name: '山田/伊藤/佐藤',
    shared: true,
    contacts: { length: 3 },
    contract_ids: ['mailbox'],
  })
  await register(call, 'mailbox', { family_name: '山田', given_name: '花子', email, shared_mailbox: true })
  t.match(await display(), { display_name: '山田 太郎/伊藤/佐藤/山田 花子' })
  t.match((await call('GET', '/v1/contracts/mailbox')).body.seats, { used: 4 }, 'R9: every person takes a seat')
})

t.test(
  'R19: the same person on two contracts is one account without a flag, and takes a seat in each; twice on one ' +
    'is refused',
  async t => {
    await putContract(call, 'same-1')
    await putContract(call, 'same-2')
    const first = await register(call, 'same-1', { role: 'primary', email: 'same@example.jp' })
    const second = await register(call, 'same-2', { role: 'primary', email: 'SAME@example.jp' })
    t.equal(second.account_id, first.account_id)
    t.match((await call('GET', `/v1/support-accounts/${first.account_id}`)).body, {
      display_name: '山田 太郎',
      shared: false,
      contract_ids: ['same-1', 'same-2'],
    })
    t.match((await call('GET', '/v1/contracts/same-2')).body.seats, { used: 1 }, 'R9')
    const refused = await post(
      'same-1',
      person({ family_name: '　山田', given_name: '太郎 ', email: 'same@EXAMPLE.jp', shared_mailbox: true }),
    )
    t.match(refused, {
      status: 409,
      body: { type: '/problems/duplicate-contact', contract_id: 'same-1', contact_id: first.contact_id },
    })
  },
)

t.test('R20: an address of another customer is refused, and nothing is said about it', async t => {
  await putContract(call, 'secret-contract', { customer_id: 'secret-customer' })
  const theirs = await register(call, 'secret-contract', {
    role: 'primary',
    family_name: '秘山',
    email: 'theirs@example.jp',
  })
  await putContract(call, 'curious', { customer_id: 'curious-customer' })
  for (const shared_mailbox of [false, true]) {
    const refused = await post('curious', person({ role: 'primary', email: 'Theirs@example.jp', shared_mailbox }), {
      'request-id': 'curious',
    })
    t.equal(refused.status, 409)
    t.same(Object.keys(refused.body).toSorted(), ['detail', 'instance', 'remedy', 'status', 'title', 'type'])
    for (const secret of ['secret', '秘山', theirs.contact_id, theirs.account_id])
      t.notOk(refused.text.includes(secret), secret)
  }
  t.same(await historyOf(database, 'curious'), [])
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

t.test(
  "R16: addresses compare in lower case with an ASCII domain; old carriers' dots are accepted, what is no " +
    'address is not',
  async t => {
    await putContract(call, 'mails', { product_id: 'manage_ac' })
    const idn = await register(call, 'mails', { role: 'primary', email: 'taro@日本語.example.jp' })
    t.match(await post('mails', person({ family_name: '伊藤', email: 'TARO@xn--wgv71a119e.example.jp' })), {
      status: 409,
      body: { contacts: [{ contact_id: idn.contact_id }] },
    })
    for (const email of ['a..b@docomo.example.jp', 'a.@docomo.example.jp', 'a+b@example.jp'])
      t.equal((await register(call, 'mails', { email })).email, email)
    for (const email of [
      'nobody',
      'a@b',
      'a b@example.jp',
      'a@b@example.jp',
      'a@例 え.jp',
      'x'.repeat(65) + '@example.jp',
      'a@-b.jp',
      'a@127.0.0.1',
      '太郎 <a@example.jp>',
      '@@@',
    ]) {
      t.match(
        await post('mails', person({ email })),
        { status: 400, body: { errors: [{ pointer: '#/email', code: 'invalid-address' }] } },
        email,
      )
    }
  },
)

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

t.test('R16: an address that may have a typing error is registered, and the answer warns', async t => {
  await putContract(call, 'slips')
  const first = await register(call, 'slips', { role: 'primary', email: 'itoーken@example.jp' })
  t.match(first.warnings, [{ code: 'address-doubtful', pointer: '#/email', matched: 'ー', detail: /typing error/ }])
  const { body } = await call('PATCH', `/v1/contacts/${first.contact_id}`, { email: 'ito-ken@example.jp' })
  t.equal(body.warnings, undefined)
})
