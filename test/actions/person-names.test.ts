import t from 'tap'
import { NOTICE, person, putContract, putCustomer, register } from '../helpers/fixtures.ts'
import { testService } from '../helpers/test-service.ts'

const { call, database } = await testService(t)
const NOBODY = { family_name: '情報システム部', given_name: null }
const DOUBTED = { family_name: '水流所', given_name: null }
const OVERRIDE = { name_override: { reason: 'Confirmed by phone with the person.' } }

const post = async (contract_id: string, fields: object) =>
  await call('POST', `/v1/contracts/${contract_id}/contacts`, {
    ...person({ email: `yamada@${contract_id}.example.jp` }),
    ...fields,
  })
const historyOf = async (contact_id: string) => (await call('GET', `/v1/contacts/${contact_id}/history`)).body.items

t.test('R13: a department is refused on every way that leads to a contact, with its place', async t => {
  await putContract(call, 'ways', { product_id: 'data_link', connections: 10 })
  await putContract(call, 'formed')
  const primary = await register(call, 'ways', { role: 'primary', email: 'primary@ways.example.jp' })
  const nobody = { ...person(NOBODY), email: 'nobody@ways.example.jp' }
  const { body: roster, headers } = await call('GET', '/v1/contracts/ways/roster')
  const ways: [string, string, object, string, Record<string, string>?][] = [
    ['POST', '/v1/contracts/ways/contacts', nobody, '#/family_name'],
    ['PATCH', `/v1/contacts/${primary.contact_id}`, { family_name: '情報システム部' }, '#/family_name'],
    ['PUT', '/v1/contracts/ways/primary', { new_contact: nobody }, '#/new_contact/family_name'],
    [
      'PUT',
      '/v1/contracts/ways/roster',
      { contacts: [...roster.contacts, nobody] },
      '#/contacts/1/family_name',
      { 'if-match': headers['etag']! },
    ],
    [
      'POST',
      '/v1/contracts/formed/application-form',
      { form_version: '2022-10', privacy_notice_version: NOTICE, contacts: [{ ...nobody, role: 'primary' }] },
      '#/contacts/0/family_name',
    ],
    [
      'POST',
      '/v1/change-requests',
      {
        contract_id: 'ways',
        requested_by: { name: '山田', email: primary.email, channel: 'mail' },
        operations: [
          { op: 'remove', contact_id: primary.contact_id },
          { op: 'add', contact: nobody },
        ],
      },
      '#/operations/1/contact/family_name',
    ],
    [
      'POST',
      '/v1/change-requests',
      {
        contract_id: 'ways',
        requested_by: { name: '山田', email: primary.email, channel: 'mail' },
        operations: [{ op: 'update', contact_id: primary.contact_id, changes: NOBODY }],
      },
      '#/operations/0/changes/family_name',
    ],
  ]
  for (const [method, url, body, pointer, more] of ways) {
    const answer = await call(method, url, body, more)
    t.match(
      answer,
      {
        status: 422,
        body: {
          type: '/problems/name-not-personal',
          code: 'department',
          pointer,
          matched: /システム/,
          can_be_overridden: true,
        },
      },
      `${method} ${url}`,
    )
  }
  t.match((await call('GET', '/v1/contracts/ways/contacts')).body.items, { length: 1 })
})

t.test('R13: the problem says whom the name may mean', async t => {
  await putContract(call, 'meant', { product_id: 'data_link', connections: 10 })
  t.match((await post('meant', { family_name: '総務部 山田太郎', given_name: null })).body, {
    code: 'organisation-and-person',
    suggestion: { family_name: '山田', given_name: '太郎' },
    matched: '総務部',
  })
  t.match((await post('meant', { family_name: '山田／伊藤', given_name: null })).body, {
    code: 'several-people',
    people: ['山田', '伊藤'],
    suggestions: [
      { family_name: '山田', given_name: null },
      { family_name: '伊藤', given_name: null },
    ],
  })
  const { body } = await post('meant', NOBODY)
  t.notOk('suggestion' in body || 'people' in body, 'nobody is meant')
})

