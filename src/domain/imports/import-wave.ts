import type { AddressAccount, AddressAccounts, CustomersAccounts } from '#domain/roster.ts'

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
 * several customers: the closed accounts of others are none of its business.
 */
export function accountsSeenBy(
  customer_id: string,
  addresses: ReadonlySet<string>,
  accounts: CustomersAccounts,
): AddressAccounts {
  const seen = [...addresses].flatMap((address): [string, AddressAccount][] => {
    const [first, ...others] = (accounts.get(address) ?? []).filter(
      account => account.closed_at === null || account.customer_id === customer_id,
    )
    const [closed] = others
    return first === undefined ? [] : [[address, { ...first, ...(closed && { closed }) }]]
  })
  return new Map(seen)
}
