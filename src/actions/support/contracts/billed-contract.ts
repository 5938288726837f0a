import type { ActionContext } from '#actions/support/action-context.ts'
import { foundAs, unknownReference, unknownReferences } from '#actions/support/unknown-references.ts'
import { findProduct, listAppKinds, lockCatalogue } from '#db/contracts/catalogue.ts'
import { findContract } from '#db/contracts/contracts.ts'
import { findCustomer } from '#db/contracts/customers.ts'
import { lockThings } from '#db/driver/locks.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { lockContract } from '#db/rosters/roster.ts'
import type { Contract, ContractTerms } from '#domain/contracts/contract.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import { overSince } from '#domain/contracts/over-limit.ts'
import { RefusedError } from '#domain/refusal.ts'
import { calculateSeats } from '#domain/contracts/seat-limit.ts'

/** A contract before and after a change of billing's; `before` is undefined where it is new. */
export type BilledContract = {
  before: Contract | undefined
  after: Contract
  seat_limit: number
  customer_name: string
}

/** Works the change out, under the locks of the contract and the catalogue. Refuses unknown ids by name (R9). */
export async function lockBilledContract(
  { clock }: ActionContext,
  trx: Transaction,
  contract_id: string,
  terms: ContractTerms,
): Promise<BilledContract> {
  const { customer_id, product_id } = terms
  const app_ids = [...new Set(terms.app_ids)]
  const [, , , before, customer, product] = await Promise.all([
    lockThings(trx, 'contract', [contract_id]),
    lockCatalogue(trx, 'shared'),
    lockContract(trx, contract_id),
    findContract(trx, contract_id),
    findCustomer(trx, customer_id),
    findProduct(trx, product_id),
  ])
  const kinds = await listAppKinds(trx, [...app_ids, ...(product?.bundled_app_ids ?? [])])
  const references = unknownReferences(
    foundAs({ resource: 'customer', pointer: '#/customer_id', id: customer_id }, customer),
    foundAs({ resource: 'product', pointer: '#/product_id', id: product_id }, product),
    { resource: 'app', pointer: index => `#/app_ids/${index}`, ids: terms.app_ids, known: kinds },
  )
  if (customer === undefined || product === undefined || references.length > 0)
    throw new RefusedError(unknownReference(references))
  const { limit } = calculateSeats(product, { ...terms, app_ids }, kinds)
  const facts = { ...terms, contract_id, app_ids, product, app_kinds: Object.fromEntries(kinds) }
  const after = changedContract(before, { ...facts, awaits_start: clock.today() < terms.starts_on }, limit, clock.now())
  return { before, after, seat_limit: limit, customer_name: customer.name }
}

/** The contract with new terms. What its roster and its end have recorded stays. */
export function changedContract(
  before: Contract | undefined,
  facts: ContractTerms & Pick<Contract, 'contract_id' | 'product' | 'app_kinds' | 'awaits_start'>,
  seat_limit: number,
  now: string,
): Contract {
  const { seats_used = 0, registered_at = null, end_recorded_at = null, over_since = null } = before ?? {}
  const changed_at = before === undefined ? now : monotonicTime(before.changed_at, now)
  return {
    ...facts,
    seats_used,
    registered_at,
    end_recorded_at,
    updated_at: changed_at,
    changed_at,
    over_since: overSince(over_since, seat_limit, seats_used, changed_at),
  }
}
