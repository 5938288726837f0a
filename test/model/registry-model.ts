import type { Operation, OperationOf, World } from '../helpers/registry-operations.ts'
import { comesBack, problemsOfBilling } from './billing-rules.ts'
import {
  problemsOfApplying,
  problemsOfApproving,
  problemsOfAsking,
  problemsOfConfirming,
  problemsOfDeciding,
} from './change-request-rules.ts'
import { desiredRoster, type DesiredRoster } from './desired-rosters.ts'
import { ModelAccounts } from './model-accounts.ts'
import { NEW, type ModelContact } from './model-contact.ts'
import { ModelPeople } from './model-people.ts'
import { BASE_SEATS, ModelState } from './model-state.ts'
import { personRosters, problemsOfPersonChange } from './person-changes.ts'
import { isRequestStep, lapsedOnItsDay, takeRequestStep } from './request-steps.ts'
import { judgeRoster } from './roster-judgement.ts'
import { carriedContacts, problemsOfSucceeding, staysOnFormer } from './successions.ts'
import { problemsOfTransfer } from './transfers.ts'

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
      contracts: [...this.contracts].map(([contract_id, { customer_id }]) => ({ contract_id, customer_id })),
      contacts: this.contacts,
      gone: this.#gone.slice(-10),
      ended: [...this.contracts.keys()].filter(contract_id => this.hasEnded(contract_id)),
      requests: [...this.requests.values()].slice(-12),
      agent_may_apply: this.agent_may_apply,
    }
  }

  /** The contracts whose contacts an operation may change. */
  contractsOfOperation(operation: Operation): string[] {
    switch (operation.kind) {
      case 'grant':
        return []
      case 'succeed':
        return [operation.from_contract_id, operation.to_contract_id]
      case 'transfer':
        return operation.contract_ids
      case 'person':
        return personRosters(this, operation).map(({ contract_id }) => contract_id)
    }
    if ('contract_id' in operation) return [operation.contract_id]
    if ('change_request_id' in operation) return [this.requests.get(operation.change_request_id)!.contract_id]
    return [(this.find(operation.contact_id) ?? this.people.gone(operation.contact_id))!.contract_id]
  }

  /**
   * Every problem that prevents the operation, none where it has to succeed. Their order is not settled by the
   * rules.
   */
  problemsOf(operation: Operation): string[] {
    switch (operation.kind) {
      case 'bill':
        return problemsOfBilling(this, this.people, operation)
      case 'succeed':
        return problemsOfSucceeding(this, this.people, operation)
      case 'transfer':
        return problemsOfTransfer(this, operation)
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
    if (operation.kind === 'transfer') return this.#transfer(operation)
    const ofPerson = operation.kind === 'person'
    this.accounts.follow(() => {
      this.people.follow(() => {
        if (isRequestStep(operation)) takeRequestStep(this, operation, change_request_id)
        else this.#change(operation, idsOf)
      }, ofPerson)
    })
  }

  #change(operation: Operation, idsOf: IdsOf): void {
    switch (operation.kind) {
      case 'bill': {
        const { contract_id, connections, kind: _kind, ...terms } = operation
        if (comesBack(this, operation)) this.#replace(contract_id, this.people.ofReinstated(contract_id))
        return void Object.assign(this.contracts.get(contract_id)!, { ...terms, limit: BASE_SEATS + connections })
      }
      case 'succeed':
        return this.#succeed(operation, idsOf)
      case 'restore':
        return this.#restore(operation, idsOf)
      case 'person':
        return personRosters(this, operation).forEach(desired => this.#take(desired, idsOf))
      default:
        this.#take(desiredRoster(this, operation)!, idsOf)
        if (operation.kind === 'apply') this.requests.get(operation.change_request_id)!.state = 'applied'
    }
  }

  #restore(operation: OperationOf<'restore'>, idsOf: IdsOf): void {
    const contact = this.people.restored(operation) as ModelContact
    const { contract_id } = contact
    const contact_id = idsOf(contact)
    this.#replace(contract_id, [...this.of(contract_id), { ...contact, contact_id, shared_mailbox: false }])
    this.people.carry(contact_id, operation.contact_id)
  }

  /** R35: each contact goes on as a new one. */
  #succeed(operation: OperationOf<'succeed'>, idsOf: IdsOf): void {
    const { from_contract_id, to_contract_id } = operation
    const former = this.of(from_contract_id).toSorted((a, b) => (a.contact_id < b.contact_id ? -1 : 1))
    const carried = carriedContacts(this, this.people, operation).map(contact => ({
      ...contact,
      contact_id: idsOf(contact),
    }))
    carried.forEach(({ contact_id }, index) => this.people.carry(contact_id, former[index]!.contact_id))
    this.#take({ contract_id: to_contract_id, after: carried, problems: [] }, idsOf)
    if (!staysOnFormer(this, operation)) this.#take({ contract_id: from_contract_id, after: [], problems: [] }, idsOf)
  }

  /** R36: contracts go to another customer, with their contacts and accounts as they are. */
  #transfer({ contract_ids, to_customer_id }: OperationOf<'transfer'>): void {
    this.accounts.transfer(
      ({ contract_id }) => contract_ids.includes(contract_id),
      to_customer_id,
      () => {
        for (const contract_id of contract_ids) this.contracts.get(contract_id)!.customer_id = to_customer_id
      },
    )
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

  /** R24: on its day a request is applied with the rights that the client that approved it has then. */
  applyDue(change_request_id: string, idsOf: IdsOf): void {
    const request = this.requests.get(change_request_id)!
    const lapsed = lapsedOnItsDay(this, change_request_id)
    if (lapsed !== undefined) return void Object.assign(request, lapsed)
    const operation = { kind: 'apply' as const, change_request_id }
    if (this.problemsOf(operation).length === 0) this.apply(operation, '', idsOf)
    else request.state = 'failed'
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
