import { changedContract } from '#actions/support/contracts/billed-contract.ts'
import { billedEnd, scheduleContractEnd } from '#actions/support/contracts/contract-end.ts'
import { scheduleContractStart } from '#actions/support/contracts/contract-start.ts'
import {
  assertTermInOrder,
  contractEntry,
  isUnchanged,
  writeContract,
} from '#actions/support/contracts/contract-write.ts'
import type { ImportWork } from '#actions/support/imports/import-parts.ts'
import { UndoneRowsError, undoableRows } from '#actions/support/imports/undone-rows.ts'
import { foundAs, unknownReference, unknownReferences } from '#actions/support/unknown-references.ts'
import { findProduct, listAppKinds, lockCatalogue } from '#db/contracts/catalogue.ts'
import { insertContractApps, insertContracts, listContractsByIds, type ContractWrite } from '#db/contracts/contracts.ts'
import { listCustomersByIds, type Customer } from '#db/contracts/customers.ts'
import { lockThings } from '#db/driver/locks.ts'
import { inSavepoint } from '#db/driver/savepoint.ts'
import { insertHistory, type HistoryEntry } from '#db/history/history.ts'
import { lockContracts } from '#db/rosters/roster.ts'
import type { Product } from '#domain/contracts/catalogue.ts'
import { hasEnded } from '#domain/contracts/contract-term.ts'
import { contractView, type Contract, type ContractTerms } from '#domain/contracts/contract.ts'
import { doneRow, refusedRow, unchangedRow } from '#domain/imports/import-row-outcome.ts'
import type { ImportRow, RowOutcome } from '#domain/imports/import.ts'
import { RefusedError } from '#domain/refusal.ts'
import { calculateSeats, type AppKinds } from '#domain/contracts/seat-limit.ts'

type Facts = {
  known: ReadonlyMap<string, Contract>
  customers: ReadonlyMap<string, Customer>
  products: ReadonlyMap<string, Product>
  kinds: AppKinds
}

/**
 * Takes over contracts in the order of their lines, as `putContract` does one by one. New contracts are written
 * together; one that the registry holds already is changed by itself, because its accounts may change with it.
 */
export async function importContracts(work: ImportWork, rows: readonly ImportRow[]): Promise<RowOutcome[]> {
  if (rows.length === 0) return []
  const facts = await lockFacts(work, rows)
  const created = new Map<string, NewContract>()
  const later: ImportRow[] = []
  const outcomes: RowOutcome[] = []
  for (const row of rows) {
    const id = row.contract_id ?? ''
    const judged = created.has(id) || facts.known.has(id) ? undefined : newContract(work, row, facts)
    if (judged === undefined) later.push(row)
    else if (judged instanceof RefusedError) outcomes.push(refusedRow(row, judged.refusals))
    else {
      created.set(id, judged)
      outcomes.push(doneRow(row, 'created'))
    }
  }
  await writeNewContracts(work, [...created.values()])
  for (const [id, several] of Map.groupBy(later, ({ contract_id }) => contract_id ?? ''))
    outcomes.push(...(await importPresentContract(work, several, facts.known.get(id))))
  return outcomes
}

async function lockFacts({ trx }: ImportWork, rows: readonly ImportRow[]): Promise<Facts> {
  const terms = rows.map(termsOf)
  const ids = [...new Set(rows.map(({ contract_id }) => contract_id ?? ''))].toSorted()
  const product_ids = [...new Set(terms.map(({ product_id }) => product_id))]
  const customer_ids = [...new Set(terms.map(({ customer_id }) => customer_id))]
  const [, , , contracts, customers, products] = await Promise.all([
    lockThings(trx, 'contract', ids),
    lockCatalogue(trx, 'shared'),
    lockContracts(trx, ids),
    listContractsByIds(trx, ids),
    listCustomersByIds(trx, customer_ids),
    Promise.all(product_ids.map(async product_id => await findProduct(trx, product_id))),
  ])
  const found = products.filter(product => product !== undefined)
  const app_ids = [...terms.flatMap(one => one.app_ids), ...found.flatMap(({ bundled_app_ids }) => bundled_app_ids)]
  return {
    known: new Map(contracts.map(contract => [contract.contract_id, contract])),
    customers,
    products: new Map(found.map(product => [product.product_id, product])),
    kinds: await listAppKinds(trx, [...new Set(app_ids)]),
  }
}

function termsOf({ fields }: ImportRow): ContractTerms {
  const { customer_id, product_id, app_ids, connections, starts_on, ends_on } = fields as ContractTerms
  return { customer_id, product_id, app_ids: [...new Set(app_ids)], connections, starts_on, ends_on }
}

