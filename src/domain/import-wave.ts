import type { AddressAccount, AddressAccounts } from '#domain/roster.ts'

/**
 * Divides steps into waves: the steps of one wave have no address in common, so that each can be planned by itself and
 * all are written together. Steps that meet at an address follow each other in the order of the list.
 */
export function wavesOf<Step extends { addresses: ReadonlySet<string> }>(steps: readonly Step[]): Step[][] {
  const waves: Step[][] = []
  const next = new Map<string, number>()
  for (const step of steps) {
    const wave = Math.max(0, ...[...step.addresses].map(address => next.get(address) ?? 0))
    for (const address of step.addresses) next.set(address, wave + 1)
    const others = waves[wave]
    if (others === undefined) waves[wave] = [step]
    else others.push(step)
  }
  return waves
}

/**
 * The accounts of addresses as one customer's contract sees them, of those that were looked up for the contracts of
 * several customers: another customer's closed account is none of its business.
 */
export function accountsSeenBy(
  customer_id: string,
  addresses: ReadonlySet<string>,
  accounts: AddressAccounts,
): AddressAccounts {
  const seen = [...addresses].flatMap((address): [string, AddressAccount][] => {
    const account = seenAccount(customer_id, accounts.get(address))
    return account === undefined ? [] : [[address, account]]
  })
  return new Map(seen)
}

function seenAccount(customer_id: string, account: AddressAccount | undefined): AddressAccount | undefined {
  if (account === undefined) return undefined
  const { closed, ...first } = account
  const own = closed?.customer_id === customer_id ? closed : undefined
  if (first.closed_at !== null && first.customer_id !== customer_id) return own
  return own === undefined ? first : { ...first, closed: own }
}
