import fc from 'fast-check'
import type { Contact } from '#domain/contact.ts'
import type { ContractTerm } from '#domain/contracts/contract-term.ts'
import type { AddressAccount, Roster, DesiredContact } from '#domain/roster.ts'
import type { Role } from '#domain/vocabulary.ts'
import { account, contact, elsewhere, rosterOf, desiredContact } from '../rosters/roster-facts.ts'

/** What a plan is made from; `known` has the accounts of all addresses, also of those that it does not ask for. */
export type PlanFacts = {
  roster: Roster
  desired: DesiredContact[]
  known: ReadonlyMap<string, AddressAccount>
  formerTerm: ContractTerm | undefined
  wasInForce: boolean
  isInForce: boolean
  /** Whether the contacts are behind accounts before the change, by the record. */
  isBehind: boolean
}

const address = fc.constantFrom('m1@example.jp', 'm2@example.jp', 'm3@example.jp', 'm4@example.jp')
const name = fc.constantFrom('山田', '伊藤', '佐藤', '鈴木')
const names = fc.uniqueArray(name, { maxLength: 2 })
const role = fc.oneof(
  { weight: 6, arbitrary: fc.constant('as it was' as const) },
  { weight: 1, arbitrary: fc.constantFrom<Role>('primary', 'secondary') },
)

/**
 * The account of an address: none, the customer's, or another customer's; who is behind it elsewhere and who left it;
 * and whether the customer has a closed one there, with the people who used that.
 */
const addressAccount = fc.record({
  email_key: address,
  owner: fc.constantFrom('nobody', 'customer-1', 'customer-1', 'customer-2'),
  behind: names,
  left: names,
  isClosedThere: fc.boolean(),
})

const person = fc.record({ email_key: address, family_name: name, shared_mailbox: fc.boolean() })

const change = fc.record({
  isRemoved: fc.integer({ min: 0, max: 4 }).map(number => number === 0),
  role,
  fields: fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    {
      weight: 2,
      arbitrary: fc.record(
        { email_key: address, family_name: name, shared_mailbox: fc.boolean() },
        { requiredKeys: [] },
      ),
    },
  ),
})

/**
 * Facts as the registry can hold them: a contract that is in force has a primary, and an open account for every
 * contact.
 */
export const planFacts: fc.Arbitrary<PlanFacts> = fc
  .record({
    people: fc.uniqueArray(person, {
      maxLength: 4,
      selector: ({ email_key, family_name }) => `${email_key} ${family_name}`,
    }),
    accounts: fc.uniqueArray(addressAccount, { maxLength: 4, selector: ({ email_key }) => email_key }),
    changes: fc.array(change, { minLength: 4, maxLength: 4 }),
    newcomers: fc.array(fc.record({ person, role }), { maxLength: 2 }),
    seat_limit: fc.nat(6),
    term: fc.constantFrom('in force', 'in force', 'in force', 'ended', 'ends now', 'comes back'),
    isRecorded: fc.boolean(),
  })
  .map(({ people, accounts, changes, newcomers, seat_limit, term, isRecorded }) => {
    const wasInForce = term === 'in force' || term === 'ends now'
    const isInForce = term === 'in force' || term === 'comes back'
    const isBehind = wasInForce || !isRecorded
    const known = knownAccounts(accounts, people, isBehind)
    const contacts = people.map((fields, index) =>
      contact(`contact-${index}`, {
        ...fields,
        role: index === 0 ? 'primary' : 'secondary',
        account_id: accountId(fields.email_key),
      }),
    )
    const roster = rosterOf(contacts, {
      seat_limit,
      ends_on: isInForce ? null : '2025-03-31',
      end_recorded_at: isBehind ? null : '2025-03-31T15:00:00.000Z',
    })
    const formerTerm =
      wasInForce === isInForce ? undefined : { starts_on: '2024-04-01', ends_on: wasInForce ? null : '2025-03-31' }
    const desired = formerTerm === undefined ? desiredOf(contacts, changes, newcomers) : contacts.map(desiredContact)
    return { roster, desired, known, formerTerm, wasInForce, isInForce, isBehind }
  })

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never
type Newcomer = { person: typeof person extends fc.Arbitrary<infer T> ? T : never; role: Role | 'as it was' }

function desiredOf(
  contacts: readonly Contact[],
  changes: readonly Change[],
  newcomers: readonly Newcomer[],
): DesiredContact[] {
  const changed = contacts.map((old, index) => ({
    ...desiredContact(old),
    ...changes[index]!.fields,
    role: changes[index]!.role === 'as it was' ? old.role : changes[index]!.role,
  }))
  const added = newcomers.map(({ person, role }, index) =>
    desiredContact(
      contact(`added-${index}`, {
        ...person,
        role: role === 'as it was' ? (contacts.length + index === 0 ? 'primary' : 'secondary') : role,
      }),
    ),
  )
  return [...changed.filter((_contact, index) => !changes[index]!.isRemoved), ...added]
}

type AccountFacts = typeof addressAccount extends fc.Arbitrary<infer T> ? T : never
type Registered = { email_key: string; family_name: string }

const accountId = (email_key: string): string => `account of ${email_key}`

/**
 * What is known of each address. Contacts that are behind accounts have open ones. Of a contract whose end is recorded
 * the accounts are closed, unless others of the customer use them.
 */
function knownAccounts(
  facts: readonly AccountFacts[],
  people: readonly Registered[],
  isBehind: boolean,
): Map<string, AddressAccount> {
  const addresses = new Set([...facts, ...people].map(({ email_key }) => email_key))
  const known = [...addresses].flatMap((email_key): AddressAccount[] => {
    const registered = people.filter(person => person.email_key === email_key)
    const fact = facts.find(other => other.email_key === email_key) ?? NO_ACCOUNT
    const { behind, left, isClosedThere } = fact
    const isOwn = fact.owner === 'customer-1' && behind.length > 0
    const owner = registered.length > 0 && isBehind ? 'customer-1' : fact.owner
    const residual_access = left.filter(name => !behind.includes(name)).map(name => former(`${name} left`, name, false))
    const former_people = registered.map(({ family_name }, index) => former(`contact-${index}`, family_name, true))
    const closed = account(email_key, {
      account_id: accountId(email_key),
      closed_at: '2025-03-01T00:00:00.000Z',
      residual_access: [
        ...residual_access,
        ...former_people,
        ...behind.map(name => former(`${name} before`, name, true)),
      ],
    })
    const elsewhereNow = behind.map(family_name => elsewhere(family_name))
    if (owner === 'customer-1' && (isOwn || isBehind))
      return [account(email_key, { account_id: accountId(email_key), elsewhere: elsewhereNow, residual_access })]
    const hasClosed = isClosedThere || registered.length > 0
    if (owner !== 'customer-2') return hasClosed ? [closed] : []
    const theirs = { account_id: `theirs at ${email_key}`, customer_id: 'customer-2', elsewhere: elsewhereNow }
    return [account(email_key, { ...theirs, ...(hasClosed && { closed }) })]
  })
  return new Map(known.map(one => [one.email_key, one]))
}

const NO_ACCOUNT = { owner: 'nobody', behind: [] as string[], left: [] as string[], isClosedThere: false }

function former(contact_id: string, family_name: string, at_closing: boolean) {
  return { contact_id, family_name, given_name: null, left_at: '2025-01-01T00:00:00.000Z', at_closing }
}
