import type { ImportWork } from '#actions/support/imports/import-parts.ts'
import { planAlone } from '#actions/support/rosters/plan-roster-change.ts'
import { readStep, settleStep, type SettledStep, type StepRules } from '#domain/imports/import-contract-step.ts'
import type { Interruptible } from '#domain/imports/import-trial.ts'
import { accountsSeenBy } from '#domain/imports/import-wave.ts'
import type { ImportRow } from '#domain/imports/import.ts'
import { rosterRefusals } from '#domain/rosters/roster-refusals.ts'
import type { CustomersAccounts, Roster } from '#domain/roster.ts'

/** A step of a contract: its rows make one desired roster, and may touch these addresses. */
export type ContractStep = {
  roster: Roster
  /** The rows in the order of the file. */
  rows: readonly ImportRow[]
  /** Whether another row of the contract was refused before. */
  has_refused: boolean
  addresses: ReadonlySet<string>
}

/** Decides what becomes of a step's rows. A long list is judged in several turns of the event loop. */
export async function settledStep(
  work: ImportWork,
  step: ContractStep,
  accounts: CustomersAccounts,
  now: string,
): Promise<SettledStep> {
  const { context, entry, turn } = work
  const { roster, rows, has_refused } = step
  const reading = { roster, options: entry, newId: context.newId, now: context.clock.now() }
  const read = await inTurns(readStep(rows, reading), turn)
  const settling = { on_problem: entry.on_problem, has_refused }
  return await inTurns(settleStep(read, { roster }, settling, rulesOf(work, step, accounts, now)), turn)
}

function rulesOf(
  { context, entry }: ImportWork,
  { roster, addresses }: ContractStep,
  accounts: CustomersAccounts,
  now: string,
): StepRules {
  const { contract } = roster
  const seen = accountsSeenBy(contract.customer_id, addresses, accounts)
  const may_exceed_limit = entry.accept_over_limit && contract.registered_at === null // R27: never past that
  const moment = { now, today: context.clock.today() }
  return {
    planOf: desired => {
      const [plan] = planAlone(context, { roster, desired, may_exceed_limit }, seen, now)
      if (plan === undefined) throw new Error('a change of one contract has one plan')
      return plan
    },
    refusalsOf: ({ present, ...list }) =>
      rosterRefusals({ roster: { contract, contacts: present }, may_exceed_limit, ...list }, seen, moment),
  }
}

async function inTurns<Result>(work: Interruptible<Result>, turn: ImportWork['turn']): Promise<Result> {
  for (let next = work.next(); ; next = work.next()) {
    if (next.done === true) return next.value
    await turn()
  }
}