t.test('R13: what looks like a name and is unsafe, endless or a heap of marks is a 400', async t => {
  await putContract(call, 'unsafe')
  for (const family_name of ['山田\u0000', '山\u202E田', 'a'.repeat(10_000), `Z${'\u0351\u0336'.repeat(20)}`]) {
    t.match(
      await post('unsafe', { role: 'primary', family_name }),
      { status: 400, body: { errors: [{ pointer: '#/family_name' }] } },
      JSON.stringify(family_name.slice(0, 8)),
    )
  }
})

t.test('R13: a doubtful name is taken, marked, said so once, and listed', async t => {
  await putContract(call, 'doubted', { product_id: 'data_link', connections: 10 })
  const answer = await post('doubted', { role: 'primary', ...DOUBTED })
  t.match(answer, {
    status: 201,
    body: {
      family_name: '水流所',
      name_doubtful: true,
      warnings: [
        { code: 'name-doubtful', reason: 'doubtful', matched: '所', pointer: '#/family_name', detail: String },
      ],
    },
  })
  const { contact_id } = answer.body
  t.equal(
    (await call('PUT', '/v1/contracts/doubted/roster', { contacts: [answer.body] }, { 'if-match': '*' })).status,
    200,
    'it may be sent back as it was answered',
  )
  const read = await call('GET', `/v1/contacts/${contact_id}`)
  t.notOk('warnings' in read.body, 'a read says it by name_doubtful alone')
  t.equal(read.headers['etag'], answer.headers['etag'], 'the tag is that of what is read')
  t.strictSame((await call('GET', '/v1/contacts?name_doubtful=true&contract_id=doubted')).body.items, [read.body])
  await register(call, 'doubted', { email: 'second@doubted.example.jp' })
  t.match((await call('GET', '/v1/contacts?name_doubtful=false&contract_id=doubted')).body.items, [
    { family_name: '山田' },
  ])

  const patched = await call('PATCH', `/v1/contacts/${contact_id}`, { duties: ['system'] })
  t.match(patched, { status: 200, body: { name_doubtful: true } })
  t.notOk('warnings' in patched.body, 'the name is not set anew')
  t.match((await call('PATCH', `/v1/contacts/${contact_id}`, OVERRIDE)).body, {
    name_doubtful: false,
    family_name: '水流所',
  })
  t.match((await historyOf(contact_id))[0], { event: 'contact.changed', changed: ['name_doubtful'], after: OVERRIDE })
})

t.test('R13: an operator vouches for a name, and the history keeps why', async t => {
  await putContract(call, 'vouched', { product_id: 'data_link', connections: 10 })
  const answer = await post('vouched', { role: 'primary', ...NOBODY, ...OVERRIDE })
  t.match(answer, { status: 201, body: { family_name: '情報システム部', name_doubtful: false } })
  t.notOk('name_override' in answer.body)
  t.match(await historyOf(answer.body.contact_id), [{ event: 'contact.registered', after: OVERRIDE }])
  const { body } = await call(
    'GET',
    `/v1/contracts/vouched/contacts?as_of=${encodeURIComponent(answer.body.registered_at)}`,
  )
  t.strictSame(body.items, [answer.body], 'the past shows the contact as it was answered')
  for (const family_name of [
    '株式会社山田',
    '未定',
    '山田/伊藤',
    '山田、佐藤/伊藤',
    '山田 & 佐藤/伊藤',
    '山田/佐藤 他1名',
  ])
    t.match(
      await post('vouched', { family_name, given_name: null, ...OVERRIDE }),
      { status: 422, body: { can_be_overridden: false } },
      family_name,
    )
  for (const name_override of [{ reason: 'too short' }, { reason: '          ' }, {}, 'because'])
    t.equal((await post('vouched', { ...NOBODY, name_override })).status, 400, JSON.stringify(name_override))
})

