import t from 'tap'
import { fillContract, putContract, putCustomer } from '../../helpers/fixtures.ts'
import { testService, type Answer } from '../../helpers/test-service.ts'

const { call, clock } = await testService(t)
await fillContract(call, 'in-force', 0)
await putContract(call, 'ended', { customer_id: 'customer-2', ends_on: '2026-03-31' })
await putContract(call, 'future', { customer_id: 'customer-3', product_id: 'erp_hosting', starts_on: '2027-01-01' })

const ids = ({ body }: Answer): string[] => body.items.map((item: any) => item.contract_id ?? item.customer_id)
const contracts = async (query: string) => ids(await call('GET', `/v1/contracts?${query}`))

const refused = async (query: string) => (await call('GET', `/v1/contracts?${query}`)).body.errors

t.test('contracts are listed by whether they ever had a contact', async t => {
  t.strictSame(await contracts('registration=registered'), ['in-force'])
  t.strictSame(await contracts('registration=unregistered'), ['ended', 'future'])
  t.strictSame(await contracts('registration=unregistered,registered'), ['ended', 'future', 'in-force'])
})

t.test('a filter takes several values, divided by commas or repeated, and any of them will do', async t => {
  t.strictSame(await contracts('state=ended&state=not_yet_in_force'), ['ended', 'future'])
  t.strictSame(await contracts('state=ended,in_force&state=not_yet_in_force'), ['ended', 'future', 'in-force'])
  t.strictSame(await contracts('state=ended,not_yet_in_force'), ['ended', 'future'])
  t.strictSame((await contracts('state=in_force,ended&product_id=manage')).toSorted(), ['ended', 'in-force'])
  t.strictSame((await contracts('state=in_force,not_yet_in_force')).toSorted(), ['future', 'in-force'])
  t.strictSame(await contracts('state=in_force,not_yet_in_force,ended'), ['ended', 'future', 'in-force'])
  t.strictSame(await contracts('customer_id=customer-3,customer-1'), ['future', 'in-force'])
  t.strictSame(await contracts('customer_id=customer-3,customer-1&state=in_force'), ['in-force'])
  t.strictSame(await contracts('product_id=erp_hosting%2Cdata_link'), ['future'])
  const first = await call('GET', '/v1/contracts?state=ended,not_yet_in_force&limit=1')
  t.strictSame(ids(await call('GET', /<(.*)>/.exec(first.headers['link']!)![1]!)), ['future'], 'on pages too')
})

t.test('an empty or unknown value is refused, and so are too many', async t => {
  t.match(await refused('state='), [{ in: 'query', pointer: '#/state/0', code: 'not-allowed' }])
  t.match(await refused('state=ended,'), [{ pointer: '#/state/1', code: 'not-allowed' }])
  t.match(await refused('customer_id=a,%20b'), [{ pointer: '#/customer_id/1', code: 'invalid-format' }])
  t.match(await refused(`customer_id=${'a,'.repeat(50)}a`), [{ pointer: '#/customer_id', code: 'too-many' }])
  t.match(await refused(`customer_id=a${'&customer_id=a'.repeat(50)}`), [
    { pointer: '#/customer_id', code: 'too-many' },
  ])
  t.match(await refused('customer_id=a&customer_id=%00'), [{ pointer: '#/customer_id', code: 'control-character' }])
  t.match(await refused('updated_since=yesterday'), [{ pointer: '#/updated_since' }, {}])
})

t.test(
  'what changed since a moment comes in the order of the changes, and what changes meanwhile at the end',
  async t => {
    for (const [index, id] of ['c', 'a', 'b'].entries()) {
      clock.set(`2026-05-0${index + 1}T00:00:00.000Z`)
      await putCustomer(call, `since-${id}`, 'A')
      await putContract(call, `since-${id}`, { customer_id: `since-${id}` })
      await putCustomer(call, `since-${id}`, '株式会社青空商事')
    }
    const since = 'updated_since=2026-05-01T09:00:00%2B09:00'
    t.strictSame(await contracts(since), ['since-c', 'since-a', 'since-b'], 'the moment itself counts')
    t.strictSame(await contracts('updated_since=2026-05-01T00:00:00.001Z'), ['since-a', 'since-b'])
    t.strictSame(await contracts(`${since}&state=in_force&customer_id=since-b,since-c`), ['since-c', 'since-b'])
    for (const list of ['contracts', 'customers']) {
      const first = await call('GET', `/v1/${list}?${since}&limit=1`)
      t.strictSame(ids(first), ['since-c'])
      clock.set('2026-05-09T00:00:00.000Z')
      if (list === 'contracts') await putContract(call, 'since-a', { customer_id: 'since-a', connections: 1 })
      else await call('PUT', '/v1/customers/since-a', { name: '株式会社改名' })
      const second = await call('GET', /<(.*)>/.exec(first.headers['link']!)![1]!)
      t.strictSame(ids(second), ['since-b'])
      const third = await call('GET', /<(.*)>/.exec(second.headers['link']!)![1]!)
      t.strictSame(ids(third), ['since-a'])
      t.equal(third.body.next_cursor, null)
    }
  },
)
