import type { Contact } from '#domain/contact.ts'
import { parseEmailAddress } from '#domain/addresses/email-address.ts'
import type { HistoryRecord } from '#domain/history/history-entry.ts'
import {
  isDocument,
  nameIn,
  personTraces,
  type KnownAs,
  type PersonTraces,
} from '#domain/personal-data/person-traces.ts'
import type { PersonName } from '#domain/person-name.ts'

/**
 * The traces of a person as the contacts are now, and as history has them: every name and address that they ever had,
 * and the address that was asked for.
 */
export function tracesOf(
  contacts: readonly Contact[],
  history: readonly HistoryRecord[],
  asked_key: string | null = null,
): PersonTraces {
  const then = history.flatMap(({ before, after }) => [before, after]).map(snapshot => knownAs(snapshot ?? {}))
  const now = contacts.map(({ family_name, given_name, email_key }) => ({
    name: { family_name, given_name },
    email_key,
  }))
  return personTraces(
    contacts.map(({ contact_id }) => contact_id),
    [...now, ...then, { name: null, email_key: asked_key }],
  )
}

/** Every name that a document gives with an address. */
export function namesAtAddress(value: unknown, email_key: string): PersonName[] {
  if (Array.isArray(value)) return value.flatMap(item => namesAtAddress(item, email_key))
  if (!isDocument(value)) return []
  const found = knownAs(value)
  const own = found.email_key === email_key && found.name !== null ? [found.name] : []
  return [...own, ...Object.values(value).flatMap(part => namesAtAddress(part, email_key))]
}

/** The name and the address that a record gives. */
function knownAs(snapshot: Readonly<Record<string, unknown>>): KnownAs {
  const { email } = snapshot
  return {
    name: nameIn(snapshot),
    email_key: typeof email === 'string' ? (parseEmailAddress(email)?.email_key ?? null) : null,
  }
}