t.test('R13: what was registered before stays, can be edited, and sent back as it was answered', async t => {
  await putContract(call, 'old', { product_id: 'data_link', connections: 10 })
  const { contact_id } = await register(call, 'old', { role: 'primary' })
  await database.run({
    name: '',
    text: "update contacts set family_name = '経理部', given_name = null, name_key = '経理部' where contact_id = $1",
    values: [contact_id],
  })
  t.match(await call('PATCH', `/v1/contacts/${contact_id}`, { duties: ['contract'], email: 'keiri@old.example.jp' }), {
    status: 200,
    body: { family_name: '経理部' },
  })
  const roster = await call('GET', '/v1/contracts/old/roster')
  const put = await call(
    'PUT',
    '/v1/contracts/old/roster',
    { contacts: roster.body.contacts.map((contact: any) => ({ ...contact, duties: ['system'] })) },
    { 'if-match': roster.headers['etag']! },
  )
  t.match(put, { status: 200, body: { contacts: [{ family_name: '経理部', duties: ['system'] }] } })
  t.match(await call('PATCH', `/v1/contacts/${contact_id}`, { family_name: '総務部' }), { status: 422 })
})

t.test('R13: a title is left out, and said so', async t => {
  await putContract(call, 'titled', { product_id: 'data_link', connections: 10 })
  const answer = await post('titled', { role: 'primary', family_name: '山田', given_name: '太郎様' })
  t.match(answer, {
    status: 201,
    body: {
      name: '山田 太郎',
      name_doubtful: false,
      warnings: [{ code: 'title-removed', matched: '様', pointer: '#/given_name' }],
    },
  })
  t.equal(
    (await post('titled', { family_name: '山田太郎 様', given_name: null })).body.type,
    '/problems/duplicate-contact',
    'whoever is the same without the title is the same',
  )
})

t.test("R13: the customer's own name is no person's, unless it is a surname too", async t => {
  await putContract(call, 'own', { product_id: 'data_link', connections: 10, customer_id: 'own-name' })
  await putCustomer(call, 'own-name', '株式会社みどりの風')
  t.match(await post('own', { role: 'primary', family_name: 'みどりの風', given_name: null }), {
    status: 422,
    body: { code: 'equals-customer' },
  })
  await putCustomer(call, 'own-name', '有限会社鈴木')
  t.match(await post('own', { role: 'primary', family_name: '鈴木', given_name: null }), {
    status: 201,
    body: { name_doubtful: true, warnings: [{ reason: 'equals-customer' }] },
  })
})

t.test('R15, R19: 髙橋 and 高橋 at one address may be one person: a warning, no refusal', async t => {
  for (const contract_id of ['alike-1', 'alike-2'])
    await putContract(call, contract_id, { product_id: 'data_link', connections: 10, customer_id: 'alike' })
  const email = 'takahashi@alike.example.jp'
  const first = await register(call, 'alike-1', { role: 'primary', family_name: '高橋', given_name: '一郎', email })
  const second = await post('alike-2', {
    role: 'primary',
    family_name: '髙橋',
    given_name: '一郎',
    email,
    shared_mailbox: true,
  })
  t.match(second, {
    status: 201,
    body: {
      family_name: '髙橋',
      warnings: [
        {
          code: 'possibly-same-person',
          contacts: [{ contact_id: first.contact_id, contract_id: 'alike-1', name: '高橋 一郎' }],
        },
      ],
    },
  })
  const third = await post('alike-2', { family_name: '高橋', given_name: '一郎', email, shared_mailbox: true })
  t.match(
    third.body.warnings,
    [{ code: 'possibly-same-person', contacts: [{ contact_id: second.body.contact_id }] }],
    'on one contract too; whoever has the very name is the same person',
  )
  t.notOk(
    'warnings' in
      (await post('alike-2', { family_name: '高橋', given_name: '二郎', email, shared_mailbox: true })).body,
  )
})

