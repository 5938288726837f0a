import type { ActionContext } from '#actions/support/action-context.ts'
import { planRosterChange } from '#actions/support/plan-roster-change.ts'
import { billedEnd, scheduleContractEnd } from '#actions/support/contract-end.ts'
import type { PutOutcome } from '#actions/support/put-outcome.ts'
import { assertKnown, foundAs } from '#actions/support/unknown-references.ts'
import { findProduct, listAppKinds, lockCatalogue } from '#db/catalogue.ts'
import { findContract, updateContractApps, upsertContract } from '#db/contracts.ts'
import { findCustomer } from '#db/customers.ts'
import { insertHistory } from '#db/history.ts'
import { lockThings } from '#db/driver/locks.ts'
import { limitEntries } from '#actions/support/roster-history.ts'
import { listRoster, lockContract } from '#db/roster.ts'
import type { Statement } from '#db/driver/statement.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import { hasEnded } from '#domain/contract-term.ts'
import { contractRecord, contractView, type Contract, type ContractTerms, type ContractView } from '#domain/contract.ts'
import { desiredRoster } from '#domain/desired-roster.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import { overSince } from '#domain/over-limit.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Requester } from '#domain/requester.ts'
import type { RosterContract } from '#domain/roster.ts'
import { calculateSeats } from '#domain/seat-limit.ts'

export type ContractPut = {
  contract_id: string
  terms: ContractTerms
  preconditions: Preconditions
  requester: Requester
}

/**
 * Takes over what billing says of a contract. A lower limit removes nobody (R27); where the contract ends with this,
 * or comes back into force, the accounts of its contacts close or open again (R28). The same again changes nothing.
 */
export async function putContract(
  context: ActionContext,
  { contract_id, terms, preconditions, requester }: ContractPut,
): Promise<PutOutcome<ContractView>> {
  const { database, clock } = context
  assertTermInOrder(terms)
  return await inTransaction(database, async trx => {
    const { before, after, seat_limit, customer_name } = await findFacts(
      context,
      trx,
      contract_id,
      { ...terms, app_ids: [...new Set(terms.app_ids)] },
      terms.app_ids,
    )
    const today = clock.today()
    const view = contractView(after, today)
    const former = before === undefined ? null : contractView(before, today)
    assertPreconditions(preconditions, former === null ? null : entityTag(former))
    if (before !== undefined && before.customer_id !== terms.customer_id)
      throw new RefusedError({ type: 'customer-fixed', contract_id })
    if (former !== null && entityTag(former) === entityTag(view)) return { value: former, is_new: false }
    const { changed_at, over_since } = after
    const end = billedEnd(before, after, today)
    const { end_recorded_at } = end
    await Promise.all([
      upsertContract(trx, { ...terms, contract_id, seat_limit, changed_at, over_since, end_recorded_at }),
      updateContractApps(trx, contract_id, after.app_ids),
    ])
    if (before?.ends_on !== after.ends_on && !hasEnded(after, today)) await scheduleContractEnd(context, trx, after)
    const accountChanges =
      before === undefined
        ? []
        : await changeAccounts(context, trx, before, { ...after, seat_limit, customer_name }, requester)
    const entry = {
      event: before === undefined ? 'contract.created' : 'contract.changed',
      subject_id: contract_id,
      contract_id,
      customer_id: terms.customer_id,
      before: former,
      after: contractRecord(after, today),
    }
    const limits = limitEntries(
      after,
      { limit: seat_limit, used: after.seats_used },
      before?.over_since ?? null,
      over_since,
    )
    await trx.commitWith(
      insertHistory({ ...requester, occurred_at: changed_at }, [entry, ...end.entries, ...limits]),
      ...accountChanges,
    )
    return { value: view, is_new: before === undefined }
  })
}

/** The contract before and after, under its lock and the catalogue's; refuses what the registry does not know (R9). */
async function findFacts(
  { clock }: ActionContext,
  trx: Transaction,
  contract_id: string,
  terms: ContractTerms,
  given_app_ids: readonly string[],
): Promise<{ before: Contract | undefined; after: Contract; seat_limit: number; customer_name: string }> {
  const [, , , before, customer, product] = await Promise.all([
    lockThings(trx, 'contract', [contract_id]),
    lockCatalogue(trx, 'shared'),
    lockContract(trx, contract_id),
    findContract(trx, contract_id),
    findCustomer(trx, terms.customer_id),
    findProduct(trx, terms.product_id),
  ])
  const kinds = await listAppKinds(trx, [...terms.app_ids, ...(product?.bundled_app_ids ?? [])])
  assertKnown(
    {
      resource: 'customer',
      pointer: () => '#/customer_id',
      ids: [terms.customer_id],
      known: foundAs(terms.customer_id, customer),
    },
    {
      resource: 'product',
      pointer: () => '#/product_id',
      ids: [terms.product_id],
      known: foundAs(terms.product_id, product),
    },
    { resource: 'app', pointer: index => `#/app_ids/${index}`, ids: given_app_ids, known: kinds },
  )
  const seat_limit = calculateSeats(product!, terms, kinds).limit
  const seats_used = before?.seats_used ?? 0
  const changed_at = monotonicTime(before?.changed_at ?? '', clock.now())
  const after = {
    ...terms,
    contract_id,
    product: product!,
    app_kinds: Object.fromEntries(kinds),
    seats_used,
    changed_at,
    registered_at: before?.registered_at ?? null,
    over_since: overSince(before?.over_since ?? null, seat_limit, seats_used, changed_at),
    end_recorded_at: before?.end_recorded_at ?? null,
  }
  return { before, after, seat_limit, customer_name: customer!.name }
}

function assertTermInOrder({ starts_on, ends_on }: ContractTerms): void {
  if (ends_on !== null && ends_on < starts_on) {
    throw new RefusedError({ type: 'invalid-request', errors: [{ pointer: '#/ends_on', code: 'before-start' }] })
  }
}

/** What the contacts' accounts do when the contract ends, or comes back into force (R28). */
async function changeAccounts(
  context: ActionContext,
  trx: Transaction,
  before: Contract,
  after: Pick<RosterContract, 'customer_name' | 'seat_limit'> & Contract,
  requester: Requester,
): Promise<Statement<unknown>[]> {
  const today = context.clock.today()
  if (before.seats_used === 0 || hasEnded(before, today) === hasEnded(after, today)) return []
  const contacts = await listRoster(trx, after.contract_id)
  const roster = { contract: after, contacts }
  const desired = desiredRoster(contacts)
  return (await planRosterChange(context, trx, { roster, desired, requester, formerTerm: before })).statements
}
