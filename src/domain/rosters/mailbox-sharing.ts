import { nameKey } from '#domain/names/name-keys.ts'
import type { PersonName } from '#domain/person-name.ts'
import type { ComparedStep } from '#domain/roster-step.ts'
import type { AddressAccounts } from '#domain/roster.ts'

/** R18: whether several people in force use each of the addresses, on whichever contracts, after a change. */
export function sharedAddresses(
  addresses: readonly string[],
  accounts: AddressAccounts,
  steps: readonly Pick<ComparedStep, 'roster' | 'desired' | 'isInForce'>[],
): ReadonlyMap<string, boolean> {
  const customer_ids = new Set(steps.map(({ roster }) => roster.contract.customer_id))
  const here = Map.groupBy(
    steps.flatMap(({ desired, isInForce }) => (isInForce ? desired : [])),
    ({ email_key }) => email_key,
  )
  return new Map(
    addresses.map(email_key => {
      const account = accounts.get(email_key)
      const elsewhere = account !== undefined && customer_ids.has(account.customer_id) ? account.elsewhere : []
      return [email_key, areSeveral([...elsewhere, ...(here.get(email_key) ?? [])])]
    }),
  )
}

function areSeveral(contacts: readonly PersonName[]): boolean {
  return contacts.length > 1 && new Set(contacts.map(nameKey)).size > 1
}
