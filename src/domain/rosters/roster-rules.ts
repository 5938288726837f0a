import { personKey } from '#domain/person-key.ts'
import type { JointRefusal, Refusal } from '#domain/refusal.ts'
import type { ComparedStep } from '#domain/roster-step.ts'
import {
  entering,
  isPrimary,
  primaryOf,
  type AddressAccounts,
  type DesiredContact,
  type Roster,
  type RosterContract,
  type RosterDifference,
} from '#domain/roster.ts'
import { seatCount } from '#domain/contracts/seat-limit.ts'

/**
 * Every rule that the desired roster of a step breaks, judged on the final state and not on the steps to it; empty when
 * it may be written. `accounts` has the contacts of the contracts that the change is not of, `joint` what R17 and R34
 * say against the whole change.
 */
export function refusalsOf(step: ComparedStep, accounts: AddressAccounts, joint: readonly JointRefusal[]): Refusal[] {
  const { contract_id } = step.roster.contract
  return [
    ...contractRefusals(step, accounts),
    ...joint.filter(other => other.contract_id === contract_id).map(({ refusal }) => refusal),
  ]
}

/** The rules that concern one contract alone. */
function contractRefusals(step: ComparedStep, accounts: AddressAccounts): Refusal[] {
  const { roster, desired, difference, wasInForce, isInForce, may_exceed_limit = false } = step
  const { counted = { before: roster.contacts.length, after: desired.length } } = step
  return [
    ...termRefusals(step),
    ...primaryRefusals(roster, desired),
    ...(may_exceed_limit ? [] : seatRefusals(roster.contract, counted)),
    ...personRefusals(roster, desired, difference),
    ...(isInForce ? otherCustomerRefusals(roster, wasInForce ? entering(difference) : desired, accounts) : []),
  ]
}

/**
 * R28: on a contract that has ended no contact is registered, and none gets another address. Only an import brings
 * those who were registered in the past (R39).
 */
function termRefusals({ roster: { contract }, difference, isInForce }: ComparedStep): Refusal[] {
  const ofPast = new Set(difference.added.filter(({ registered_before }) => registered_before !== undefined))
  const newcomers = entering(difference).filter(contact => !ofPast.has(contact))
  if (newcomers.length === 0 || isInForce) return []
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

type Counted = NonNullable<ComparedStep['counted']>

/** R1–R9, R24: the limit. R27: a contract over its limit may change, replace and lose contacts, not gain any. */
function seatRefusals({ contract_id, seat_limit: limit }: RosterContract, counted: Counted): Refusal[] {
  const { before: used, after } = counted
  if (after <= limit || after <= used) return []
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
  const same = Map.groupBy(desired, personKey)
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
 * all of a contract that comes back into force. An account without contacts in force serves no customer, and who comes
 * to a contract that has ended opens none.
 */
function otherCustomerRefusals(
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

function idsOf(contacts: readonly DesiredContact[]): string[] {
  return contacts.map(contact => contact.contact_id)
}
