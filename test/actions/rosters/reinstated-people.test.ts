import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { brokenInvariants } from '../../helpers/registry-invariants.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, database } = await testService(t)
const OKA = { role: 'primary', family_name: '岡', given_name: '花子' } as const
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

const term = async (contract_id: string, customer_id: string, ends_on: string | null) =>
  await putContract(call, contract_id, { customer_id, ends_on })
const primaryOf = async (contract_id: string) =>
  (await call('GET', `/v1/contracts/${contract_id}/contacts?role=primary`)).body.items[0]

/** 岡 花子 on a contract that has ended, and on one that has not. */
async function endedAndGoing(customer_id: string): Promise<any[]> {
  const contacts = []
  for (const name of ['ended', 'going']) {
    await term(`${customer_id}-${name}`, customer_id, null)
    contacts.push(await register(call, `${customer_id}-${name}`, { ...OKA, email: `oka@${customer_id}.example.jp` }))
  }
  clock.set('2026-05-01T00:30:00.000Z')
  await term(`${customer_id}-ended`, customer_id, '2026-04-30')
  clock.set('2026-05-02T00:30:00.000Z')
  return contacts
}

for (const [way, method, path] of [
  ['a PATCH', 'PATCH', '/v1/contacts/'],
  ['a person change', 'POST', '/v1/person-changes'],
] as const) {
  t.test(`R34: a contract that comes back into force has the name and address of ${way} meanwhile`, async t => {
    const customer_id = method.toLowerCase()
    const [ended, going] = await endedAndGoing(customer_id)
    const changes = { family_name: '鈴木', email: `suzuki@${customer_id}.example.jp` }
    const { contact_id, account_id } = going
    const changed =
      method === 'PATCH'
        ? await call(method, `${path}${contact_id}`, changes)
        : await call(method, path, { contact_id, changes })
    t.equal(changed.status, 200)
    t.match(await primaryOf(`${customer_id}-ended`), { name: '岡 花子' }, 'while it has ended')
    await term(`${customer_id}-ended`, customer_id, null)
    const name = '鈴木 花子'
    t.match(await primaryOf(`${customer_id}-ended`), { name, email: changes.email, account_id })
    t.match((await call('GET', `/v1/support-accounts/${account_id}`)).body, {
      display_name: name,
      shared: false,
      contacts: { length: 2 },
    })
    const { items } = (await call('GET', `/v1/contacts/${ended.contact_id}/history`)).body
    t.match(items[0], { event: 'contact.changed', before: { name: '岡 花子' }, after: { name } })
  })
}

t.test('R34, R35: also where the person has gone on under a successor since', async t => {
  const [, going] = await endedAndGoing('chain')
  await call('PATCH', `/v1/contacts/${going.contact_id}`, { family_name: '鈴木' })
  await term('chain-next', 'chain', null)
  const contract_ids = { from_contract_id: 'chain-going', to_contract_id: 'chain-next' }
  t.equal((await call('POST', '/v1/successions', contract_ids)).status, 200)
  await term('chain-ended', 'chain', null)
  t.match(await primaryOf('chain-ended'), { name: '鈴木 花子', mailbox_shared: false })
})

t.test('R34: a name that the contact got itself stays also where the contract goes on under a successor', async t => {
  const [ended, going] = await endedAndGoing('itself')
  await call('PATCH', `/v1/contacts/${going.contact_id}`, { family_name: '鈴木' })
  await call('PATCH', `/v1/contacts/${ended.contact_id}`, { family_name: '大岡' })
  await call('PATCH', `/v1/contacts/${ended.contact_id}`, { family_name: '岡' })
  await term('itself-next', 'itself', null)
  const contract_ids = { from_contract_id: 'itself-ended', to_contract_id: 'itself-next' }
  const { status, body } = await call('POST', '/v1/successions', contract_ids)
  t.match([status, body.contacts], [200, [{ name: '岡 花子' }]])
})

t.test('R34: whose name did not change, and who is another person by now, stays as they were', async t => {
  const [, going] = await endedAndGoing('same')
  await call('PATCH', `/v1/contacts/${going.contact_id}`, { duties: ['system'] })
  await putContract(call, 'same-ended', { customer_id: 'same', ends_on: null })
  t.match(await primaryOf('same-ended'), { name: '岡 花子', duties: [] })
  const [, replaced] = await endedAndGoing('replaced')
  const other = { family_name: '田中', given_name: '一郎', email: 'tanaka@replaced.example.jp' }
  await call('PATCH', `/v1/contacts/${replaced.contact_id}`, other)
  await term('replaced-ended', 'replaced', null)
  t.match(await primaryOf('replaced-ended'), { name: '岡 花子', email: 'oka@replaced.example.jp' })
})

t.test('R34: a name that the contact got itself while its contract had ended stays', async t => {
  const [ended, going] = await endedAndGoing('own')
  await call('PATCH', `/v1/contacts/${going.contact_id}`, { family_name: '鈴木' })
  await call('PATCH', `/v1/contacts/${ended.contact_id}`, { family_name: '大岡' })
  await call('PATCH', `/v1/contacts/${ended.contact_id}`, { family_name: '岡' })
  await term('own-ended', 'own', null)
  t.match(await primaryOf('own-ended'), { name: '岡 花子' })
})

t.test('R19: no person comes to be on the contract twice', async t => {
  const email = 'oka@double.example.jp'
  await term('double-ended', 'double', null)
  await register(call, 'double-ended', { ...OKA, email })
  await register(call, 'double-ended', { family_name: '鈴木', given_name: '花子', email, shared_mailbox: true })
  await term('double-ended', 'double', '2026-03-31')
  await term('double-going', 'double', null)
  const going = await register(call, 'double-going', { ...OKA, email })
  clock.set('2026-05-01T00:30:00.000Z')
  await call('PATCH', `/v1/contacts/${going.contact_id}`, { family_name: '鈴木' })
  const answer = await call(
    'PUT',
    '/v1/contracts/double-ended',
    {
      customer_id: 'double',
      product_id: 'manage',
      app_ids: [],
      connections: 0,
      starts_on: '2024-04-01',
      ends_on: null,
    },
    { 'request-id': 'reinstated' },
  )
  t.equal(answer.status, 200)
  const changed = (await historyOf(database, 'reinstated')).filter(({ event }) => event === 'contact.changed')
  t.match(changed, [{ before: { mailbox_shared: false }, after: { mailbox_shared: true } }], 'of those who share it')
  for (const { before, after } of changed as any[]) t.same(after.name, before.name)
})

t.test('the registry is whole after all of it', async t => t.same(await brokenInvariants(database, clock.today()), {}))