type NewContract = { contract: Contract; write: ContractWrite; entries: HistoryEntry[] }

/** A contract that the registry does not hold yet, or what speaks against it (R9). */
function newContract({ context }: ImportWork, row: ImportRow, facts: Facts): NewContract | RefusedError {
  const terms = termsOf(row)
  const { customer_id, product_id } = terms
  const customer = facts.customers.get(customer_id)
  const product = facts.products.get(product_id)
  const references = unknownReferences(
    foundAs({ resource: 'customer', pointer: '#/customer_id', id: customer_id }, customer),
    foundAs({ resource: 'product', pointer: '#/product_id', id: product_id }, product),
    { resource: 'app', pointer: index => `#/app_ids/${index}`, ids: terms.app_ids, known: facts.kinds },
  )
  try {
    assertTermInOrder(terms)
  } catch (error) {
    if (error instanceof RefusedError) return error
    throw error
  }
  if (product === undefined || references.length > 0) return new RefusedError(unknownReference(references))
  const { app_ids } = terms
  const { limit: seat_limit } = calculateSeats(product, terms, facts.kinds)
  const used = new Set([...app_ids, ...product.bundled_app_ids])
  const app_kinds = Object.fromEntries([...facts.kinds].filter(([app_id]) => used.has(app_id)))
  const contract_id = row.contract_id ?? ''
  const now = context.clock.now()
  const awaits_start = context.clock.today() < terms.starts_on
  const described = { ...terms, contract_id, product, app_kinds, awaits_start }
  const contract = changedContract(undefined, described, seat_limit, now)
  const today = context.clock.today()
  const { end_recorded_at, entries } = billedEnd(undefined, contract, today)
  const { updated_at, changed_at, over_since } = contract
  return {
    contract,
    write: { ...terms, contract_id, seat_limit, updated_at, changed_at, over_since, end_recorded_at, awaits_start },
    entries: [contractEntry(null, contract, today), ...entries],
  }
}

async function writeNewContracts({ context, trx, caller }: ImportWork, several: readonly NewContract[]): Promise<void> {
  const [first] = several
  if (first === undefined) return
  const today = context.clock.today()
  const occurred_at = first.contract.changed_at
  const entries = several.flatMap(one => one.entries)
  const writes = several.map(({ write }) => write)
  const ending = several.filter(({ contract }) => contract.ends_on !== null && !hasEnded(contract, today))
  await Promise.all([
    trx.run(insertContracts(writes)),
    trx.run(insertContractApps(writes)),
    trx.run(insertHistory({ ...caller, occurred_at }, entries)),
    ...ending.map(async ({ contract }) => await scheduleContractEnd(context, trx, contract)),
    ...several.map(async ({ contract }) => await scheduleContractStart(context, trx, contract)),
  ])
}

/** The lines of a contract that is there; `present` is undefined where an earlier line of the file has made it. */
async function importPresentContract(
  work: ImportWork,
  rows: readonly ImportRow[],
  present: Contract | undefined,
): Promise<RowOutcome[]> {
  const isSame = (row: ImportRow): boolean =>
    present !== undefined && saysTheSame(present, termsOf(row), work.context.clock.today())
  if (rows.every(isSame)) return rows.map(row => doneRow(row, 'unchanged'))
  return await undoableRows(work.trx, async () => {
    const outcomes: RowOutcome[] = []
    for (const row of rows) outcomes.push(await importChangedContract(work, row))
    const taken = rows.findLast((_row, index) => outcomes[index]?.outcome !== 'refused')
    // Lines that contradict each other, and come back to what was there, change nothing.
    if (taken !== undefined && isSame(taken)) throw new UndoneRowsError(outcomes.map(row => unchangedRow(row)))
    return outcomes
  })
}

async function importChangedContract({ context, trx, caller }: ImportWork, row: ImportRow): Promise<RowOutcome> {
  const put = { contract_id: row.contract_id ?? '', terms: termsOf(row), preconditions: {}, caller }
  try {
    return await inSavepoint(trx, async () => {
      const { is_changed, statements } = await writeContract(context, trx, put)
      await Promise.all(statements.map(async statement => await trx.run(statement)))
      return doneRow(row, is_changed ? 'changed' : 'unchanged')
    })
  } catch (error) {
    if (error instanceof RefusedError) return refusedRow(row, error.refusals)
    throw error
  }
}

function saysTheSame(present: Contract, terms: ContractTerms, today: string): boolean {
  return isUnchanged(contractView(present, today), contractView({ ...present, ...terms }, today))
}
