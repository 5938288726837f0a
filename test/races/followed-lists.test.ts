import t from 'tap'
import { eventNumbering } from '#actions/number-events.ts'
import { startEventNumberer } from '#jobs/event-numberer.ts'
import { person, putContract, putCustomer } from '../helpers/fixtures.ts'
import { follow, followedLists, readLists } from '../helpers/followed-lists.ts'
import { racedRegistry } from '../helpers/raced-registry.ts'
import { numberFrom, seededRandom, type Random } from '../helpers/seeded-random.ts'
import type { Call } from '../helpers/test-service.ts'

const WRITERS = 8
const OPERATIONS = numberFrom('OPERATIONS', 12)
const CONTRACTS = ['a1', 'a2', 'a3', 'b1', 'b2']
const NAMES = ['山田', '伊藤', '佐藤', '鈴木']
const ADDRESSES = ['desk', 'yamada', 'ito', 'sato', 'suzuki', 'mori', 'kato', 'info']

const { call, clock, database, instances } = await racedRegistry(t)
const customerOf = (contract_id: string): string => contract_id.slice(0, 1)

/** Something that changes answers, or is refused. */
async function change(call: Call, random: Random): Promise<unknown> {
  const { pick, below, isIn } = random
  const contract_id = pick(CONTRACTS)
  const email = `${pick(ADDRESSES)}@${customerOf(contract_id)}.example.jp`
  const contacts: any[] = (await call('GET', `/v1/contracts/${contract_id}/contacts`)).body.items
  const known = contacts.length > 0 ? pick(contacts) : undefined
  const who = { family_name: pick(NAMES), given_name: null, email, shared_mailbox: true }
  const kind = below(100)
  if (kind < 40 || known === undefined)
    return await call('POST', `/v1/contracts/${contract_id}/contacts`, {
      ...person(who),
      role: contacts.length === 0 ? 'primary' : 'secondary',
    })
  if (kind < 55) return await call('DELETE', `/v1/contacts/${known.contact_id}`)
  if (kind < 65)
    return await call('PATCH', `/v1/contacts/${known.contact_id}`, { duties: [pick(['system', 'operations'])] })
  if (kind < 72) return await call('PATCH', `/v1/contacts/${known.contact_id}`, { email, shared_mailbox: true })
  if (kind < 78)
    return await call('PUT', `/v1/contracts/${contract_id}/primary`, {
      contact_id: known.contact_id,
      former_primary: pick(['secondary', 'removed']),
    })
  if (kind < 84)
    return await call('POST', '/v1/person-changes', {
      contact_id: known.contact_id,
      changes: { email, shared_mailbox: true },
    })
  if (kind < 90)
    return await call('PATCH', `/v1/support-accounts/${known.account_id}`, {
      password_set_at: isIn(70) ? clock.now() : null,
    })
  if (kind < 93) return await putCustomer(call, pick(['a', 'b', `new-${below(3)}`]), `株式会社${below(5)}`)
  if (kind < 95) return await call('DELETE', `/v1/customers/new-${below(3)}`)
  return await putContract(call, contract_id, {
    customer_id: customerOf(contract_id),
    product_id: pick(['manage', 'data_link']),
    connections: below(3),
    ends_on: isIn(30) ? '2026-03-31' : null,
  }).catch(() => {})
}

t.test('R37: the lists and the events since their cursor give the later lists', async t => {
  const random = seededRandom(numberFrom('SEED', 37))
  for (const contract_id of CONTRACTS) await putContract(call, contract_id, { customer_id: customerOf(contract_id) })
  const numberer = startEventNumberer(database, error => t.fail(error.message))
  t.teardown(async () => await numberer.stop())
  const begin = Date.parse(clock.now())
  let steps = 0
  const write = async (writer: number, operations: number): Promise<void> => {
    for (let operation = 0; operation < operations; operation++) {
      clock.set(new Date(begin + ++steps * 1000).toISOString(), '2026-04-01')
      await change(instances[writer % 2]!, random)
    }
  }
  const writeAll = async (): Promise<void> => {
    await Promise.all(Array.from({ length: WRITERS }, async (_, writer) => await write(writer, OPERATIONS)))
  }
  await writeAll()
  const writing = writeAll()
  const { copies, cursor } = await readLists(call)
  await writing
  await writeAll()
  await numberer.stop()
  while ((await eventNumbering(database)()) > 0);
  const ids = new Set<number>()
  for (let after = cursor; ;) {
    const { body } = await call('GET', `/v1/events?limit=50&after=${after}`)
    follow(copies, body.items)
    for (const { event_id } of body.items) ids.add(event_id)
    after = body.next_cursor
    if (!body.has_more) break
  }
  t.ok(ids.size > WRITERS, `${ids.size} events`)
  const followed = followedLists(copies)
  const later = followedLists((await readLists(call)).copies)
  for (const [name, items] of Object.entries(later))
    t.same(sorted(followed[name as keyof typeof followed]), sorted(items), name)
})

function sorted(items: readonly unknown[]): string[] {
  return items.map(item => JSON.stringify(item, (_key, value) => inOrder(value))).toSorted()
}

function inOrder(value: any): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
