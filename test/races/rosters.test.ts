import t from 'tap'
import { fillContract, person, putContract } from '../helpers/fixtures.ts'
import { racedRegistry } from '../helpers/raced-registry.ts'
import { atOnce, outcomeOf, tally } from '../helpers/tally.ts'
import { applyScheduledRequest } from '#actions/apply-change-request.ts'
import { endContract } from '#actions/end-contract.ts'

const { call, clock, context, instances, race } = await racedRegistry(t)
const job = (index: number) => ({ actor: 'madoguchi', request_id: `job-${index}` })

race(
  'R10: twenty lists based on the same roster at once: one is applied, the others are told that it has changed',
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

race('R24, R25: one request applied, rejected, withdrawn and confirmed at once comes to one end', async t => {
  for (let round = 0; round < 8; round++) {
    const contract_id = `decided-${round}`
    const [primary] = await fillContract(call, contract_id, 0)
    const asked = await call('POST', '/v1/change-requests', {
      contract_id,
      requested_by: { name: '山田', email: primary.email, channel: 'mail' },
      operations: [{ op: 'add', contact: person({ email: `new@${contract_id}.example.jp` }) }],
    })
    const url = `/v1/change-requests/${asked.body.change_request_id}`
    const answers = await atOnce(12, instances, async (call, index) => {
      if (index % 3 === 0) return await call('POST', `${url}/reject`, { reason: 'x' })
      return index % 3 === 1 ? await call('POST', `${url}/withdraw`, {}) : await call('POST', `${url}/apply`)
    })
    t.strictSame(tally(answers), { '200': 1, '409 state-conflict': 11 })
    const { state } = (await call('GET', url)).body
    t.match(
      (await call('GET', `/v1/contracts/${contract_id}`)).body.seats,
      { used: state === 'applied' ? 2 : 1 },
      state,
    )
  }
})

race('R24: two requests for the last seat at once: one is applied, the other says what stands in its way', async t => {
  const [primary] = await fillContract(call, 'last', 2)
  const ids: string[] = []
  for (const index of [0, 1])
    ids.push(
      (
        await call('POST', '/v1/change-requests', {
          contract_id: 'last',
          requested_by: { name: '山田', email: primary.email, channel: 'mail' },
          operations: [
            { op: 'add', contact: person({ family_name: `人${index}`, email: `p${index}@last.example.jp` }) },
          ],
        })
      ).body.change_request_id,
    )
  t.strictSame(
    tally(await atOnce(2, instances, (call, index) => call('POST', `/v1/change-requests/${ids[index]}/apply`))),
    { '200': 1, '409 seat-limit-reached': 1 },
  )
})

race('R25: a confirmation and a hand-over of the role at once: whoever confirms was the primary then', async t => {
  for (let round = 0; round < 8; round++) {
    const contract_id = `confirmed-${round}`
    const [primary, next] = await fillContract(call, contract_id, 1)
    const asked = await call('POST', '/v1/change-requests', {
      contract_id,
      requested_by: { name: 'x', channel: 'phone' },
      operations: [{ op: 'update', contact_id: next.contact_id, changes: { duties: ['system'] } }],
    })
    const [, confirmation] = await atOnce(2, instances, async (call, index) =>
      index === 0
        ? await call('PUT', `/v1/contracts/${contract_id}/primary`, { contact_id: next.contact_id })
        : await call('POST', `/v1/change-requests/${asked.body.change_request_id}/confirm`, {
            contact_id: primary.contact_id,
            channel: 'phone',
          }),
    )
    const { items } = (await call('GET', `/v1/contracts/${contract_id}/history`)).body
    const order = items
      .map(({ event }: any) => event)
      .filter((event: string) => ['change_request.confirmed', 'contact.changed'].includes(event))
    if (outcomeOf(confirmation!) === '200') t.equal(order.at(-1), 'change_request.confirmed')
    else t.equal(outcomeOf(confirmation!), '409 confirmation-required')
  }
})

race(
  'R24, R28: jobs that run several times at once, while billing ends and reinstates contracts, do their work once',
  async t => {
    for (let round = 0; round < 5; round++) {
      clock.set('2026-04-01T00:30:00.000Z')
      const contract_id = `ends-${round}`
      const [primary] = await fillContract(call, contract_id, 1, { ends_on: '2026-04-02' })
      const asked = await call('POST', '/v1/change-requests', {
        contract_id,
        effective_on: '2026-04-03',
        requested_by: { name: '山田', email: primary.email, channel: 'mail' },
        operations: [{ op: 'make_primary', new_contact: person({ email: `new@${contract_id}.example.jp` }) }],
      })
      clock.set('2026-04-02T15:00:00.000Z', '2026-04-03')
      const terms = {
        app_ids: [],
        connections: 0,
        ends_on: null,
        customer_id: 'customer-1',
        product_id: 'manage',
        starts_on: '2024-04-01',
      }
      await Promise.all([
        ...[1, 2, 3, 4].map(async index => await endContract(context, contract_id, job(round * 100 + index))),
        ...[5, 6, 7, 8].map(
          async index => await applyScheduledRequest(context, asked.body.change_request_id, job(round * 100 + index)),
        ),
        ...[null, '2026-04-02', '2027-03-31'].map(
          async ends_on => await instances[1]('PUT', `/v1/contracts/${contract_id}`, { ...terms, ends_on }),
        ),
      ])
      const { state } = (await call('GET', `/v1/change-requests/${asked.body.change_request_id}`)).body
      t.ok(['applied', 'failed'].includes(state), state)
      t.match((await call('GET', `/v1/contracts/${contract_id}`)).body.seats, { used: state === 'applied' ? 3 : 2 })
    }
  },
)
