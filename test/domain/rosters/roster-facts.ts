import type { Contact } from '#domain/contact.ts'
import type { ContractTerm } from '#domain/contracts/contract-term.ts'
import { planRosters, type PlanningMoment, type RosterPlan } from '#domain/rosters/roster-plan.ts'
import type {
  AddressAccount,
  AddressAccounts,
  DesiredContact,
  Roster,
  RosterContract,
  StoredAccount,
  WrittenContact,
} from '#domain/roster.ts'
import type { AccountContact } from '#domain/accounts/support-account.ts'

export const TODAY = '2025-04-01'
export const NOW = '2025-04-01T00:30:00.000Z'
export const LEFT_AT = '2025-01-01T00:00:00.000Z'

/** The moment of a change, with ids that say in which order they were given. */
export function moment(): PlanningMoment {
  let ids = 0
  return { now: NOW, today: TODAY, newId: () => `new-${++ids}` }
}

function contract(fields: Partial<RosterContract> = {}): RosterContract {
  return {
    contract_id: 'C-1',
    customer_id: 'customer-1',
    customer_name: '株式会社青空商事',
    starts_on: '2024-04-01',
    ends_on: null,
    seat_limit: 4,
    seats_used: 0,
    registered_at: '2024-04-01T00:00:00.000Z',
    changed_at: '2024-04-01T00:00:00.000Z',
    over_since: null,
    end_recorded_at: null,
    awaits_start: false,
    ...fields,
  }
}

/** A contact of `C-1`, by its id; a secondary with the address and the account of their own, unless said otherwise. */
export function contact<Fields extends Partial<WrittenContact>>(contact_id: string, fields?: Fields): Contact & Fields
export function contact(contact_id: string, fields: Partial<WrittenContact> = {}): WrittenContact {
  const email = fields.email_key ?? `${contact_id}@example.jp`
  return {
    contact_id,
    contract_id: 'C-1',
    customer_id: 'customer-1',
    account_id: `account of ${email}`,
    role: 'secondary',
    duties: [],
    family_name: contact_id,
    given_name: null,
    name_doubtful: false,
    email,
    email_key: email,
    mailbox_shared: false,
    privacy_notice_version: '2025-10',
    privacy_notice_shown_at: '2024-04-01T00:00:00.000Z',
    registered_at: '2024-04-01T00:00:00.000Z',
    first_registered_at: '2024-04-01T00:00:00.000Z',
    carried_from: null,
    removed_at: null,
    updated_at: '2024-04-01T00:00:00.000Z',
    ...fields,
  }
}

export const primary = (contact_id: string, fields: Partial<Contact> = {}): Contact =>
  contact(contact_id, { role: 'primary', ...fields })

/** A contact as a request would describe it. */
export function desiredContact({
  contract_id: _contract,
  customer_id: _customer,
  account_id: _account,
  mailbox_shared: _shared,
  registered_at: _registered,
  first_registered_at: _first,
  carried_from: _origin,
  removed_at: _removed,
  updated_at: _updated,
  ...desired
}: WrittenContact): DesiredContact {
  return desired
}

export function rosterOf(contacts: readonly Contact[], fields: Partial<RosterContract> = {}): Roster {
  return { contract: contract({ seats_used: contacts.length, ...fields }), contacts }
}

/** A person behind an account on another contract. */
export function elsewhere(family_name: string, fields: Partial<AccountContact> = {}): AccountContact {
  return {
    contact_id: `${family_name} elsewhere`,
    contract_id: 'C-2',
    role: 'secondary',
    family_name,
    given_name: null,
    registered_at: '2024-05-01T00:00:00.000Z',
    ...fields,
  }
}

/** The account of an address: open, in use since 2024, and with a password. */
export function account(email_key: string, fields: Partial<AddressAccount> = {}): AddressAccount {
  return {
    account_id: `account of ${email_key}`,
    customer_id: 'customer-1',
    email: email_key,
    email_key,
    opened_at: '2024-04-01T00:00:00.000Z',
    closed_at: null,
    password_set_at: '2024-04-02T00:00:00.000Z',
    in_use_since: '2024-04-01T00:00:00.000Z',
    mail_state: 'unknown',
    external_id: null,
    elsewhere: [],
    run_out: [],
    residual_access: [],
    ...fields,
  }
}

/** The same account when it is closed, with the people who used it then. */
export function closedAccount(email_key: string, behind: readonly Contact[], fields: Partial<AddressAccount> = {}) {
  return account(email_key, {
    closed_at: '2025-03-01T00:00:00.000Z',
    residual_access: behind.map(person => ({ ...leaver(person), at_closing: true })),
    ...fields,
  })
}

/** A person who may still read a mailbox. */
export function leaver({ contact_id, family_name, given_name }: Contact | AccountContact) {
  return { contact_id, family_name, given_name, left_at: LEFT_AT, at_closing: false }
}

/** The row of an account, as it is written. */
export function storedAccount(account: AddressAccount, changes: Partial<StoredAccount> = {}): StoredAccount {
  const { elsewhere: _elsewhere, run_out: _runOut, residual_access: _residual, closed: _closed, ...known } = account
  const { external_id: _external, ...row } = known
  return { ...row, ...changes }
}

/** The open accounts of these contacts, and others. */
export function accountsOf(contacts: readonly Contact[], ...others: AddressAccount[]): AddressAccounts {
  const accounts = [...contacts.map(({ email_key, account_id }) => account(email_key, { account_id })), ...others]
  return new Map(accounts.map(open => [open.email_key, open]))
}

/** The plan of one contract's change. */
export function planRoster(
  roster: Roster,
  desired: readonly DesiredContact[],
  accounts: AddressAccounts,
  formerTerm?: ContractTerm,
): RosterPlan {
  return planRosters([{ roster, desired, formerTerm }], accounts, moment())[0]!
}
