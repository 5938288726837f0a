import t, { type Test } from 'tap'
import { eventNumbering } from '#actions/history/number-events.ts'
import { person, putContract, putCustomer, register, type PersonFields } from '../../helpers/fixtures.ts'
import { answeredLists, follow, followedLists, readLists, type Copies } from '../../helpers/followed-lists.ts'
import { listInOrder } from '../../helpers/lists-in-order.ts'
import { numberFrom, seededRandom } from '../../helpers/seeded-random.ts'
import { recordEnds } from '../../helpers/renewals.ts'
import { testService } from '../../helpers/test-service.ts'

// A contract is over at midnight; a job records its end a moment later. Whatever changes between the two, on that
// contract or on another one whose contacts use the same mailboxes, the events tell it, and the end.

const service = await testService(t)
const { call, clock, database } = service
const number = eventNumbering(database)
const random = seededRandom(numberFrom('SEED', 37))

let first_day = Date.parse('2026-04-01')
const day = (number: number): string => new Date(first_day + number * 86_400_000).toISOString().slice(0, 10)

/** A customer, the contacts of the contract that ends, and those of one that goes on, by what they are called here. */
type Registered = { customer_id: string; ending: Record<string, any>; lasting: Record<string, any> }

/** Who uses the mailbox of 伊藤 on the contract that goes on. */
type Mailbox = 'the same person' | 'others' | 'nobody'

async function registered(customer_id: string, mailbox: Mailbox): Promise<Registered> {
  const [ending, lasting] = [`${customer_id}-1`, `${customer_id}-2`]
  await putContract(call, ending, { customer_id, ends_on: day(1) })
  await putContract(call, lasting, { customer_id })
  const desk = { email: `desk@${customer_id}.example.jp`, shared_mailbox: true }
  const primary = { role: 'primary', family_name: '岡', email: `oka@${customer_id}.example.jp` } as const
  return {
    customer_id,
    ending: {
      oka: await register(call, ending, primary),
      ito: await register(call, ending, { ...desk, family_name: '伊藤' }),
      sato: await register(call, ending, { family_name: '佐藤', email: `sato@${customer_id}.example.jp` }),
    },
    lasting: {
      oka: await register(call, lasting, primary),
      ito:
        mailbox === 'nobody'
          ? await register(call, lasting, { family_name: '伊藤', email: `ito@${customer_id}.example.jp` })
          : await register(call, lasting, { ...desk, family_name: mailbox === 'others' ? '井上' : '伊藤' }),
      suzuki: mailbox === 'nobody' ? undefined : await register(call, lasting, { ...desk, family_name: '鈴木' }),
    },
  }
}

type Change = (of: Registered) => Promise<unknown>

const transfer = async (contract_ids: string[], { customer_id }: Registered) => {
  const to_customer_id = `${customer_id}-other`
  await putCustomer(call, to_customer_id)
  return await call('POST', '/v1/transfers', { contract_ids, to_customer_id })
}

const primary = async (contract_id: string, { contact_id }: any) =>
  await call('PUT', `/v1/contracts/${contract_id}/primary`, { contact_id, former_primary: 'secondary' })

const changePerson = async ({ contact_id }: any, fields: object) =>
  await call('POST', '/v1/person-changes', { contact_id, ...fields })

// A change after another may be refused.
const TERMS = { product_id: 'manage', app_ids: [], connections: 0, starts_on: '2024-04-01', ends_on: null }

const term = async (contract_id: string, fields: object) =>
  await call('PUT', `/v1/contracts/${contract_id}`, { ...TERMS, ...fields })

const newcomer = async (contract_id: string, fields: PersonFields) =>
  await call('POST', `/v1/contracts/${contract_id}/contacts`, person(fields))

