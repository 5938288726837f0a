import t from 'tap'
import { person, putContract } from '../helpers/fixtures.ts'
import { brokenInvariants } from '../helpers/registry-invariants.ts'
import { registerOnContracts } from '../helpers/one-person.ts'
import { testService } from '../helpers/test-service.ts'

const { call, clock, database } = await testService(t)

const changePerson = async (body: object, headers?: Record<string, string>) =>
  await call('POST', '/v1/person-changes', body, headers)

const peopleOf = async (account_id: string) => (await call('GET', `/v1/support-accounts/${account_id}`)).body
const patch = async (contact: any, body: object) => await call('PATCH', `/v1/contacts/${contact.contact_id}`, body)

t.test('R34: twenty renames of one person at once leave one person, under one of the names', async t => {
  const contacts = await registerOnContracts(call, 'raced', 3)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      n % 2 === 0
        ? changePerson({ contact_id: contacts[n % 3].contact_id, changes: { family_name: `人${n}` } })
        : patch(contacts[n % 3], { family_name: `人${n}` }),
    ),
  )
  for (const { status } of answers) t.ok([200, 409].includes(status), `${status}`)
  const names = (await call('GET', '/v1/contacts?customer_id=raced')).body.items.map(({ name }: any) => name)
  t.equal(new Set(names).size, 1, names.join())
  t.match(await peopleOf(contacts[0].account_id), { shared: false })
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})

t.test('R17, R34: a rename against a registration at the new address makes no second person unsaid', async t => {
  for (let round = 1; round <= 5; round++) {
    const customer_id = `met-${round}`
    const [first] = await registerOnContracts(call, customer_id, 2)
    await putContract(call, `${customer_id}-3`, { customer_id })
    const email = `new@${customer_id}.example.jp`
    const [changed, registered, joined] = await Promise.all([
      changePerson({ contact_id: first.contact_id, changes: { email } }),
      call('POST', `/v1/contracts/${customer_id}-3/contacts`, person({ role: 'primary', family_name: '伊藤', email })),
      // The person comes to a further contract meanwhile, before or after.
      call('POST', `/v1/contracts/${customer_id}-2/contacts`, person({ family_name: '岡', email: first.email })),
    ])
    t.equal([changed, registered].filter(({ status }) => status < 300).length, 1, 'one of them has the address')
    t.ok([201, 409].includes(joined.status), `${joined.status}`)
    const emails = (await call('GET', `/v1/contacts?customer_id=${customer_id}`)).body.items
      .filter(({ name }: any) => name === '岡 太郎')
      .map((contact: any) => contact.email)
    if (joined.status !== 201) t.equal(new Set(emails).size, 1, emails.join())
  }
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})
