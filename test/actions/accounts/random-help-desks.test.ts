import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { driftOf, HelpDesk, type DeskUser } from '../../helpers/help-desk.ts'
import { numberFrom, seededRandom, type Random } from '../../helpers/seeded-random.ts'
import { testService } from '../../helpers/test-service.ts'

// Random help desks against one registry. SEED and DESKS repeat and prolong it.
const seed = numberFrom('SEED', 20261126)
const desks = numberFrom('DESKS', 20)
const { call } = await testService(t)
const random = seededRandom(seed)

const LOCAL: Record<string, string> = { 鈴木: 'q', 高橋: 'r', 田中: 's', 伊藤: 't' }

/** Accounts of two customers: of one person, of several, closed, moved, and at an address that both customers had. */
async function registry(): Promise<string[]> {
  const accounts = new Set<string>()
  const add = async (contract_id: string, fields: object) => {
    const contact = await register(call, contract_id, { given_name: null, ...fields })
    accounts.add(contact.account_id)
    return contact
  }
  for (const customer of ['a', 'b']) {
    await putContract(call, customer, {
      customer_id: `customer-${customer}`,
      product_id: 'manage_ac',
      app_ids: ['attendance'],
    })
    await add(customer, { family_name: '佐藤', role: 'primary', email: `p@${customer}.example.jp` })
    for (const name of ['鈴木', '高橋', '田中', '伊藤'])
      await add(customer, { family_name: name, email: `${LOCAL[name]}@${customer}.example.jp` })
    await add(customer, { family_name: '渡辺', email: `t@${customer}.example.jp`, shared_mailbox: true })
    const former = await add(customer, { family_name: '山本', email: 'both@example.jp' })
    await call('PATCH', `/v1/contacts/${former.contact_id}`, { email: `v@${customer}.example.jp` })
  }
  const gone = await add('a', { family_name: '中村', email: 'w@a.example.jp' })
  await call('DELETE', `/v1/contacts/${gone.contact_id}`)
  await add('a', { family_name: '小林', email: 'both@example.jp' })
  return [...accounts]
}

/** A help desk in which anything may have happened, but for two users at one address; and the ids that are known. */
async function randomDesk(
  accounts: readonly string[],
  round: number,
  { below, isIn, pick }: Random,
): Promise<DeskUser[]> {
  const { items } = (await call('GET', '/v1/support-accounts?limit=200')).body
  const emails: string[] = items.map(({ email }: any) => email)
  const free = [...emails, ...Array.from({ length: 8 }, (_, index) => `other-${index}@example.jp`)]
  const users: DeskUser[] = Array.from({ length: below(free.length) }, (_, index) => {
    const [email = ''] = free.splice(below(free.length), 1)
    const known = items.find((item: any) => item.email === email)
    const name = isIn(50) && known?.display_name ? known.display_name : pick(['鈴木', '佐藤', null])
    return {
      external_id: `${round}-${index}`,
      email: isIn(20) ? email.toUpperCase() : email,
      name,
      suspended: isIn(30),
    }
  })
  const ids = users.map(({ external_id }) => external_id)
  for (const account_id of accounts) await call('PATCH', `/v1/support-accounts/${account_id}`, { external_id: null })
  for (const account_id of accounts) {
    const [id] =
      ids.length > 0 && isIn(60) ? ids.splice(below(ids.length), 1) : isIn(20) ? [`${round}-gone-${below(1e9)}`] : []
    if (id !== undefined) await call('PATCH', `/v1/support-accounts/${account_id}`, { external_id: id })
  }
  return users
}

t.test(
  `R37: the steps of ${desks} random help desks can be done in their order, and leave nothing to do (SEED=${seed})`,
  async t => {
    const accounts = await registry()
    const met = new Set<string>()
    for (let round = 0; round < desks; round++) {
      const users = await randomDesk(accounts, round, random)
      const { steps } = await driftOf(call, users)
      const desk = new HelpDesk(call, users)
      for (const step of steps) {
        met.add(`${step.action} ${step.reason}`)
        await desk.apply(step)
      }
      t.same((await driftOf(call, [...desk.users.values()])).steps, [], `desk ${round}`)
      const open = (await call('GET', '/v1/support-accounts?state=open&limit=200')).body.items
      for (const { email, display_name, external_id } of open) {
        const user = desk.users.get(external_id)
        t.match(user, { email: new RegExp(`^${email}$`, 'i'), name: display_name, suspended: false }, `desk ${round}`)
      }
      const active = [...desk.users.values()].filter(({ suspended }) => !suspended)
      t.equal(active.length, open.length, `desk ${round}: no other user is active`)
    }
    t.equal(met.size, 8, [...met].toSorted().join(', '))
  },
)
