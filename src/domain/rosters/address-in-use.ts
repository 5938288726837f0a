import type { HolderOfAddress } from '#domain/holder-of-address.ts'
import { fullName, type PersonName } from '#domain/person-name.ts'
import { MOST_REFUSALS, type PossiblySamePerson, type Refusal } from '#domain/refusal.ts'
import { mayBeSamePerson } from '#domain/rosters/same-person.ts'

// The number of contacts of a shared mailbox that a refusal names. Each newcomer would else get hundreds of names.
export const MOST_HOLDERS_NAMED = 10

/** A contact at an address. `registered` says where it is now, if it does not come with the request itself. */
export type AddressHolder = PersonName & {
  contact_id: string
  contract_id: string
  registered?: 'here' | 'elsewhere'
}

/** The contacts at one address by the keys of their names, in the order in which they came to it. */
export type HoldersByName = Map<string, AddressHolder[]>

/** The refusals of one request because of addresses in use (R17). */
export type AddressInUse = Extract<Refusal, { type: 'email-in-use' }>

/**
 * R17: the refusal of a newcomer to an address that others have, or undefined where no other person has it. It names
 * those who may be the same person under another spelling, in as many refusals of a request as are kept.
 */
export function addressInUse(
  newcomer: PersonName & { contact_id: string },
  name: string,
  holders: HoldersByName,
  refusalsBefore: number,
): AddressInUse | undefined {
  const others = firstHolders(holders, key => key !== name)
  if (others.length === 0) return undefined
  const same =
    refusalsBefore >= MOST_REFUSALS
      ? []
      : firstHolders(
          holders,
          (key, people) => key !== name && people.slice(0, 1).some(holder => mayBeSamePerson(newcomer, holder)),
        )
  return {
    type: 'email-in-use',
    contacts: others.map(holderView),
    ...(same.length > 0 && { possibly_same_person: same.map(samePersonView) }),
    about: [newcomer.contact_id],
  }
}

/** A few contacts at an address whose names meet a condition. */
function firstHolders(
  holders: HoldersByName,
  isMeant: (name: string, people: readonly AddressHolder[]) => boolean,
): AddressHolder[] {
  const found: AddressHolder[] = []
  for (const [name, people] of holders) {
    if (isMeant(name, people)) found.push(...people.slice(0, MOST_HOLDERS_NAMED))
    if (found.length >= MOST_HOLDERS_NAMED) break
  }
  return found.slice(0, MOST_HOLDERS_NAMED)
}

function holderView(holder: AddressHolder): HolderOfAddress {
  return { contact_id: holder.contact_id, contract_id: holder.contract_id, name: fullName(holder) }
}

function samePersonView(holder: AddressHolder): PossiblySamePerson {
  const { contact_id, contract_id, family_name, given_name, registered } = holder
  return { contact_id, contract_id, family_name, given_name, ...(registered !== undefined && { registered }) }
}
