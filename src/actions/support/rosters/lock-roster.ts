import type { ActionContext } from '#actions/support/action-context.ts'
import { lockThings } from '#db/driver/locks.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { listAddressAccounts, listRosters, lockContracts } from '#db/rosters/roster.ts'
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
  const [rosters, accounts] = await Promise.all([
    lockRosters(context, trx, [contract_id]),
    address === undefined ? undefined : lockAddresses(context, trx, [contract_id], [address]),
  ])
  const [roster] = rosters
  if (roster === undefined) throw new RefusedError({ type: 'not-found', resource: 'contract' })
  return { ...roster, ...(accounts && { accounts }) }
}

/**
 * Locks contracts, in the order of their ids, and reads their contacts, in one round trip. Answers the rosters in that
 * order, each once; a contract that the registry does not hold is left out.
 */
export async function lockRosters(
  { clock }: ActionContext,
  trx: Transaction,
  contract_ids: readonly string[],
): Promise<Roster[]> {
  const [contracts, contacts] = await Promise.all([
    lockContracts(trx, contract_ids),
    listRosters(trx, contract_ids, clock.today()),
  ])
  return contracts.map(contract => ({ contract, contacts: contacts.get(contract.contract_id) ?? [] }))
}

/**
 * The open accounts of addresses, which no other transaction enters or leaves until this one ends, with the contacts of
 * all contracts but these. The caller has locked the contracts before.
 */
export async function lockAddresses(
  { clock }: ActionContext,
  trx: Transaction,
  contract_ids: readonly string[],
  addresses: readonly string[],
): Promise<AddressAccounts> {
  const [, accounts] = await Promise.all([
    lockThings(trx, 'address', addresses),
    listAddressAccounts(trx, addresses, contract_ids, clock.today()),
  ])
  return accounts
}
