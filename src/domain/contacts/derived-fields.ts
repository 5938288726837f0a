import type { ContactView } from '#domain/contact.ts'
import { fullName, type PersonName } from '#domain/person-name.ts'
import type { InvalidField } from '#domain/refusal.ts'

/** Fields of a contact that a request sends back and cannot change: ids, the derived name, and in a patch the role. */
type Derived = Pick<ContactView, 'contract_id' | 'customer_id' | 'name' | 'role' | 'removed_at'>
export type DerivedFields = { [Field in keyof Derived]?: Derived[Field] | null }

type Known = PersonName & Partial<Omit<DerivedFields, 'name'>>

/**
 * Every field that was sent back and is not what the registry holds of the contact, before the change. A name may also
 * be the one that the change leads to: a request that is repeated finds it there.
 */
export function derivedErrors(
  sent: DerivedFields,
  before: Known | undefined,
  after: PersonName,
  pointer: string,
): InvalidField[] {
  const isOneOfItsNames = before !== undefined && sent.name === fullName(before)
  const known = { removed_at: null, ...before, name: isOneOfItsNames ? sent.name : fullName(after) }
  return (Object.keys(sent) as (keyof DerivedFields)[])
    .filter(field => sent[field] !== known[field])
    .map(field => ({ pointer: `${pointer}/${field}`, code: 'read-only' }))
}
