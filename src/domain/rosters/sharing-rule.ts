import { addressInUse, type AddressHolder, type HoldersByName } from '#domain/rosters/address-in-use.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import type { JointRefusal } from '#domain/refusal.ts'
import type { ComparedStep } from '#domain/roster-step.ts'
import {
  entering,
  type AddressAccount,
  type AddressAccounts,
  type DesiredContact,
  type RosterContract,
} from '#domain/roster.ts'
import type { AccountContact } from '#domain/accounts/support-account.ts'

/** A contact at an address that people come to: it stays there, or enters it. */
type Claim = { contact: DesiredContact; kind: 'staying' | 'entering'; contract: RosterContract }

/**
 * R17: another person's address is shared only where the request says so. R19: the same person needs no flag, also
 * where others share the mailbox with them already. Judged over all contracts of a change together. A
 * contact who comes to a contract that has ended shares no account (R28, R39).
 */
export function sharingRefusals(steps: readonly ComparedStep[], accounts: AddressAccounts): JointRefusal[] {
  const refusals: JointRefusal[] = []
  const holdersAt = new Map<string, HoldersByName>()
  for (const { contact, kind, contract } of claimsOf(steps.filter(({ isInForce }) => isInForce))) {
    const { email_key, shared_mailbox } = contact
    const { contract_id, customer_id } = contract
    const holders = holdersAt.get(email_key) ?? holdersElsewhere(accounts.get(email_key), customer_id)
    holdersAt.set(email_key, holders)
    const name = nameKey(contact)
    const isAllowed = kind === 'staying' || shared_mailbox === true || holders.has(name)
    const refusal = isAllowed ? undefined : addressInUse(contact, name, holders, refusals.length)
    if (refusal !== undefined) refusals.push({ contract_id, refusal })
    const bearers = holders.get(name) ?? []
    bearers.push({ ...contact, contract_id, ...(kind === 'staying' && { registered: 'here' }) })
    holders.set(name, bearers)
  }
  return refusals
}

/** Who has the addresses that people come to: first those who stay there, then those who come. */
function claimsOf(steps: readonly ComparedStep[]): Claim[] {
  const coming = steps.flatMap(({ difference, roster: { contract } }): Claim[] =>
    entering(difference).map(contact => ({ contact, kind: 'entering', contract })),
  )
  if (coming.length === 0) return []
  const comers = new Set(coming.map(({ contact }) => contact))
  const addresses = new Set(coming.map(({ contact }) => contact.email_key))
  const staying = steps.flatMap(({ difference: { kept, changed }, roster: { contract } }): Claim[] =>
    [...kept, ...changed.map(({ after }) => after)]
      .filter(contact => addresses.has(contact.email_key) && !comers.has(contact))
      .map(contact => ({ contact, kind: 'staying', contract })),
  )
  return [...staying, ...coming]
}

function holdersElsewhere(account: AddressAccount | undefined, customer_id: string): HoldersByName {
  const people = account?.customer_id === customer_id ? account.elsewhere : []
  return Map.groupBy<string, AddressHolder>(people.map(holdsElsewhere), nameKey)
}

function holdsElsewhere(holder: AccountContact): AddressHolder {
  return { ...holder, registered: 'elsewhere' }
}
