import t from 'tap'
import { fillContract, putContract, putCustomer, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, callWith, clock } = await testService(t)
const all = async (query = '', as = call): Promise<any[]> => {
  const items = []
  for (let cursor = ''; ;) {
    const { body } = await as('GET', `/v1/history?limit=200${query}${cursor}`)
    items.push(...body.items)
    if (body.next_cursor === null) return items
    cursor = `&cursor=${body.next_cursor}`
  }
}
const eventsOf = async (query: string, as = call) => (await all(query, as)).map(({ event }) => event)

await fillContract(call, 'H-1', 2)
const client = await call('POST', '/v1/api-clients', { name: 'CRM', scopes: ['customers:read'] })
clock.set('2026-05-01T00:30:00.000Z')
await putContract(call, 'H-2', { customer_id: 'customer-2' })
await putContract(call, 'H-2', { customer_id: 'customer-3' })
await call('PUT', '/v1/apps/app-9', { name: '追加', kind: 'app' })
await register(call, 'H-1', { family_name: '森', email: 'mori@example.jp' })

t.test('R40: the histories of contracts and contacts are parts of the whole, and agree with it', async t => {
  const whole = await all()
  for (const contract_id of ['H-1', 'H-2']) {
    const { items } = (await call('GET', `/v1/contracts/${contract_id}/history?limit=200`)).body
    t.same(
      items,
      whole.filter(entry => entry.contract_id === contract_id),
    )
    t.same(items, await all(`&contract_id=${contract_id}`))
  }
  for (const { contact_id } of (await call('GET', '/v1/contracts/H-1/contacts')).body.items) {
    const { items } = (await call('GET', `/v1/contacts/${contact_id}/history`)).body
    t.same(
      items,
      whole.filter(entry => entry.contact_id === contact_id),
    )
  }
  for (const event of ['customer.created', 'app.created', 'api_client.created', 'contract.changed'])
    t.ok(
      whole.some(entry => entry.event === event),
      event,
    )
})

t.test('R40: by client, event, customer, contract and time, in pages', async t => {
  t.same(await eventsOf('&event=app.created'), ['app.created'])
  t.same(await eventsOf('&client_id=nobody'), [])
  t.equal((await all('&client_id=test')).length, (await all()).length)
  t.same(await eventsOf('&customer_id=customer-2'), ['contract.changed', 'contract.created', 'customer.created'])
  t.same(await eventsOf('&customer_id=customer-3'), ['contract.changed', 'customer.created'])
  t.same(await eventsOf('&from=2026-05-01T00:00:00Z&contract_id=H-1'), ['support_account.opened', 'contact.registered'])
  t.notOk((await eventsOf('&to=2026-05-01T00:00:00Z')).includes('app.created'))
  const page = (await call('GET', '/v1/history?limit=1&customer_id=customer-2')).body
  t.equal(page.items.length, 1)
  t.match((await call('GET', `/v1/history?cursor=${page.next_cursor}`)).status, 400, 'a cursor is of one filter')
})

t.test('R40: what an API client may do is shown to those who may read it', async t => {
  const [shown] = await all('&event=api_client.created', callWith('history:read', 'clients:read'))
  t.match(shown, { subject_id: client.body.client_id, after: { name: 'CRM' } })
  const [hidden] = await all('&event=api_client.created', callWith('history:read'))
  t.match(hidden, { subject_id: client.body.client_id, before: null, after: null })
  t.equal((await callWith('clients:read')('GET', '/v1/history')).status, 403)
})

t.test('R31: the whole history is a file that says who took it', async t => {
  const lines = await call('GET', '/v1/history?purpose=inquiries', undefined, { accept: 'application/x-ndjson' })
  t.same(
    lines.text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line)),
    (await all()).map(entry => ({ type: 'history_entry', ...entry })),
  )
  const table = await call('GET', '/v1/history?purpose=inquiries&event=app.created', undefined, { accept: 'text/csv' })
  t.match(table.text, /^history_id,event,subject_id,.*\r\n\d+,app\.created,app-9,/)
  t.equal((await call('GET', '/v1/history', undefined, { accept: 'text/csv' })).status, 400, 'a file names its purpose')
  const { items } = (await call('GET', '/v1/disclosures?operation=listHistory')).body
  t.match(items[0], { format: 'csv', filter: { event: 'app.created' }, state: 'complete', rows: 1 })
})

t.test('R31: the record of disclosures is a file too, and leaves no record', async t => {
  const before = (await call('GET', '/v1/disclosures?limit=200')).body.items
  const lines = await call('GET', '/v1/disclosures', undefined, { accept: 'application/x-ndjson' })
  t.same(
    lines.text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line)),
    before.map((entry: any) => ({ type: 'disclosure', ...entry })),
  )
  t.match(
    (await call('GET', '/v1/disclosures?bom=true', undefined, { accept: 'text/csv' })).text,
    /^\uFEFFdisclosure_id,/,
  )
  t.same((await call('GET', '/v1/disclosures?limit=200')).body.items, before)
})

t.test('R40: a change of a customer is there as soon as it is made', async t => {
  await putCustomer(call, 'customer-9')
  t.same(await eventsOf('&customer_id=customer-9'), ['customer.created'])
})

t.test('R40: filters hold together, and a cursor goes on where it was while entries come', async t => {
  const query =
    '&client_id=test&customer_id=customer-1&contract_id=H-1&from=2026-04-01T00:00:00Z&event=contact.registered'
  const before = await all(query)
  t.equal(before.length, 4)
  t.same(
    before,
    (await all('&contract_id=H-1')).filter(({ event }) => event === 'contact.registered'),
  )
  t.same(await all(`${query}&to=2026-04-01T00:00:00Z`), [])
  t.same(await all(query.replace('customer-1', 'customer-2')), [])
  const first = (await call('GET', `/v1/history?limit=1${query}`)).body
  clock.set('2026-05-02T00:30:00.000Z')
  await putContract(call, 'H-1', { product_id: 'data_link', connections: 20 })
  await register(call, 'H-1', { family_name: '岡', email: 'oka@example.jp' })
  const rest = (await call('GET', `/v1/history?limit=200${query}&cursor=${first.next_cursor}`)).body
  t.same([...first.items, ...rest.items], before, 'no entry is repeated or left out')
})

t.test('R40: no cell of a table for Excel is run as a formula', async t => {
  const formula = { 'request-id': '=cmd|A0' }
  t.equal((await call('PUT', '/v1/customers/-1.1', { name: '=1+1' }, formula)).status, 201)
  const asked = '/v1/history?purpose=inquiries&customer_id=-1.1&bom=true'
  const { text } = await call('GET', asked, undefined, { accept: 'text/csv' })
  const cells = text.split('\r\n').flatMap(line => line.split(','))
  t.ok(cells.includes("'-1.1"), 'an id that begins like a formula is a text')
  t.notMatch(text, /cmd/, 'such an id of a request is not taken')
  t.same(
    cells.filter(cell => /^"?[=+@-]/.test(cell)),
    [],
  )
})
