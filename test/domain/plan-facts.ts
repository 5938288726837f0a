import fc from 'fast-check'
import type { Contact } from '#domain/contact.ts'
import type { ContractTerm } from '#domain/contract-term.ts'
import type { AddressAccount, Roster, DesiredContact } from '#domain/roster.ts'
import type { Role } from '#domain/vocabulary.ts'
import { account, contact, elsewhere, rosterOf, desiredContact } from './roster-facts.ts'

/** What a plan is made from; `open` holds every open account, also of addresses that the plan does not ask for. */
export type PlanFacts = {
  roster: Roster
  desired: DesiredContact[]
  open: AddressAccount[]
  formerTerm: ContractTerm | undefined
  wasInForce: boolean
  isInForce: boolean
}

const address = fc.constantFrom('m1@example.jp', 'm2@example.jp', 'm3@example.jp', 'm4@example.jp')
const name = fc.constantFrom('山田', '伊藤', '佐藤', '鈴木')
const names = fc.uniqueArray(name, { maxLength: 2 })
const role = fc.oneof(
  { weight: 6, arbitrary: fc.constant('as it was' as const) },
  { weight: 1, arbitrary: fc.constantFrom<Role>('primary', 'secondary') },
)

/** The account of an address: none, the customer's, or another customer's; who is behind it elsewhere, who left it. */
const addressAccount = fc.record({
  email_key: address,
  owner: fc.constantFrom('nobody', 'customer-1', 'customer-1', 'customer-2'),
  behind: names,
  left: names,
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
  })
  .map(({ people, accounts, changes, newcomers, seat_limit, term }) => {
    const wasInForce = term === 'in force' || term === 'ends now'
    const isInForce = term === 'in force' || term === 'comes back'
    const open = openAccounts(accounts, wasInForce ? people.map(({ email_key }) => email_key) : [])
    const contacts = people.map((fields, index) =>
      contact(`contact-${index}`, {
        ...fields,
        role: index === 0 ? 'primary' : 'secondary',
        account_id: accountOf(open, fields.email_key, wasInForce),
      }),
    )
    const roster = rosterOf(contacts, { seat_limit, ends_on: isInForce ? null : '2025-03-31' })
    const formerTerm =
      wasInForce === isInForce ? undefined : { starts_on: '2024-04-01', ends_on: wasInForce ? null : '2025-03-31' }
    const desired = formerTerm === undefined ? desiredOf(contacts, changes, newcomers) : contacts.map(desiredContact)
    return { roster, desired, open, formerTerm, wasInForce, isInForce }
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

function openAccounts(
  accounts: readonly (typeof addressAccount extends fc.Arbitrary<infer T> ? T : never)[],
  needed: readonly string[],
): AddressAccount[] {
  const others = [...new Set(needed)]
    .filter(email_key => !accounts.some(other => other.email_key === email_key))
    .map(email_key => ({ email_key, owner: 'customer-1', behind: [] as string[], left: [] as string[] }))
  return [...accounts, ...others].flatMap(({ email_key, owner, behind, left }) => {
    const customer_id = needed.includes(email_key) ? 'customer-1' : owner
    const residual_access = left
      .filter(family_name => !behind.includes(family_name))
      .map(family_name => ({ contact_id: `${family_name} left`, family_name, given_name: null }))
    return customer_id === 'nobody'
      ? []
      : [
          account(email_key, {
            customer_id,
            elsewhere: behind.map(family_name => elsewhere(family_name)),
            residual_access,
          }),
        ]
  })
}

/**
 * A contact of a contract that had ended may have an account that is closed by now, or still open because nobody closed
 * it.
 */
function accountOf(open: readonly AddressAccount[], email_key: string, wasInForce: boolean): string {
  const ours = open.find(other => other.email_key === email_key && other.customer_id === 'customer-1')
  return ours !== undefined && (wasInForce || ours.elsewhere.length === 0)
    ? ours.account_id
    : `former account of ${email_key}`
}
