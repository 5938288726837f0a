import type { ActionContext } from '#actions/support/action-context.ts'
import { listNoticeAccounts, type NoticeFilter } from '#db/notice-recipients.ts'
import { noticeRecipient, type NoticeRecipient } from '#domain/notice-recipient.ts'

/** So many rows are in memory at once, however long the list. */
const BATCH = 500
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/**
 * Everybody that a notice goes to, batch by batch, each account once (R31). Nobody who is there all the while is left
 * out, whoever else comes and goes meanwhile. The list is of one day, that on which it began.
 */
export async function* everyNoticeRecipient(
  { database, clock }: ActionContext,
  filter: NoticeFilter,
): AsyncGenerator<NoticeRecipient[], void> {
  const today = clock.today()
  let after = BEFORE_ALL
  for (;;) {
    const accounts = await listNoticeAccounts(database, filter, today, { after, limit: BATCH })
    yield accounts.map(noticeRecipient)
    const last = accounts.at(-1)
    if (last === undefined || accounts.length < BATCH) return
    after = last.account_id
  }
}
