// Few of everything, so that operations meet: customers share the addresses, contracts have two to five seats.
export const CONTRACTS: Readonly<Record<string, string>> = {
  a1: 'alpha',
  a2: 'alpha',
  a3: 'alpha',
  a4: 'alpha',
  b1: 'beta',
  b2: 'beta',
  c1: 'gamma',
}
/** The last has no contract at first. */
export const CUSTOMERS = [...new Set(Object.values(CONTRACTS)), 'delta']
export const FIRST_DAY = '2024-04-01'
export const ADDRESSES = ['desk', 'info', 'yamada', 'ito', 'sato', 'ken', 'hanako'].map(name => `${name}@example.jp`)

export type Role = 'primary' | 'secondary'
/** R17: `shared_mailbox` is the statement of a request. */
export type Person = { family_name: string; given_name: string | null; email: string; shared_mailbox?: boolean }
export type PersonPatch = Partial<Person> & { duties?: string[] | null }
/** What becomes of the former primary. */
export type Outcome = 'secondary' | 'removed'
export type ListedPerson = Person & { role: Role; duties: string[]; contact_id?: string }

export type ChangeStep =
  | { op: 'add'; contact: Person & { role: Role } }
  | { op: 'update'; contact_id: string; changes: PersonPatch }
  | { op: 'remove'; contact_id: string }
  | { op: 'make_primary'; contact_id: string; former_primary: Outcome }
  | { op: 'make_primary'; new_contact: Person; former_primary: Outcome }

/**
 * Who files, confirms and approves: a client that may apply requests, one that may not, and an API client that
 * sometimes may.
 */
export type Caller = 'operator' | 'help desk' | 'agent'

/** What billing says of a contract. */
export type ContractTerms = { connections: number; starts_on: string; ends_on: string | null }

/** Who asks for a change. */
export type ModelRequester = { email: string; name?: string }

export type Operation =
  | { kind: 'register'; contract_id: string; role: Role; person: Person }
  | { kind: 'update'; contact_id: string; patch: PersonPatch }
  | { kind: 'remove'; contact_id: string }
  | { kind: 'restore'; contact_id: string; role?: Role; shared_mailbox?: boolean }
  | { kind: 'person'; contact_id: string; changes: Partial<Person>; shared_mailbox?: boolean }
  | { kind: 'person'; contact_id: string; successors: { contract_id: string; contact_id: string }[] }
  | { kind: 'hand over'; contract_id: string; contact_id: string; former_primary: Outcome }
  | { kind: 'replace'; contract_id: string; person: Person; former_primary: Outcome }
  | ({ kind: 'bill'; contract_id: string; customer_id: string } & ContractTerms)
  | { kind: 'succeed'; from_contract_id: string; to_contract_id: string }
  | { kind: 'transfer'; contract_ids: string[]; to_customer_id: string }
  | { kind: 'roster'; contract_id: string; contacts: ListedPerson[]; confirm_removals?: number }
  | { kind: 'form'; contract_id: string; form_version: string; contacts: ListedPerson[] }
  | {
      kind: 'ask'
      by: Caller
      contract_id: string
      requester: ModelRequester
      concerns_contract: boolean
      effective_on: string | null
      operations: ChangeStep[]
      confirm_removals?: number
    }
  | { kind: 'confirm'; by: Caller; change_request_id: string; contact_id: string }
  | { kind: 'approve'; by: Caller; change_request_id: string }
  | { kind: 'grant'; agent_may_apply: boolean }
  | { kind: 'apply'; change_request_id: string }
  | { kind: 'reject'; change_request_id: string }
  | { kind: 'withdraw'; change_request_id: string }

export type OperationOf<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>

/** What an operation may be about: the people and requests that are there, or were. */
export type World = {
  today: string
  /** Whose each contract is now. */
  contracts: readonly { contract_id: string; customer_id: string }[]
  contacts: readonly (ListedPerson & { contact_id: string; contract_id: string })[]
  gone: readonly string[]
  requests: readonly { change_request_id: string; contract_id: string }[]
  /** The contracts that have ended, where that is known. */
  ended?: readonly string[]
  /** Whether the agent may apply requests now; null where there is none. */
  agent_may_apply: boolean | null
}
