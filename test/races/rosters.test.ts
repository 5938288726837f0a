import t from 'tap'
import { fillContract, person, putContract } from '../helpers/fixtures.ts'
import { racedRegistry } from '../helpers/raced-registry.ts'
import { atOnce, outcomeOf, tally } from '../helpers/tally.ts'

const { call, instances, race } = await racedRegistry(t)

race(
  'R10: twenty lists based on the same roster at once: one is applied, the others learn that it has changed',
  async t => {
    const [primary] = await fillContract(call, 'listed', 1)
    const { body, headers } = await call('GET', '/v1/contracts/listed/roster')
    const answers = await atOnce(20, instances, (call, index) =>
      call(
        'PUT',
        '/v1/contracts/listed/roster',
        { contacts: [...body.contacts, person({ family_name: `人${index}`, email: `p${index}@listed.example.jp` })] },
        { 'if-match': headers['etag']! },
      ),
    )
    t.strictSame(tally(answers), { '200': 1, '412 precondition-failed': 19 })
    t.match((await call('GET', '/v1/contracts/listed')).body.seats, { used: 3 })
    t.ok(primary)
  },
)

race('R10, R24: lists, registrations, removals and hand-overs of one contract at once never break a rule', async t => {
  for (let round = 0; round < 6; round++) {
    const contract_id = `mixed-${round}`
    const contacts = await fillContract(call, contract_id, 2)
    const roster = (await call('GET', `/v1/contracts/${contract_id}/roster`)).body.contacts
    const answers = await atOnce(20, instances, async (call, index) => {
      const { contact_id } = contacts[index % 3]
      const newcomer = person({ family_name: `人${index}`, email: `p${index}@${contract_id}.example.jp` })
      if (index % 4 === 0)
        return await call(
          'PUT',
          `/v1/contracts/${contract_id}/roster`,
          { contacts: [roster[0], newcomer] },
          { 'if-match': '*' },
        )
      if (index % 4 === 1) return await call('POST', `/v1/contracts/${contract_id}/contacts`, newcomer)
      if (index % 4 === 2) return await call('DELETE', `/v1/contacts/${contact_id}`)
      return await call('PUT', `/v1/contracts/${contract_id}/primary`, { contact_id })
    })
    const allowed = [
      '200',
      '201',
      '204',
      '404 not-found',
      '409 primary-required',
      '409 primary-exists',
      '409 seat-limit-reached',
      '409 removals-unconfirmed',
      '422 unknown-reference',
      '400 invalid-request',
    ]
    t.ok(
      answers.every(answer => allowed.includes(outcomeOf(answer))),
      JSON.stringify(tally(answers)),
    )
  }
})

race('R17, R20: lists of two contracts that exchange their addresses at once do not lock each other out', async t => {
  for (const [contract_id, customer_id] of [
    ['cross-1', 'crossed'],
    ['cross-2', 'crossed'],
    ['cross-3', 'stranger'],
  ] as const)
    await putContract(call, contract_id, { customer_id })
  const addresses = ['x', 'y', 'z'].map(name => `${name}@cross.example.jp`)
  const answers = await atOnce(24, instances, (call, index) =>
    call(
      'PUT',
      `/v1/contracts/cross-${(index % 3) + 1}/roster`,
      {
        contacts: [0, 1].map(n =>
          person({
            role: n === 0 ? 'primary' : 'secondary',
            family_name: `人${index % 5}${n}`,
            email: addresses[(index * (n + 1) + n) % 3]!,
            shared_mailbox: true,
          }),
        ),
      },
      { 'if-match': '*' },
    ),
  )
  t.ok(
    answers.every(answer => ['200', '409 email-taken'].includes(outcomeOf(answer))),
    JSON.stringify(tally(answers)),
  )
})

race('R23: twenty forms for one contract at once: one registers', async t => {
  await putContract(call, 'formed')
  const answers = await atOnce(20, instances, (call, index) =>
    call('POST', '/v1/contracts/formed/application-form', {
      form_version: '2022-10',
      privacy_notice_version: '1',
      contacts: [0, 1].map(n => ({
        role: n === 0 ? 'primary' : 'secondary',
        family_name: `人${n}`,
        email: `p${index}-${n}@formed.example.jp`,
      })),
    }),
  )
  t.strictSame(tally(answers), { '201': 1, '409 already-registered': 19 })
  t.match((await call('GET', '/v1/contracts/formed')).body.seats, { used: 2 })
})
