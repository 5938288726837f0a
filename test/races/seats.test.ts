import t from 'tap'
import { fillContract, person, putContract, register } from '../helpers/fixtures.ts'
import { racedRegistry } from '../helpers/raced-registry.ts'
import { atOnce, outcomeOf, tally } from '../helpers/tally.ts'

const { call, instances, race } = await racedRegistry(t)

race('R24: fifty registrations for the last seat: one gets it', async t => {
  await fillContract(call, 'last-seat', 2)
  const answers = await atOnce(50, instances, (call, index) =>
    call(
      'POST',
      '/v1/contracts/last-seat/contacts',
      person({ family_name: `人${index}`, email: `p${index}@last-seat.example.jp` }),
    ),
  )
  t.strictSame(tally(answers), { '201': 1, '409 seat-limit-reached': 49 })
  const refused = answers.filter(({ status }) => status === 409)
  t.ok(
    refused.every(({ body }) => body.limit === 4 && body.used === 4),
    'each learns that the contract is full',
  )
})

race('R10: twenty first primaries: one becomes it', async t => {
  await putContract(call, 'first-primary', { product_id: 'data_link', connections: 30 })
  const answers = await atOnce(20, instances, (call, index) =>
    call(
      'POST',
      '/v1/contracts/first-primary/contacts',
      person({ role: 'primary', family_name: `人${index}`, email: `p${index}@first-primary.example.jp` }),
    ),
  )
  t.strictSame(tally(answers), { '201': 1, '409 primary-exists': 19 })
})

race('R10: a first primary raced by secondaries: a secondary before it learns that it is missing', async t => {
  await putContract(call, 'first', { product_id: 'data_link', connections: 30 })
  const answers = await atOnce(20, instances, (call, index) =>
    call(
      'POST',
      '/v1/contracts/first/contacts',
      person({
        role: index === 10 ? 'primary' : 'secondary',
        family_name: `人${index}`,
        email: `p${index}@first.example.jp`,
      }),
    ),
  )
  t.equal(answers[10]?.status, 201)
  const others = tally(answers.filter((_, index) => index !== 10))
  t.equal((others['201'] ?? 0) + (others['409 primary-required'] ?? 0), 19)
})

race('R10, R11: hand-overs raced with removals never leave a contract without a primary, or with two', async t => {
  for (let round = 0; round < 5; round++) {
    const contract_id = `handed-${round}`
    const contacts = await fillContract(call, contract_id, 3)
    const answers = await atOnce(24, instances, async (call, index) => {
      const { contact_id } = contacts[index % 4]
      if (index % 3 === 0) return await call('DELETE', `/v1/contacts/${contact_id}`)
      return await call('PUT', `/v1/contracts/${contract_id}/primary`, {
        contact_id,
        former_primary: index % 3 === 1 ? 'removed' : 'secondary',
      })
    })
    t.ok(
      answers.every(answer =>
        ['200', '204', '404 not-found', '409 primary-required', '422 unknown-reference'].includes(outcomeOf(answer)),
      ),
      outcomes(answers),
    )
    const left = (await call('GET', `/v1/contracts/${contract_id}/contacts`)).body.items
    t.equal(left.filter(({ role }: { role: string }) => role === 'primary').length, Math.min(left.length, 1))
  }
})

race('R11: ten replacements of the primary of a full contract all happen, one after the other', async t => {
  await fillContract(call, 'replaced', 3)
  const answers = await atOnce(10, instances, (call, index) =>
    call('PUT', '/v1/contracts/replaced/primary', {
      new_contact: person({ family_name: `後藤${index}`, email: `successor${index}@replaced.example.jp` }),
      former_primary: 'removed',
    }),
  )
  t.strictSame(tally(answers), { '200': 10 })
  t.match((await call('GET', '/v1/contracts/replaced')).body.seats, { limit: 4, used: 4 })
})

race('R10: all contacts removed at once: the primary goes last or stays', async t => {
  const contacts = await fillContract(call, 'emptied', 3)
  const answers = await atOnce(8, instances, (call, index) =>
    call('DELETE', `/v1/contacts/${contacts[index % 4].contact_id}`),
  )
  t.equal(
    answers.filter(({ status }) => status === 204).length +
      (await call('GET', '/v1/contracts/emptied')).body.seats.used,
    4,
  )
})

race('R12: changes of one contact at once: with If-Match one wins, the others learn of it', async t => {
  await putContract(call, 'matched')
  const { contact_id } = await register(call, 'matched', { role: 'primary', email: 'p@matched.example.jp' })
  const { headers } = await call('GET', `/v1/contacts/${contact_id}`)
  const answers = await atOnce(10, instances, (call, index) =>
    call('PATCH', `/v1/contacts/${contact_id}`, { given_name: `太郎${index}` }, { 'if-match': headers['etag']! }),
  )
  t.strictSame(tally(answers), { '200': 1, '412 precondition-failed': 9 })
})

function outcomes(answers: Parameters<typeof tally>[0]): string {
  return JSON.stringify(tally(answers))
}
