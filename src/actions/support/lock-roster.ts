import type { ActionContext } from '#actions/support/action-context.ts'
import { lockThings } from '#db/driver/locks.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { listAddressAccounts, listRoster, lockContract } from '#db/roster.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { AddressAccounts, Roster } from '#domain/roster.ts'

/** A roster that no other transaction changes until this one ends. */
export type LockedRoster = Roster & {
  /** The accounts of the addresses that the change concerns, where they were locked with the contract. */
  accounts?: AddressAccounts
}

/**
 * Locks a contract and reads its contacts. Where the change concerns one address only, and it is known beforehand, that
 * address is locked in the same round trip, after the contract. Refuses a contract that the registry does not hold.
 */
export async function lockRoster(
  context: ActionContext,
  trx: Transaction,
  contract_id: string,
  address?: string,
): Promise<LockedRoster> {
  const [contract, contacts, accounts] = await Promise.all([
    lockContract(trx, contract_id),
    listRoster(trx, contract_id),
    address === undefined ? undefined : lockAddresses(context, trx, contract_id, [address]),
  ])
  if (contract === undefined) throw new RefusedError({ type: 'not-found', resource: 'contract' })
  return { contract, contacts, ...(accounts && { accounts }) }
}

/** The open accounts of addresses, which no other transaction enters or leaves until this one ends. */
export async function lockAddresses(
  { clock }: ActionContext,
  trx: Transaction,
  contract_id: string,
  addresses: readonly string[],
): Promise<AddressAccounts> {
  const [, accounts] = await Promise.all([
    lockThings(trx, 'address', addresses),
    listAddressAccounts(trx, addresses, contract_id, clock.today()),
  ])
  return accounts
}
