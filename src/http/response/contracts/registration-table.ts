import { stringify } from 'csv-stringify/sync'
import type { ContactView } from '#domain/contact.ts'
import type { RegisteredContract, RegistrationSheet } from '#domain/contracts/registration-sheet.ts'

const COLUMNS = [
  'contract_id',
  'product_id',
  'product_name',
  'state',
  'seat_limit',
  'seats_used',
  'role',
  'duties',
  'name',
  'email',
  'contact_id',
  'registered_at',
] as const

type Row = Partial<Record<(typeof COLUMNS)[number], string | number>>

/**
 * A sheet as CSV (RFC 4180): a row for each contact, and one for a contract without contacts. With `bom` it is for
 * Excel: a cell that Excel would run as a formula begins with an apostrophe.
 */
export function registrationTable(sheet: RegistrationSheet, bom: boolean): string {
  return stringify(sheet.contracts.flatMap(rowsOf), {
    columns: [...COLUMNS],
    header: true,
    bom,
    escape_formulas: bom,
    record_delimiter: 'windows',
  })
}

function rowsOf({ contract, product_name, contacts }: RegisteredContract): Row[] {
  const { contract_id, product_id, state, seats } = contract
  const row = { contract_id, product_id, product_name, state, seat_limit: seats.limit, seats_used: seats.used }
  return contacts.length === 0 ? [row] : contacts.map(contact => ({ ...row, ...cellsOf(contact) }))
}

function cellsOf({ role, duties, name, email, contact_id, registered_at }: ContactView): Row {
  return { role, duties: duties.join(' '), name, email, contact_id, registered_at }
}
