import type { ContactInput } from '#domain/contacts/contact-input.ts'
import { contactInputOf, pastOf, type ContactFields, type RowReading } from '#domain/imports/import-contact-row.ts'
import type { ImportRow } from '#domain/imports/import.ts'
import type { DesiredRoster } from '#domain/desired-roster.ts'
import type { InvalidField, Refusal } from '#domain/refusal.ts'
import { readRoster, type RosterContactInput, type RosterInput } from '#domain/rosters/roster-input.ts'

type RosterFields = {
  contacts: readonly ContactFields[]
  privacy_notice_version?: string | null
  confirm_removals?: number | null
  customer_id?: string | null
}

/**
 * Reads a roster's line: the whole list of a contract, by which contacts leave too (R10). A contact under an id that
 * the contract does not know is a person described whole; its registration may be of the past.
 */
export function readRosterRow({ fields }: Pick<ImportRow, 'fields'>, reading: RowReading): DesiredRoster {
  const { roster, options, newId, now } = reading
  const { contacts, confirm_removals, privacy_notice_version } = fields as RosterFields
  const listed = contacts.map((contact, index) => listedContact(contact, reading, `#/contacts/${index}`))
  const missing = listed.flatMap(({ errors }) => errors)
  if (missing.length > 0) return refusedList({ type: 'invalid-request', errors: missing })
  const input: RosterInput = {
    contacts: listed.flatMap(({ input }) => input ?? []),
    confirm_removals: confirm_removals ?? null,
    customer_id: null,
    privacy_notice_version: privacy_notice_version ?? options.privacy_notice_version,
    may_be_unknown: true,
  }
  const desired = readRoster(roster, input, newId)
  const pasts = contacts.map((contact, index) => pastOf(contact, now, `#/contacts/${index}`))
  const late = pasts.flatMap(({ errors }) => errors)
  return {
    ...desired,
    contacts: desired.contacts.map((contact, index) => ({ ...contact, ...pasts[index]?.moments })),
    refusals: [
      ...desired.refusals,
      ...(late.length === 0 ? [] : [{ type: 'invalid-value', errors: late } satisfies Refusal]),
    ],
  }
}

type Listed = { input?: RosterContactInput; errors: InvalidField[] }

function listedContact(fields: ContactFields, { roster }: RowReading, pointer: string): Listed {
  const input = contactInputOf(fields)
  const named = roster.contacts.find(({ contact_id }) => contact_id === fields.contact_id)
  if (named !== undefined) return { input: { ...input, contact_id: named.contact_id }, errors: [] }
  const errors = (['family_name', 'email'] as const)
    .filter(field => input[field] === undefined)
    .map((field): InvalidField => ({ pointer: `${pointer}/${field}`, code: 'required' }))
  if (errors.length > 0) return { errors }
  const person: ContactInput = { ...WHOLE, ...input }
  return { input: { ...person, contact_id: null }, errors: [] }
}

const WHOLE = { role: 'secondary', duties: [], family_name: '', given_name: null, email: '' } as const

function refusedList(refusal: Refusal): DesiredRoster {
  return { contacts: [], refusals: [refusal], places: new Map(), whole: null }
}
