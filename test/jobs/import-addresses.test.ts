import t from 'tap'
import { contact, contract, customer, importer } from '../helpers/imports.ts'
import { testService } from '../helpers/test-service.ts'

const service = await testService(t)
const { call } = service
const { imported } = importer(t, service)

const desk = (id: string) => contact(`${id}-1`, `${id}田 一郎`, 'desk@moving.example.jp', { role: 'primary' })
const colleague = (id: string) => contact(`${id}-1`, '山本 次郎', `other@${id}.example.jp`, { role: 'primary' })
const leave = async (contact_id: string) => await call('DELETE', `/v1/contacts/${contact_id}`)

t.test('R21: of an address that several customers have had, each gets its own account back', async t => {
  const owners = ['X', 'Y', 'Z']
  const accounts = new Map<string, string>()
  await imported(owners.flatMap(id => [customer(id), contract(`${id}-1`, id)]))
  for (const id of owners) {
    const { items } = await imported([desk(id)])
    accounts.set(id, (await call('GET', `/v1/contacts/${items[0].contact_id}`)).body.account_id)
    await leave(items[0].contact_id)
  }
  for (const id of owners) {
    const others = owners.filter(other => other !== id)
    const { items, rows } = await imported([desk(id), ...others.map(colleague)])
    t.match(rows, { created: 3 }, id)
    const [back, ...rest] = items.map(({ contact_id }) => contact_id)
    t.equal((await call('GET', `/v1/contacts/${back}`)).body.account_id, accounts.get(id), id)
    for (const contact_id of [back, ...rest]) await leave(contact_id)
  }
})
