import { personKey } from '#domain/person-key.ts'
import { saysTheSame, type DesiredContact } from '#domain/roster.ts'

/**
 * Whether a contract has the same people after several steps as before, each with the same fields: then the ids of its
 * contacts before, by those after. Undefined where it has not.
 */
export function sameContacts(
  before: readonly DesiredContact[],
  after: readonly DesiredContact[],
): ReadonlyMap<string, string> | undefined {
  if (before.length !== after.length) return undefined
  const former = new Map(before.map(contact => [personKey(contact), contact]))
  const ids = after.flatMap((contact): [string, string][] => {
    const same = former.get(personKey(contact))
    return same !== undefined && saysTheSame(same, contact) ? [[contact.contact_id, same.contact_id]] : []
  })
  return ids.length === after.length ? new Map(ids) : undefined
}
