import type { NameCode } from '#domain/names/name-verdict.ts'
import type { HolderOfAddress } from '#domain/refusal.ts'

/** An operator's word that a name which looks like no person's is one all the same, and why. */
export type NameOverride = { reason: string }

/** What was noticed of a name that was taken all the same. `pointer` is where the request describes it. */
export type NameWarning =
  | { code: 'name-doubtful'; pointer: string; reason: NameCode; matched: string }
  | { code: 'title-removed'; pointer: string; matched: string }
  | { code: 'possibly-same-person'; pointer: string; contacts: HolderOfAddress[] }

/** What is to be said and recorded of a contact's name as a request sets it; no part of the contact. */
export type NameNote = { pointer: string; warnings: NameWarning[]; override: NameOverride | null }

/** An answer to a write, with what was noticed where something was. */
export type WithWarnings<View> = View & { warnings?: NameWarning[] }

/** Adds to an answer what was noticed; nothing where nothing was. */
export function withWarnings<View extends object>(view: View, warnings: NameWarning[]): WithWarnings<View> {
  return warnings.length === 0 ? view : { ...view, warnings }
}
