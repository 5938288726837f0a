import type { ContactFilter, ContactPosition } from '#db/rosters/contact-pages.ts'
import { listContacts, positionAfter as contactPosition } from '#db/rosters/contact-pages.ts'
import { listSupportAccounts, type SupportAccountFilter } from '#db/accounts/support-accounts.ts'
import { contactView, type Contact, type ContactView } from '#domain/contact.ts'
import {
  supportAccountView,
  type SupportAccount,
  type SupportAccountView,
} from '#domain/accounts/support-account-view.ts'
import { FIRST_CONTACT, isContactPosition } from '#http/request/rosters/contact-filter.ts'
import { pageByUuid, pageRequest } from '#http/request/paging.ts'
import type { List } from '#http/response/list-answer.ts'
import { ACCOUNT_COLUMNS, CONTACT_COLUMNS_OF_FILE } from '#http/response/people-columns.ts'

/** The present contacts that fit a filter, on a day. */
export function contactList(filter: ContactFilter, today: string): List<ContactPosition, Contact, ContactView> {
  return {
    type: 'contact',
    name: 'contacts',
    columns: CONTACT_COLUMNS_OF_FILE,
    read: async (db, page) => await listContacts(db, filter, page, today),
    page: request => pageRequest(request, FIRST_CONTACT, isContactPosition),
    position: contact => contactPosition(contact, filter),
    view: contactView,
  }
}

/** The support accounts that fit a filter on a day. */
export function supportAccountList(
  filter: SupportAccountFilter,
  today: string,
): List<string, SupportAccount, SupportAccountView> {
  return {
    type: 'support_account',
    name: 'support-accounts',
    columns: ACCOUNT_COLUMNS,
    read: async (db, page) => await listSupportAccounts(db, filter, today, page),
    page: pageByUuid,
    position: ({ account_id }) => account_id,
    view: supportAccountView,
  }
}
