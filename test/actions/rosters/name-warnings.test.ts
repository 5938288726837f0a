import t from 'tap'
import { NOTICE, person, putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call } = await testService(t)
const DEPARTMENT = { family_name: '情報システム部', given_name: null }
const DOUBTED = { family_name: '水流所', given_name: null }
const OVERRIDE = { name_override: { reason: 'Confirmed by phone with the person.' } }

const post = async (contract_id: string, fields: object) =>
  await call('POST', `/v1/contracts/${contract_id}/contacts`, {
    ...person({ email: `yamada@${contract_id}.example.jp` }),
    ...fields,
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
    'a person who is the same without the title is the same',
  )
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
    'on one contract too; a contact with the very name is the same person',
  )
  t.notOk(
    'warnings' in
      (await post('alike-2', { family_name: '高橋', given_name: '二郎', email, shared_mailbox: true })).body,
  )
})

t.test('R13: previews, lists, forms and change requests have the warnings', async t => {
  await putContract(call, 'warned', { product_id: 'data_link', connections: 10 })
  const contacts = [{ ...person({ role: 'primary', email: 'a@warned.example.jp' }), ...DOUBTED }]
  const form = await call(
    'POST',
    '/v1/contracts/warned/application-form',
    { form_version: '2022-10', privacy_notice_version: NOTICE, contacts },
    { 'idempotency-key': 'warned' },
  )
  const warning = { code: 'name-doubtful', pointer: '#/contacts/0/family_name' }
  t.match(form, { status: 201, body: { contacts: [{ name_doubtful: true }], warnings: [warning] } })
  t.strictSame(
    (
      await call(
        'POST',
        '/v1/contracts/warned/application-form',
        { form_version: '2022-10', privacy_notice_version: NOTICE, contacts },
        { 'idempotency-key': 'warned' },
      )
    ).body,
    form.body,
    'a repeat says the same',
  )
  const { body: roster, headers } = await call('GET', '/v1/contracts/warned/roster')
  t.equal((await call('GET', '/v1/contracts/warned/application-form')).headers['etag'], form.headers['etag'])
  const list = {
    contacts: [...roster.contacts, person({ family_name: '山田様', given_name: null, email: 'b@warned.example.jp' })],
  }
  t.match((await call('POST', '/v1/contracts/warned/roster/plan', list, { 'if-match': headers['etag']! })).body, {
    feasible: true,
    warnings: [{ code: 'title-removed', pointer: '#/contacts/1/family_name' }],
  })
  const put = await call('PUT', '/v1/contracts/warned/roster', list, { 'if-match': headers['etag']! })
  t.match(put.body, { contacts: { length: 2 }, warnings: [{ code: 'title-removed' }] })
  t.equal((await call('GET', '/v1/contracts/warned/roster')).headers['etag'], put.headers['etag'])
  const asked = await call('POST', '/v1/change-requests', {
    contract_id: 'warned',
    requested_by: { name: '山田', email: 'b@warned.example.jp', channel: 'mail' },
    operations: [
      { op: 'add', contact: { ...person({ email: 'c@warned.example.jp' }), ...DEPARTMENT, ...OVERRIDE } },
      { op: 'add', contact: { ...person({ email: 'd@warned.example.jp' }), family_name: '放出所', given_name: null } },
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
  t.match((await call('GET', '/v1/contracts/warned/contacts')).body.items.slice(2), [
    { family_name: '情報システム部', name_doubtful: false },
    { family_name: '放出所', name_doubtful: true },
  ])
})
