import t from 'tap'
import { createClient } from '../helpers/api-clients.ts'
import { fillContract, person } from '../helpers/fixtures.ts'
import { racedRegistry } from '../helpers/raced-registry.ts'
import { tally } from '../helpers/tally.ts'
import type { Call } from '../helpers/test-service.ts'
import { applyScheduledRequest } from '#actions/change-requests/apply-change-request.ts'

const { call, callAs, callWith, clock, context, instances, race } = await racedRegistry(t)
const helpDesk = callWith('requests:write')

const ROUNDS = Array.from({ length: 8 }, (_, round) => round)
const job = async (id: string): Promise<void> =>
  await applyScheduledRequest(context, id, { actor: 'madoguchi', request_id: 'job', source: 'job' as const })

/** A request that is due, filed by a client, and the path of what can be done with it. */
async function due(as: Call, contract_id: string) {
  clock.set('2026-04-01T00:30:00.000Z')
  await fillContract(call, contract_id, 0)
  const { change_request_id: id } = (
    await as('POST', '/v1/change-requests', {
      contract_id,
      effective_on: '2026-04-01',
      operations: [{ op: 'add', contact: person({ family_name: '新田', email: `new@${contract_id}.example.jp` }) }],
      requested_by: { name: '山田', email: `primary@${contract_id}.example.jp`, channel: 'mail' },
    })
  ).body
  return { id, url: `/v1/change-requests/${id}` }
}

const outcomeOf = async (contract_id: string, url: string) => ({
  state: (await call('GET', url)).body.state,
  used: (await call('GET', `/v1/contracts/${contract_id}`)).body.seats.used,
  events: (await call('GET', `/v1/contracts/${contract_id}/history?limit=200`)).body.items
    .map(({ event }: any) => event)
    .filter((event: string) => event.startsWith('change_request.'))
    .toReversed(),
})
const EITHER: Record<string, object> = {
  applied: { used: 2, events: ['change_request.received', 'change_request.applied'] },
  needs_approval: { used: 1, events: ['change_request.received', 'change_request.approval_lapsed'] },
}

race('R24: a job runs while the client that approved it is revoked: it is applied whole before, or waits', async t => {
  for (const round of ROUNDS) {
    const contract_id = `job-${round}`
    const { client_id, key } = await createClient(call, ['requests:write', 'contacts:write'])
    const { id, url } = await due(callAs(key), contract_id)
    const [revoked] = await Promise.all([
      instances[round % 2]!('DELETE', `/v1/api-clients/${client_id}`),
      job(id),
      job(id),
    ])
    t.equal(revoked.status, 204)
    await job(id)
    const { state, ...outcome } = await outcomeOf(contract_id, url)
    t.strictSame(outcome, EITHER[state], state)
  }
})

race('R24: nothing is applied with the rights of a client whose revocation was answered before', async t => {
  for (const round of ROUNDS) {
    const contract_id = `revoked-${round}`
    const { client_id, key } = await createClient(call, ['requests:write', 'contacts:write'])
    const { id, url } = await due(helpDesk, contract_id)
    const [approved] = await Promise.all([
      callAs(key)('POST', `${url}/approve`),
      instances[round % 2]!('DELETE', `/v1/api-clients/${client_id}`),
    ])
    t.ok([200, 401].includes(approved.status))
    await job(id)
    t.match(await outcomeOf(contract_id, url), { state: 'needs_approval', used: 1 })
    t.equal((await call('POST', `${url}/approve`)).status, 200)
    await Promise.all([job(id), job(id)])
    t.match(await outcomeOf(contract_id, url), { state: 'applied', used: 2 })
  }
})

race('R24: of approvals that come at once one holds', async t => {
  for (const round of ROUNDS) {
    const { url } = await due(helpDesk, `twice-${round}`)
    const answers = await Promise.all(
      [0, 1, 2, 3].map(async index => await instances[index % 2]!('POST', `${url}/approve`)),
    )
    t.strictSame(tally(answers), { '200': 1, '409 state-conflict': 3 })
  }
})

race('R24: an approval, a withdrawal, a rejection and the job at once come to one end', async t => {
  for (const round of ROUNDS) {
    const contract_id = `ended-${round}`
    const { id, url } = await due(helpDesk, contract_id)
    await Promise.all([
      instances[0]('POST', `${url}/approve`),
      job(id),
      instances[1]('POST', `${url}/withdraw`, {}),
      job(id),
      instances[0]('POST', `${url}/reject`, { reason: 'x' }),
    ])
    await job(id)
    const { state, used, events } = await outcomeOf(contract_id, url)
    t.ok(['applied', 'withdrawn', 'rejected'].includes(state), state)
    t.equal(used, state === 'applied' ? 2 : 1)
    t.equal(events.at(-1), `change_request.${state}`, 'nothing follows its end')
  }
})
