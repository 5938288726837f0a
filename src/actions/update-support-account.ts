import type { ActionContext } from '#actions/support/action-context.ts'
import { insertHistory, type HistoryEntry } from '#db/history.ts'
import { lockThings } from '#db/driver/locks.ts'
import {
  deleteResidualAccesses,
  findAccountAddress,
  findSupportAccount,
  updatePasswordSetAt,
} from '#db/support-accounts.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { Caller } from '#domain/caller.ts'
import { supportAccountView, type SupportAccount, type SupportAccountView } from '#domain/support-account-view.ts'

export type SupportAccountUpdate = {
  account_id: string
  password_set_at: string | null | undefined
  preconditions: Preconditions
  caller: Caller
}

// The support site's clock may be a little ahead of ours.
const CLOCK_SKEW_MILLISECONDS = 5 * 60 * 1000

const NOT_FOUND = { type: 'not-found', resource: 'support_account' } as const satisfies Refusal

/** Takes over what the support site reports of an account (R21): when its password was set, or that it has none. */
export async function updateSupportAccount(
  context: ActionContext,
  update: SupportAccountUpdate,
): Promise<SupportAccountView> {
  for (;;) {
    const email_key = await findAccountAddress(context.database, update.account_id)
    if (email_key === undefined) throw new RefusedError(NOT_FOUND)
    const answer = await updateAtAddress(context, update, email_key)
    if (answer !== undefined) return answer
  }
}

/** Takes the report over under the lock of the address; undefined where the account has gone to another meanwhile. */
async function updateAtAddress(
  { database, clock }: ActionContext,
  { account_id, password_set_at, preconditions, caller }: SupportAccountUpdate,
  email_key: string,
): Promise<SupportAccountView | undefined> {
  return await inTransaction(database, async trx => {
    const [, account, address] = await Promise.all([
      lockThings(trx, 'address', [email_key]),
      findSupportAccount(trx, account_id, clock.today()),
      findAccountAddress(trx, account_id),
    ])
    if (account === undefined) throw new RefusedError(NOT_FOUND)
    if (address !== email_key) return undefined
    const before = supportAccountView(account)
    assertPreconditions(preconditions, entityTag(before))
    if (password_set_at === undefined) return before
    const now = clock.now()
    assertPast(password_set_at, now)
    if (before.state === 'closed') throw new RefusedError({ type: 'account-closed', account_id })
    if (isOutdated(password_set_at, account)) return before
    const after = supportAccountView(withPassword(account, password_set_at))
    if (entityTag(after) === entityTag(before)) return before
    await updatePasswordSetAt(trx, account_id, password_set_at)
    if (password_set_at !== null) await deleteResidualAccesses(trx, account_id, password_set_at)
    await trx.commitWith(insertHistory({ ...caller, occurred_at: now }, [passwordEntry(before, after)]))
    return after
  })
}

/** The account with its reported password: people who left before it was set can no longer read the mailbox (R21). */
function withPassword(account: SupportAccount, password_set_at: string | null): SupportAccount {
  const residual_access = account.residual_access.filter(
    ({ left_at }) => password_set_at === null || left_at > password_set_at,
  )
  return { ...account, password_set_at, residual_access }
}

function passwordEntry(before: SupportAccountView, after: SupportAccountView): HistoryEntry {
  const { account_id, customer_id } = after
  return {
    event: 'support_account.password_reported',
    subject_id: account_id,
    customer_id,
    account_id,
    before: { password_set_at: before.password_set_at },
    after: { password_set_at: after.password_set_at },
  }
}

/**
 * Reports may arrive out of order: one of an earlier password than the known one changes nothing, nor does one of a
 * password that others had before the present people got the account (R21).
 */
function isOutdated(
  set_at: string | null,
  {
    password_set_at: known,
    in_use_since,
    opened_at,
  }: Pick<SupportAccount, 'password_set_at' | 'in_use_since' | 'opened_at'>,
): boolean {
  if (set_at === null) return false
  return (known !== null && set_at < known) || (in_use_since > opened_at && set_at < in_use_since)
}

function assertPast(time: string | null, now: string): void {
  if (time === null || Date.parse(time) <= Date.parse(now) + CLOCK_SKEW_MILLISECONDS) return
  throw new RefusedError({ type: 'invalid-value', errors: [{ pointer: '#/password_set_at', code: 'in-the-future' }] })
}
