import { addressInUse, type AddressHolder, type HoldersByName } from '#domain/address-in-use.ts'
import { hasEnded, type ContractTerm } from '#domain/contract-term.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import type { Refusal } from '#domain/refusal.ts'
import {
  isPrimary,
  primaryOf,
  type AddressAccounts,
  type DesiredContact,
  type Roster,
  type RosterDifference,
} from '#domain/roster.ts'
import { seatCount } from '#domain/seat-limit.ts'
import type { AccountContact } from '#domain/support-account.ts'

/**
 * Every rule that a desired roster breaks, judged on the final state and not on the steps to it; empty when
 * it may be written. `today` is a day in the vendor's time zone, `formerTerm` the contract's term before this change.
 */
export function refusalsOf(
  roster: Roster,
  desired: readonly DesiredContact[],
  difference: RosterDifference,
  accounts: AddressAccounts,
  { today, formerTerm }: { today: string; formerTerm: ContractTerm },
): Refusal[] {
  const isReturning = hasEnded(formerTerm, today) && !hasEnded(roster.contract, today)
  return [
    ...termRefusals(roster, difference, today),
    ...primaryRefusals(roster, desired),
    ...seatRefusals(roster, desired.length),
    ...personRefusals(roster, desired, difference),
    ...customerRefusals(roster, isReturning ? desired : entering(difference), accounts),
    ...sharingRefusals(roster, difference, accounts),
  ]
}

/** R28: on a contract that has ended no contact is registered, and none gets another address. */
function termRefusals({ contract }: Roster, { added, changed }: RosterDifference, today: string): Refusal[] {
  const newcomers = entering({ added, changed })
  if (newcomers.length === 0 || !hasEnded(contract, today)) return []
  return [
    {
      type: 'contract-not-in-force',
      contract_id: contract.contract_id,
      state: 'ended',
      ends_on: contract.ends_on,
      about: idsOf(newcomers),
    },
  ]
}

/** R10: a roster that is not empty has exactly one primary. */
function primaryRefusals({ contract, contacts }: Roster, desired: readonly DesiredContact[]): Refusal[] {
  const { contract_id } = contract
  const primaries = desired.filter(isPrimary)
  const present = primaryOf(contacts)
  if (primaries.length === 0 && desired.length > 0) {
    return [{ type: 'primary-required', contract_id, ...(present && { primary_contact_id: present.contact_id }) }]
  }
  const [first] = primaries
  if (first === undefined || primaries.length === 1) return []
  return [
    {
      type: 'primary-exists',
      contract_id,
      primary_contact_id: present?.contact_id ?? first.contact_id,
      about: idsOf(primaries),
    },
  ]
}

/** R1–R9, R24: the limit. R27: a contract over its limit may change, replace and lose contacts, not gain any. */
function seatRefusals({ contract, contacts }: Roster, desired: number): Refusal[] {
  const { contract_id, seat_limit: limit } = contract
  const used = contacts.length
  if (desired <= limit || desired <= used) return []
  return [{ type: 'seat-limit-reached', contract_id, limit, used, over: seatCount(limit, used).over }]
}

/** R19: one person, that is one name at one address, is registered on a contract once. */
function personRefusals(
  { contract }: Roster,
  desired: readonly DesiredContact[],
  { added, changed }: RosterDifference,
): Refusal[] {
  const touched = new Set([...added, ...changed.map(({ after }) => after)].map(contact => contact.contact_id))
  const isTouched = ({ contact_id }: DesiredContact): boolean => touched.has(contact_id)
  const same = Map.groupBy(desired, contact => `${contact.email_key} ${nameKey(contact)}`)
  return [...same.values()].flatMap((contacts): Refusal[] => {
    const [first, ...others] = contacts
    const about = contacts.filter(isTouched)
    if (first === undefined || others.length === 0 || about.length === 0) return []
    const { contact_id } = contacts.find(contact => !isTouched(contact)) ?? first
    return [{ type: 'duplicate-contact', contract_id: contract.contract_id, contact_id, about: idsOf(about) }]
  })
}

/**
 * R20: an address never serves two customers. Judged for the contacts that come to an address: those that enter it, and
 * all of a contract that comes back into force. An account without contacts in force serves no customer.
 */
function customerRefusals(
  { contract }: Roster,
  coming: readonly DesiredContact[],
  accounts: AddressAccounts,
): Refusal[] {
  const taken = coming.filter(contact => {
    const account = accounts.get(contact.email_key)
    return account !== undefined && account.customer_id !== contract.customer_id && account.elsewhere.length > 0
  })
  return taken.length === 0 ? [] : [{ type: 'email-taken', about: idsOf(taken) }]
}

/**
 * R17: another person's address is shared only where the request says so. R19: the same person needs no flag, also
 * where others share the mailbox with them already.
 */
function sharingRefusals({ contract }: Roster, difference: RosterDifference, accounts: AddressAccounts): Refusal[] {
  const { contract_id, customer_id } = contract
  const refusals: Refusal[] = []
  const withdrawing = new Set(withdrawingSharing(difference))
  const asked = new Set([...withdrawing, ...entering(difference)])
  const addresses = new Set([...asked].map(contact => contact.email_key))
  const staying = [...difference.kept, ...difference.changed.map(({ after }) => after)].filter(
    contact => addresses.has(contact.email_key) && !asked.has(contact),
  )
  const names = new Map<string, HoldersByName>()
  for (const contact of [...staying, ...asked]) {
    const { email_key } = contact
    const account = accounts.get(email_key)
    const holders =
      names.get(email_key) ??
      Map.groupBy<string, AddressHolder>(
        account?.customer_id === customer_id ? account.elsewhere.map(holdsElsewhere) : [],
        nameKey,
      )
    const name = nameKey(contact)
    const isAsked = asked.has(contact) && !contact.shared_mailbox
    const isKnownHere = holders.has(name) && !withdrawing.has(contact)
    const refusal = isAsked && !isKnownHere ? addressInUse(contact, name, holders, refusals.length) : undefined
    if (refusal !== undefined) refusals.push(refusal)
    const holder: AddressHolder = { ...contact, contract_id, ...(!asked.has(contact) && { registered: 'here' }) }
    const bearers = holders.get(name)
    if (bearers === undefined) holders.set(name, [holder])
    else bearers.push(holder)
    names.set(email_key, holders)
  }
  return refusals
}

function holdsElsewhere(holder: AccountContact): AddressHolder {
  return { ...holder, registered: 'elsewhere' }
}

/** The contacts that come to an address with this change. */
function entering({ added, changed }: Pick<RosterDifference, 'added' | 'changed'>): DesiredContact[] {
  return [
    ...changed.filter(({ before, after }) => before.email_key !== after.email_key).map(({ after }) => after),
    ...added,
  ]
}

/** The contacts that stay at an address and no longer say that the mailbox is shared. */
function withdrawingSharing({ changed }: RosterDifference): DesiredContact[] {
  return changed
    .filter(
      ({ before, after }) => before.email_key === after.email_key && before.shared_mailbox && !after.shared_mailbox,
    )
    .map(({ after }) => after)
}

function idsOf(contacts: readonly DesiredContact[]): string[] {
  return contacts.map(contact => contact.contact_id)
}
