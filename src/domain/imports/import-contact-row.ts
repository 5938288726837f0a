import { changedInput, readContactInput, type ContactInput } from '#domain/contacts/contact-input.ts'
import { isNameOf, partsOfName } from '#domain/imports/import-name.ts'
import type { ImportOptions, ImportRow } from '#domain/imports/import.ts'
import { readMoment } from '#domain/moment.ts'
import { personKey } from '#domain/person-key.ts'
import type { PersonName } from '#domain/person-name.ts'
import type { InvalidField, Refusal } from '#domain/refusal.ts'
import type { DesiredContact, Roster } from '#domain/roster.ts'
import type { Duty, Role } from '#domain/vocabulary.ts'

/** The fields of a contact's row, as its schema has let them through. Null and absent mean the same. */
export type ContactFields = Partial<ContactInput> & {
  contact_id?: string | null
  name?: string | null
  registered_at?: string | null
  first_registered_at?: string | null
}

/** A row of a contact, read against the present roster and judged by itself. */
export type ContactRow = {
  line: number
  contact: DesiredContact
  /** The registered contact that the row names by its id. */
  named: string | null
  /** What the row says of role and duties: what it leaves out stays (R38). */
  role: Role | null
  duties: readonly Duty[] | null
  refusals: readonly Refusal[]
}

/** Against what rows are read. */
export type RowReading = {
  roster: Roster
  options: Pick<ImportOptions, 'privacy_notice_version'>
  newId: () => string
  now: string
}

/**
 * Reads a contact's row: its name and address judged as those of any request (R13–R16). An id that the contract does
 * not know is passed over: it is that of the registry which the file comes from. The privacy notice may be unknown
 * here alone (R32), and the registration may be of the past.
 */
export function readContactRow({ line, fields }: Pick<ImportRow, 'line' | 'fields'>, reading: RowReading): ContactRow {
  const { roster, options, newId, now } = reading
  const said = saidBy(fields)
  const named = roster.contacts.find(({ contact_id }) => contact_id === said.contact_id)
  const input: ContactInput = {
    ...(named === undefined ? { privacy_notice_version: options.privacy_notice_version } : {}),
    ...(named === undefined ? UNSAID : changedInput(named, {})),
    ...inputOf(said),
  }
  const { contact, refusals } = readContactInput(input, named?.contact_id ?? newId(), {
    customer_name: roster.contract.customer_name,
    pointer: pointerOf(line),
    present: read => named ?? roster.contacts.find(present => personKey(present) === personKey(read)),
    is_named: named !== undefined,
    may_be_unknown: true,
  })
  const past = pastOf(said, now)
  const errors = [...past.errors, ...nameErrors(said)]
  const invalid: Refusal[] = errors.length === 0 ? [] : [{ type: 'invalid-value', errors }]
  return {
    line,
    contact: { ...contact, ...past.moments },
    named: named?.contact_id ?? null,
    role: said.role ?? null,
    duties: said.duties ?? null,
    refusals: [...refusals.map(refusal => refusalAtRow(refusal, said)), ...invalid],
  }
}

const UNSAID = { role: 'secondary', duties: [], family_name: '', given_name: null, email: '' } as const

function pointerOf(line: number): string {
  return `#${line}`
}

/** A pointer into a row, without the number of its line. */
export function pointerInRow(pointer: string): string {
  return pointer.replace(/^#\d+/, '#')
}

/** The line that a pointer leads to; null where it leads to none. */
export function lineOfPointer(pointer: string): number | null {
  const line = /^#(\d+)/.exec(pointer)?.[1]
  return line === undefined ? null : Number(line)
}

/** The fields that a row has with a value. */
function saidBy(fields: ImportRow['fields'] | ContactFields): ContactFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}

/** What a row says of a person, without fields that are null; a name in one field is divided into its parts. */
export function contactInputOf(fields: ContactFields): Partial<ContactInput> {
  return inputOf(saidBy(fields))
}

function inputOf(said: ContactFields): Partial<ContactInput> {
  const { role, duties, email, shared_mailbox, privacy_notice_version, privacy_notice_shown_at, name_override } = said
  const { family_name, given_name } = nameOf(said)
  const shown_at = readMoment(privacy_notice_shown_at)
  return {
    ...(role !== undefined && { role }),
    ...(duties !== undefined && { duties }),
    ...(family_name !== undefined && { family_name }),
    ...(given_name !== undefined && { given_name }),
    ...(email !== undefined && { email }),
    ...(shared_mailbox === true && { shared_mailbox }),
    ...(privacy_notice_version !== undefined && { privacy_notice_version }),
    ...(shown_at !== undefined && { privacy_notice_shown_at: shown_at }),
    ...(name_override !== undefined && { name_override }),
  }
}

function nameOf({ family_name, given_name, name }: ContactFields): Partial<PersonName> {
  if (family_name !== undefined) return { family_name, given_name: given_name ?? null }
  return typeof name === 'string' ? partsOfName(name) : {}
}

/** A whole name next to its parts has to be the same name: the registry does not choose between two. */
function nameErrors({ family_name, given_name = null, name }: ContactFields): InvalidField[] {
  const differs = typeof name === 'string' && family_name !== undefined && !isNameOf({ family_name, given_name }, name)
  return differs ? [{ pointer: '#/name', code: 'differs-from-parts' }] : []
}

type Past = { moments: Pick<DesiredContact, 'registered_before' | 'first_registered_at'>; errors: InvalidField[] }

/** Since when the person is registered, where the row says so. `pointer` is that of the person. */
export function pastOf({ registered_at, first_registered_at }: ContactFields, now: string, pointer = '#'): Past {
  const since = readMoment(registered_at)
  const first = readMoment(first_registered_at)
  if (since === undefined) return { moments: {}, errors: [] }
  if (since > now) return { moments: {}, errors: [{ pointer: `${pointer}/registered_at`, code: 'in-the-future' }] }
  const isEarlier = first !== undefined && first < since
  return { moments: { registered_before: since, ...(isEarlier && { first_registered_at: first }) }, errors: [] }
}

/** A refusal with pointers into the row, of a name to the field that the row has it in. */
function refusalAtRow(refusal: Refusal, said: ContactFields): Refusal {
  const isWhole = said.family_name === undefined && said.name !== undefined
  const place = (pointer: string): string => {
    const inRow = pointerInRow(pointer)
    return isWhole ? inRow.replace(/^#\/(family|given)_name/, '#/name') : inRow
  }
  if (refusal.type === 'invalid-request')
    return { ...refusal, errors: refusal.errors.map(error => ({ ...error, pointer: place(error.pointer) })) }
  return refusal.type === 'name-not-personal' ? { ...refusal, pointer: place(refusal.pointer) } : refusal
}
