import type { ImportWork } from '#actions/support/imports/import-parts.ts'
import { lockRosters } from '#actions/support/rosters/lock-roster.ts'
import { statementsOf } from '#actions/support/rosters/plan-roster-change.ts'
import { settledStep, type ContractStep } from '#actions/support/imports/settle-import-step.ts'
import { UndoneRowsError, undoableRows } from '#actions/support/imports/undone-rows.ts'
import { lockThings } from '#db/driver/locks.ts'
import type { Statement } from '#db/driver/statement.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { listCustomersAccounts, listRosterContracts, listRosters } from '#db/rosters/roster.ts'
import type { Contact } from '#domain/contact.ts'
import { addressesOfRow } from '#domain/imports/import-addresses.ts'
import { refusedRow, skippedRow, unchangedRow } from '#domain/imports/import-row-outcome.ts'
import { sameContacts } from '#domain/imports/same-contacts.ts'
import { wavesOf } from '#domain/imports/import-wave.ts'
import { PIECE_ROWS, PIECE_ROWS_BESIDE_REQUESTS, piecesOf } from '#domain/imports/import-pieces.ts'
import type { ImportRow, RowOutcome } from '#domain/imports/import.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import type { Roster } from '#domain/roster.ts'
import type { RosterPlan } from '#domain/rosters/roster-plan.ts'

/** The rows of one contract, in the order of the file; `has_refused` where another row of it was refused before. */
type ContractRows = Pick<ContractStep, 'rows' | 'has_refused'> & { contract_id: string }

/**
 * Makes one desired roster of each contract's rows, as if they came one contract after the other. Contracts that have
 * no address in common are written together. `refused_ids` are the contracts of which a row was refused before.
 */
export async function importRosters(
  work: ImportWork,
  rows: readonly ImportRow[],
  refused_ids: ReadonlySet<string>,
): Promise<RowOutcome[]> {
  if (rows.length === 0) return []
  const several = [...Map.groupBy(rows, ({ contract_id }) => contract_id ?? '')]
    .map(([contract_id, own]): ContractRows => ({ contract_id, rows: own, has_refused: refused_ids.has(contract_id) }))
    .toSorted((a, b) => (a.contract_id < b.contract_id ? -1 : 1))
  const rosters = await lockRosters(
    work.context,
    work.trx,
    several.map(({ contract_id }) => contract_id),
  )
  const known = new Map(rosters.map(roster => [roster.contract.contract_id, roster]))
  const [simple, mixed] = [several.filter(isOneStep), several.filter(one => !isOneStep(one))]
  const steps = simple.flatMap(one => stepOf(known.get(one.contract_id), one))
  await lockThings(work.trx, 'address', [...new Set(steps.flatMap(({ addresses }) => [...addresses]))])
  const outcomes = several.filter(({ contract_id }) => !known.has(contract_id)).flatMap(unknownContract)
  for (const [index, wave] of wavesOf(steps).entries()) outcomes.push(...(await settleWave(work, wave, index > 0)))
  for (const one of mixed) if (known.has(one.contract_id)) outcomes.push(...(await settleMixed(work, one)))
  return outcomes
}

/** Whether rows make one desired roster: a roster's line makes one alone. */
function isOneStep({ rows }: ContractRows): boolean {
  return rows.length === 1 || rows.every(({ type }) => type === 'contact')
}

function unknownContract({ contract_id: id, rows }: ContractRows): RowOutcome[] {
  return rows.map(row =>
    refusedRow(row, [
      { type: 'unknown-reference', references: [{ pointer: '#/contract_id', resource: 'contract', id }] },
    ]),
  )
}

function stepOf(roster: Roster | undefined, { rows, has_refused }: ContractRows): ContractStep[] {
  if (roster === undefined) return []
  const present = roster.contacts.map(({ email_key }) => email_key)
  return [{ roster, rows, has_refused, addresses: new Set([...present, ...rows.flatMap(addressesOfRow)]) }]
}

/**
 * Writes the steps of one wave, in pieces: while Postgres writes one, the service judges the next. After an earlier
 * wave, the present contacts are read again.
 */
