/** Where the service is, the key of the client, and the contract and contact that it changes. */
export type Registry = { base_url: string; key: string; contract_id: string; contact_id: string }

/** The answer to a change of what was read, and to a second one with the same entity tag, which is stale by then. */
export type Outcome = { changed: unknown; refused: { status: number; type: string; remedy: string } }

/** Reads a contract, a contact and a roster, changes one field of each, and sends it back whole, with `If-Match`. */
export type ReadModifyWrite = (registry: Registry) => Promise<{ contract: Outcome; contact: Outcome; roster: Outcome }>

/** The ids of the customer's contracts that are in force or not yet: a filter with two values. */
export type ListContracts = (registry: Registry, customer_id: string) => Promise<string[]>

export type Duty = 'operations' | 'contract'

export function isPrimary({ role }: { role: 'primary' | 'secondary' }): boolean {
  return role === 'primary'
}

/** A value that every answer of its kind has. */
export function present<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('an answer lacks what it always has')
  return value
}
