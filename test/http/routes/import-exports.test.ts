import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { importFile } from '../../helpers/imported-rows.ts'
import { jobWorker } from '../../helpers/job-worker.ts'
import { testService, type Call } from '../../helpers/test-service.ts'

const CSV = { accept: 'text/csv' }

/** What of the contacts has to be the same in another registry. */
async function kept(call: Call): Promise<unknown[]> {
  const { items } = (await call('GET', '/v1/contacts?limit=200')).body
  const contacts = items.map(
    ({ contact_id: _id, account_id: _account, updated_at: _moment, ...contact }: any) => contact,
  )
  return contacts.toSorted((a: any, b: any) => (`${a.contract_id} ${a.name}` < `${b.contract_id} ${b.name}` ? -1 : 1))
}

t.test('R39: an exported CSV file gives the same contacts in an empty registry, also through Excel', async t => {
  const { call, clock } = await testService(t)
  await putContract(call, 'C-1')
  await putContract(call, 'C-2', { customer_id: 'customer-2' })
  await register(call, 'C-1', { role: 'primary', duties: ['system', 'contract'] })
  clock.set('2026-04-02T01:02:03.004Z')
  const desk = { email: '=desk@aozora.example.jp', shared_mailbox: true }
  await register(call, 'C-1', { family_name: '髙橋', given_name: null, ...desk })
  await register(call, 'C-1', { family_name: '𠮷田', given_name: '恵', ...desk })
  await register(call, 'C-2', {
    role: 'primary',
    family_name: 'Smith',
    given_name: 'John',
    email: "O'Brien@Two.example.jp",
  })
  await putContract(call, 'C-3', { product_id: 'manage' })
  await register(call, 'C-3', { role: 'primary', ...desk })
  await register(call, 'C-3', { family_name: '岡田', ...desk })
  await putContract(call, 'C-3', { product_id: 'manage', ends_on: '2026-04-01' })
  const before = await kept(call)
  for (const query of ['', '&bom=true']) {
    const { text } = await call('GET', `/v1/contacts?purpose=inquiries${query}`, undefined, CSV)
    const other = await testService(t)
    jobWorker(t, other)
    other.clock.set('2026-05-01T00:00:00.000Z')
    await putContract(other.call, 'C-1')
    await putContract(other.call, 'C-2', { customer_id: 'customer-2' })
    await putContract(other.call, 'C-3', { product_id: 'manage', ends_on: '2026-04-01' })
    t.match(await importFile(other.call, text), { state: 'finished', rows: { total: 6, created: 6 } }, query)
    t.same(await kept(other.call), before, query)
  }
})
