import type { HolderOfAddress } from '#domain/holder-of-address.ts'
import type { NameCode } from '#domain/names/name-verdict.ts'

/** An operator's statement that a name is a person's although it does not look like one, with the reason. */
export type NameOverride = { reason: string }

/** A warning about a name or an address that was accepted. `pointer` is its place in the request. */
export type ContactWarning =
  | { code: 'name-doubtful'; pointer: string; reason: NameCode; matched: string }
  | { code: 'title-removed'; pointer: string; matched: string }
  | { code: 'address-doubtful'; pointer: string; matched: string }
  | { code: 'possibly-same-person'; pointer: string; contacts: HolderOfAddress[] }

/** The warnings to answer and the override to record for a name that a request sets. It is no part of the contact. */
export type NameNote = { pointer: string; warnings: ContactWarning[]; override: NameOverride | null }

/** An answer to a write, with its warnings if there are any. */
export type WithWarnings<View> = View & { warnings?: ContactWarning[] }

/** Adds the warnings to an answer; without warnings the answer stays as it is. */
export function withWarnings<View extends object>(view: View, warnings: ContactWarning[]): WithWarnings<View> {
  return warnings.length === 0 ? view : { ...view, warnings }
}
