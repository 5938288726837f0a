import type { ActionContext } from '#actions/support/action-context.ts'
import { accountReportHistory, type AccountReports } from '#actions/support/accounts/account-report-history.ts'
import { insertHistory } from '#db/history/history.ts'
import type { Db } from '#db/driver/database.ts'
import { lockThings } from '#db/driver/locks.ts'
import {
  deleteResidualAccesses,
  findAccountAddress,
  findAccountOfExternalId,
  findSupportAccount,
  updateAccountReport,
} from '#db/accounts/support-accounts.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { Caller } from '#domain/caller.ts'
import {
  supportAccountView,
  type SupportAccount,
  type SupportAccountView,
} from '#domain/accounts/support-account-view.ts'

export type SupportAccountUpdate = AccountReports & {
  account_id: string
  preconditions: Preconditions
  caller: Caller
}

// The support site's clock may be a little ahead of ours.
const CLOCK_SKEW_MILLISECONDS = 5 * 60 * 1000

const NOT_FOUND = { type: 'not-found', resource: 'support_account' } as const satisfies Refusal

/**
 * Takes over what other systems report of an account: when its password was set, or that it has none (R21); whether
 * mail reaches its address (R31); which user of the help desk has it.
 */
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
  { account_id, preconditions, caller, ...reports }: SupportAccountUpdate,
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
    const now = clock.now()
    assertReportable(before, reports, now)
    await assertUsersOwn(trx, account, reports.external_id)
    const after = supportAccountView(reported(account, reports))
    if (entityTag(after) === entityTag(before)) return before
    const { password_set_at, mail_state, external_id } = after
    await updateAccountReport(trx, account_id, { password_set_at, mail_state, external_id })
    if (password_set_at !== null && password_set_at !== before.password_set_at)
      await deleteResidualAccesses(trx, account_id, password_set_at)
    await trx.commitWith(insertHistory({ ...caller, occurred_at: now }, accountReportHistory(before, after)))
    return after
  })
}

/** A closed account takes no report of its password and its mail. Which user has it may be said at any time. */
function assertReportable(
  { account_id, state }: SupportAccountView,
  { password_set_at, mail_state }: AccountReports,
  now: string,
): void {
  if (password_set_at != null) assertPast(password_set_at, now)
  if (state === 'closed' && (password_set_at !== undefined || mail_state !== undefined))
    throw new RefusedError({ type: 'account-closed', account_id })
}

/** A user of the help desk has one account: the id is locked, so that no two accounts get it at once. */
async function assertUsersOwn(trx: Db, account: SupportAccount, external_id: string | null | undefined): Promise<void> {
  if (external_id == null || external_id === account.external_id) return
  const [, account_id] = await Promise.all([
    lockThings(trx, 'external-id', [external_id]),
    findAccountOfExternalId(trx, external_id),
  ])
  if (account_id !== undefined) throw new RefusedError({ type: 'state-conflict', account_id, external_id })
}

/** The account with what was reported: people who left before its password was set can no longer read it (R21). */
function reported(account: SupportAccount, reports: AccountReports): SupportAccount {
  const { mail_state = account.mail_state, external_id = account.external_id } = reports
  const present = { ...account, mail_state, external_id }
  const { password_set_at } = reports
  if (password_set_at === undefined || isOutdated(password_set_at, account)) return present
  const residual_access = account.residual_access.filter(
    ({ left_at }) => password_set_at === null || left_at > password_set_at,
  )
  return { ...present, password_set_at, residual_access }
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

function assertPast(time: string, now: string): void {
  if (Date.parse(time) <= Date.parse(now) + CLOCK_SKEW_MILLISECONDS) return
  throw new RefusedError({ type: 'invalid-value', errors: [{ pointer: '#/password_set_at', code: 'in-the-future' }] })
}
