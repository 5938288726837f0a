import t from 'tap'
import { ask, newcomer, step } from '../helpers/change-requests.ts'
import { person, putContract, register } from '../helpers/fixtures.ts'
import { testService } from '../helpers/test-service.ts'
import { wholeDatabase } from '../helpers/whole-database.ts'
import { runImport } from '#actions/imports/run-import.ts'

const { call, context, owner_url } = await testService(t)
const erase = async (contact_ids: string[]) =>
  await call('POST', '/v1/personal-data-erasures', { contact_ids, reason: 'requested' })

/** A contract, and a person who was removed from it. */
async function leaver(name: string) {
  await putContract(call, name, { customer_id: name, product_id: 'data_link', connections: 20 })
  await register(call, name, { role: 'primary', email: `primary@${name}.example.jp` })
  const body = person({ family_name: '服部', email: `hattori@${name}.example.jp` })
  const { contact_id } = (await call('POST', `/v1/contracts/${name}/contacts`, body)).body
  await call('DELETE', `/v1/contacts/${contact_id}`)
  return { contact_id: contact_id as string, body }
}

t.test('R33: of erasures at once each answers the same', async t => {
  const { contact_id } = await leaver('twice')
  const answers = await Promise.all([1, 2, 3].map(async () => await erase([contact_id])))
  for (const { status, body } of answers) t.strictSame({ status, body }, { status: 200, body: answers[0]!.body })
  const { items } = (await call('GET', `/v1/contacts/${contact_id}/history?limit=50`)).body
  t.equal(items.filter(({ event }: any) => event === 'contact.erased').length, 1)
})

t.test(
  'R33: a registration at the address meanwhile comes before the erasure, or after it, as another contact',
  async t => {
    for (let round = 0; round < 5; round++) {
      const name = `again-${round}`
      const { contact_id, body } = await leaver(name)
      const [erased, registered] = await Promise.all([
        erase([contact_id]),
        call('POST', `/v1/contracts/${name}/contacts`, body),
      ])
      t.equal(registered.status, 201, registered.text)
      t.ok([200, 409].includes(erased.status), erased.text)
      const former = (await call('GET', `/v1/contacts/${contact_id}`)).body
      t.equal(former.family_name, erased.status === 200 ? null : '服部')
      t.equal((await call('GET', `/v1/contacts/${registered.body.contact_id}`)).body.family_name, '服部')
      t.match((await call('POST', '/v1/sender-checks', { from: body['email'] })).body, { authorised: true })
    }
  },
)

t.test('R33: an erasure and a step of a request about the person follow each other', async t => {
  for (let round = 0; round < 5; round++) {
    const name = `step-${round}`
    const { contact_id } = await leaver(name)
    const requested_by = { name: '謎 次郎', email: `nazo@${name}.example.jp`, channel: 'mail' }
    const filed = await ask(call, name, [newcomer(name)], { requested_by, subject: '服部様の後任' })
    const [primary] = (await call('GET', `/v1/contracts/${name}/contacts`)).body.items
    const confirmation = { confirmed_by: { contact_id: primary.contact_id }, channel: 'phone' }
    const { change_request_id } = filed.body
    const [erased, confirmed] = await Promise.all([
      erase([contact_id]),
      step(call, change_request_id, 'confirm', confirmation),
    ])
    t.equal(erased.status, 200, erased.text)
    t.equal(confirmed.status, 200, confirmed.text)
    const { body } = await call('GET', `/v1/change-requests/${change_request_id}`)
    t.match(body, { state: 'ready', subject: '[erased]' }, 'neither undoes what the other wrote')
  }
})

t.test('R33: an import at work and an erasure follow each other', async t => {
  const { contact_id, body } = await leaver('import')
  const others = Array.from({ length: 5 }, (_, n) =>
    person({ family_name: `人${n}`, email: `p${n}@import.example.jp` }),
  )
  const lines = [...others, body].map(one => JSON.stringify({ type: 'contact', contract_id: 'import', ...one }))
  const { import_id } = (await call('POST', '/v1/imports?on_problem=skip_row', `${lines.join('\n')}\n`)).body
  const [erased] = await Promise.all([erase([contact_id]), runImport(context, import_id, new AbortController().signal)])
  const { items } = (await call('GET', `/v1/imports/${import_id}/rows`)).body
  t.equal(items.at(-1).outcome, erased.status === 200 ? 'refused' : 'created')
  t.same(
    items.slice(0, -1).map(({ outcome }: any) => outcome),
    others.map(() => 'created'),
  )
  if (erased.status === 200) t.notMatch(await wholeDatabase(owner_url), /hattori@import/)
})
