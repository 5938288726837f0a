import t from 'tap'
import { fillContract, person, putContract, register } from '../../helpers/fixtures.ts'
import { lostPointers, pointersOf } from '../../helpers/placed-problems.ts'
import { rowCounts } from '../../helpers/history.ts'
import { testService, type Answer } from '../../helpers/test-service.ts'

const { call, database } = await testService(t)
const [primary, , third] = await fillContract(call, 'placed', 2)
await putContract(call, 'placed-2')
await register(call, 'placed-2', { role: 'primary', email: primary.email })
const UNKNOWN = '019d4672-7740-7c41-9d2e-000000000000'
const { contact_id } = primary
const requested_by = { channel: 'phone', contact_id }
const successor = (fields: object) => ({ contact_id, leaves: true, successors: [{ contract_id: 'placed', ...fields }] })
const next = { contact_id: third.contact_id }

// Person changes that are wrong in one place each, with that place.
const WRONG: Record<string, [body: object, pointer: string]> = {
  'no name': [{ contact_id, changes: { family_name: '' } }, '/changes/family_name'],
  'null for a name': [{ contact_id, changes: { family_name: null } }, '/changes/family_name'],
  'null for an address': [{ contact_id, changes: { email: null } }, '/changes/email'],
  'a department for a name': [{ contact_id, changes: { family_name: '情報システム部' } }, '/changes/family_name'],
  'a name of stacked marks': [{ contact_id, changes: { given_name: `a${'́'.repeat(6)}` } }, '/changes/given_name'],
  'no address': [{ contact_id, changes: { email: 'a@b@c' } }, '/changes/email'],
  'an unknown field': [{ contact_id, changes: { role: 'primary' } }, '/changes/role'],
  'a word about the name that is too short': [
    { contact_id, changes: { family_name: '岡' }, name_override: { reason: 'x' } },
    '/name_override/reason',
  ],
  'neither changes nor leaves': [{ contact_id }, ''],
  'an unknown successor': [successor({ contact_id: UNKNOWN }), '/successors/0/contact_id'],
  'two successors in one': [successor({ ...next, new_contact: person() }), '/successors/0'],
  'no successor': [successor({}), '/successors/0'],
  'a successor elsewhere': [
    { contact_id, leaves: true, successors: [{ contract_id: 'nowhere', ...next }] },
    '/successors/0/contract_id',
  ],
  'a successor twice': [
    { ...successor(next), successors: [next, next].map(one => ({ contract_id: 'placed', ...one })) },
    '/successors/1/contract_id',
  ],
  'a new successor without a notice': [
    successor({ new_contact: { ...person(), privacy_notice_version: undefined } }),
    '/successors/0/new_contact/privacy_notice_version',
  ],
  'a new successor with a bad address': [
    successor({ new_contact: person({ email: 'x' }) }),
    '/successors/0/new_contact/email',
  ],
  'a new successor who is a company': [
    successor({ new_contact: person({ family_name: '株式会社青空' }) }),
    '/successors/0/new_contact/family_name',
  ],
}

for (const [title, [change, place]] of Object.entries(WRONG))
  t.test(`R34: a refusal points into the body that was sent, in whichever form: ${title}`, async t => {
    const before = await rowCounts(database)
    const forms: Record<string, [path: string, body: object, pointer: string]> = {
      direct: ['/v1/person-changes', { ...change, requested_by }, `#${place}`],
      plan: ['/v1/person-changes/plan', { ...change, requested_by }, `#${place}`],
      'for a day': ['/v1/person-changes', { ...change, requested_by, effective_on: '2026-04-09' }, `#${place}`],
      request: ['/v1/change-requests', { person_change: change, requested_by }, `#/person_change${place}`],
    }
    const answers: Answer[] = []
    for (const [form, [path, body, pointer]] of Object.entries(forms)) {
      const sent = JSON.parse(JSON.stringify(body))
      const answer = await call('POST', path, sent, { 'idempotency-key': `${title} ${form}`.replaceAll(' ', '-') })
      t.same(lostPointers(sent, answer), [], `${form}: ${answer.text}`)
      t.ok(pointersOf(answer).includes(pointer), `${form}: ${pointer} in ${answer.text}`)
      if (form !== 'plan') answers.push(answer)
    }
    const [direct, ...others] = answers.map(({ status, body }) => `${status} ${body.type}`)
    t.same(others, [direct, direct])
    t.same(await rowCounts(database), before)
  })

t.test('R25: so does one of an unknown requester, of a day that has passed, and a repeat of it', async t => {
  const change = { contact_id, changes: { family_name: '岡' }, effective_on: '2026-04-09' }
  const send = async (fields: object, headers = {}) =>
    await call('POST', '/v1/person-changes', { ...change, requested_by, ...fields }, headers)
  const stranger = { requested_by: { channel: 'mail', contact_id: UNKNOWN } }
  t.match(await send(stranger), { status: 422, body: { references: [{ pointer: '#/requested_by/contact_id' }] } })
  t.match(await send({ effective_on: '2026-03-31' }), {
    status: 422,
    body: { errors: [{ pointer: '#/effective_on' }] },
  })
  t.match(await send({ contact_id: UNKNOWN }), { status: 422, body: { references: [{ pointer: '#/contact_id' }] } })
  const wrong = { changes: { email: 'a@b@c' } }
  for (const replayed of [undefined, 'true'])
    t.match(await send(wrong, { 'idempotency-key': 'again' }), {
      status: 400,
      headers: { 'idempotent-replayed': replayed },
      body: { errors: [{ pointer: '#/changes/email' }] },
    })
})

t.test('the plan of what was filed points into the change request', async t => {
  const filed = await call('POST', '/v1/person-changes', {
    contact_id,
    leaves: true,
    effective_on: '2026-04-09',
    requested_by,
  })
  t.equal(filed.status, 202, filed.text)
  const pointers = filed.body.contract_plans.contracts.flatMap(({ problems }: any) =>
    problems.flatMap((problem: any) => problem.pointers),
  )
  t.same(new Set(pointers), new Set(['#/person_change/successors']))
})

t.test('R34: of a person who has left since, a decision points to no field that it does not have', async t => {
  const leaver = await register(call, 'placed', { family_name: '森', email: 'mori@placed.example.jp' })
  const filed = await call('POST', '/v1/change-requests', {
    person_change: { contact_id: leaver.contact_id, changes: { family_name: '林' } },
    requested_by: { channel: 'mail', email: 'nobody@placed.example.jp' },
    effective_on: '2026-04-09',
  })
  t.equal((await call('DELETE', `/v1/contacts/${leaver.contact_id}`, undefined, {})).status, 204)
  const url = `/v1/change-requests/${filed.body.change_request_id}`
  const sent: [method: string, path: string, body?: object][] = [
    ['POST', `${url}/confirm`, { confirmed_by: { contact_id }, channel: 'phone' }],
    ['POST', `${url}/approve`],
    ['PATCH', url, { subject: 'x' }],
    ['PATCH', url, { person_change: { contact_id: leaver.contact_id, changes: { family_name: '東' } } }],
  ]
  for (const [method, path, body] of sent) {
    const answer = await call(method, path, body)
    t.match(answer, { status: 422, body: { references: [{ resource: 'contact', id: leaver.contact_id }] } }, path)
    t.same(lostPointers(body, answer), [], `${path} ${answer.text}`)
  }
  t.equal((await call('POST', `${url}/reject`, { reason: 'Has left.' })).status, 200)
})
