import { displayName, peopleOf, type AccountContact } from '#domain/support-account.ts'
import type { Role } from '#domain/vocabulary.ts'

/** An open account with everybody behind it. */
export type NoticeAccount = {
  account_id: string
  customer_id: string
  customer_name: string
  email: string
  contacts: (AccountContact & { product_id: string })[]
}

/** One row a notice goes to: an account, once, however many contacts and contracts stand behind it (R31). */
export function noticeRecipient({ account_id, customer_id, customer_name, email, contacts }: NoticeAccount) {
  return {
    account_id,
    customer_id,
    customer_name,
    email,
    display_name: displayName(contacts),
    shared: peopleOf(contacts).length > 1,
    roles: distinct(contacts.map(({ role }) => role)) as Role[],
    contract_ids: distinct(contacts.map(({ contract_id }) => contract_id)),
    product_ids: distinct(contacts.map(({ product_id }) => product_id)),
  }
}

export type NoticeRecipient = ReturnType<typeof noticeRecipient>

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].toSorted()
}