t.test('R13: previews, lists, forms and change requests say what was noticed', async t => {
  await putContract(call, 'noticed', { product_id: 'data_link', connections: 10 })
  const contacts = [{ ...person({ role: 'primary', email: 'a@noticed.example.jp' }), ...DOUBTED }]
  const form = await call(
    'POST',
    '/v1/contracts/noticed/application-form',
    { form_version: '2022-10', privacy_notice_version: NOTICE, contacts },
    { 'idempotency-key': 'noticed' },
  )
  const warning = { code: 'name-doubtful', pointer: '#/contacts/0/family_name' }
  t.match(form, { status: 201, body: { contacts: [{ name_doubtful: true }], warnings: [warning] } })
  t.strictSame(
    (
      await call(
        'POST',
        '/v1/contracts/noticed/application-form',
        { form_version: '2022-10', privacy_notice_version: NOTICE, contacts },
        { 'idempotency-key': 'noticed' },
      )
    ).body,
    form.body,
    'a repeat says the same',
  )
  const { body: roster, headers } = await call('GET', '/v1/contracts/noticed/roster')
  t.equal((await call('GET', '/v1/contracts/noticed/application-form')).headers['etag'], form.headers['etag'])
  const list = {
    contacts: [...roster.contacts, person({ family_name: '山田様', given_name: null, email: 'b@noticed.example.jp' })],
  }
  t.match((await call('POST', '/v1/contracts/noticed/roster/plan', list, { 'if-match': headers['etag']! })).body, {
    feasible: true,
    warnings: [{ code: 'title-removed', pointer: '#/contacts/1/family_name' }],
  })
  const put = await call('PUT', '/v1/contracts/noticed/roster', list, { 'if-match': headers['etag']! })
  t.match(put.body, { contacts: { length: 2 }, warnings: [{ code: 'title-removed' }] })
  t.equal((await call('GET', '/v1/contracts/noticed/roster')).headers['etag'], put.headers['etag'])
  const asked = await call('POST', '/v1/change-requests', {
    contract_id: 'noticed',
    requested_by: { name: '山田', email: 'b@noticed.example.jp', channel: 'mail' },
    operations: [
      { op: 'add', contact: { ...person({ email: 'c@noticed.example.jp' }), ...NOBODY, ...OVERRIDE } },
      { op: 'add', contact: { ...person({ email: 'd@noticed.example.jp' }), family_name: '放出所', given_name: null } },
    ],
  })
  t.match(asked, {
    status: 201,
    body: {
      operations: [{ contact: OVERRIDE }, {}],
      plan: { feasible: true, warnings: [{ code: 'name-doubtful', pointer: '#/operations/1/contact/family_name' }] },
    },
  })
  t.equal((await call('POST', `/v1/change-requests/${asked.body.change_request_id}/apply`)).status, 200)
  t.match((await call('GET', '/v1/contracts/noticed/contacts')).body.items.slice(2), [
    { family_name: '情報システム部', name_doubtful: false },
    { family_name: '放出所', name_doubtful: true },
  ])
})

t.test('R16: one address in many spellings is one address, and the spelling given is kept', async t => {
  await putContract(call, 'spelled', { product_id: 'data_link', connections: 10 })
  const { email } = await register(call, 'spelled', { role: 'primary', email: 'Taro..Y.@日本語.JP' })
  t.equal(email, 'Taro..Y.@日本語.JP')
  t.match(await post('spelled', { family_name: '伊藤', email: 'ｔａｒｏ..y.@xn--wgv71a119e.jp' }), {
    status: 409,
    body: { type: '/problems/email-in-use' },
  })
  const tooLong = `${'x'.repeat(65)}@example.jp`
  t.match(await post('spelled', { family_name: '伊藤', email: tooLong }), {
    status: 400,
    body: { errors: [{ code: 'invalid-address' }] },
  })
})
