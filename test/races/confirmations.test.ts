import t from 'tap'
import { fillContract, register } from '../helpers/fixtures.ts'
import { registerOnContracts } from '../helpers/one-person.ts'
import { racedRegistry } from '../helpers/raced-registry.ts'
import { atOnce, outcomeOf, tally } from '../helpers/tally.ts'

const { call, instances, race } = await racedRegistry(t)
const STRANGER = { channel: 'phone', name: '謎' } as const
const url = (id: string) => `/v1/change-requests/${id}`

race('R25: a request that is filed again while it is confirmed is never confirmed unseen', async t => {
  const seen = new Set<string>()
  for (let round = 0; round < 12; round++) {
    const contract_id = `seen-${round}`
    const [primary, second] = await fillContract(call, contract_id, 1)
    const change = (duties: string[]) => ({ op: 'update', contact_id: second.contact_id, changes: { duties } })
    const body = { contract_id, operations: [change(['system'])], requested_by: STRANGER }
    const filed = await call('POST', '/v1/change-requests', body)
    const path = url(filed.body.change_request_id)
    const [patched, confirmed] = await atOnce(2, instances, async (call, index) =>
      (index + round) % 2 === 0
        ? await call('PATCH', path, { operations: [change(['contract'])] })
        : await call(
            'POST',
            `${path}/confirm`,
            { confirmed_by: { contact_id: primary.contact_id }, channel: 'phone' },
            { 'if-match': filed.headers['etag']! },
          ),
    ).then(answers => (round % 2 === 0 ? answers : answers.toReversed()))
    t.equal(outcomeOf(patched!), '200')
    t.ok(['200', '412 precondition-failed'].includes(outcomeOf(confirmed!)), outcomeOf(confirmed!))
    seen.add(outcomeOf(confirmed!))
    const { state, confirmations, operations } = (await call('GET', path)).body
    t.match(
      { state, confirmations, operations },
      {
        state: 'needs_primary_confirmation',
        confirmations: [],
        operations: [{ changes: { duties: ['contract'] } }],
      },
    )
    t.equal(outcomeOf(await call('POST', `${path}/apply`)), '409 confirmation-required')
  }
  t.comment([...seen].join())
})

race('R25, R34: who comes to another contract while a person change is confirmed is asked for there too', async t => {
  for (let round = 0; round < 6; round++) {
    const customer_id = `person-${round}`
    const [first] = await registerOnContracts(call, customer_id, 2)
    const [other] = await fillContract(call, `${customer_id}-other`, 0, { customer_id })
    const filed = await call('POST', '/v1/change-requests', {
      person_change: { contact_id: first.contact_id, changes: { family_name: '鈴木' } },
      requested_by: STRANGER,
    })
    const path = url(filed.body.change_request_id)
    const confirm = async (ask: typeof call, { contact_id }: { contact_id: string }) =>
      await ask('POST', `${path}/confirm`, { confirmed_by: { contact_id }, channel: 'phone' })
    const { family_name, given_name, email } = first
    await Promise.all([
      register(instances[0], `${customer_id}-other`, { family_name, given_name, email }),
      confirm(instances[1], first),
    ])
    const refused = await call('POST', `${path}/apply`)
    t.match(refused, { status: 409, body: { contract_id: `${customer_id}-other` } })
    t.equal(outcomeOf(await confirm(call, other)), '200')
    t.strictSame(tally(await atOnce(4, instances, async call => await call('POST', `${path}/apply`))), {
      '200': 1,
      '409 state-conflict': 3,
    })
    const names = (await call('GET', `/v1/contacts?customer_id=${customer_id}`)).body.items.map(({ name }: any) => name)
    t.strictSame(names.filter((name: string) => name === '鈴木 太郎').length, 3)
  }
})

race('R34: a person change is filed and applied while others rename the person: one person stays', async t => {
  const [first, second] = await registerOnContracts(call, 'renamed', 3)
  const requested_by = { channel: 'phone', contact_id: first.contact_id } as const
  const answers = await atOnce(12, instances, async (call, index) => {
    const person_change = { contact_id: first.contact_id, changes: { family_name: `岡${index}` } }
    if (index % 3 === 0)
      return await call('POST', '/v1/person-changes', { ...person_change, contact_id: second.contact_id })
    const { body } = await call('POST', '/v1/change-requests', { person_change, requested_by })
    return await call('POST', `${url(body.change_request_id)}/apply`)
  })
  for (const answer of answers) t.match(outcomeOf(answer), /^(200|409 )/)
  const { items } = (await call('GET', '/v1/contacts?customer_id=renamed')).body
  t.equal(new Set(items.map(({ name }: any) => name)).size, 1)
})
