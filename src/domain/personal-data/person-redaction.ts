import { parseEmailAddress } from '#domain/addresses/email-address.ts'
import { ERASED } from '#domain/erased-text.ts'
import {
  concernsPerson,
  isDocument,
  isNamingField,
  isOfPerson,
  isWord,
  nameIn,
  type PersonTraces,
} from '#domain/personal-data/person-traces.ts'

const ERASED_ADDRESS = 'erased@erased.invalid'
const BLANKED = new Set(['family_name', 'given_name', 'name', 'email', 'position', 'name_override'])

/** How names are blanked: `null` in history; where documents demand texts, a word in their place. */
export type Blanking = 'null' | 'word'

export type Erasing = {
  traces: PersonTraces
  /** The addresses that no other person has or had: they are erased wherever they are. */
  own_keys: ReadonlySet<string>
  /** The ids that the help desk gave the person's accounts: they are erased wherever they are. */
  external_ids: ReadonlySet<string>
  blanking: Blanking
}

/** A document without a person (R33): their names and addresses blanked, and whole notes in which they are named. */
export function withoutPerson<Value>(value: Value, erasing: Erasing): Value {
  return blanked(value, erasing, false) as Value
}

function blanked(value: unknown, erasing: Erasing, is_inside: boolean): unknown {
  if (typeof value === 'string') return concernsPerson(value, erasing.traces) ? ERASED : value
  if (Array.isArray(value)) return value.map(item => blanked(item, erasing, is_inside))
  if (!isDocument(value)) return value
  const isOfOther = typeof value['contact_id'] === 'string' && !erasing.traces.contact_ids.has(value['contact_id'])
  const isOfThem = isOfPerson(value, erasing.traces) && !isSharedAddress(value, erasing)
  const isTheirs = !isOfOther && (is_inside || isOfThem)
  return Object.fromEntries(
    Object.entries(value).map(([field, part]) => [
      fieldWithout(field, erasing),
      blankedField(field, part, { value, erasing, isTheirs }),
    ]),
  )
}

/** A field of a line that was sent: what should be a value may be in its place. */
function fieldWithout(field: string, erasing: Erasing): string {
  return isSaid(field, erasing) ? ERASED : field
}

/** Whether a field or a pointer to a field is no word of the contract, and names the person. */
function isSaid(text: string, { traces }: Erasing): boolean {
  return /[^a-z0-9_/#-]/.test(text) && concernsPerson(text, traces)
}

// Ids of the help desk, and names of fields.
const OF_NOBODY = new Set(['ticket', 'changed_fields'])

/** A document without any person (R33): every name, address and note is blanked. Ids, times and words stay. */
export function withoutPeople<Value>(value: Value, blanking: Blanking): Value {
  return emptied(value, blanking) as Value
}

function emptied(value: unknown, blanking: Blanking): unknown {
  if (typeof value === 'string') return ERASED
  if (Array.isArray(value)) return value.map(item => emptied(item, blanking))
  if (!isDocument(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([field, part]) => {
      if (part === null || isWord(field) || OF_NOBODY.has(field)) return [field, part]
      return [field, BLANKED.has(field) ? blankOf(field, value, blanking) : emptied(part, blanking)]
    }),
  )
}

/** A document that has only an address, which others have too, is not of the person alone. */
function isSharedAddress(document: Readonly<Record<string, unknown>>, erasing: Erasing): boolean {
  const { email, contact_id } = document
  if (typeof contact_id === 'string' || nameIn(document) !== null || typeof email !== 'string') return false
  return !isOwn(email, erasing)
}

function isOwn(email: string, { own_keys }: Pick<Erasing, 'own_keys'>): boolean {
  return own_keys.has(parseEmailAddress(email)?.email_key ?? '')
}

type Place = { value: Readonly<Record<string, unknown>>; erasing: Erasing; isTheirs: boolean }

function blankedField(field: string, part: unknown, { value, erasing, isTheirs }: Place): unknown {
  if (field === 'external_id' && typeof part === 'string') return erasing.external_ids.has(part) ? null : part
  if (field === 'pointer') return isSaid(String(part), erasing) ? '' : part
  if (isWord(field)) return part
  const isOwnAddress = field === 'email' && typeof part === 'string' && isOwn(part, erasing)
  if (isOwnAddress || (isTheirs && BLANKED.has(field)))
    return part === null ? null : blankOf(field, value, erasing.blanking)
  if (field === 'display_name' && typeof part === 'string')
    return isOfOthers(value, erasing) ? part : displayNameWithout(part, erasing)
  if (isNamingField(field, value) && typeof part === 'string') return part
  return blanked(part, erasing, isTheirs)
}

function displayNameWithout(display_name: string, { traces }: Erasing): string {
  const names = display_name.split('/')
  return names.map(name => (concernsPerson(name, traces) ? ERASED : name)).join('/')
}

/** Whether an account is shown by people who all are others, one of whom may have the person's name. */
function isOfOthers({ contacts }: Readonly<Record<string, unknown>>, { traces }: Erasing): boolean {
  if (!Array.isArray(contacts) || contacts.length === 0) return false
  return contacts.every(one => isDocument(one) && !traces.contact_ids.has(String(one['contact_id'])))
}

function blankOf(field: string, value: Readonly<Record<string, unknown>>, blanking: Blanking): string | null {
  if (field === 'name' && isNamedAlone(value)) return ERASED
  if (blanking === 'null' || typeof value['contact_id'] === 'string') return null
  if (field === 'email') return ERASED_ADDRESS
  return field === 'family_name' || field === 'name' ? ERASED : null
}

/** A contact of an account: its name is all that its document says of the person, and always a text. */
function isNamedAlone({ contact_id, ...others }: Readonly<Record<string, unknown>>): boolean {
  return typeof contact_id === 'string' && !('email' in others) && !('family_name' in others)
}
