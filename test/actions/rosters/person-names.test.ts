import t from 'tap'
import { NOTICE, person, putContract, putCustomer, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call } = await testService(t)
const DEPARTMENT = { family_name: '情報システム部', given_name: null }

const post = async (contract_id: string, fields: object) =>
  await call('POST', `/v1/contracts/${contract_id}/contacts`, {
    ...person({ email: `yamada@${contract_id}.example.jp` }),
    ...fields,
  })

t.test('R13: a department is refused on every way that leads to a contact, with its place', async t => {
  await putContract(call, 'ways', { product_id: 'data_link', connections: 10 })
  await putContract(call, 'formed')
  const primary = await register(call, 'ways', { role: 'primary', email: 'primary@ways.example.jp' })
  const department = { ...person(DEPARTMENT), email: 'department@ways.example.jp' }
  const { body: roster, headers } = await call('GET', '/v1/contracts/ways/roster')
  const ways: [string, string, object, string, Record<string, string>?][] = [
    ['POST', '/v1/contracts/ways/contacts', department, '#/family_name'],
    ['PATCH', `/v1/contacts/${primary.contact_id}`, { family_name: '情報システム部' }, '#/family_name'],
    ['PUT', '/v1/contracts/ways/primary', { new_contact: department }, '#/new_contact/family_name'],
    [
      'PUT',
      '/v1/contracts/ways/roster',
      { contacts: [...roster.contacts, department] },
      '#/contacts/1/family_name',
      { 'if-match': headers['etag']! },
    ],
    [
      'POST',
      '/v1/contracts/formed/application-form',
      { form_version: '2022-10', privacy_notice_version: NOTICE, contacts: [{ ...department, role: 'primary' }] },
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
          { op: 'add', contact: department },
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
        operations: [{ op: 'update', contact_id: primary.contact_id, changes: DEPARTMENT }],
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
  const { body } = await post('meant', DEPARTMENT)
  t.notOk('suggestion' in body || 'people' in body, 'no person is meant')
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
