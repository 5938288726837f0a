import t from 'tap'
import { fillContract } from '../helpers/fixtures.ts'
import { testService } from '../helpers/test-service.ts'
import { distribute } from '../helpers/webhooks.ts'
import { areGeneratorsInstalled, generateClients, GENERATOR_NAMES, programOf } from './client-generators.ts'

// Clients are generated from the committed document and compiled strictly, each with a program that reads, changes one
// field and sends back whole. Then the programs run against the service.
const skip = !areGeneratorsInstalled() && 'the generators of .ci/clients are not installed, and no registry has them'
if (skip === false) generateClients()

const service = await testService(t)
const { app, call } = service
const base_url = await app.listen({ host: '127.0.0.1', port: 0 })

for (const name of GENERATOR_NAMES) {
  t.test(
    `R38: a client made by ${name} sends back what it read, and is refused where that is stale`,
    { skip },
    async t => {
      const [primary, secondary] = await fillContract(call, name, 1)
      const { readModifyWrite, listContracts } = await programOf(name)
      const registry = { base_url, key: 'test-key', contract_id: name, contact_id: secondary.contact_id as string }
      const { contract, contact, roster } = await readModifyWrite(registry)
      const refused = { status: 412, type: '/problems/precondition-failed', remedy: /\S/ }
      t.match(contract, { changed: { contract_id: name, app_ids: ['expenses'], seats: { limit: 5 } }, refused })
      t.match(contact, { changed: { contact_id: secondary.contact_id, duties: ['system'] }, refused })
      const contacts = [
        { contact_id: primary.contact_id, role: 'primary', duties: ['operations'] },
        { contact_id: secondary.contact_id, role: 'secondary', duties: ['system'] },
      ]
      t.match(roster, { changed: { contract_id: name, contacts }, refused })
      t.strictSame((await listContracts(registry, 'customer-1')).includes(name), true, 'a filter takes several values')
    },
  )
  t.test(`R25, R34: a client made by ${name} files a restoration, and renames a person`, { skip }, async t => {
    const contract_id = `${name}-restored`
    const [primary, secondary] = await fillContract(call, contract_id, 1)
    await call('DELETE', `/v1/contacts/${secondary.contact_id}`, undefined, {})
    const { restoreAndRename } = await programOf(name)
    const registry = { base_url, key: 'test-key', contract_id, contact_id: secondary.contact_id as string }
    const ops = ['restore']
    t.strictSame(await restoreAndRename(registry, primary.contact_id as string), {
      filed: { state: 'needs_primary_confirmation', ops },
      confirmed: { state: 'ready', ops },
      applied: { state: 'applied', ops },
      names: ['鈴木 太郎'],
    })
    const { contacts } = (await call('GET', `/v1/contracts/${contract_id}/roster`)).body
    t.match(contacts, [{ name: '鈴木 太郎' }, { name: '副1', carried_from: secondary.contact_id }])
  })
  t.test(`R33, R37, R39: a client made by ${name} sends files, follows events, and erases`, { skip }, async t => {
    const contract_id = `${name}-files`
    const contact_id = (await fillContract(call, contract_id, 1))[1].contact_id as string
    const { exchangeFiles, followEvents, erasePerson, dutiesAfter } = await programOf(name)
    const registry = { base_url, key: 'test-key', contract_id, contact_id }
    const { received, steps, file } = await exchangeFiles(registry, {
      table: `contract_id,name,email\r\n${contract_id},追加 花子,more@${contract_id}.example.jp\r\n`,
      users: `${JSON.stringify({ external_id: name, email: `former@${contract_id}.example.jp` })}\n`,
    })
    t.match(received, { state: 'received', media_type: 'text/csv', dry_run: true })
    t.match(steps, /^\{"line":1,"action":"suspend",/)
    t.ok(file.startsWith('contact_id,') && file.includes(contact_id), file.slice(0, 100))
    await distribute(service)
    const after = (await call('GET', '/v1/events?after=latest')).body.next_cursor
    await call('PATCH', `/v1/contacts/${contact_id}`, { duties: ['system'] })
    await distribute(service)
    t.match(await followEvents(registry, after), { types: ['contact.changed'], next_cursor: /^\d+$/ })
    t.strictSame(dutiesAfter({ type: 'contact.changed', data: { after: { duties: ['system'] } } }), ['system'])
    t.equal(dutiesAfter({ type: 'contact.removed', data: {} }), undefined)
    t.strictSame(await erasePerson(registry), { refused: '/problems/still-registered' })
    await call('DELETE', `/v1/contacts/${contact_id}`)
    t.strictSame(await erasePerson(registry), { erased: [contact_id] })
  })
}
