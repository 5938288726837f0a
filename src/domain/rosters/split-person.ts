import type { HolderOfAddress } from '#domain/holder-of-address.ts'
import { MOST_HOLDERS_NAMED } from '#domain/rosters/address-in-use.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import { personKey } from '#domain/person-key.ts'
import { fullName, type PersonName } from '#domain/person-name.ts'
import type { JointRefusal, PersonChangeInPlace } from '#domain/refusal.ts'
import type { ComparedStep } from '#domain/roster-step.ts'
import type { AddressAccounts, DesiredContact, RosterDifference } from '#domain/roster.ts'

type PersonContact = PersonName & { contact_id: string; contract_id: string }

/** A contact that becomes another person: by another name or address, or because it is entered again under one. */
type Split = { before: PersonContact & { email: string; email_key: string }; after: DesiredContact }

/**
 * R34: a change that gives a person another name or another address on some of their contracts, so that two people
 * would come of one. The refusal names the person's contacts, and the person change that does it for all of them.
 * Contracts that have ended count on neither side (R28); leaving one contract splits no person.
 */
export function splitRefusals(steps: readonly ComparedStep[], accounts: AddressAccounts): JointRefusal[] {
  const splits = steps
    .filter(({ isInForce, wasInForce }) => isInForce && wasInForce)
    .flatMap(({ roster: { contract }, difference }) =>
      splitsOf(contract.customer_id, difference, accounts).map(split => ({ contract, split })),
    )
  if (splits.length === 0) return []
  const after = Map.groupBy(
    steps.filter(({ isInForce }) => isInForce).flatMap(contactsAfterStep),
    ({ person_key }) => person_key,
  )
  return splits.flatMap(({ contract, split }): JointRefusal[] => {
    const { before } = split
    const elsewhere = contactsElsewhere(before, accounts)
    const others = [...elsewhere, ...(after.get(personKey(before)) ?? [])]
    if (others.length === 0) return []
    return [
      {
        contract_id: contract.contract_id,
        refusal: {
          type: 'person-elsewhere',
          contacts: [before, ...others].slice(0, MOST_HOLDERS_NAMED).map(contactOf),
          person_change: personChangeOf(split),
          about: [split.after.contact_id],
        },
      },
    ]
  })
}

function contactsAfterStep({ roster, desired }: ComparedStep): (PersonContact & { person_key: string })[] {
  const { contract_id } = roster.contract
  return desired.map(contact => ({ ...contact, contract_id, person_key: personKey(contact) }))
}

function contactsElsewhere(person: Split['before'], accounts: AddressAccounts): PersonContact[] {
  const key = nameKey(person)
  return accounts.get(person.email_key)?.elsewhere.filter(other => nameKey(other) === key) ?? []
}

/**
 * The contacts that get another name or address. A list that removes a contact and enters the same name at another
 * address says the same in other words, unless the customer has that person at the address.
 */
function splitsOf(
  customer_id: string,
  { added, changed, removed }: RosterDifference,
  accounts: AddressAccounts,
): Split[] {
  const isKnown = (contact: DesiredContact): boolean => {
    const account = accounts.get(contact.email_key)
    if (account?.customer_id !== customer_id) return false
    return account.elsewhere.some(other => nameKey(other) === nameKey(contact))
  }
  const comers = Map.groupBy(removed.length === 0 ? [] : added, nameKey)
  return [
    ...changed.filter(({ before, after }) => personKey(before) !== personKey(after)),
    ...removed.flatMap(before =>
      (comers.get(nameKey(before)) ?? [])
        .filter(after => after.email_key !== before.email_key && !isKnown(after))
        .map(after => ({ before, after })),
    ),
  ]
}

function contactOf(contact: PersonContact): HolderOfAddress {
  return { contact_id: contact.contact_id, contract_id: contact.contract_id, name: fullName(contact) }
}

/** The person change to file in place of the change. */
function personChangeOf({ before, after }: Split): PersonChangeInPlace {
  const { family_name, given_name, email, shared_mailbox = false, name_note } = after
  const isRenamed = nameKey(before) !== nameKey(after)
  return {
    contact_id: before.contact_id,
    changes: {
      ...(isRenamed && { family_name, given_name }),
      ...(before.email_key !== after.email_key && { email }),
    },
    ...(shared_mailbox && { shared_mailbox }),
    ...(name_note?.override != null && { name_override: name_note.override }),
  }
}
