import { dottedDomain } from '#domain/addresses/address-host.ts'
import { writtenAddresses } from '#domain/addresses/written-addresses.ts'
import { parseEmailAddress } from '#domain/addresses/email-address.ts'
import { likenessKey } from '#domain/names/name-keys.ts'
import { isLatin, type PersonName } from '#domain/person-name.ts'

/** A name and an address that a person has or had. Null where a record holds only one of the two. */
export type KnownAs = { name: PersonName | null; email_key: string | null }

/** By what a person is recognised in documents and notes (R33). */
export type PersonTraces = {
  contact_ids: ReadonlySet<string>
  email_keys: ReadonlySet<string>
  /** The whole names, in either order, as they are compared. */
  whole_names: ReadonlySet<string>
  family_names: ReadonlySet<string>
}

/** What a record has of a person: fields that may be missing, null, or of another type. */
type Document = Readonly<Record<string, unknown>>

// Their values are ids, times and words of the contract, in which no person is named.
const WORDS =
  /(_ids?|_at|_on|_by_id|_version|_reason_code)$|^(op|type|code|state|channel|role|duties|event|source|pointer|client)$/
const MORE_WORDS =
  /^(credential|on_behalf_of|former_primary|needs_confirmation|capabilities|mail_state|about|pointers|key|resource)$/
const HONORIFIC = '(?:さん|さま|様|氏|殿|くん|君|主任|係長|課長|部長|次長|室長|社長)'

/** The traces of a person who is these contacts, and is known by these names and addresses. */
export function personTraces(contact_ids: Iterable<string>, known: readonly KnownAs[]): PersonTraces {
  const names = known.flatMap(({ name }) => (name === null ? [] : [name]))
  return {
    contact_ids: new Set(contact_ids),
    email_keys: new Set(known.flatMap(({ email_key }) => email_key ?? [])),
    whole_names: new Set(names.flatMap(name => [likenessKey(name), likenessKey(reversed(name))])),
    family_names: new Set(names.map(({ family_name }) => likenessKey({ family_name, given_name: null }))),
  }
}

function reversed({ family_name, given_name }: PersonName): PersonName {
  return given_name === null ? { family_name, given_name } : { family_name: given_name, given_name: family_name }
}

/** Whether a document or a note is about a person, wholly or in a part of it. */
export function concernsPerson(value: unknown, traces: PersonTraces): boolean {
  if (typeof value === 'string') return isMentionedIn(value, traces)
  if (Array.isArray(value)) return value.some(item => concernsPerson(item, traces))
  if (!isDocument(value)) return false
  if (isOfPerson(value, traces)) return true
  return Object.entries(value).some(
    ([field, part]) => !isWord(field) && !isNamingField(field, value) && concernsPerson(part, traces),
  )
}

/**
 * Whether a document describes a person: by the contact's id, else by the address with a name that fits it, else by the
 * whole name, also where the address cannot be read. A document that has the id of another contact describes another
 * person. /
 */
export function isOfPerson(document: Document, { contact_ids, email_keys, ...names }: PersonTraces): boolean {
  const { contact_id } = document
  if (typeof contact_id === 'string') return contact_ids.has(contact_id)
  const [name, email] = [nameIn(document), document['email']]
  const fitsName = name !== null && isNamed(name, names)
  const email_key = typeof email === 'string' ? parseEmailAddress(email)?.email_key : undefined
  if (email_key !== undefined) {
    return email_keys.has(email_key) && (name === null || fitsName || holdsFamilyName(name, names.family_names))
  }
  return fitsName
}

function isNamed(name: PersonName, { whole_names }: Pick<PersonTraces, 'whole_names'>): boolean {
  return whole_names.has(likenessKey(name))
}

/** At the person's address, a family name with whatever else is theirs. Of a person without a name, all names are. */
function holdsFamilyName(name: PersonName, family_names: ReadonlySet<string>): boolean {
  const written = likenessKey(name)
  return family_names.size === 0 || [...family_names].some(family_name => written.includes(family_name))
}

/** The name that a document gives; null where it gives none. */
export function nameIn({ family_name, given_name, name }: Document): PersonName | null {
  if (typeof family_name === 'string')
    return { family_name, given_name: typeof given_name === 'string' ? given_name : null }
  return typeof name === 'string' ? { family_name: name, given_name: null } : null
}

/** A name or an address belongs to the contact or the person that its document describes. */
export function isNamingField(field: string, document: Document): boolean {
  if (field !== 'name' && field !== 'family_name' && field !== 'given_name' && field !== 'email') return false
  return typeof document['contact_id'] === 'string' || nameIn(document) !== null || field === 'email'
}

/** Whether a field holds ids, times or words of a list: texts that name no person. */
export function isWord(field: string): boolean {
  return WORDS.test(field) || MORE_WORDS.test(field) || field === 'redacted_digests'
}

/** Whether a value of JSON is an object. */
export function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Whether a note names a person: by an address, by the whole name, or by the family name. A family name of one letter,
 * which many words contain, counts with a title alone (林様); one in Latin script counts as a word of its own.
 */
function isMentionedIn(text: string, { email_keys, whole_names, family_names }: PersonTraces): boolean {
  const written = text.normalize('NFKC').toLowerCase()
  if (namesAddress(written, email_keys)) return true
  const compared = likenessKey({ family_name: text, given_name: null })
  if ([...whole_names].some(name => !family_names.has(name) && name.length > 1 && compared.includes(name))) return true
  return [...family_names].some(name => isFamilyNamed(name, { written, compared }))
}

/** Whether a text, unified and in lower case, holds an address in any of its forms, also as a part of a URL. */
export function namesAddress(written: string, email_keys: ReadonlySet<string>): boolean {
  const decoded = dottedDomain(written.replaceAll('%40', '@'))
  return writtenAddresses(email_keys).some(address => decoded.includes(address))
}

function isFamilyNamed(name: string, { written, compared }: { written: string; compared: string }): boolean {
  if (name === '') return false
  if (isLatin(name)) return new RegExp(`(?<!\\p{L})${RegExp.escape(name)}(?!\\p{L})`, 'u').test(written)
  if (name.length > 1) return compared.includes(name)
  return compared === name || new RegExp(`${RegExp.escape(name)}${HONORIFIC}`, 'u').test(compared)
}
