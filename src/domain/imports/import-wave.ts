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

/** How many rows are written as one statement, while no requests come. */
export const PIECE_ROWS = 100

/** Divides the steps of a wave into pieces of so many rows, each to be written as one statement. */
export function piecesOf<Step extends { rows: readonly unknown[] }>(
  steps: readonly Step[],
  most_rows = PIECE_ROWS,
): Step[][] {
  const pieces: Step[][] = []
  let rows = most_rows
  for (const step of steps) {
    if (rows + step.rows.length > most_rows) {
      pieces.push([])
      rows = 0
    }
    pieces.at(-1)?.push(step)
    rows += step.rows.length
  }
  return pieces
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
