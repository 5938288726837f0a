import { NOTICE } from './fixtures.ts'
import type { Change, Draw } from './random-changes.ts'
import type { Random } from './seeded-random.ts'
import type { Answer } from './test-service.ts'

const FAMILY_NAMES = ['山田', '伊藤', '佐藤', '鈴木', '高橋', '田中', '渡辺', '中村', '小林', '加藤', '吉田', '山本']
const GIVEN_NAMES = ['太郎', '花子', '健', '次郎', '直子', '誠', '美咲', '翔', null]

/** A person with an address of their own, or at one that people of the customer have already. */
export function randomNewcomer({ random, unique, contract, contacts }: Draw): Record<string, unknown> {
  const shares = contacts.length > 0 && random.isIn(30)
  return {
    ...randomName(random),
    email: shares ? random.pick(contacts).email : `p${unique}@${contract.customer_id}.example.jp`,
    shared_mailbox: shares,
    privacy_notice_version: NOTICE,
  }
}

function randomName({ pick }: Random) {
  return { family_name: pick(FAMILY_NAMES), given_name: pick(GIVEN_NAMES) }
}

const register = async (draw: Draw): Promise<Answer> =>
  await draw.call('POST', `/v1/contracts/${draw.contract.contract_id}/contacts`, {
    ...randomNewcomer(draw),
    role: draw.contacts.length === 0 ? 'primary' : 'secondary',
  })

/** Someone of the contract, not its primary if there is another one. */
export function someone({ random, contacts }: Draw): any {
  const secondaries = contacts.filter(({ role }) => role === 'secondary')
  return secondaries.length > 0 ? random.pick(secondaries) : contacts[0]
}

const ifThere =
  (make: (draw: Draw, contact: any) => Promise<Answer>): Change['make'] =>
  async draw => {
    const contact = someone(draw)
    return contact === undefined ? undefined : await make(draw, contact)
  }

const patched = (fields: (draw: Draw, contact: any) => object): Change['make'] =>
  ifThere(
    async (draw, contact) => await draw.call('PATCH', `/v1/contacts/${contact.contact_id}`, fields(draw, contact)),
  )

/** R17: somebody gets the address of another one, deliberately. */
const join = ifThere(async ({ call, random, contacts }, { contact_id, email }) => {
  const others = contacts.filter(other => other.email !== email)
  const shared = others.length > 0 ? random.pick(others).email : `shared-${email}`
  return await call('PATCH', `/v1/contacts/${contact_id}`, { email: shared, shared_mailbox: true })
})

const otherDuties = (_draw: Draw, { duties }: any): object => ({
  duties: duties.includes('system') ? ['operations'] : [...duties, 'system'],
})

const restore = async ({ call, random, contract }: Draw): Promise<Answer | undefined> => {
  const search = { contract_id: contract.contract_id, include_removed: true, limit: 200 }
  const { items } = (await call('POST', '/v1/contact-searches', search)).body
  const removed = items.filter(({ removed_at, erased_at }: any) => removed_at !== null && erased_at === undefined)
  if (removed.length === 0) return undefined
  return await call('POST', `/v1/contacts/${random.pick<any>(removed).contact_id}/restore`, { shared_mailbox: true })
}

const handOver = ifThere(
  async ({ call, random, contract }, { contact_id }) =>
    await call('PUT', `/v1/contracts/${contract.contract_id}/primary`, {
      contact_id,
      former_primary: random.pick(['secondary', 'removed']),
    }),
)

const replace = ifThere(
  async draw =>
    await draw.call('PUT', `/v1/contracts/${draw.contract.contract_id}/primary`, {
      new_contact: randomNewcomer(draw),
      former_primary: draw.random.pick(['secondary', 'removed']),
    }),
)

/** The roster as it is, with one contact changed, one gone or one new. */
const putRoster = ifThere(async (draw, { contact_id }) => {
  const { call, random, contract, contacts } = draw
  const kind = random.below(3)
  const kept = contacts.filter(contact => kind !== 0 || contact.contact_id !== contact_id || contacts.length < 2)
  const listed = kept.map(contact => ({
    contact_id: contact.contact_id,
    role: contact.role,
    ...(contact.contact_id === contact_id && otherDuties(draw, contact)),
  }))
  const newcomers = kind === 1 ? [{ role: 'secondary', ...randomNewcomer(draw) }] : []
  const body = { contacts: [...listed, ...newcomers], confirm_removals: contacts.length - kept.length }
  return await call('PUT', `/v1/contracts/${contract.contract_id}/roster`, body, { 'if-match': '*' })
})

const changePerson = ifThere(
  async ({ call, random, unique, contract }, { contact_id }) =>
    await call('POST', '/v1/person-changes', {
      contact_id,
      changes: random.isIn(50) ? { email: `p${unique}@${contract.customer_id}.example.jp` } : randomName(random),
    }),
)

/** R34: a person leaves all contracts; where they are the primary, another contact takes that on. */
const leave = async ({ call, random, contacts }: Draw): Promise<Answer | undefined> => {
  if (contacts.length === 0) return undefined
  const { contact_id, email, name } = random.pick(contacts)
  const search = { email, limit: 200 }
  const { items } = (await call('POST', '/v1/contact-searches', search)).body
  const successors: object[] = []
  for (const own of items.filter((other: any) => other.name === name && other.role === 'primary')) {
    const here = (await call('GET', `/v1/contracts/${own.contract_id}/contacts?limit=200`)).body.items
    const next = here.find((other: any) => other.contact_id !== own.contact_id)
    if (next !== undefined) successors.push({ contract_id: own.contract_id, contact_id: next.contact_id })
  }
  return await call('POST', '/v1/person-changes', { contact_id, leaves: true, successors })
}

/** R23: the first registration of a new contract. */
const submitForm = async (draw: Draw): Promise<Answer> => {
  const { call, random, unique, contract } = draw
  const contract_id = `form-${unique}`
  const { customer_id, product_id, app_ids, connections } = contract
  const terms = { customer_id, product_id, app_ids, connections, starts_on: '2024-04-01', ends_on: null }
  await call('PUT', `/v1/contracts/${contract_id}`, terms)
  return await call('POST', `/v1/contracts/${contract_id}/application-form`, {
    form_version: random.pick(['2022-09', '2022-10']),
    privacy_notice_version: NOTICE,
    contacts: [{ role: 'primary', ...randomNewcomer({ ...draw, contacts: [] }) }],
  })
}

export const CONTACT_CHANGES: readonly Change[] = [
  { share: 120, name: 'register', make: register },
  {
    share: 70,
    name: 'remove',
    make: ifThere(async ({ call }, { contact_id }) => await call('DELETE', `/v1/contacts/${contact_id}`)),
  },
  { share: 40, name: 'duties', make: patched(otherDuties) },
  {
    share: 40,
    name: 'address',
    make: patched(({ unique, contract }) => ({ email: `p${unique}@${contract.customer_id}.example.jp` })),
  },
  { share: 30, name: 'join', make: join },
  { share: 30, name: 'name', make: patched(({ random }) => randomName(random)) },
  { share: 40, name: 'restore', make: restore },
  { share: 40, name: 'hand over', make: handOver },
  { share: 30, name: 'replace', make: replace },
  { share: 50, name: 'roster', make: putRoster },
  { share: 40, name: 'person', make: changePerson },
  { share: 20, name: 'leave', make: leave },
  { share: 15, name: 'form', make: submitForm },
]
