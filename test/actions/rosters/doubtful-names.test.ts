import t from 'tap'
import { person, putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, database } = await testService(t)
const DEPARTMENT = { family_name: '情報システム部', given_name: null }
const DOUBTED = { family_name: '水流所', given_name: null }
const OVERRIDE = { name_override: { reason: 'Confirmed by phone with the person.' } }

const post = async (contract_id: string, fields: object) =>
  await call('POST', `/v1/contracts/${contract_id}/contacts`, {
    ...person({ email: `yamada@${contract_id}.example.jp` }),
    ...fields,
  })
const historyOf = async (contact_id: string) => (await call('GET', `/v1/contacts/${contact_id}/history`)).body.items

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
  t.notOk('warnings' in patched.body, 'the name is not set again')
  t.match((await call('PATCH', `/v1/contacts/${contact_id}`, OVERRIDE)).body, {
    name_doubtful: false,
    family_name: '水流所',
  })
  t.match((await historyOf(contact_id))[0], { event: 'contact.changed', changed: ['name_doubtful'], after: OVERRIDE })
})

t.test('R13: an operator vouches for a name, and the history keeps why', async t => {
  await putContract(call, 'vouched', { product_id: 'data_link', connections: 10 })
  const answer = await post('vouched', { role: 'primary', ...DEPARTMENT, ...OVERRIDE })
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
    t.equal((await post('vouched', { ...DEPARTMENT, name_override })).status, 400, JSON.stringify(name_override))
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
