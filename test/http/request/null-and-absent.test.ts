import t from 'tap'
import { fillContract, person, putContract } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call } = await testService(t)
const OPTIONAL = ['role', 'given_name', 'shared_mailbox', 'duties', 'privacy_notice_shown_at', 'name_override', 'name']
const { given_name: _given, ...least } = person()
const facts = ({ role, duties, given_name, mailbox_shared, privacy_notice_version, privacy_notice_shown_at }: any) => ({
  role,
  duties,
  given_name,
  mailbox_shared,
  privacy_notice_version,
  privacy_notice_shown_at,
})

t.test('in a POST null and absent mean the same, field by field', async t => {
  await fillContract(call, 'posted', 0)
  const post = async (fields: object) => {
    const contact = { ...least, family_name: '伊藤', email: 'b@posted.example.jp', ...fields }
    const { body } = await call('POST', '/v1/contracts/posted/contacts', contact)
    await call('DELETE', `/v1/contacts/${body.contact_id}`)
    return facts(body)
  }
  const absent = await post({})
  for (const field of OPTIONAL) t.strictSame(await post({ [field]: null }), absent, field)
})

t.test('in a PUT of a roster too, for a contact without an id', async t => {
  await putContract(call, 'put')
  const first = { ...least, role: 'primary', email: 'a@put.example.jp' }
  const put = async (fields: object) => {
    const { headers } = await call('GET', '/v1/contracts/put/roster')
    const second = { ...least, family_name: '伊藤', email: 'b@put.example.jp', ...fields }
    const body = { contacts: [first, second], confirm_removals: null, privacy_notice_version: null, customer_id: null }
    return (await call('PUT', '/v1/contracts/put/roster', body, { 'if-match': headers['etag']! })).body
  }
  const absent = await put({})
  for (const field of [...OPTIONAL, 'contact_id', 'contract_id', 'customer_id'])
    t.strictSame(await put({ [field]: null }), absent, field)
})

t.test('for a contact that a roster lists by its id absent keeps and null removes, as in PATCH', async t => {
  const [primary] = await fillContract(call, 'named', 0)
  const url = `/v1/contacts/${primary.contact_id}`
  const set = { given_name: '太郎', duties: ['system'] }
  const removed = { given_name: null, duties: [] }
  const list = async (fields: object) => {
    const { headers } = await call('GET', '/v1/contracts/named/roster')
    const contacts = [{ contact_id: primary.contact_id, ...fields }]
    return await call('PUT', '/v1/contracts/named/roster', { contacts }, { 'if-match': headers['etag']! })
  }
  const ways: [string, (fields: object) => Promise<any>][] = [
    ['PATCH', async fields => (await call('PATCH', url, fields)).body],
    ['PUT', async fields => (await list(fields)).body.contacts[0]],
  ]
  for (const [way, change] of ways) {
    t.match(await change(set), set, way)
    t.match(await change({}), set, `${way}: absent keeps`)
    for (const [field, value] of Object.entries(removed))
      t.match(await change({ [field]: null }), { [field]: value }, `${way} ${field}`)
  }
  for (const field of ['family_name', 'email']) {
    t.equal((await call('PATCH', url, { [field]: null })).status, 400, `${field} cannot be removed`)
    t.equal((await list({ [field]: null })).status, 400, `${field} cannot be removed`)
  }
})
