import type { ActionContext } from '#actions/support/action-context.ts'
import { listNoticeAccounts, type NoticeFilter } from '#db/accounts/notice-recipients.ts'
import { countContractsOfProduct, FEW_CONTRACTS } from '#db/accounts/notice-contracts.ts'
import type { Db } from '#db/driver/database.ts'
import { FIRST_UUID } from '#domain/first-uuid.ts'
import { noticeRecipient, type NoticeAccount, type NoticeRecipient } from '#domain/accounts/notice-recipient.ts'

/** The rows in memory at once, however long the list. */
const BATCH = 500

/**
 * A page of the open accounts that a notice goes to on a day, in the order of their opening (R31). `accounts_from`
 * reads the page itself.
 */
export async function listNoticePage(
  { database }: ActionContext,
  filter: NoticeFilter,
  today: string,
  page: { after: string; limit: number },
  accounts_from: Db = database,
): Promise<NoticeAccount[]> {
  // For a rare product a search by accounts would read nearly every account.
  const { product_id } = filter
  const isRare = product_id !== undefined && (await countContractsOfProduct(database, product_id)) <= FEW_CONTRACTS
  return await listNoticeAccounts(accounts_from, { ...filter, search: isRare ? 'contracts' : 'accounts' }, today, page)
}

/**
 * Every recipient of a notice, batch by batch, each account once (R31). An account that is open all the while is never
 * left out, whatever accounts open or close meanwhile. The list is of the day on which it began.
 */
export async function* streamNoticeRecipients(
  context: ActionContext,
  filter: NoticeFilter,
): AsyncGenerator<NoticeRecipient[], void> {
  const today = context.clock.today()
  let after = FIRST_UUID
  for (;;) {
    const accounts = await listNoticePage(context, filter, today, { after, limit: BATCH })
    yield accounts.map(noticeRecipient)
    const last = accounts.at(-1)
    if (last === undefined || accounts.length < BATCH) return
    after = last.account_id
  }
}
