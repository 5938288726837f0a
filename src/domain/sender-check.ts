import type { ContactView } from '#domain/contact.ts'
import { contractState, type ContractTerm } from '#domain/contract-term.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import { fullName, type PersonName } from '#domain/person-name.ts'
import { senderReply, type SenderReply } from '#domain/sender-reply.ts'
import { displayName, peopleOf, type AccountContact } from '#domain/support-account.ts'
import type { Duty, SenderReason } from '#domain/vocabulary.ts'

/** The part of the registry that a check asks about; without any limit, every contract. */
export type SenderNarrowing = {
  customer_id?: string | undefined
  contract_id?: string | undefined
  product_id?: string | undefined
}

type OnContract = AccountContact & ContractTerm & { customer_id: string; product_id: string; duties: Duty[] }

/** A contact present behind an open account, with the terms of the contract. */
export type SenderRegistration = OnContract & { email_key: string; account_id: string; email: string }

/** A contact at an address: a present one, or a former one with the moment of leaving. */
export type FormerRegistration = OnContract & { left_at: string | null }

/** With whose primary to confirm an unregistered sender (R30). */
export type ConfirmWith = PersonName & {
  contract_id: string
  product_id: string
  customer_id: string
  customer_name: string
  contact_id: string
  email: string
}

/** A contact and its contract as they were at a past moment, and whether the contact had the address then. */
export type PastRegistration = {
  account_id: string
  customer_id: string
  email: string
  contact: ContactView
  contract: ContractTerm & { contract_id: string; customer_id: string; product_id: string }
  is_present: boolean
}

type SenderAccount = { account_id: string; customer_id: string; email: string }

/**
 * The facts about an address on a day: the account, the contacts that have it, and those among them that the check
 * asks about.
 */
export type SenderFacts = {
  account: SenderAccount | null
  behind: readonly OnContract[]
  registrations: readonly OnContract[]
  hasLeft: boolean
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

/** Whether a registration is of what a check asks about. */
export function isAskedFor(
  { customer_id, contract_id, product_id }: SenderNarrowing,
  registration: OnContract,
): boolean {
  return (
    (customer_id === undefined || customer_id === registration.customer_id) &&
    (contract_id === undefined || contract_id === registration.contract_id) &&
    (product_id === undefined || product_id === registration.product_id)
  )
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

/** The facts about an address, from the present registrations behind it. */
export function presentFacts(behind: readonly SenderRegistration[], narrowing: SenderNarrowing): SenderFacts {
  const account =
    behind[0] === undefined
      ? null
      : { account_id: behind[0].account_id, customer_id: behind[0].customer_id, email: behind[0].email }
  return {
    account,
    behind,
    registrations: behind.filter(registration => isAskedFor(narrowing, registration)),
    hasLeft: false,
  }
}

/**
 * The same where no registration is authorised: with contacts whose account closed with the contract, and those who
 * left.
 */
export function refusedFacts(facts: SenderFacts, former: readonly FormerRegistration[]): SenderFacts {
  return {
    ...facts,
    registrations: former.filter(({ left_at }) => left_at === null),
    hasLeft: former.some(({ left_at }) => left_at !== null),
  }
}

/**
 * The facts about an address at a past moment, whose day is `day`. The address may have had accounts of several
 * customers, one after the other: the account is that of a contact that the check asks about, if possible with a
 * contract in force, and only contacts of that account are behind it.
 */
export function pastFacts(past: readonly PastRegistration[], narrowing: SenderNarrowing, day: string): SenderFacts {
  const present = past.filter(({ is_present }) => is_present)
  const asked = present.filter(one => isAskedFor(narrowing, onContract(one)))
  const one = asked.find(({ contract }) => contractState(contract, day) === 'in_force') ?? asked[0]
  const behind = present.filter(({ account_id }) => account_id === one?.account_id).map(onContract)
  const account =
    one === undefined ? null : { account_id: one.account_id, customer_id: one.customer_id, email: one.email }
  const left = past.filter(({ is_present }) => !is_present).map(onContract)
  return {
    account,
    behind,
    registrations: asked.map(onContract),
    hasLeft: left.some(registration => isAskedFor(narrowing, registration)),
  }
}

function onContract({ contact, contract }: PastRegistration): OnContract {
  return {
    ...contact,
    starts_on: contract.starts_on,
    ends_on: contract.ends_on,
    product_id: contract.product_id,
    customer_id: contract.customer_id,
  }
}
