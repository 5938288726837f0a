import { findApplicationForm } from '#db/contracts/application-forms.ts'
import { listFormContacts } from '#db/contracts/form-facts.ts'
import { findChangeRequest } from '#db/change-requests/change-requests.ts'
import { findContact } from '#db/rosters/contacts.ts'
import { findContract } from '#db/contracts/contracts.ts'
import { findCustomer } from '#db/contracts/customers.ts'
import type { Db } from '#db/driver/database.ts'
import { countContractsOfProduct } from '#db/accounts/notice-contracts.ts'
import { listAddressAccounts, listRoster, lockContract } from '#db/rosters/roster.ts'
import { listPastRegistrations } from '#db/senders/sender-past.ts'
import { findSupportAccount } from '#db/accounts/support-accounts.ts'
import { CLOSED_ADDRESS, PRESENT_ADDRESS, TODAY, middle } from './query-plan-facts.ts'

// Reads of one thing, or of what belongs to one: name, statement, and the most rows that it shows.
export const SINGLE_READS: [name: string, query: (db: Db) => Promise<unknown>, items: number][] = [
  ['one contract', db => findContract(db, middle.contract), 1],
  ['one contact', db => findContact(db, middle.contact, TODAY), 1],
  ['one customer', db => findCustomer(db, middle.customer), 1],
  ['one support account', db => findSupportAccount(db, middle.contact, TODAY), 1],
  ['a contract for its change', db => lockContract(db, middle.contract), 1],
  ['the roster of a contract', db => listRoster(db, middle.contract, TODAY), 4],
  ['how many contracts a product has', db => countContractsOfProduct(db, 'erp_hosting'), 2001],
  [
    'the accounts of two addresses',
    db => listAddressAccounts(db, [PRESENT_ADDRESS, 'nobody@example.jp'], [middle.contract], TODAY),
    2,
  ],
  [
    'who was behind two addresses then',
    db => listPastRegistrations(db, [PRESENT_ADDRESS, CLOSED_ADDRESS], '2025-03-01T00:00:00.000Z'),
    4,
  ],
  ['one change request', db => findChangeRequest(db, middle.contact), 1],
  ['the application form of a contract', db => findApplicationForm(db, middle.contract), 1],
  ['the contacts of a form', db => listFormContacts(db, middle.contract, TODAY), 4],
]
