import type { ContactView } from '#domain/contact.ts'
import { contractState, type ContractTerm } from '#domain/contracts/contract-term.ts'
import type { AccountContact } from '#domain/accounts/support-account.ts'
import type { Duty } from '#domain/vocabulary.ts'

/** The part of the registry that a check asks about; without any limit, every contract. */
export type SenderNarrowing = {
  customer_id?: string | undefined
  contract_id?: string | undefined
  product_id?: string | undefined
}

export type OnContract = AccountContact & ContractTerm & { customer_id: string; product_id: string; duties: Duty[] }

/** A contact present behind an open account, with the terms of the contract. */
export type SenderRegistration = OnContract & { email_key: string; account_id: string; email: string }

/** A contact at an address: a present one, or a former one with the moment of leaving, who may be erased by now. */
export type FormerRegistration = OnContract & { left_at: string | null; is_erased: boolean }

/** A contact and its contract as they were at a past moment, and whether the contact had the address then. */
export type PastRegistration = {
  account_id: string
  customer_id: string
  email: string
  contact: ContactView
  contract: ContractTerm & { contract_id: string; customer_id: string; product_id: string }
  is_present: boolean
}

export type SenderAccount = { account_id: string; customer_id: string; email: string }

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
