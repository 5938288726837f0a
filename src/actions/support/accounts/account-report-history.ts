import type { HistoryEntry } from '#db/history/history.ts'
import type { AccountReport } from '#db/accounts/support-accounts.ts'
import type { SupportAccountView } from '#domain/accounts/support-account-view.ts'

/** What other systems report of an account; what is absent stays as it is. */
export type AccountReports = { [Field in keyof AccountReport]: AccountReport[Field] | undefined }

// Each thing that may be reported, and the entry of history that records it.
const EVENTS = {
  password_set_at: 'support_account.password_reported',
  mail_state: 'support_account.mail_state_reported',
  external_id: 'support_account.linked',
} as const satisfies Record<keyof AccountReport, string>

/** The record of a report: one entry for each thing that it changes, with the whole account before and after (R37). */
export function accountReportHistory(before: SupportAccountView, after: SupportAccountView): HistoryEntry[] {
  const { account_id, customer_id } = after
  const fields = Object.keys(EVENTS) as (keyof AccountReport)[]
  return fields
    .filter(field => before[field] !== after[field])
    .map(field => ({
      event: EVENTS[field],
      subject_id: account_id,
      customer_id,
      account_id,
      before,
      after,
    }))
}