async function settleWave(work: ImportWork, wave: readonly ContractStep[], isLater: boolean): Promise<RowOutcome[]> {
  const { context, trx, caller } = work
  const steps = isLater ? await readAgain(work, wave) : wave
  const ids = steps.map(({ roster }) => roster.contract.contract_id)
  const addresses = [...new Set(steps.flatMap(step => [...step.addresses]))]
  const accounts = await listCustomersAccounts(trx, addresses, ids, context.clock.today())
  const now = steps.reduce((time, { roster }) => monotonicTime(roster.contract.changed_at, time), context.clock.now())
  const outcomes: RowOutcome[] = []
  const writes: Promise<unknown>[] = []
  for (const piece of piecesOf(steps, () => context.pace.portion(PIECE_ROWS, PIECE_ROWS_BESIDE_REQUESTS))) {
    const plans: RosterPlan[] = []
    for (const step of piece) {
      const settled = await settledStep(work, step, accounts, now)
      outcomes.push(...settled.outcomes)
      if (settled.plan !== undefined) plans.push(settled.plan)
      await work.turn()
    }
    writes.push(failureOfWrite(trx, statementsOf(context, trx, plans, { ...caller, requested_by: null })))
    if (context.pace.givesWay()) await writes.at(-1) // so that the database has one statement at hand, not several
  }
  const failure = (await Promise.all(writes)).find(error => error !== undefined)
  if (failure !== undefined) throw failure
  return outcomes
}

/** The error of a statement that failed. The others are sent meanwhile: it is thrown once all are done. */
async function failureOfWrite(trx: Transaction, statements: Promise<Statement<unknown>[]>): Promise<unknown> {
  try {
    await Promise.all((await statements).map(async statement => await trx.run(statement)))
    return undefined
  } catch (error) {
    return error
  }
}

async function readAgain({ context, trx }: ImportWork, wave: readonly ContractStep[]): Promise<ContractStep[]> {
  const ids = wave.map(({ roster }) => roster.contract.contract_id)
  const [contracts, contacts] = await Promise.all([
    listRosterContracts(trx, ids),
    listRosters(trx, ids, context.clock.today()),
  ])
  const known = new Map(contracts.map(contract => [contract.contract_id, contract]))
  return wave.map(step => {
    const { contract_id } = step.roster.contract
    const contract = known.get(contract_id) ?? step.roster.contract
    return { ...step, roster: { contract, contacts: contacts.get(contract_id) ?? [] } }
  })
}

/**
 * Makes several desired rosters of a contract, one after the other: a roster's line, and the contacts' rows before and
 * after it. Under `skip_contract` a refusal undoes all of them. Where they come back to what was there, they change
 * nothing.
 */
async function settleMixed(work: ImportWork, one: ContractRows): Promise<RowOutcome[]> {
  const { context, trx, entry } = work
  return await undoableRows(trx, async () => {
    const before = await lockRosters(context, trx, [one.contract_id])
    const outcomes = await settleSteps(work, one)
    if (entry.on_problem === 'skip_contract' && outcomes.some(isRefused))
      throw new UndoneRowsError(outcomes.map(row => (isRefused(row) ? row : skippedRow(row))))
    const after = await lockRosters(context, trx, [one.contract_id])
    const ids = sameContacts(before.flatMap(contactsOf), after.flatMap(contactsOf))
    if (ids !== undefined) throw new UndoneRowsError(outcomes.map(row => unchangedRow(row, ids)))
    return outcomes
  })
}

async function settleSteps(work: ImportWork, one: ContractRows): Promise<RowOutcome[]> {
  const outcomes: RowOutcome[] = []
  for (const rows of stepsOf(one.rows)) {
    const has_refused = one.has_refused || outcomes.some(isRefused)
    outcomes.push(...(await settleAlone(work, { ...one, rows, has_refused })))
  }
  return outcomes
}

function contactsOf({ contacts }: Roster): readonly Contact[] {
  return contacts
}

function isRefused({ outcome }: RowOutcome): boolean {
  return outcome === 'refused'
}

async function settleAlone(work: ImportWork, one: ContractRows): Promise<RowOutcome[]> {
  const rosters = await lockRosters(work.context, work.trx, [one.contract_id])
  const steps = rosters.flatMap(roster => stepOf(roster, one))
  await lockThings(
    work.trx,
    'address',
    steps.flatMap(({ addresses }) => [...addresses]),
  )
  return await settleWave(work, steps, false)
}

function stepsOf(rows: readonly ImportRow[]): ImportRow[][] {
  const steps: ImportRow[][] = []
  let open: ImportRow[] | undefined
  for (const row of rows) {
    if (row.type === 'contact' && open !== undefined) open.push(row)
    else steps.push((open = [row]))
    if (row.type === 'roster') open = undefined
  }
  return steps
}