const CHANGES: Record<string, Change> = {
  nothing: async () => undefined,
  'a removal': async ({ ending }) => await call('DELETE', `/v1/contacts/${ending['ito'].contact_id}`),
  'a removal elsewhere': async ({ lasting }) => await call('DELETE', `/v1/contacts/${lasting['ito'].contact_id}`),
  'an address elsewhere': async ({ customer_id, lasting }) =>
    await call('PATCH', `/v1/contacts/${lasting['ito'].contact_id}`, { email: `new@${customer_id}.example.jp` }),
  'the address of another elsewhere': async ({ customer_id, lasting }) =>
    await call('PATCH', `/v1/contacts/${lasting['oka'].contact_id}`, { email: `sato@${customer_id}.example.jp` }),
  'a name': async ({ ending }) =>
    await call('PATCH', `/v1/contacts/${ending['ito'].contact_id}`, { family_name: '井藤' }),
  'a name elsewhere': async ({ lasting }) =>
    await call('PATCH', `/v1/contacts/${lasting['ito'].contact_id}`, { family_name: '井戸' }),
  duties: async ({ ending }) => await call('PATCH', `/v1/contacts/${ending['ito'].contact_id}`, { duties: ['system'] }),
  'the primary': async ({ customer_id, ending }) => await primary(`${customer_id}-1`, ending['ito']),
  'the primary elsewhere': async ({ customer_id, lasting }) => await primary(`${customer_id}-2`, lasting['ito']),
  'an empty roster': async ({ customer_id }) =>
    await call(
      'PUT',
      `/v1/contracts/${customer_id}-1/roster`,
      { contacts: [], confirm_removals: 3 },
      { 'if-match': '*' },
    ),
  'a transfer': async of => await transfer([`${of.customer_id}-1`], of),
  'a transfer elsewhere': async of => await transfer([`${of.customer_id}-2`], of),
  'a transfer of both': async of => await transfer([`${of.customer_id}-1`, `${of.customer_id}-2`], of),
  'a renewal': async ({ customer_id }) => await term(`${customer_id}-1`, { customer_id }),
  'an earlier end': async ({ customer_id }) => await term(`${customer_id}-1`, { customer_id, ends_on: day(0) }),
  'a succession': async ({ customer_id }) => {
    await term(`${customer_id}-3`, { customer_id, starts_on: day(2) })
    const body = { from_contract_id: `${customer_id}-1`, to_contract_id: `${customer_id}-3` }
    return await call('POST', '/v1/successions', body)
  },
  'a newcomer': async ({ customer_id }) =>
    await newcomer(`${customer_id}-2`, {
      family_name: '高橋',
      email: `desk@${customer_id}.example.jp`,
      shared_mailbox: true,
    }),
  'a newcomer in a place': async ({ customer_id }) =>
    await newcomer(`${customer_id}-2`, { family_name: '高橋', email: `sato@${customer_id}.example.jp` }),
  'the name of a person': async ({ lasting }) => await changePerson(lasting['oka'], { changes: { family_name: '丘' } }),
  'the address of a person': async ({ customer_id, lasting }) =>
    await changePerson(lasting['oka'], { changes: { email: `new@${customer_id}.example.jp` } }),
  'a leave': async ({ ending, lasting }) =>
    await changePerson(lasting['oka'], {
      leaves: true,
      successors: [
        { contract_id: lasting['ito'].contract_id, contact_id: lasting['ito'].contact_id },
        { contract_id: ending['ito'].contract_id, contact_id: ending['ito'].contact_id },
      ],
    }),
  'an erasure': async ({ ending }) => {
    await call('DELETE', `/v1/contacts/${ending['ito'].contact_id}`)
    const contact_ids = [ending['ito'].contact_id]
    return await call('POST', '/v1/personal-data-erasures', { contact_ids, reason: 'no_longer_needed' })
  },
  'a password': async ({ ending }) =>
    await call('PATCH', `/v1/support-accounts/${ending['ito'].account_id}`, { password_set_at: clock.now() }),
}

/** What happens to one customer after the last day. */
type Scenario = { name: string; mailbox: Mailbox; changes: readonly Change[] }

let customers = 0

/** Makes changes after the last day of contracts, records their ends, and compares what a follower has then. */
async function followed(t: Test, scenarios: readonly Scenario[], isRecorded = false): Promise<void> {
  first_day += 4 * 86_400_000
  clock.set(`${day(0)}T00:30:00.000Z`)
  const all: (Scenario & Registered)[] = []
  for (const scenario of scenarios)
    all.push({ ...scenario, ...(await registered(`c${++customers}-customer`, scenario.mailbox)) })
  while ((await number()) > 0);
  const { copies, cursor } = await readLists(call)
  clock.set(`${day(2)}T00:30:00.000Z`)
  if (isRecorded) await recordEnds(service)
  for (const [index, time] of ['00:31:00', '00:32:00'].entries()) {
    clock.set(`${day(2)}T${time}.000Z`)
    for (const of of all) await of.changes[index]?.(of)
  }
  clock.set(`${day(2)}T00:40:00.000Z`)
  await recordEnds(service)
  while ((await number()) > 0);
  await followFrom(copies, cursor)
  const [lists, answered] = [followedLists(copies), await answeredLists(call)]
  for (const { customer_id, mailbox, name } of all)
    for (const path of ['/v1/contracts', '/v1/contacts', '/v1/support-accounts']) {
      const own = (items: any[]) => listInOrder(items.filter(item => item.customer_id.startsWith(customer_id)))
      t.same(own(lists[path]!), own(answered[path]!), `${path} after ${name}; ${mailbox} at the mailbox elsewhere`)
    }
  for (const [path, items] of Object.entries(answered)) t.same(listInOrder(lists[path]!), listInOrder(items), path)
}

async function followFrom(copies: Copies, after: string): Promise<void> {
  const { body } = await call('GET', `/v1/events?limit=200&after=${after}`)
  follow(copies, body.items)
  if (body.has_more) await followFrom(copies, body.next_cursor)
}

const MAILBOXES: readonly Mailbox[] = ['the same person', 'others', 'nobody']
const scenariosOf = (names: readonly string[]): Scenario[] =>
  MAILBOXES.flatMap(mailbox => names.map(name => ({ name, mailbox, changes: [CHANGES[name]!] })))
const names = Object.keys(CHANGES)

function randomPair(): Scenario {
  const [one, other] = [random.pick(names), random.pick(names)]
  return { name: `${one} and ${other}`, mailbox: random.pick(MAILBOXES), changes: [CHANGES[one]!, CHANGES[other]!] }
}

t.test('R28, R37: a change before the end of a contract is recorded', async t => {
  await followed(t, scenariosOf(names))
})

t.test('R28, R37: two changes before the end of a contract is recorded', async t => {
  await followed(t, Array.from({ length: numberFrom('PAIRS', 40) }, randomPair))
})

t.test('R36, R37: a transfer after the end of a contract is recorded', async t => {
  await followed(t, scenariosOf(names.filter(name => name.includes('transfer'))), true)
})
