import type { Operation, OperationOf, World } from '../helpers/registry-operations.ts'
import { comesBack, problemsOfBilling } from './billing-rules.ts'
import {
  approvalOnceConfirmed,
  presentState,
  problemsOfApplying,
  problemsOfApproving,
  problemsOfAsking,
  problemsOfConfirming,
  problemsOfDeciding,
  stateOnAsking,
} from './change-request-rules.ts'
import { desiredRoster, type DesiredRoster } from './desired-rosters.ts'
import { ModelAccounts } from './model-accounts.ts'
import { NEW, type ModelContact } from './model-contact.ts'
import { ModelPeople } from './model-people.ts'
import { BASE_SEATS, ModelState } from './model-state.ts'
import { personRosters, problemsOfPersonChange } from './person-changes.ts'
import { mayHaveAsked } from './requester-rules.ts'
import { judgeRoster } from './roster-judgement.ts'

/** Gives the id that the service gave to a new contact. */
type IdsOf = (newcomer: ModelContact) => string

// The domain's rules once more, as a person would apply them by hand to a list of people. It shares nothing with src.
export class RegistryModel extends ModelState {
  readonly accounts = new ModelAccounts(this)
  readonly people = new ModelPeople(this)
  readonly #gone: string[] = []

  /** What random operations may be about. */
  world(): World {
    return {
      today: this.today,
      contacts: this.contacts,
      gone: this.#gone.slice(-10),
      ended: [...this.contracts.keys()].filter(contract_id => this.hasEnded(contract_id)),
      requests: [...this.requests.values()].slice(-12),
      agent_may_apply: this.agent_may_apply,
    }
  }

  /**
   * Every problem that prevents the operation, none where it has to succeed. Their order is not settled by the
   * rules.
   */
  problemsOf(operation: Operation): string[] {
    switch (operation.kind) {
      case 'bill':
        return problemsOfBilling(this, this.people, operation)
      case 'ask':
        return problemsOfAsking(this, operation)
      case 'confirm':
        return problemsOfConfirming(this, operation)
      case 'approve':
        return problemsOfApproving(this, operation)
      case 'grant':
        return []
      case 'restore':
        return this.people.problemsOfRestoring(operation)
      case 'person':
        return problemsOfPersonChange(this, operation)
      case 'reject':
      case 'withdraw':
        return problemsOfDeciding(this, operation.change_request_id)
      case 'apply': {
        const { change_request_id } = operation
        const problems = problemsOfApplying(this, change_request_id)
        return problems.length > 0 ? problems : judgeRoster(this, desiredRoster(this, operation)!)
      }
      default: {
        const desired = desiredRoster(this, operation)
        return desired === undefined ? ['404 not-found'] : judgeRoster(this, desired)
      }
    }
  }

