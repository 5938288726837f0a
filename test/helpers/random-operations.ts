import { NOTICE } from './fixtures.ts'
import type { Random } from './seeded-random.ts'
import type { Answer, Call } from './test-service.ts'

// Few of everything, so that operations meet: customers share the addresses, contracts have two to five seats.
export const CONTRACTS: Readonly<Record<string, string>> = { a1: 'alpha', a2: 'alpha', a3: 'alpha', b1: 'beta', b2: 'beta', c1: 'gamma' }
const ENDED_ON = '2026-03-31'
const PEOPLE = [['山田', '太郎'], ['山田', '花子'], ['伊藤', null], ['Sato', 'Ken'], ['佐藤', '健']] as const
const ADDRESSES = ['desk', 'info', 'yamada', 'ito', 'sato', 'ken', 'hanako'].map(name => `${name}@example.jp`)
const DUTIES = [[], ['system'], ['operations', 'contract']]

export type Person = { family_name: string, given_name: string | null, email: string, shared_mailbox: boolean }
export type PersonPatch = Partial<Person> & { duties?: string[] | null }
type Outcome = 'secondary' | 'removed'

export type Operation =
  | { kind: 'register', contract_id: string, role: 'primary' | 'secondary', person: Person }
  | { kind: 'update', contact_id: string, patch: PersonPatch }
  | { kind: 'remove', contact_id: string }
  | { kind: 'hand over', contract_id: string, contact_id: string, former_primary: Outcome }
  | { kind: 'replace', contract_id: string, person: Person, former_primary: Outcome }
  | { kind: 'bill', contract_id: string, customer_id: string, connections: number, ends_on: string | null }

/** What an operation may be about: contacts that are or were there. */
export type Known = { contact_id: string, contract_id: string }

export function randomOperation (random: Random, known: readonly Known[]): Operation {
  const { pick, below, isIn } = random
  const contact = known.length === 0 ? undefined : pick(known)
  const contract_id = pick(Object.keys(CONTRACTS))
  const former_primary = pick(['secondary', 'removed'] as const)
  const kind = below(100)
  if (contact === undefined || kind < 40) return { kind: 'register', contract_id, role: isIn(30) ? 'primary' : 'secondary', person: randomPerson(random) }
  if (kind < 60) return { kind: 'update', contact_id: contact.contact_id, patch: randomPatch(random) }
  if (kind < 71) return { kind: 'remove', contact_id: contact.contact_id }
  if (kind < 79) return { kind: 'hand over', contract_id: isIn(90) ? contact.contract_id : contract_id, contact_id: contact.contact_id, former_primary }
  if (kind < 87) return { kind: 'replace', contract_id, person: randomPerson(random), former_primary }
  return { kind: 'bill', contract_id, customer_id: isIn(97) ? CONTRACTS[contract_id]! : pick(Object.values(CONTRACTS)), connections: below(4), ends_on: isIn(15) ? ENDED_ON : null }
}

function randomPerson ({ pick, isIn }: Random): Person {
  const [family_name, given_name] = pick(PEOPLE)
  return { family_name, given_name, email: pick(ADDRESSES), shared_mailbox: isIn(40) }
}

function randomPatch (random: Random): PersonPatch {
  const { family_name, given_name, email, shared_mailbox } = randomPerson(random)
  return random.pick<PersonPatch>([
    { email }, { email, shared_mailbox }, { family_name, given_name }, { family_name, given_name, email, shared_mailbox },
    { shared_mailbox }, { duties: random.pick(DUTIES) }, { duties: null }, {}
  ])
}

/** Asks a service to do it. */
export async function perform (call: Call, operation: Operation): Promise<Answer> {
  switch (operation.kind) {
    case 'register': return await call('POST', `/v1/contracts/${operation.contract_id}/contacts`, { role: operation.role, ...newContact(operation.person) })
    case 'update': return await call('PATCH', `/v1/contacts/${operation.contact_id}`, operation.patch)
    case 'remove': return await call('DELETE', `/v1/contacts/${operation.contact_id}`)
    case 'hand over': return await call('PUT', `/v1/contracts/${operation.contract_id}/primary`, { contact_id: operation.contact_id, former_primary: operation.former_primary })
    case 'replace': return await call('PUT', `/v1/contracts/${operation.contract_id}/primary`, { new_contact: newContact(operation.person), former_primary: operation.former_primary })
    case 'bill': return await call('PUT', `/v1/contracts/${operation.contract_id}`, contractTerms(operation))
  }
}

/** The contracts as they are at first: data_link, so that billing's connections move the limit. */
export async function prepareContracts (call: Call): Promise<void> {
  for (const [contract_id, customer_id] of Object.entries(CONTRACTS)) {
    await call('PUT', `/v1/customers/${customer_id}`, { name: `株式会社${customer_id}` })
    await call('PUT', `/v1/contracts/${contract_id}`, contractTerms({ customer_id, connections: 2, ends_on: null }))
  }
}

function contractTerms ({ customer_id, connections, ends_on }: { customer_id: string, connections: number, ends_on: string | null }): object {
  return { customer_id, product_id: 'data_link', connections, starts_on: '2024-04-01', ends_on }
}

function newContact (person: Person): object {
  return { ...person, privacy_notice_version: NOTICE }
}
