import t from 'tap'
import { fillContract, person, putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const REGISTERED = '2026-04-01T00:30:00.000Z'
const LATER = '2026-05-01T00:00:00.000Z'
const { call, clock, database } = await testService(t)
t.beforeEach(() => clock.set(REGISTERED))

const rosterOf = async (contract_id: string) => await call('GET', `/v1/contracts/${contract_id}/roster`)
const put = async (contract_id: string, body: object) =>
  await call('PUT', `/v1/contracts/${contract_id}/roster`, body, {
    'if-match': (await rosterOf(contract_id)).headers['etag']!,
  })
const { privacy_notice_version: _version, ...withoutNotice } = person()

t.test('R32: a contact is shown the notice at the registration, unless the request says when', async t => {
  await putContract(call, 'shown')
  t.match(await register(call, 'shown', { role: 'primary', email: 'a@shown.example.jp' }), {
    privacy_notice_version: '2025-10',
    privacy_notice_shown_at: REGISTERED,
    updated_at: REGISTERED,
  })
  const said = person({ family_name: '伊藤', email: 'b@shown.example.jp' })
  const earlier = { ...said, privacy_notice_shown_at: '2026-03-01T09:00:00+09:00' }
  t.match(await call('POST', '/v1/contracts/shown/contacts', earlier), {
    status: 201,
    body: { privacy_notice_shown_at: '2026-03-01T00:00:00.000Z', registered_at: REGISTERED },
  })
  const future = { ...person({ family_name: '佐藤', email: 'c@shown.example.jp' }), privacy_notice_shown_at: LATER }
  t.match(await call('POST', '/v1/contracts/shown/contacts', future), {
    status: 422,
    body: {
      type: '/problems/invalid-value',
      errors: [{ pointer: '#/privacy_notice_shown_at', code: 'in-the-future' }],
    },
  })
})

t.test('R32: another version of a contact is recorded only together with the moment', async t => {
  const [contact] = await fillContract(call, 'kept', 0)
  const url = `/v1/contacts/${contact.contact_id}`
  clock.set(LATER)
  t.match(await call('PATCH', url, { privacy_notice_version: '2026-05' }), {
    status: 400,
    body: { errors: [{ pointer: '#/privacy_notice_shown_at', code: 'required' }] },
  })
  t.match(await call('PATCH', url, { privacy_notice_version: '2025-10' }), { status: 200, body: contact })
  t.equal((await call('PATCH', url, { privacy_notice_version: null })).status, 400, 'it cannot be removed')
  t.match(await call('PATCH', url, { privacy_notice_version: '2026-05', privacy_notice_shown_at: LATER }), {
    status: 200,
    body: { privacy_notice_version: '2026-05', privacy_notice_shown_at: LATER, updated_at: LATER },
  })
})

t.test('R32: a list never rewrites what was said at the registration', async t => {
  const [a, b] = await fillContract(call, 'listed', 1)
  clock.set(LATER)
  const { body } = await put('listed', {
    privacy_notice_version: '2026-05',
    contacts: [
      { contact_id: a.contact_id },
      {
        ...person({ family_name: b.family_name, given_name: null, email: b.email }),
        privacy_notice_version: '2026-04',
      },
      { ...withoutNotice, family_name: '伊藤', email: 'c@listed.example.jp' },
      { ...withoutNotice, family_name: '佐藤', email: 'd@listed.example.jp', privacy_notice_version: '2026-03' },
    ],
  })
  t.match(body.contacts, [
    a,
    b,
    { privacy_notice_version: '2026-05', privacy_notice_shown_at: LATER },
    { privacy_notice_version: '2026-03', privacy_notice_shown_at: LATER },
  ])
  const [, , c, d] = body.contacts
  const named = { contact_id: c.contact_id, privacy_notice_version: '2026-07' }
  t.match(await put('listed', { contacts: [a, b, named, d] }), {
    status: 400,
    body: { errors: [{ pointer: '#/contacts/2/privacy_notice_shown_at', code: 'required' }] },
  })
  const newcomer = { ...withoutNotice, family_name: '新田', email: 'e@listed.example.jp' }
  t.match(await put('listed', { contacts: [a, b, c, newcomer] }), {
    status: 400,
    body: { errors: [{ pointer: '#/contacts/3/privacy_notice_version', code: 'required' }] },
  })
})

t.test('R32: contacts whose notice is not known can be listed', async t => {
  const [contact] = await fillContract(call, 'unknown', 0)
  const text = 'update contacts set privacy_notice_version = null, privacy_notice_shown_at = null where contact_id = $1'
  await database.run({ name: '', text, values: [contact.contact_id] })
  const { body } = await call('GET', '/v1/contacts?privacy_notice=unknown')
  t.match(body.items, [{ contact_id: contact.contact_id, privacy_notice_version: null, privacy_notice_shown_at: null }])
  const url = `/v1/contacts/${contact.contact_id}`
  t.strictSame((await call('PATCH', url, body.items[0])).body, body.items[0], 'it may be sent back whole')
  t.equal((await call('PATCH', url, { privacy_notice_shown_at: REGISTERED })).status, 400, 'a moment needs a version')
})

t.test('R26: the past answers when the notice was shown and when a contact had last changed', async t => {
  const [contact] = await fillContract(call, 'past', 0)
  clock.set(LATER)
  const url = `/v1/contacts/${contact.contact_id}`
  await call('PATCH', url, { privacy_notice_version: '2026-05', privacy_notice_shown_at: LATER })
  clock.set('2026-06-01T00:00:00.000Z')
  const then = await call('GET', `/v1/contracts/past/roster?as_of=${REGISTERED}`)
  t.strictSame(then.body.contacts, [contact])
  const now = await call('GET', `/v1/contracts/past/roster?as_of=${LATER}`)
  t.match(now.body.contacts, [{ privacy_notice_shown_at: LATER, updated_at: LATER }])
})