  /** Makes an operation that succeeded. */
  apply(operation: Operation, change_request_id: string, idsOf: IdsOf): void {
    this.#follow(() => {
      switch (operation.kind) {
        case 'bill': {
          const { contract_id, customer_id, connections, ends_on } = operation
          const limit = BASE_SEATS + connections
          if (comesBack(this, operation)) this.#replace(contract_id, this.people.ofReinstated(contract_id))
          return void Object.assign(this.contracts.get(contract_id)!, { customer_id, limit, ends_on })
        }
        case 'restore':
          return this.#restore(operation, idsOf)
        case 'person':
          return personRosters(this, operation).forEach(desired => this.#take(desired, idsOf))
        case 'ask':
          return this.#file(operation, change_request_id)
        case 'confirm': {
          const request = this.requests.get(operation.change_request_id)!
          const approved_by = approvalOnceConfirmed(this, request, operation.by)
          const { by: recorded_by, contact_id: confirmed_by } = operation
          Object.assign(request, { approved_by, recorded_by, confirmed_by })
          return void (request.state = presentState(this, request))
        }
        case 'approve': {
          const request = this.requests.get(operation.change_request_id)!
          request.approved_by = operation.by
          return void (request.state = presentState(this, request))
        }
        case 'grant':
          return void (this.agent_may_apply = operation.agent_may_apply)
        case 'reject':
          return void (this.requests.get(operation.change_request_id)!.state = 'rejected')
        case 'withdraw':
          return void (this.requests.get(operation.change_request_id)!.state = 'withdrawn')
        default:
          this.#take(desiredRoster(this, operation)!, idsOf)
          if (operation.kind === 'apply') this.requests.get(operation.change_request_id)!.state = 'applied'
      }
    }, operation.kind === 'person')
  }

  #follow(change: () => void, of_person: boolean): void {
    this.accounts.follow(() => this.people.follow(change, of_person))
  }

  #restore(operation: OperationOf<'restore'>, idsOf: IdsOf): void {
    const contact = this.people.restored(operation) as ModelContact
    const { contract_id } = contact
    const contact_id = idsOf(contact)
    this.#replace(contract_id, [...this.of(contract_id), { ...contact, contact_id, shared_mailbox: false }])
    this.people.carry(contact_id, operation.contact_id)
  }

  #replace(contract_id: string, list: ModelContact[]): void {
    this.contacts = [...this.contacts.filter(contact => contact.contract_id !== contract_id), ...list]
  }

  /** A new day: contracts whose last it was have ended. */
  startDay(day: string): void {
    this.accounts.follow(() => {
      this.today = day
    })
  }

  /** The scheduled requests whose day has come, in their order. */
  due(): string[] {
    return [...this.requests.values()]
      .filter(({ state, effective_on }) => state === 'scheduled' && effective_on! <= this.today)
      .toSorted((a, b) => (a.effective_on! + a.change_request_id < b.effective_on! + b.change_request_id ? -1 : 1))
      .map(({ change_request_id }) => change_request_id)
  }

  /** R24: on its day a request is applied with the rights that the client that approved it has then. */
  applyDue(change_request_id: string, idsOf: IdsOf): void {
    const request = this.requests.get(change_request_id)!
    if (presentState(this, request) === 'needs_primary_confirmation') {
      Object.assign(request, { confirmed_by: null, state: 'needs_primary_confirmation' })
      return
    }
    if (!this.mayApply(request.approved_by!)) {
      Object.assign(request, { approved_by: null, state: 'needs_approval' })
      return
    }
    const operation = { kind: 'apply' as const, change_request_id }
    if (this.problemsOf(operation).length === 0) this.apply(operation, '', idsOf)
    else request.state = 'failed'
  }

  stateOnAsking(operation: OperationOf<'ask'>): string {
    return stateOnAsking(this, operation)
  }

  #file(operation: OperationOf<'ask'>, change_request_id: string): void {
    const { contract_id, operations, confirm_removals, effective_on, by, concerns_contract, requester } = operation
    this.requests.set(change_request_id, {
      change_request_id,
      contract_id,
      operations,
      confirm_removals,
      effective_on,
      approved_by: this.mayApply(by) ? by : null,
      contact_id: mayHaveAsked(this, contract_id, requester)[0]?.contact_id ?? null,
      concerns_contract,
      confirmed_by: null,
      filed_by: by,
      recorded_by: null,
      state: stateOnAsking(this, operation),
    })
  }

  #take({ contract_id, after }: DesiredRoster, idsOf: IdsOf): void {
    const gone = this.of(contract_id).filter(({ contact_id }) => !after.some(other => other.contact_id === contact_id))
    this.#gone.push(...gone.map(({ contact_id }) => contact_id))
    // R17: the statement that a mailbox is shared is of a request, and not kept.
    const list = after
      .map(contact => (contact.contact_id === NEW ? { ...contact, contact_id: idsOf(contact) } : contact))
      .map(contact => ({ ...contact, shared_mailbox: false }))
    this.#replace(contract_id, list)
    if (after.length > 0) this.contracts.get(contract_id)!.registered = true
  }
}
