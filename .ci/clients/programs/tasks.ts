/** Where the service is, the key of the client, and the contract and contact that it changes. */
export type Registry = { base_url: string; key: string; contract_id: string; contact_id: string }

/** The answer to a change of what was read, and to a second one with the same entity tag, which is stale by then. */
export type Outcome = { changed: unknown; refused: { status: number; type: string; remedy: string } }

/** Reads a contract, a contact and a roster, changes one field of each, and sends it back whole, with `If-Match`. */
export type ReadModifyWrite = (registry: Registry) => Promise<{ contract: Outcome; contact: Outcome; roster: Outcome }>

/** The ids of the customer's contracts that are in force or not yet: a filter with two values. */
export type ListContracts = (registry: Registry, customer_id: string) => Promise<string[]>

/** A request as its steps leave it: its state, and what each of its operations does. */
export type RequestStep = { state: string; ops: string[] }

/**
 * Files a request to restore a removed contact that a stranger asks for, confirms it for the primary, and applies it;
 * then gives the primary another family name on all contracts. Answers each step, and the new names.
 */
export type RestoreAndRename = (
  registry: Registry,
  primary_contact_id: string,
) => Promise<{ filed: RequestStep; confirmed: RequestStep; applied: RequestStep; names: string[] }>

/** A table of contacts as CSV, and the users of the help desk as lines of JSON. */
export type Files = { table: string; users: string }

/**
 * Tries the import of a table; asks what to do about users; takes the contacts as CSV. Answers what became of the table,
 * the steps as they came, and the file.
 */
export type ExchangeFiles = (
  registry: Registry,
  files: Files,
) => Promise<{ received: { state: string; media_type: string; dry_run: boolean }; steps: string; file: string }>

/** Waits for the events after a cursor, of the contact alone. Answers their types and the next cursor. */
export type FollowEvents = (registry: Registry, after: string) => Promise<{ types: string[]; next_cursor: string }>

/** Erases the contact. Answers the ids of the contacts that are erased, or the refusal. */
export type ErasePerson = (registry: Registry) => Promise<{ erased: string[] } | { refused: string }>

/** The duties that a contact has after a delivery, by its `type`; undefined of every other. */
export type DutiesAfter<Message> = (message: Message) => string[] | undefined

/** The request that brings the contact of a registry back. */
export function restoration({ contract_id, contact_id }: Registry) {
  return {
    contract_id,
    operations: [{ op: 'restore' as const, contact_id }],
    requested_by: { channel: 'mail' as const, name: '謎 次郎', email: 'nazo@example.jp' },
  }
}

export function confirmationBy(contact_id: string) {
  return { confirmed_by: { contact_id }, channel: 'phone' as const }
}

export function stepOf({ state, operations }: { state: string; operations: { op: string }[] }): RequestStep {
  return { state, ops: operations.map(({ op }) => op) }
}

export type Duty = 'operations' | 'contract'

export function isPrimary({ role }: { role: 'primary' | 'secondary' }): boolean {
  return role === 'primary'
}

/** A value that every answer of its kind has. */
export function present<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('an answer lacks what it always has')
  return value
}
