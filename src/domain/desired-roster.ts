import type { Refusal } from '#domain/refusal.ts'
import type { DesiredContact } from '#domain/roster.ts'

/** A roster as a request describes it, with what can be said against the description itself. */
export type DesiredRoster = {
  desired: readonly DesiredContact[]
  refusals: readonly Refusal[]
  /** Where the request describes each contact, by its id. */
  places: ReadonlyMap<string, string>
  /** Where it describes them all: what is about nobody in particular is found there. */
  whole: string
}

/** The same refusal with pointers into the request, as far as the request describes what it is about. */
export function placedRefusal({ places, whole }: DesiredRoster, { about = [], ...refusal }: Refusal): Refusal {
  const pointers = about.flatMap(contact_id => places.get(contact_id) ?? [])
  return { ...refusal, pointers: pointers.length === 0 ? [whole] : pointers }
}
