import t from 'tap'
import { fillContract, person, putContract, register } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, database } = await testService(t)
const post = async (contract_id: string, body: unknown, headers = {}) =>
  await call('POST', `/v1/contracts/${contract_id}/contacts`, body, headers)

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

t.test('R17: a refusal first says that it may be the same person, and how to send the name so that it is', async t => {
  const [primary] = await fillContract(call, 'spelling', 0)
  const { contact_id, email } = primary
  const surname = { family_name: '山田', given_name: null, email }
  const here = await post('spelling', person(surname), { 'accept-language': 'ja' })
  t.match(here, {
    status: 409,
    body: {
      type: '/problems/email-in-use',
      detail:
        /^このメールアドレスは、この契約に「山田 太郎」様のお名前で.*同一の方の場合は、すでにご登録済みです.*共有メールアドレスをご利用の場合は/,
      possibly_same_person: [{ contact_id, contract_id: 'spelling', family_name: '山田', given_name: '太郎' }],
      next: { method: 'PATCH', path: `/v1/contacts/${contact_id}` },
    },
  })
  await putContract(call, 'spelling-2')
  const elsewhere = await post('spelling-2', person({ ...surname, role: 'primary' }))
  t.match(elsewhere.body, {
    detail: new RegExp(
      '^山田 太郎 has this email address on contract spelling, and may be the same person.*' +
        '"family_name": "山田", "given_name": "太郎"\\. If they are two people',
      'u',
    ),
  })
  t.notOk('next' in elsewhere.body)
  const [person_as_registered] = elsewhere.body.possibly_same_person
  const { family_name, given_name } = person_as_registered
  const again = person({ family_name, given_name, role: 'primary', email })
  t.match(await post('spelling-2', again), { status: 201, body: { account_id: primary.account_id } })
  const twice = [
    person({ family_name: '髙橋', email: 'twice@example.jp' }),
    person({ family_name: '高橋', email: 'twice@example.jp' }),
  ]
  await putContract(call, 'spelling-3')
  const form = await call('POST', '/v1/contracts/spelling-3/application-form', {
    form_version: '2022-09',
    privacy_notice_version: '2025-10',
    contacts: [person({ role: 'primary' }), ...twice].map(({ privacy_notice_version: _version, ...named }) => named),
  })
  t.match(form, {
    status: 409,
    body: { detail: /^The request also has 髙橋 .* list the person once\. If they are two people/ },
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

t.test('R16: an address that may have a typing error is registered, and the answer warns', async t => {
  await putContract(call, 'slips')
  const first = await register(call, 'slips', { role: 'primary', email: 'itoーken@example.jp' })
  t.match(first.warnings, [{ code: 'address-doubtful', pointer: '#/email', matched: 'ー', detail: /typing error/ }])
  const { body } = await call('PATCH', `/v1/contacts/${first.contact_id}`, { email: 'ito-ken@example.jp' })
  t.equal(body.warnings, undefined)
})
