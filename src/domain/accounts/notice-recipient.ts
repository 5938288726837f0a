import { displayName, peopleOf, type AccountContact } from '#domain/accounts/support-account.ts'

/** An open account with every contact behind it. */
export type NoticeAccount = {
  account_id: string
  customer_id: string
  customer_name: string
  email: string
  contacts: (AccountContact & { product_id: string })[]
}

/** One recipient of a notice: an account, once, however many contacts and contracts it has (R31). */
export function noticeRecipient({ account_id, customer_id, customer_name, email, contacts }: NoticeAccount) {
  return {
    account_id,
    customer_id,
    customer_name,
    email,
    display_name: displayName(contacts),
    shared: peopleOf(contacts).length > 1,
    roles: distinct(contacts.map(({ role }) => role)),
    contract_ids: distinct(contacts.map(({ contract_id }) => contract_id)),
    product_ids: distinct(contacts.map(({ product_id }) => product_id)),
  }
}

export type NoticeRecipient = ReturnType<typeof noticeRecipient>

function distinct<Value extends string>(values: readonly Value[]): Value[] {
  return [...new Set(values)].toSorted()
}
