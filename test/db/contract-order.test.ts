import t from 'tap'
import { putContract } from '../helpers/fixtures.ts'
import { testService } from '../helpers/test-service.ts'

const { call } = await testService(t)

t.test('contracts in force come by their last day, open-ended ones at the end, on pages of any size', async t => {
  const lastDays: Record<string, string | null> = {
    e: '2026-04-01',
    b: '2026-12-31',
    d: '2026-12-31',
    a: '2027-03-31',
    c: null,
    f: null,
    g: null,
  }
  for (const [contract_id, ends_on] of Object.entries(lastDays)) await putContract(call, contract_id, { ends_on })
  await putContract(call, 'h', { ends_on: '2026-03-31' })
  await putContract(call, 'i', { starts_on: '2026-04-02', ends_on: null })
  for (const limit of [1, 2, 3, 4, 7, 50]) {
    const seen: string[] = []
    for (
      let url: string | undefined = `/v1/contracts?state=in_force&limit=${limit}`;
      url !== undefined && seen.length < 10;
    ) {
      const { body, headers } = await call('GET', url)
      seen.push(...body.items.map(({ contract_id }: { contract_id: string }) => contract_id))
      url = /<(.*)>/.exec(headers['link'] ?? '')?.[1]
    }
    t.strictSame(seen, ['e', 'b', 'd', 'a', 'c', 'f', 'g'], `pages of ${limit}`)
  }
})
