import t from 'tap'
import { ask, step } from '../../helpers/change-requests.ts'
import { fillContract, putContract, register } from '../../helpers/fixtures.ts'
import { registerOnContracts } from '../../helpers/one-person.ts'
import { testService, type Answer } from '../../helpers/test-service.ts'

const { call, clock } = await testService(t)
const OKA = { family_name: '岡', given_name: '太郎' }
const day = (day: number) => clock.set(`2026-04-${String(day).padStart(2, '0')}T00:30:00.000Z`)
const idsOf = ({ body }: Answer): string[] => body.items.map((item: any) => item.change_request_id)
const listed = async (contract_id: string, query = '') =>
  idsOf(await call('GET', `/v1/change-requests?contract_id=${contract_id}${query}`))
async function file(contact: any, changes: object): Promise<string> {
  const requested_by = { channel: 'phone', contact_id: contact.contact_id }
  const person_change = { contact_id: contact.contact_id, changes }
  const { status, body } = await call('POST', '/v1/change-requests', { person_change, requested_by })
  t.equal(status, 201, JSON.stringify(body))
  return body.change_request_id
}
t.beforeEach(() => day(1))

t.test('R34: a person change is among the requests of each contract of the person, and of no other', async t => {
  const [first] = await registerOnContracts(call, 'found', 3)
  await fillContract(call, 'found-4', 1, { customer_id: 'found' })
  const own = [(await ask(call, 'found-4')).body.change_request_id]
  const before = await call('POST', '/v1/change-requests', {
    contract_id: 'found-2',
    operations: [],
    subject: 'Wants to see the registration',
    requested_by: {
      channel: 'phone',
      contact_id: (await call('GET', '/v1/contacts?contract_id=found-2')).body.items[0].contact_id,
    },
  })
  const id = await file(first, { family_name: '鈴木' })
  const after = (await ask(call, 'found-2')).body.change_request_id
  for (const contract_id of ['found-1', 'found-3']) t.same(await listed(contract_id), [id], contract_id)
  t.same(await listed('found-4'), own)
  t.same(await listed('nowhere'), [])
  const all = [before.body.change_request_id, id, after]
  t.same(await listed('found-2'), all, 'in the order in which they were received')
  t.same(await listed('found-2', '&state=ready'), [all[0], id])
  t.same(await listed('found-2', '&customer_id=found'), all)
  t.same(await listed('found-2', '&customer_id=other'), [])
  t.same(await listed('found-2', '&state=applied'), [])
  const pages: string[] = []
  let query = '&limit=1'
  for (let more = true; more;) {
    const page = await call('GET', `/v1/change-requests?contract_id=found-2${query}`)
    pages.push(...idsOf(page))
    query = `&limit=1&cursor=${page.body.next_cursor}`
    more = page.body.next_cursor !== null
  }
  t.same(pages, all, 'page by page')
  t.match(await step(call, id, 'apply'), { status: 200 })
  t.same(await listed('found-3', '&state=applied'), [id])
})

t.test('R34: it stays there when the person has left the contract or has another name by then', async t => {
  const [first, second, third] = await registerOnContracts(call, 'left', 3)
  await call('DELETE', `/v1/contacts/${third.contact_id}`)
  day(2)
  const applied = await file(first, { family_name: '鈴木' })
  t.match(await step(call, applied, 'apply'), { status: 200 })
  const withdrawn = await file(first, { email: 'suzuki@left.example.jp' })
  t.match(await step(call, withdrawn, 'withdraw', {}), { status: 200 })
  day(3)
  await call('DELETE', `/v1/contacts/${second.contact_id}`)
  t.same(await listed('left-2'), [applied, withdrawn])
  day(4)
  await call('PATCH', `/v1/contacts/${first.contact_id}`, { family_name: '佐藤', given_name: '次郎' })
  t.same(await listed('left-1'), [applied, withdrawn])
  t.ok((await listed('left-2')).includes(applied), 'history knows what it changed')
  t.same(await listed('left-3'), [], 'the person had left before it was filed')
})

t.test('R34: a contract to which the person comes while it is open has it too, and a later one has not', async t => {
  const [first] = await registerOnContracts(call, 'came', 1)
  const id = await file(first, { family_name: '鈴木' })
  for (const contract_id of ['came-2', 'came-3']) await putContract(call, contract_id, { customer_id: 'came' })
  day(2)
  await register(call, 'came-2', { ...OKA, role: 'primary', email: first.email })
  t.same(await listed('came-2'), [id])
  t.match(await step(call, id, 'reject', { reason: 'Not so.' }), { status: 200 })
  day(3)
  await register(call, 'came-3', { ...OKA, role: 'primary', email: first.email })
  t.same(await listed('came-3'), [])
  t.same(await listed('came-2'), [id])
})
