import t from 'tap'
import { ask, newcomer, step, stranger } from '../helpers/change-requests.ts'
import { person, putContract, register } from '../helpers/fixtures.ts'
import { query } from '../helpers/query.ts'
import { testService } from '../helpers/test-service.ts'
import { eventNumbering } from '#actions/history/number-events.ts'
import { verifyHistory } from '#actions/history/verify-history.ts'
import { catchUp } from '#jobs/catch-up.ts'

const service = await testService(t)
const { call, clock, context, database, owner_url } = service
const number = eventNumbering(database)
const faults: Error[] = []
const work = async (retention = {}): Promise<void> =>
  await catchUp(
    { ...context, retention: { ...context.retention, ...retention } },
    {
      caller: { actor: 'madoguchi', request_id: 'job-1', source: 'job' },
      signal: new AbortController().signal,
      onError: error => void faults.push(error),
    },
  )
const recorded = async (event: string) => (await call('GET', `/v1/history?event=${event}`)).body.items
const dump = async (table: string): Promise<string> =>
  JSON.stringify((await query(owner_url, `select to_jsonb(r) as row from ${table} r`)).rows)

clock.set('2026-04-01T00:00:00.000Z')
await putContract(call, 'K-1', { customer_id: 'kept' })
await putContract(call, 'K-2', { customer_id: 'kept' })
await register(call, 'K-1', { role: 'primary', email: 'primary@K-1.example.jp' })
await register(call, 'K-2', { role: 'primary', email: 'primary@K-1.example.jp' })

t.test('R33: what a stranger asked for and support rejected is erased after its time, and recorded', async t => {
  const asked = await ask(call, 'K-1', [newcomer('K-1')], { ...stranger, subject: '謎 次郎の件' })
  const id = asked.body.change_request_id
  const rejected = await step(call, id, 'reject', { reason: '謎様は登録がありません' })
  t.equal(rejected.status, 200, rejected.text)
  const own = await ask(call, 'K-1', [newcomer('K-1')])
  t.equal((await step(call, own.body.change_request_id, 'reject', { reason: '重複' })).status, 200)
  const open = await ask(call, 'K-1', [newcomer('K-1')], { ...stranger, subject: '未処理' })
  clock.set('2026-06-30T00:00:00.000Z')
  await work()
  t.match((await call('GET', `/v1/change-requests/${id}`)).body.subject, '謎 次郎の件', 'not on its last day')
  clock.set('2026-06-30T00:00:00.001Z')
  await number()
  await work()
  await work()
  const { status, body } = await call('GET', `/v1/change-requests/${id}`)
  t.equal(status, 200)
  t.match(body, {
    state: 'rejected',
    subject: '[erased]',
    reason: '[erased]',
    requested_by: { name: '[erased]', email: 'erased@erased.invalid', channel: 'mail' },
    operations: [{ op: 'add', contact: { family_name: '[erased]', email: 'erased@erased.invalid' } }],
  })
  const kept = await call('GET', `/v1/change-requests/${own.body.change_request_id}`)
  t.match(kept.body, { reason: '重複', operations: [{ contact: { family_name: '新田' } }] }, 'a contact asked')
  t.match((await call('GET', `/v1/change-requests/${open.body.change_request_id}`)).body.subject, '未処理', 'open')
  const [entry, ...more] = await recorded('change_request.erased')
  t.match(entry, { subject_id: id, client: 'madoguchi', contract_id: 'K-1', requested_by: null })
  t.match(entry.after, { state: 'rejected', erasure_reason: 'no_longer_needed', redacted_history_ids: [/\d/, /\d/] })
  t.match(entry.after.redacted_digests, [/^[0-9a-f]{64}$/, /^[0-9a-f]{64}$/])
  t.same(more, [])
  const history = JSON.parse(await dump('history')).filter(({ row }: any) => row.change_request_id === id)
  t.ok(history.length > 2)
  t.notMatch(JSON.stringify(history), /謎|nazo/)
  await number()
  t.equal((await verifyHistory(database)).broken, null)
})

t.test('R33: people stay where no time is set, and go so many days after their last removal', async t => {
  clock.set('2026-07-01T00:00:00.000Z')
  const hattori = { family_name: '服部', given_name: '一郎', email: 'hattori@kept.example.jp' }
  const first = await register(call, 'K-1', hattori)
  const second = await register(call, 'K-2', hattori)
  const other = await register(call, 'K-1', { family_name: '度会', email: 'watarai@kept.example.jp' })
  await call('DELETE', `/v1/contacts/${first.contact_id}`)
  await call('DELETE', `/v1/contacts/${other.contact_id}`)
  clock.set('2026-07-11T00:00:00.000Z')
  await call('DELETE', `/v1/contacts/${second.contact_id}`)
  clock.set('2026-08-10T00:00:00.000Z')
  await work()
  t.match(await dump('contacts'), /度会/, 'no time is set')
  await work({ removed_people: 30 })
  const then = await dump('contacts')
  t.notMatch(then, /度会/)
  t.match(then, /服部/, 'the last removal was on the last day')
  clock.set('2026-08-10T00:00:00.001Z')
  await work({ removed_people: 30 })
  await work({ removed_people: 30 })
  for (const table of ['contacts', 'support_accounts', 'history', 'contact_name_parts'])
    t.notMatch(await dump(table), /服部|hattori|度会/, table)
  const erased = await recorded('contact.erased')
  t.equal(erased.length, 3)
  t.match(erased[0], { client: 'madoguchi', source: 'job', after: { reason: 'no_longer_needed' } })
  t.match((await call('GET', '/v1/contracts/K-1/roster')).body.contacts, [{ family_name: '山田' }])
})

t.test('R33: a person who was registered again stays', async t => {
  const body = person({ family_name: '一氏', email: 'hitouji@kept.example.jp' })
  const { contact_id } = (await call('POST', '/v1/contracts/K-1/contacts', body)).body
  await call('DELETE', `/v1/contacts/${contact_id}`)
  clock.set('2027-08-10T00:00:00.000Z')
  t.equal((await call('POST', '/v1/contracts/K-2/contacts', body)).status, 201)
  await work({ removed_people: 1 })
  t.match(await dump('contacts'), /一氏/)
  t.same(faults, [])
})

t.test('R33: people whose time is over are erased together, because each erasure reads the whole history', async t => {
  clock.set('2028-01-01T00:00:00.000Z')
  const people = []
  for (const family_name of ['甲斐', '乙部', '丙谷'])
    people.push(await register(call, 'K-1', { family_name, email: `p${people.length}@kept.example.jp` }))
  for (const { contact_id } of people) await call('DELETE', `/v1/contacts/${contact_id}`)
  clock.set('2028-03-01T00:00:00.000Z')
  await work({ removed_people: 30 })
  const ids = people.map(({ contact_id }) => `'${contact_id}'`).join()
  const { rows } = await query(
    owner_url,
    `select count(erased_at)::integer as erased, count(distinct xmin::text)::integer as transactions
      from contacts where contact_id in (${ids})`,
  )
  t.same(rows, [{ erased: 3, transactions: 1 }])
  t.equal((await recorded('contact.erased')).filter(({ contact_id }: any) => ids.includes(contact_id)).length, 3)
  t.same(faults, [])
})
