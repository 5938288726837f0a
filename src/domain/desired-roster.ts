import { MOST_REFUSALS, type Refusal } from '#domain/refusal.ts'
import type { DesiredContact } from '#domain/roster.ts'

/** A roster as a request describes it, with what speaks against the description itself. */
export type DesiredRoster = {
  contacts: readonly DesiredContact[]
  refusals: readonly Refusal[]
  /** Where the request describes each contact, by its id. */
  places: ReadonlyMap<string, string>
  /** Where the request describes the whole list; null where it describes no list, and refusals need no pointers. */
  whole: string | null
}

/** The desired roster of a request that describes no list, but one contact or none. */
export function desiredRoster(contacts: readonly DesiredContact[]): DesiredRoster {
  return { contacts, refusals: [], places: new Map(), whole: null }
}

/** The first refusals with pointers into the request: those of the description first, then those of the rules. */
export function placedRefusals(desired: DesiredRoster, broken: readonly Refusal[]): Refusal[] {
  const described = desired.refusals.slice(0, MOST_REFUSALS)
  return [
    ...described.map(refusal => ({ pointers: [], ...refusal })),
    ...broken.slice(0, MOST_REFUSALS - described.length).map(refusal => placedRefusal(desired, refusal)),
  ]
}

/** A refusal points to the contacts that it is about, else to the whole list. */
function placedRefusal({ places, whole }: DesiredRoster, refusal: Refusal): Refusal {
  if (whole === null) return refusal
  const { about = [], ...facts } = refusal
  const pointers = about.slice(0, MOST_REFUSALS).flatMap(contact_id => places.get(contact_id) ?? [])
  return { ...facts, pointers: pointers.length === 0 ? [whole] : pointers }
}
