import type { Contact } from '#domain/contact.ts'
import type { AddressAccount } from '#domain/roster.ts'
import {
  account,
  accountsOf,
  contact,
  desiredContact,
  NOW,
  planRoster,
  primary,
  rosterOf,
  storedAccount,
} from '../rosters/roster-facts.ts'

export const MAILBOX = 'support@example.jp'
export const ACCOUNT = `account of ${MAILBOX}`
export const yamada = primary('山田', { email_key: MAILBOX })
export const ito = contact('伊藤', { email_key: MAILBOX })
export const sato = contact('佐藤', { email_key: MAILBOX })
export const here = { account_id: ACCOUNT, email: MAILBOX, email_key: MAILBOX }
export const open = account(MAILBOX)
export const without = { password_set_at: null, in_use_since: NOW }

export type Term = 'in force' | 'ends' | 'comes back' | 'run out'

const TERMS = {
  'in force': {},
  ends: { ends_on: '2025-03-31' },
  'comes back': { end_recorded_at: '2025-03-31T15:00:00.000Z' },
  'run out': { ends_on: '2025-03-31' },
}
const FORMER_TERMS = {
  'in force': undefined,
  ends: { starts_on: '2024-04-01', ends_on: null },
  'comes back': { starts_on: '2024-04-01', ends_on: '2025-03-31' },
  'run out': undefined,
}

/** What becomes of the accounts, without the kinds of change that there are none of. */
export function plan(before: Contact[], after: Contact[], accounts: AddressAccount[], term: Term = 'in force') {
  const planned = planRoster(
    rosterOf(before, TERMS[term]),
    after.map(desiredContact),
    accountsOf([], ...accounts),
    FORMER_TERMS[term],
  ).accounts
  return Object.fromEntries(Object.entries(planned).filter(([, changes]) => changes.length > 0))
}

export const left = (contact_id: string, left_at = NOW) => ({
  account_id: ACCOUNT,
  contact_id,
  name: contact_id,
  left_at,
})
export const back = (contact_id: string, at_closing = false) => ({ account_id: ACCOUNT, contact_id, at_closing })
export const closing = { closed: [here], updated: [storedAccount(open, { closed_at: NOW })] }
export const renamed = (before: string | null, after: string | null) => [{ ...here, before, after }]
export const to = (person: Contact, email_key: string): Contact => ({ ...person, email: email_key, email_key })
