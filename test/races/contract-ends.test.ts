import t from 'tap'
import { fillContract } from '../helpers/fixtures.ts'
import { racedRegistry } from '../helpers/raced-registry.ts'
import { endContract } from '#actions/contracts/end-contract.ts'

const { call, clock, context, instances, race } = await racedRegistry(t)

const ROUNDS = Array.from({ length: 12 }, (_, round) => round)
const contractOf = (kind: string, round: number): string => `${kind}-${round}`
const end = async (contract_id: string): Promise<void> =>
  await endContract(context, contract_id, { actor: 'madoguchi', request_id: `job of ${contract_id}`, source: 'job' })
const put = async (contract_id: string, fields: object, round: number) =>
  await instances[round % 2]!('PUT', `/v1/contracts/${contract_id}`, {
    app_ids: [],
    ends_on: null,
    customer_id: contract_id,
    product_id: 'data_link',
    connections: 20,
    starts_on: '2024-04-01',
    ...fields,
  })
const endsAndReturns = async (contract_id: string): Promise<string[]> =>
  (await call('GET', `/v1/contracts/${contract_id}/history?limit=200`)).body.items
    .map(({ event }: any) => event)
    .filter((event: string) => ['contract.ended', 'contract.reinstated'].includes(event))
    .toReversed()

/** Contracts that ran out yesterday, each with a customer of its own. */
async function runOut(kind: string): Promise<{ contract_id: string; account_id: string; round: number }[]> {
  clock.set('2026-04-01T00:30:00.000Z')
  const contracts = []
  for (const round of ROUNDS) {
    const contract_id = contractOf(kind, round)
    const [{ account_id }] = await fillContract(call, contract_id, 0, {
      customer_id: contract_id,
      product_id: 'data_link',
      connections: 20,
      ends_on: '2026-04-01',
    })
    contracts.push({ contract_id, account_id, round })
  }
  clock.set('2026-04-02T00:30:00.000Z')
  return contracts
}

race(
  'R28: billing brings contracts back while their ends are recorded: they are in force, and history has it in order',
  async t => {
    for (const { contract_id, account_id, round } of await runOut('back')) {
      const [answer] = await Promise.all([
        put(contract_id, { ends_on: '2027-03-31' }, round),
        end(contract_id),
        end(contract_id),
      ])
      t.match(answer, { status: 200, body: { state: 'in_force' } })
      t.match(await endsAndReturns(contract_id), [
        ...((await endsAndReturns(contract_id)).length === 2 ? ['contract.ended'] : []),
        'contract.reinstated',
      ])
      t.equal((await call('GET', `/v1/support-accounts/${account_id}`)).body.state, 'open')
    }
  },
)

race(
  'R28: billing changes contracts that are over while their ends are recorded: each end is recorded once',
  async t => {
    for (const { contract_id, account_id, round } of await runOut('over')) {
      const fields = round % 3 === 0 ? { ends_on: '2026-03-31' } : { ends_on: '2026-04-01', connections: round }
      const [answer] = await Promise.all([put(contract_id, fields, round), end(contract_id), end(contract_id)])
      t.match(answer, { status: 200, body: { state: 'ended' } })
      await end(contract_id)
      t.strictSame(await endsAndReturns(contract_id), ['contract.ended'])
      t.match((await call('GET', `/v1/support-accounts/${account_id}`)).body, { state: 'closed', closed_at: String })
    }
  },
)
