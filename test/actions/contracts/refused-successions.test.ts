import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { renewed } from '../../helpers/renewals.ts'
import { testService } from '../../helpers/test-service.ts'

const service = await testService(t)
const { call, clock } = service
clock.set('2026-03-20T01:00:00.000Z', '2026-03-20')

const succeed = async (from_contract_id: string, to_contract_id: string, fields: object = {}, headers = {}) =>
  await call('POST', '/v1/successions', { from_contract_id, to_contract_id, ...fields }, headers)
const planOf = async (from_contract_id: string, to_contract_id: string) =>
  await call('POST', '/v1/successions/plan', { from_contract_id, to_contract_id })
const rosterOf = async (contract_id: string) => (await call('GET', `/v1/contracts/${contract_id}/roster`)).body
/** A refusal for the state of a contract. */
const conflict = (contract_id: string, because: string, pointer: string): object => ({
  status: 409,
  body: { type: '/problems/state-conflict', contract_id, because, errors: [{ pointer }] },
})

t.test('R35: what cannot be a succession says which', async t => {
  await renewed(service, 'wrong')
  await renewed(service, 'other')
  const answers = {
    itself: await succeed('wrong-1', 'wrong-1'),
    unknown: await succeed('wrong-1', 'nowhere'),
    stranger: await succeed('nowhere', 'wrong-2'),
    another: await succeed('wrong-1', 'other-2'),
    empty: await succeed('wrong-2', 'wrong-1'),
  }
  t.match(answers, {
    itself: { status: 422, body: { errors: [{ pointer: '#/to_contract_id', code: 'same-contract' }] } },
    unknown: { status: 422, body: { references: [{ pointer: '#/to_contract_id', id: 'nowhere' }] } },
    stranger: { status: 422, body: { references: [{ pointer: '#/from_contract_id', id: 'nowhere' }] } },
    another: conflict('other-2', 'other_customer', '#/to_contract_id'),
    empty: conflict('wrong-1', 'has_contacts', '#/to_contract_id'),
  })
  t.match(answers.empty.body.problems, [{ because: 'has_contacts' }, { because: 'has_no_contacts' }])
  await register(call, 'wrong-2', { role: 'primary', family_name: '岡', email: 'oka@wrong.example.jp' })
  t.match(await succeed('wrong-1', 'wrong-2'), conflict('wrong-2', 'has_contacts', '#/to_contract_id'))
  const plan = await planOf('wrong-1', 'wrong-2')
  t.match(plan.body, {
    feasible: false,
    contracts: [{ problems: [{ because: 'has_contacts' }] }, { feasible: true, removed: [] }],
  })
  t.equal((await planOf('wrong-1', 'other-2')).status, 409)
  t.equal((await planOf('wrong-1', 'wrong-1')).status, 422)
  t.equal((await rosterOf('wrong-1')).contacts.length, 3, 'nothing moved')
})

t.test('R28, R17, R20, R35: rules about the successor and about addresses taken meanwhile hold', async t => {
  await renewed(service, 'over', {}, { ends_on: '2026-05-31' })
  const [gone] = await renewed(service, 'met', { ends_on: '2026-05-31' })
  const [taken] = await renewed(service, 'taken', { ends_on: '2026-05-31' })
  clock.set('2026-06-01T01:00:00.000Z', '2026-06-01')
  t.match(await succeed('over-1', 'over-2'), {
    status: 409,
    body: { type: '/problems/contract-not-in-force', contract_id: 'over-2' },
  })
  await putContract(call, 'met-3', { customer_id: 'met' })
  await register(call, 'met-3', { role: 'primary', family_name: '江藤', email: gone.email })
  t.match(await succeed('met-1', 'met-2'), { status: 409, body: { type: '/problems/email-in-use' } })
  await putContract(call, 'theirs', { customer_id: 'theirs' })
  await register(call, 'theirs', { role: 'primary', email: taken.email })
  t.match(await succeed('taken-1', 'taken-2'), { status: 409, body: { type: '/problems/email-taken' } })
  t.equal((await rosterOf('taken-1')).contacts.length, 3)
})
