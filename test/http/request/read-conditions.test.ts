import t from 'tap'
import { fillContract, person, putContract, putCustomer } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock } = await testService(t)
await putCustomer(call, 'customer-1')
const [primary, second] = await fillContract(call, 'tags', 1)
const terms = {
  app_ids: [],
  connections: 0,
  ends_on: null,
  customer_id: 'customer-1',
  product_id: 'manage',
  starts_on: '2024-04-01',
}
const etagOf = async (url: string) => (await call('GET', url)).headers['etag']!

const READS = [
  '/v1/products',
  '/v1/products?limit=1',
  '/v1/products/manage',
  '/v1/apps',
  '/v1/apps/expenses',
  '/v1/customers',
  '/v1/customers/customer-1',
  '/v1/contracts',
  '/v1/contracts/tags',
  '/v1/contracts/tags/contacts',
  '/v1/contacts',
  `/v1/contacts/${primary.contact_id}`,
  '/v1/support-accounts',
  `/v1/support-accounts/${primary.account_id}`,
  '/openapi.json',
  '/openapi.yaml',
  '/problems/not-found',
]

for (const url of READS) {
  t.test(`If-None-Match on GET ${url.replace(/[0-9a-f-]{36}/, '{id}')}`, async t => {
    const first = await call('GET', url)
    const etag = first.headers['etag']!
    t.match(first, { status: 200, headers: { etag: /^"[\w-]+"$/ } }, 'the tag is strong')
    for (const known of [
      etag,
      `W/${etag}`,
      `"other", ${etag}`,
      `"other",W/${etag} , "third"`,
      '*',
      ` ${etag} `,
      `, ${etag},,\t, "third", `,
    ]) {
      t.match(
        await call('GET', url, undefined, { 'if-none-match': known }),
        { status: 304, text: '', headers: { etag, 'content-type': undefined, link: undefined, 'request-id': String } },
        known,
      )
      t.match(
        await call('HEAD', url, undefined, { 'if-none-match': known }),
        { status: 304, headers: { etag } },
        `HEAD ${known}`,
      )
    }
    for (const known of ['"other"', '""', 'W/"other"', '"a,b"'])
      t.match(await call('GET', url, undefined, { 'if-none-match': known }), { status: 200, text: first.text }, known)
    const head = await call('HEAD', url)
    t.match(head, { status: 200, text: '', headers: { etag, 'content-type': first.headers['content-type']! } })
  })
}

t.test('a tag changes exactly when the representation does', async t => {
  const contract = await etagOf('/v1/contracts/tags')
  const contacts = await etagOf('/v1/contracts/tags/contacts')
  await call('PUT', '/v1/contracts/tags', terms)
  t.equal(await etagOf('/v1/contracts/tags'), contract)
  await call('PATCH', `/v1/contacts/${second.contact_id}`, { duties: ['system'] })
  t.equal(await etagOf('/v1/contracts/tags'), contract)
  t.not(await etagOf('/v1/contracts/tags/contacts'), contacts)
  await call('POST', '/v1/contracts/tags/contacts', person({ family_name: '新', email: 'new@tags.example.jp' }))
  t.not(await etagOf('/v1/contracts/tags'), contract)
  const account = await etagOf(`/v1/support-accounts/${primary.account_id}`)
  await putContract(call, 'until', { ends_on: '2026-04-01' })
  const before = await etagOf('/v1/contracts/until')
  clock.set('2026-04-02T00:00:00.000Z')
  t.not(await etagOf('/v1/contracts/until'), before, 'a contract that ends with the day changes')
  t.equal(await etagOf(`/v1/support-accounts/${primary.account_id}`), account)
  clock.set('2026-04-01T00:30:00.000Z')
})
