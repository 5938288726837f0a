import { fullName, type PersonName } from '#domain/person-name.ts'
import { capabilitiesOf, displayName, peopleOf, type AccountContact } from '#domain/accounts/support-account.ts'
import type { AccountState, MailState } from '#domain/vocabulary.ts'

/** An account with everything that its answer is derived from. */
export type SupportAccount = {
  account_id: string
  customer_id: string
  email: string
  opened_at: string
  closed_at: string | null
  password_set_at: string | null
  /** Since when the people who have it now have it (R21). */
  in_use_since: string
  mail_state: MailState
  /** The help desk's own id of the user who has the account there. */
  external_id: string | null
  /** When the people behind it were erased (R33): its address is then a hash. */
  erased_at?: string | null
  /** Contacts whose contracts have not ended (R28). */
  contacts: AccountContact[]
  residual_access: (PersonName & { contact_id: string; left_at: string })[]
}

/** An account as it is answered. It is open while it has contacts in force (R21, R28). */
export function supportAccountView(account: SupportAccount) {
  const is_open = account.closed_at === null && account.contacts.length > 0
  const contacts = is_open ? account.contacts : []
  return {
    account_id: account.account_id,
    customer_id: account.customer_id,
    email: account.erased_at == null ? account.email : null,
    display_name: displayName(contacts),
    state: stateOf(is_open),
    shared: peopleOf(contacts).length > 1,
    capabilities: capabilitiesOf({ is_open, password_set_at: account.password_set_at }),
    contacts: contacts.map(contact => ({
      contact_id: contact.contact_id,
      contract_id: contact.contract_id,
      role: contact.role,
      name: fullName(contact),
    })),
    contract_ids: [...new Set(contacts.map(contact => contact.contract_id))],
    residual_access: (is_open ? account.residual_access : []).map(person => ({
      contact_id: person.contact_id,
      name: fullName(person),
      left_at: person.left_at,
    })),
    opened_at: account.opened_at,
    in_use_since: account.in_use_since,
    closed_at: account.closed_at,
    password_set_at: account.password_set_at,
    mail_state: account.mail_state,
    external_id: account.external_id,
    ...(account.erased_at != null && { erased_at: account.erased_at }),
  }
}

function stateOf(is_open: boolean): AccountState {
  return is_open ? 'open' : 'closed'
}

export type SupportAccountView = ReturnType<typeof supportAccountView>
