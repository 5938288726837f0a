import t from 'tap'
import { person, putContract, register } from '../helpers/fixtures.ts'
import { racedRegistry } from '../helpers/raced-registry.ts'
import { brokenInvariants } from '../helpers/registry-invariants.ts'
import { atOnce, tally } from '../helpers/tally.ts'

const { call, clock, database, instances, race } = await racedRegistry(t)

const numbers = Array.from({ length: 20 }, (_, index) => index)

race('R20: twenty customers race for one address: one gets it', async t => {
  for (const n of numbers) await putContract(call, `taken-${n}`, { customer_id: `taken-customer-${n}` })
  const answers = await atOnce(20, instances, (call, n) =>
    call('POST', `/v1/contracts/taken-${n}/contacts`, person({ role: 'primary', email: 'Wanted@Example.jp' })),
  )
  t.strictSame(tally(answers), { '201': 1, '409 email-taken': 19 })
  for (const { body } of answers.filter(({ status }) => status === 409))
    t.notMatch(JSON.stringify(body), /taken-customer|contact_id|contract_id|山田/)
})

race('R17: twenty persons of one customer race for one address without the flag: one gets it', async t => {
  for (const n of numbers) await putContract(call, `used-${n}`, { customer_id: 'used-customer' })
  const answers = await atOnce(20, instances, (call, n) =>
    call(
      'POST',
      `/v1/contracts/used-${n}/contacts`,
      person({ role: 'primary', family_name: `人${n}`, email: 'used@example.jp' }),
    ),
  )
  t.strictSame(tally(answers), { '201': 1, '409 email-in-use': 19 })
})

race('R18: twenty persons of one customer who say that the mailbox is shared all get one account', async t => {
  for (const n of numbers) await putContract(call, `shared-${n}`, { customer_id: 'shared-customer' })
  const answers = await atOnce(20, instances, (call, n) =>
    call(
      'POST',
      `/v1/contracts/shared-${n}/contacts`,
      person({ role: 'primary', family_name: `人${n}`, email: 'shared@example.jp', shared_mailbox: true }),
    ),
  )
  t.strictSame(tally(answers), { '201': 20 })
  t.equal(new Set(answers.map(({ body }) => body.account_id)).size, 1)
})

race(
  'R19: one person registered at once on twenty contracts of a customer has one account; twice on one contract ' +
    'is refused',
  async t => {
    for (const n of numbers) await putContract(call, `person-${n}`, { customer_id: 'person-customer' })
    const answers = await atOnce(40, instances, (call, index) =>
      call(
        'POST',
        `/v1/contracts/person-${index >> 1}/contacts`,
        person({ role: 'primary', email: 'person@example.jp' }),
      ),
    )
    t.equal(answers.filter(({ status }) => status === 201).length, 20)
    t.equal(new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.account_id)).size, 1)
  },
)

race('R21: an address that is left and entered at once belongs to one customer at every moment', async t => {
  for (const customer of ['left', 'right']) await putContract(call, customer, { customer_id: customer })
  const contacts = [
    await register(call, 'left', { role: 'primary', email: 'moving@example.jp' }),
    await register(call, 'right', { role: 'primary', email: 'own@example.jp' }),
  ]
  for (let round = 0; round < 10; round++) {
    await atOnce(8, instances, (call, index) =>
      call('PATCH', `/v1/contacts/${contacts[index % 2].contact_id}`, {
        email: index % 4 < 2 ? 'moving@example.jp' : `own${index}@example.jp`,
      }),
    )
    t.strictSame(await brokenInvariants(database, clock.today()), {})
  }
})

race('R16: two who exchange their addresses across contracts at once do not lock each other out', async t => {
  for (const n of [1, 2]) await putContract(call, `crossed-${n}`, { customer_id: 'crossed' })
  const [one, other] = [
    await register(call, 'crossed-1', { role: 'primary', email: 'one@crossed.example.jp' }),
    await register(call, 'crossed-2', { role: 'primary', family_name: '伊藤', email: 'other@crossed.example.jp' }),
  ]
  const answers = await atOnce(20, instances, (call, index) =>
    call('PATCH', `/v1/contacts/${(index % 2 === 0 ? one : other).contact_id}`, {
      email: index % 4 < 2 ? 'one@crossed.example.jp' : 'other@crossed.example.jp',
      shared_mailbox: true,
    }),
  )
  t.strictSame(tally(answers), { '200': 20 })
})
