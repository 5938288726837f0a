import { assertKnown, foundAs } from '#actions/support/unknown-references.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { Asking } from '#domain/requester.ts'
import type { Roster } from '#domain/roster.ts'

/** The contracts that go to another customer, and who asked (R36). A contract that is named twice counts once. */
export type TransferMatter = { contract_ids: readonly string[]; to_customer_id: string; asking: Asking }

const pointer = (index: number): string => `#/contract_ids/${index}`

/** Refuses ids that the registry does not hold, and contracts that the customer has already. */
export function assertTransferable(
  rosters: readonly Roster[],
  customer: object | undefined,
  { contract_ids, to_customer_id }: TransferMatter,
): void {
  const found = new Map(rosters.map(({ contract }) => [contract.contract_id, contract]))
  assertKnown(
    { resource: 'contract', ids: contract_ids, pointer, known: found },
    foundAs({ resource: 'customer', pointer: '#/to_customer_id', id: to_customer_id }, customer),
  )
  const [first, ...others] = contract_ids.flatMap((contract_id, index): Refusal[] =>
    found.get(contract_id)?.customer_id === to_customer_id
      ? [{ type: 'state-conflict', contract_id, because: 'same_customer', pointers: [pointer(index)] }]
      : [],
  )
  if (first !== undefined) throw new RefusedError(first, ...others)
}

/** The addresses and the accounts of the contacts that move. */
export function placesOf(rosters: readonly Roster[]): { addresses: string[]; account_ids: string[] } {
  const contacts = rosters.flatMap(roster => roster.contacts)
  return {
    addresses: [...new Set(contacts.map(({ email_key }) => email_key))].toSorted(),
    account_ids: [...new Set(contacts.map(({ account_id }) => account_id))],
  }
}
