import { person, putContract, putCustomer } from './fixtures.ts'
import type { Random } from './seeded-random.ts'
import type { Call } from './test-service.ts'

export const CONTRACTS = ['a1', 'a2', 'a3', 'b1', 'b2']
const NAMES = ['山田', '伊藤', '佐藤', '鈴木']
const ADDRESSES = ['desk', 'yamada', 'ito', 'sato', 'suzuki', 'mori', 'kato', 'info']

export const customerOf = (contract_id: string): string => contract_id.slice(0, 1)

/** Something that changes answers, or is refused. */
export async function randomChange(call: Call, random: Random, now: string): Promise<unknown> {
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
      password_set_at: isIn(70) ? now : null,
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
