import t from 'tap'
import { fillContract, person } from '../helpers/fixtures.ts'
import { racedRegistry } from '../helpers/raced-registry.ts'
import { atOnce, outcomeOf, tally } from '../helpers/tally.ts'
import { applyScheduledRequest } from '#actions/change-requests/apply-change-request.ts'
import { endContract } from '#actions/contracts/end-contract.ts'

const { call, clock, context, instances, race } = await racedRegistry(t)
const job = (index: number) => ({ actor: 'madoguchi', request_id: `job-${index}`, source: 'job' as const })

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

race('R24: two requests for the last seat at once: one is applied, the other says what prevents it', async t => {
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

race(
  'R25: a confirmation and a hand-over of the role at once: the person who confirms was the primary then',
  async t => {
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
              confirmed_by: { contact_id: primary.contact_id },
              channel: 'phone',
            }),
      )
      const { items } = (await call('GET', `/v1/contracts/${contract_id}/history`)).body
      const order = items
        .map(({ event }: any) => event)
        .filter((event: string) => ['change_request.confirmed', 'contact.changed'].includes(event))
      if (outcomeOf(confirmation!) === '200') t.equal(order.at(-1), 'change_request.confirmed')
      else t.equal(outcomeOf(confirmation!), '400 invalid-request', 'another than the primary needs a reason')
    }
  },
)

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
