import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { registerOnContracts } from '../../helpers/one-person.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock } = await testService(t)

const changePerson = async (body: object, headers?: Record<string, string>) =>
  await call('POST', '/v1/person-changes', body, headers)

const peopleOf = async (account_id: string) => (await call('GET', `/v1/support-accounts/${account_id}`)).body

t.test('R34: a person who leaves is taken off every contract, with a successor for the primary', async t => {
  const [first, second] = await registerOnContracts(call, 'left', 3)
  const ito = await register(call, 'left-1', { family_name: '伊藤', email: 'ito@left.example.jp' })
  await register(call, 'left-2', { family_name: '佐藤', email: 'sato@left.example.jp' })
  const body = { contact_id: first.contact_id, leaves: true }
  const plan = await call('POST', '/v1/person-changes/plan', body)
  t.match(plan.body, { feasible: false, contracts: [{ feasible: false }, { feasible: false }, { feasible: true }] })
  const refused = await changePerson(body)
  t.match(refused, { status: 409, body: { type: '/problems/primary-required' } })
  t.match(refused.body.problems, [
    { contract_id: 'left-1', primary_contact_id: first.contact_id },
    { contract_id: 'left-2', primary_contact_id: second.contact_id },
  ])
  const new_contact = { family_name: '渡辺', email: 'watanabe@left.example.jp', privacy_notice_version: '2025-10' }
  const successors = [
    { contract_id: 'left-1', contact_id: ito.contact_id },
    { contract_id: 'left-2', new_contact },
  ]
  const done = await changePerson({ ...body, successors })
  t.match(done, { status: 200, body: { contacts: { length: 3 } } })
  for (const { removed_at } of done.body.contacts) t.equal(removed_at, clock.now())
  t.match((await call('GET', '/v1/contracts/left-1/roster')).body.contacts, [{ name: '伊藤 太郎', role: 'primary' }])
  const roster = (await call('GET', '/v1/contracts/left-2/roster')).body
  t.match(roster.contacts, [{ role: 'secondary' }, { name: '渡辺', role: 'primary' }])
  t.match((await call('GET', '/v1/contracts/left-3/roster')).body.contacts, [], 'as DELETE of the last contact')
  t.match(await peopleOf(first.account_id), { state: 'closed' })
  t.equal((await changePerson(body)).status, 404, 'they have left')
})

t.test('R34: successors that do not fit are refused, each with its place', async t => {
  const [first] = await registerOnContracts(call, 'unfit', 2)
  await putContract(call, 'beyond', { customer_id: 'unfit' })
  const ito = await register(call, 'unfit-1', { family_name: '伊藤', email: 'ito@unfit.example.jp' })
  await call('PUT', '/v1/contracts/unfit-1/primary', { contact_id: ito.contact_id })
  const leaves = { contact_id: first.contact_id, leaves: true }
  const cases: [object[], string, string][] = [
    [[{ contract_id: 'beyond', contact_id: ito.contact_id }], 'unknown-reference', '#/successors/0/contract_id'],
    [[{ contract_id: 'unfit-2', contact_id: ito.contact_id }], 'unknown-reference', '#/successors/0/contact_id'],
    [[{ contract_id: 'unfit-1', contact_id: ito.contact_id }], 'unknown-reference', '#/successors/0/contact_id'],
    [
      ['ito', 'abe'].map(name => ({
        contract_id: 'unfit-2',
        new_contact: { family_name: '伊藤', email: `${name}@unfit.example.jp`, privacy_notice_version: '2025-10' },
      })),
      'invalid-request',
      '#/successors/1/contract_id',
    ],
    [[{ contract_id: 'unfit-1' }], 'invalid-request', '#/successors/0'],
  ]
  for (const [successors, type, pointer] of cases)
    t.match((await changePerson({ ...leaves, successors })).body, { type: `/problems/${type}`, errors: [{ pointer }] })
  const both = await changePerson({ ...leaves, changes: { family_name: '鈴木' } })
  t.match(both, { status: 400, body: { type: '/problems/invalid-request' } })
  t.equal((await changePerson({ contact_id: first.contact_id, changes: {} })).status, 400)
  t.equal((await changePerson({ contact_id: first.account_id, changes: { email: 'a@b.example.jp' } })).status, 404)
})
