import { contractState } from '#domain/contracts/contract-term.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import { fullName, type PersonName } from '#domain/person-name.ts'
import type { OnContract, SenderAccount, SenderFacts } from '#domain/senders/sender-facts.ts'
import { senderReply, type SenderReply } from '#domain/senders/sender-reply.ts'
import { displayName, peopleOf, type AccountContact } from '#domain/accounts/support-account.ts'
import type { SenderReason } from '#domain/vocabulary.ts'

/** With whose primary to confirm an unregistered sender (R30). */
export type ConfirmWith = PersonName & {
  contract_id: string
  product_id: string
  customer_id: string
  customer_name: string
  contact_id: string
  email: string
}

/** Whether the sender of an inquiry is authorised, why, and who may be asking (R29). */
export type SenderCheck = {
  address: string | null
  authorised: boolean
  reason: SenderReason
  account: (SenderAccount & { display_name: string | null; shared: boolean }) | null
  ask_for_name: boolean
  people: ReturnType<typeof personView>[]
  contracts: ReturnType<typeof contractOf>[]
  reply: SenderReply | null
}

/** The answer for a text that is not one address. */
export const INVALID_ADDRESS: SenderCheck = {
  address: null,
  authorised: false,
  reason: 'invalid_address',
  account: null,
  ask_for_name: false,
  people: [],
  contracts: [],
  reply: senderReply('invalid_address'),
}

/**
 * Decides for one address on a day, `YYYY-MM-DD` in the vendor's time zone (R28, R29): authorised is who is registered
 * on a contract in force. Of several reasons against it the one is given that is nearest to being authorised: a
 * contract yet to start, then one that ended, then a registration that was removed.
 */
export function senderCheck(
  address: string,
  { account, behind, registrations, hasLeft }: SenderFacts,
  today: string,
): SenderCheck {
  const inForce = registrations.filter(registration => contractState(registration, today) === 'in_force')
  const shown = inForce.length > 0 ? inForce : registrations
  const people = peopleOf(shown)
  const reason = reasonOf(shown, hasLeft, today)
  const onAccount = behind.filter(registration => contractState(registration, today) !== 'ended')
  const isOfAccount = shown.some(({ contact_id }) => behind.some(one => one.contact_id === contact_id))
  return {
    address,
    authorised: reason === 'registered',
    reason,
    account:
      account === null || onAccount.length === 0 || !isOfAccount
        ? null
        : { ...account, display_name: displayName(onAccount), shared: peopleOf(onAccount).length > 1 },
    ask_for_name: people.length > 1,
    people: people.map(person => personView(person, shown)),
    contracts: [...new Map(shown.map(registration => [registration.contract_id, registration])).values()].map(
      registration => contractOf(registration, today),
    ),
    reply: reason === 'registered' ? null : senderReply(reason),
  }
}

function reasonOf(registrations: readonly OnContract[], hasLeft: boolean, today: string): SenderReason {
  const states = new Set(registrations.map(registration => contractState(registration, today)))
  if (states.has('in_force')) return 'registered'
  if (states.has('not_yet_in_force')) return 'not_yet_in_force'
  if (states.has('ended')) return 'contract_ended'
  return hasLeft ? 'removed' : 'never_registered'
}

/** A person behind an address with all that they are registered on, each contract once. */
function personView(person: OnContract | AccountContact, registrations: readonly OnContract[]) {
  return {
    name: fullName(person),
    family_name: person.family_name,
    given_name: person.given_name,
    contacts: registrations
      .filter(registration => nameKey(registration) === nameKey(person))
      .map(({ contact_id, contract_id, role, duties }) => ({ contact_id, contract_id, role, duties })),
  }
}

function contractOf(registration: OnContract, today: string) {
  const { contract_id, customer_id, product_id, starts_on, ends_on } = registration
  return { contract_id, customer_id, product_id, state: contractState(registration, today), starts_on, ends_on }
}
