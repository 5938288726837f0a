import type { ActionContext } from '#actions/support/action-context.ts'
import { lockTransfer, type LockedTransfer } from '#actions/support/contracts/lock-transfer.ts'
import type { TransferMatter } from '#actions/support/contracts/transfer-matter.ts'
import { transferHistory } from '#actions/support/contracts/transfer-record.ts'
import { transferWrite } from '#actions/support/contracts/transfer-write.ts'
import { withIdempotency, type IdempotentOutcome, type UncommittedWrite } from '#actions/support/with-idempotency.ts'
import { paired } from '#actions/support/paired.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { insertHistory } from '#db/history/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { listAccountsByIds } from '#db/accounts/support-accounts.ts'
import { updateTransferred } from '#db/contracts/transfers.ts'
import { listContactsById, listContactsOfAccounts } from '#db/rosters/contacts.ts'
import type { Caller } from '#domain/caller.ts'
import type { Contact } from '#domain/contact.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import { RefusedError } from '#domain/refusal.ts'
import { transferRefusals } from '#domain/contracts/transfer.ts'

export type Transfer = TransferMatter & { caller: Caller; key?: IdempotencyKey | undefined }

/** The contracts that went to another customer, and the accounts that went along, by their ids. */
export type TransferDone = {
  to_customer_id: string
  contracts: { contract_id: string; from_customer_id: string; contact_ids: string[] }[]
  account_ids: string[]
  superseded_account_ids: string[]
}

/**
 * Gives contracts to another customer with their contacts and accounts, all in one step (R36). Each goes as a whole,
 * and nothing moves where an address would serve both customers (R20).
 */
export async function transferContracts(
  context: ActionContext,
  { caller, key, ...matter }: Transfer,
): Promise<IdempotentOutcome<TransferDone>> {
  return await withIdempotency(context, key, async trx => await transferOnce(context, trx, matter, caller))
}

async function transferOnce(
  context: ActionContext,
  trx: Transaction,
  matter: TransferMatter,
  caller: Caller,
): Promise<UncommittedWrite<TransferDone>> {
  const locked = await lockTransfer(context, trx, matter)
  const { plan, requested_by } = locked
  const [refusal] = transferRefusals(plan)
  if (refusal !== undefined) throw new RefusedError(refusal)
  const { to_customer_id } = matter
  const moment = { now: momentOf(locked, context.clock.now()), today: context.clock.today() }
  const account_ids = plan.accounts.map(({ account_id }) => account_id)
  const accounts = await listAccountsByIds(trx, account_ids, moment.today)
  const known = new Map(accounts.map(account => [account.account_id, account]))
  const former = await contactsBehind(trx, locked, moment.today)
  await trx.run(updateTransferred(transferWrite(locked, to_customer_id, moment.now)))
  const contacts = paired(former, await listContactsById(trx, idsOf(former), moment.today))
  const change = { ...caller, source: 'transfer', requested_by, occurred_at: moment.now } as const
  return {
    value: transferDone(locked, to_customer_id),
    statements: [insertHistory(change, transferHistory(locked, { accounts: known, contacts }, to_customer_id, moment))],
  }
}

/** The contacts that move, and those that stay behind accounts with them: their mailbox may be shared no longer. */
async function contactsBehind(trx: Transaction, { contacts }: LockedTransfer, today: string): Promise<Contact[]> {
  const account_ids = new Set(contacts.map(({ account_id }) => account_id))
  return await listContactsOfAccounts(trx, [...account_ids], today)
}

function idsOf(contacts: readonly Contact[]): string[] {
  return contacts.map(({ contact_id }) => contact_id)
}

/** Nothing that goes along goes back in time. */
function momentOf({ contracts, contacts }: LockedTransfer, now: string): string {
  const former = [...contracts.map(({ changed_at }) => changed_at), ...contacts.map(({ updated_at }) => updated_at)]
  return former.reduce((time, earlier) => monotonicTime(earlier, time), now)
}

function transferDone({ rosters, plan }: LockedTransfer, to_customer_id: string): TransferDone {
  return {
    to_customer_id,
    contracts: rosters.map(({ contract, contacts }) => ({
      contract_id: contract.contract_id,
      from_customer_id: contract.customer_id,
      contact_ids: idsOf(contacts),
    })),
    account_ids: plan.accounts.map(({ account_id }) => account_id),
    superseded_account_ids: plan.superseded,
  }
}
