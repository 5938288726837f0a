import type { ContactView } from '#domain/contact.ts'
import type { SupportAccountView } from '#domain/accounts/support-account-view.ts'
import type { Column } from '#http/response/list-formats.ts'

export const CONTACT_COLUMNS_OF_FILE: readonly Column<ContactView>[] = [
  ['contact_id', item => item.contact_id],
  ['contract_id', item => item.contract_id],
  ['customer_id', item => item.customer_id],
  ['account_id', item => item.account_id],
  ['role', item => item.role],
  ['duties', item => item.duties.join(';')],
  ['family_name', item => item.family_name],
  ['given_name', item => item.given_name],
  ['name', item => item.name],
  ['email', item => item.email],
  ['shared_mailbox', item => item.mailbox_shared],
  ['privacy_notice_version', item => item.privacy_notice_version],
  ['privacy_notice_shown_at', item => item.privacy_notice_shown_at],
  ['registered_at', item => item.registered_at],
  ['first_registered_at', item => item.first_registered_at],
  ['updated_at', item => item.updated_at],
]

export const ACCOUNT_COLUMNS: readonly Column<SupportAccountView>[] = [
  ['account_id', item => item.account_id],
  ['customer_id', item => item.customer_id],
  ['email', item => item.email],
  ['display_name', item => item.display_name],
  ['state', item => item.state],
  ['shared', item => item.shared],
  ['capabilities', item => item.capabilities.join(';')],
  ['contract_ids', item => item.contract_ids.join(';')],
  ['opened_at', item => item.opened_at],
  ['closed_at', item => item.closed_at],
  ['password_set_at', item => item.password_set_at],
  ['mail_state', item => item.mail_state],
  ['external_id', item => item.external_id],
]
