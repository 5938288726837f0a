import {
  CONTRACTS,
  FIRST_DAY,
  type Caller,
  type ChangeStep,
  type ContractTerms,
} from '../helpers/registry-operations.ts'
import { nameOf, type ModelContact } from './model-contact.ts'

type ModelContract = Omit<ContractTerms, 'connections'> & { customer_id: string; limit: number; registered: boolean }
export type ModelRequest = {
  change_request_id: string
  contract_id: string
  state: string
  effective_on: string | null
  approved_by: Caller | null
  operations: ChangeStep[]
  confirm_removals: number | undefined
  /** The contact who asked; null for a stranger. */
  contact_id: string | null
  concerns_contract: boolean
  /** The primary who confirmed. */
  confirmed_by: string | null
  filed_by: Caller
  recorded_by: Caller | null
}

export const BASE_SEATS = 2 // of data_link

/** What a registry holds, as plain lists. */
export class ModelState {
  today: string
  readonly contracts = new Map<string, ModelContract>(
    Object.entries(CONTRACTS).map(([contract_id, customer_id]) => [
      contract_id,
      { customer_id, limit: 4, starts_on: FIRST_DAY, ends_on: null, registered: false },
    ]),
  )
  contacts: ModelContact[] = []
  readonly requests = new Map<string, ModelRequest>()
  /** R24: whether the API client that files and approves has the scope now. */
  agent_may_apply = true

  constructor(today: string) {
    this.today = today
  }

  /** R24: whether this client may apply change requests now. */
  mayApply(caller: Caller): boolean {
    return caller === 'operator' || (caller === 'agent' && this.agent_may_apply)
  }

  find(contact_id: string): ModelContact | undefined {
    return this.contacts.find(contact => contact.contact_id === contact_id)
  }

  of(contract_id: string): ModelContact[] {
    return this.contacts.filter(contact => contact.contract_id === contract_id)
  }

  customerOf(contract_id: string): string {
    return this.contracts.get(contract_id)!.customer_id
  }

  contractsOf(customer_id: string): string[] {
    return [...this.contracts.keys()].filter(contract_id => this.customerOf(contract_id) === customer_id)
  }

  hasEnded(contract_id: string): boolean {
    const { ends_on } = this.contracts.get(contract_id)!
    return ends_on !== null && ends_on < this.today
  }

  hasBegun(contract_id: string): boolean {
    return this.contracts.get(contract_id)!.starts_on <= this.today
  }

  /** Contacts of contracts that have not ended. */
  inForce(): ModelContact[] {
    return this.contacts.filter(({ contract_id }) => !this.hasEnded(contract_id))
  }

  /** R21, R28: by address, the contacts behind its account; an address without any has no open account. */
  openAccounts(): Map<string, string[]> {
    const emails = new Set(this.inForce().map(({ email }) => email))
    return new Map(
      [...emails].map(email => [
        email,
        this.behind(email)
          .map(({ contact_id }) => contact_id)
          .toSorted(),
      ]),
    )
  }

  /** R18: whether several people of the contract's customer use an address. */
  isShared(contract_id: string, email: string): boolean {
    const people = this.behind(email).filter(
      other => this.customerOf(other.contract_id) === this.customerOf(contract_id),
    )
    return new Set(people.map(nameOf)).size > 1
  }

  /** The contacts in force that have an address. */
  behind(email: string): ModelContact[] {
    return this.inForce().filter(contact => contact.email === email)
  }
}
