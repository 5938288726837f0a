import type { ActionContext } from '#actions/support/action-context.ts'
import { countContractsOfProduct, FEW_CONTRACTS, listNoticeAccounts, type NoticeFilter } from '#db/notice-recipients.ts'
import { FIRST_UUID } from '#domain/first-uuid.ts'
import { noticeRecipient, type NoticeAccount, type NoticeRecipient } from '#domain/notice-recipient.ts'

/** So many rows are in memory at once, however long the list. */
const BATCH = 500

/** A page of the open accounts that a notice goes to on a day, in the order of their opening (R31). */
export async function listNoticePage(
  { database }: ActionContext,
  filter: NoticeFilter,
  today: string,
  page: { after: string; limit: number },
): Promise<NoticeAccount[]> {
  // A rare product would otherwise be looked for behind every account there is.
  const { product_id } = filter
  const isRare = product_id !== undefined && (await countContractsOfProduct(database, product_id)) <= FEW_CONTRACTS
  return await listNoticeAccounts(database, { ...filter, search: isRare ? 'contracts' : 'accounts' }, today, page)
}

/**
 * Everybody that a notice goes to, batch by batch, each account once (R31). Nobody who is there all the while is left
 * out, whoever else comes and goes meanwhile. The list is of one day, that on which it began.
 */
export async function* everyNoticeRecipient(
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
