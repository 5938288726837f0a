import {
  CONTRACTS,
  type Caller,
  type ChangeStep,
  type Operation,
  type Person,
  type PersonPatch,
  type Role,
  type World,
} from './random-operations.ts'

// The domain's rules once more, as a person would apply them by hand to a list of people. It shares nothing with src.

export type ModelContact = Person & { contact_id: string; contract_id: string; role: Role; duties: string[] }
type ModelContract = { customer_id: string; limit: number; ends_on: string | null; registered: boolean }
type ModelRequest = {
  change_request_id: string
  contract_id: string
  state: string
  effective_on: string | null
  approved_by: Caller | null
  operations: ChangeStep[]
  confirm_removals: number | undefined
}
/** What a request asks of a contract's contacts. */
type Asked = Pick<ModelRequest, 'contract_id' | 'operations'> & { confirm_removals?: number | undefined }
/** What a contract's contacts shall become, and what speaks against the request itself. */
type DesiredList = { contract_id: string; after: ModelContact[]; problems: string[] }

const BASE_SEATS = 2 // of data_link
const NEW = '' // the id of whoever is not there yet

export class RegistryModel {
  today: string
  readonly contracts = new Map<string, ModelContract>(
    Object.entries(CONTRACTS).map(([contract_id, customer_id]) => [
      contract_id,
      { customer_id, limit: 4, ends_on: null, registered: false },
    ]),
  )
  contacts: ModelContact[] = []
  readonly requests = new Map<string, ModelRequest>()
  /** R24: whether the API client that files and approves has the scope now. */
  agent_may_apply = true
  /** R21: by address, the contacts that left it and may still read it. */
  readonly residual = new Map<string, Set<string>>()
  readonly #names = new Map<string, string>()
  readonly #gone: string[] = []

  constructor(today: string) {
    this.today = today
  }

  /** What random operations may be about. */
  world(): World {
    return {
      today: this.today,
      contacts: this.contacts,
      gone: this.#gone.slice(-10),
      requests: [...this.requests.values()].slice(-12),
      agent_may_apply: this.agent_may_apply,
    }
  }

  /**
   * Every problem that stands in the way, none where the operation has to succeed. Their order is not settled by the
   * rules.
   */
  problemsOf(operation: Operation): string[] {
    switch (operation.kind) {
      case 'bill':
        return this.#problemsOfBilling(operation)
      case 'ask':
        return this.#problemsOfAsking(operation)
      case 'confirm':
        return this.#problemsOfConfirming(operation.change_request_id, operation.contact_id)
      case 'approve':
        return this.#problemsOfApproving(operation)
      case 'grant':
        return []
      case 'reject':
      case 'withdraw':
        return this.#problemsOfDeciding(operation.change_request_id, [
          'needs_primary_confirmation',
          'needs_approval',
          'ready',
          'scheduled',
        ])
      case 'apply': {
        const problems = this.#problemsOfDeciding(operation.change_request_id, [
          'ready',
          ...(this.#isDue(operation.change_request_id) ? ['scheduled'] : []),
        ])
        return problems.length > 0 ? problems : this.#judge(this.#desired(operation)!)
      }
      default: {
        const desired = this.#desired(operation)
        return desired === undefined ? ['404 not-found'] : this.#judge(desired)
      }
    }
  }

  /** Takes over an operation that succeeded; `idsOf` gives the ids that the service gave to newcomers of a contract. */
  apply(operation: Operation, change_request_id: string, idsOf: (newcomer: ModelContact) => string): void {
    this.#witness(() => {
      switch (operation.kind) {
        case 'bill': {
          const contract = this.contracts.get(operation.contract_id)!
          return void Object.assign(contract, { limit: BASE_SEATS + operation.connections, ends_on: operation.ends_on })
        }
        case 'ask':
          return void this.requests.set(change_request_id, {
            change_request_id,
            contract_id: operation.contract_id,
            operations: operation.operations,
            confirm_removals: operation.confirm_removals,
            effective_on: operation.effective_on,
            approved_by: this.#mayApply(operation.by) ? operation.by : null,
            state: this.stateOnAsking(operation),
          })
        case 'confirm':
        case 'approve': {
          const request = this.requests.get(operation.change_request_id)!
          if (this.#mayApply(operation.by)) request.approved_by = operation.by
          request.state = stateOnceConfirmed(request)
          return
        }
        case 'grant':
          this.agent_may_apply = operation.agent_may_apply
          return
        case 'reject':
          return void Object.assign(this.requests.get(operation.change_request_id)!, { state: 'rejected' })
        case 'withdraw':
          return void Object.assign(this.requests.get(operation.change_request_id)!, { state: 'withdrawn' })
        default:
          this.#take(this.#desired(operation)!, idsOf)
          if (operation.kind === 'apply') this.requests.get(operation.change_request_id)!.state = 'applied'
      }
    })
  }

  /** A new day: contracts whose last it was have ended. */
  startDay(day: string): void {
    this.#witness(() => {
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

  /** R24: what becomes of a request on its day: it is applied with the rights that whoever approved it has then. */
  applyDue(change_request_id: string, idsOf: (newcomer: ModelContact) => string): void {
    const request = this.requests.get(change_request_id)!
    if (!this.#mayApply(request.approved_by!)) {
      Object.assign(request, { approved_by: null, state: 'needs_approval' })
      return
    }
    const operation = { kind: 'apply' as const, change_request_id }
    if (this.problemsOf(operation).length === 0) this.apply(operation, '', idsOf)
    else this.requests.get(change_request_id)!.state = 'failed'
  }

  /** R24, R25 */
  stateOnAsking(operation: Extract<Operation, { kind: 'ask' }>): string {
    const { by, contract_id, email, concerns_contract, effective_on } = operation
    const isKnown = this.of(contract_id).some(contact => contact.email === email)
    if (!isKnown || concerns_contract) return 'needs_primary_confirmation'
    return stateOnceConfirmed({ effective_on, approved_by: this.#mayApply(by) ? by : null })
  }

  #mayApply(caller: Caller): boolean {
    return caller === 'operator' || (caller === 'agent' && this.agent_may_apply)
  }

  /** The names of those who left an address and may still read it, as the people are called today. */
  leaversOf(email: string): string[] {
    return [...new Set([...(this.residual.get(email) ?? [])].map(contact_id => this.#names.get(contact_id)!))]
  }

  of(contract_id: string): ModelContact[] {
    return this.contacts.filter(contact => contact.contract_id === contract_id)
  }

  hasEnded(contract_id: string): boolean {
    const { ends_on } = this.contracts.get(contract_id)!
    return ends_on !== null && ends_on < this.today
  }

  /** R21, R28: by address, the contacts behind its account; an address without any has no open account. */
  openAccounts(): Map<string, string[]> {
    return new Map(
      [...this.#addresses()].map(email => [
        email,
        this.#behind(email)
          .map(({ contact_id }) => contact_id)
          .toSorted(),
      ]),
    )
  }

  #find(contact_id: string): ModelContact | undefined {
    return this.contacts.find(contact => contact.contact_id === contact_id)
  }

  /** The list that an operation asks for; undefined where it concerns a contact that is not there. */
  #desired(operation: Operation): DesiredList | undefined {
    switch (operation.kind) {
      case 'register':
        return this.#changedList(
          operation.contract_id,
          here => [...here, newcomer(operation.contract_id, operation.person, operation.role)],
          nameProblems([operation.person]),
        )
      case 'update':
        return this.#changedContact(
          operation.contact_id,
          (here, contact) => here.map(other => (other === contact ? patched(contact, operation.patch) : other)),
          nameProblems([operation.patch]),
        )
      case 'remove':
        return this.#changedContact(operation.contact_id, (here, contact) => here.filter(other => other !== contact))
      case 'hand over':
        return this.#listAfterSteps(operation.contract_id, [
          { op: 'make_primary', contact_id: operation.contact_id, former_primary: operation.former_primary },
        ])
      case 'replace': {
        const { contract_id, person, former_primary } = operation
        const isRepeat = this.of(contract_id).some(
          contact => contact.role === 'primary' && contact.email === person.email && nameOf(contact) === nameOf(person),
        )
        return isRepeat
          ? this.#changedList(contract_id, here => here)
          : this.#listAfterSteps(contract_id, [{ op: 'make_primary', new_contact: person, former_primary }])
      }
      case 'roster':
        return this.#putList(operation)
      case 'form':
        return this.#formList(operation)
      case 'apply': {
        return this.#askedList(this.requests.get(operation.change_request_id)!)
      }
      default:
        return undefined
    }
  }

  #changedList(
    contract_id: string,
    become: (here: ModelContact[]) => ModelContact[],
    problems: string[] = [],
  ): DesiredList {
    return { contract_id, after: become(this.of(contract_id)), problems }
  }

  #changedContact(
    contact_id: string,
    become: (here: ModelContact[], contact: ModelContact) => ModelContact[],
    problems: string[] = [],
  ): DesiredList | undefined {
    const contact = this.#find(contact_id)
    return contact && this.#changedList(contact.contract_id, here => become(here, contact), problems)
  }

  /** R24: steps are taken one after the other; R11: the role goes over with the step. */
  #listAfterSteps(contract_id: string, steps: readonly ChangeStep[]): DesiredList {
    let list = this.of(contract_id)
    let isUnknown = false
    for (const step of steps) {
      const added =
        'contact' in step
          ? newcomer(contract_id, step.contact, step.contact.role)
          : 'new_contact' in step
            ? newcomer(contract_id, step.new_contact, 'secondary')
            : undefined
      if (added !== undefined) list = list.concat(added)
      if (step.op === 'add') continue
      const chosen =
        added ?? ('contact_id' in step ? list.find(contact => contact.contact_id === step.contact_id) : undefined)
      if (chosen === undefined) isUnknown = true
      else if (step.op === 'remove') list = list.filter(contact => contact !== chosen)
      else if (step.op === 'update')
        list = list.map(contact => (contact === chosen ? patched(contact, step.changes) : contact))
      else {
        const former = list.find(contact => contact.role === 'primary' && contact !== chosen)
        list = list.flatMap(contact =>
          contact === chosen
            ? [{ ...contact, role: 'primary' as const }]
            : contact !== former
              ? [contact]
              : step.former_primary === 'removed'
                ? []
                : [{ ...contact, role: 'secondary' as const }],
        )
      }
    }
    const named = steps.flatMap<Partial<Person>>(step =>
      'contact' in step
        ? [step.contact]
        : 'new_contact' in step
          ? [step.new_contact]
          : 'changes' in step
            ? [step.changes]
            : [],
    )
    return {
      contract_id,
      after: list,
      problems: [...(isUnknown ? ['422 unknown-reference'] : []), ...nameProblems(named)],
    }
  }

  /** R10: of a request, what it removes is judged too. */
  #askedList({ contract_id, operations, confirm_removals }: Asked): DesiredList {
    const list = this.#listAfterSteps(contract_id, operations)
    const unconfirmed = removalProblems(this.of(contract_id), list.after, confirm_removals)
    return { ...list, problems: [...list.problems, ...unconfirmed] }
  }

  /**
   * Whoever is named by id, or is the same person at the same address, is there already; losing many has to be
   * confirmed.
   */
  #putList({ contract_id, contacts, confirm_removals }: Extract<Operation, { kind: 'roster' }>): DesiredList {
    const here = this.of(contract_id)
    const named = new Set(
      contacts.map(({ contact_id }) => contact_id).filter(id => here.some(contact => contact.contact_id === id)),
    )
    const isUnknown = contacts.some(({ contact_id }) => contact_id !== undefined && !named.has(contact_id))
    const after = contacts.map(({ contact_id, ...contact }) => {
      const same =
        contact_id === undefined
          ? here.find(other => !named.has(other.contact_id) && isSame(other, contact))?.contact_id
          : undefined
      if (same !== undefined) named.add(same)
      return {
        ...contact,
        contract_id,
        contact_id: contact_id !== undefined && named.has(contact_id) ? contact_id : (same ?? NEW),
      }
    })
    return {
      contract_id,
      after,
      problems: [
        ...(isUnknown ? ['422 unknown-reference'] : []),
        ...removalProblems(here, after, confirm_removals),
        ...nameProblems(contacts),
      ],
    }
  }

  /** R23 */
  #formList({ contract_id, form_version, contacts }: Extract<Operation, { kind: 'form' }>): DesiredList {
    const { limit, registered } = this.contracts.get(contract_id)!
    if (registered) return { contract_id, after: this.of(contract_id), problems: ['409 already-registered'] }
    const most = form_version <= '2022-09' ? limit : Math.min(BASE_SEATS, limit)
    return {
      contract_id,
      after: contacts.map(contact => ({ ...newcomer(contract_id, contact, contact.role), duties: contact.duties })),
      problems: [...(contacts.length > most ? ['409 form-limit-reached'] : []), ...nameProblems(contacts)],
    }
  }

  /** What the rules say of a list, whichever way it came about. */
  #judge({ contract_id, after, problems }: DesiredList): string[] {
    if (problems.includes('409 already-registered')) return problems
    const before = this.of(contract_id)
    const { limit } = this.contracts.get(contract_id)!
    const former = (contact: ModelContact): ModelContact | undefined =>
      before.find(({ contact_id }) => contact_id === contact.contact_id)
    const isTouched = (contact: ModelContact): boolean =>
      JSON.stringify(sorted(former(contact))) !== JSON.stringify(sorted(contact))
    const entering = [
      ...after.filter(contact => former(contact) !== undefined && former(contact)!.email !== contact.email),
      ...after.filter(contact => former(contact) === undefined),
    ]
    const primaries = after.filter(({ role }) => role === 'primary').length
    return [
      ...problems,
      ...(entering.length > 0 && this.hasEnded(contract_id) ? ['409 contract-not-in-force'] : []), // R28
      ...(after.length > 0 && primaries === 0 ? ['409 primary-required'] : []), // R10
      ...(primaries > 1 ? ['409 primary-exists'] : []), // R10
      ...(after.length > Math.max(limit, before.length) ? ['409 seat-limit-reached'] : []), // R24, R27
      ...(after.some(contact =>
        after.some(other => other !== contact && isSame(other, contact) && (isTouched(contact) || isTouched(other))),
      )
        ? ['409 duplicate-contact']
        : []), // R19
      ...(entering.some(contact => this.#isTaken(contact)) ? ['409 email-taken'] : []), // R20
      ...(this.#sharesUnasked(contract_id, after, entering) ? ['409 email-in-use'] : []), // R17
    ]
  }

  /** R20: another customer's contact in force has the address. */
  #isTaken({ contract_id, email }: ModelContact): boolean {
    return this.#inForce().some(
      holder => holder.email === email && this.#customer(holder.contract_id) !== this.#customer(contract_id),
    )
  }

  /**
   * R17: somebody comes to another person's address, or takes back that it is shared, without saying so. Who comes
   * later finds who came before.
   */
  #sharesUnasked(contract_id: string, after: ModelContact[], entering: ModelContact[]): boolean {
    const withdrawing = after.filter(contact =>
      this.of(contract_id).some(
        old =>
          old.contact_id === contact.contact_id &&
          old.email === contact.email &&
          old.shared_mailbox &&
          !contact.shared_mailbox,
      ),
    )
    const asked = [...withdrawing, ...entering]
    const elsewhere = this.#inForce().filter(
      holder =>
        holder.contract_id !== contract_id && this.#customer(holder.contract_id) === this.#customer(contract_id),
    )
    const present = [...elsewhere, ...after.filter(contact => !asked.includes(contact))]
    return asked.some(contact => {
      const holders = present.filter(({ email }) => email === contact.email).map(nameOf)
      present.push(contact)
      const isKnown = holders.includes(nameOf(contact)) && !withdrawing.includes(contact) // R19
      return !contact.shared_mailbox && !isKnown && holders.some(name => name !== nameOf(contact))
    })
  }

  #problemsOfBilling({ contract_id, customer_id, ends_on }: Extract<Operation, { kind: 'bill' }>): string[] {
    if (this.#customer(contract_id) !== customer_id) return ['409 customer-fixed']
    const isBack = this.hasEnded(contract_id) && (ends_on === null || ends_on >= this.today)
    return isBack && this.of(contract_id).some(contact => this.#isTaken(contact)) ? ['409 email-taken'] : [] // R20, R28
  }

  #problemsOfAsking(operation: Extract<Operation, { kind: 'ask' }>): string[] {
    if (this.of(operation.contract_id).length === 0) return ['409 primary-required']
    return this.#askedList(operation).problems
  }

  #problemsOfDeciding(change_request_id: string, states: string[]): string[] {
    const request = this.requests.get(change_request_id)
    if (request === undefined) return ['404 not-found']
    if (states.includes(request.state)) return []
    return request.state === 'needs_primary_confirmation' ? ['409 confirmation-required'] : ['409 state-conflict']
  }

  /** R25 */
  #problemsOfConfirming(change_request_id: string, contact_id: string): string[] {
    const request = this.requests.get(change_request_id)
    if (request === undefined) return ['404 not-found']
    if (request.state !== 'needs_primary_confirmation') return ['409 state-conflict']
    return this.of(request.contract_id).some(contact => contact.role === 'primary' && contact.contact_id === contact_id)
      ? []
      : ['409 confirmation-required']
  }

  /** R24: a scheduled request is approved again only where whoever approved it no longer may apply it. */
  #problemsOfApproving({ by, change_request_id }: Extract<Operation, { kind: 'approve' }>): string[] {
    if (!this.#mayApply(by)) return ['403 forbidden']
    const request = this.requests.get(change_request_id)
    if (request?.state === 'scheduled' && !this.#mayApply(request.approved_by!)) return []
    return this.#problemsOfDeciding(change_request_id, ['needs_approval'])
  }

  #isDue(change_request_id: string): boolean {
    const day = this.requests.get(change_request_id)?.effective_on ?? null
    return day !== null && day <= this.today
  }

  #take({ contract_id, after }: DesiredList, idsOf: (newcomer: ModelContact) => string): void {
    const gone = this.of(contract_id).filter(({ contact_id }) => !after.some(other => other.contact_id === contact_id))
    this.#gone.push(...gone.map(({ contact_id }) => contact_id))
    const list = after.map(contact =>
      contact.contact_id === NEW ? { ...contact, contact_id: idsOf(contact) } : contact,
    )
    this.contacts = [...this.contacts.filter(contact => contact.contract_id !== contract_id), ...list]
    if (after.length > 0) this.contracts.get(contract_id)!.registered = true
  }

  #customer(contract_id: string): string {
    return this.contracts.get(contract_id)!.customer_id
  }

  /** Contacts of contracts that have not ended. */
  #inForce(): ModelContact[] {
    return this.contacts.filter(({ contract_id }) => !this.hasEnded(contract_id))
  }

  #addresses(): Set<string> {
    return new Set(this.#inForce().map(({ email }) => email))
  }

  #behind(email: string): { contact_id: string; name: string }[] {
    return this.#inForce()
      .filter(contact => contact.email === email)
      .map(contact => ({ contact_id: contact.contact_id, name: nameOf(contact) }))
  }

  /** R21: sees who leaves an address, and who comes back to it, by a change. */
  #witness(change: () => void): void {
    const before = new Map([...this.#addresses()].map(email => [email, this.#behind(email)]))
    const records = this.#records()
    change()
    for (const [record, { email, customer_id }] of [...records, ...this.#records()]) {
      if (!records.has(record) || !this.#records().has(record)) this.#noticeReturns(email, customer_id)
    }
    for (const [email, people] of before) this.#leave(email, people)
    for (const contact of this.contacts) this.#names.set(contact.contact_id, nameOf(contact))
  }

  /**
   * Who was behind an address and is not any more may still read it, while the account is open. Whoever is only renamed
   * has not left.
   */
  #leave(email: string, before: { contact_id: string; name: string }[]): void {
    const now = this.#behind(email)
    if (now.length === 0) return void this.residual.delete(email)
    const left = before.filter(
      ({ contact_id, name }) => !now.some(other => other.contact_id === contact_id || other.name === name),
    )
    this.residual.set(
      email,
      new Set([...(this.residual.get(email) ?? []), ...left.map(({ contact_id }) => contact_id)]),
    )
  }

  /**
   * Whoever is back is no leaver. Looked at when anything about the address changes: people are told apart by names,
   * and names change.
   */
  #noticeReturns(email: string, customer_id: string): void {
    const now = this.#behind(email)
    if (this.#inForce().some(contact => contact.email === email && this.#customer(contact.contract_id) !== customer_id))
      return
    for (const leaver of this.residual.get(email) ?? []) {
      if (now.some(({ contact_id, name }) => contact_id === leaver || name === this.#names.get(leaver)))
        this.residual.get(email)!.delete(leaver)
    }
  }

  /** Everything that is said of each contact: what differs before and after an operation has been touched by it. */
  #records(): Map<string, { email: string; customer_id: string }> {
    return new Map(
      this.contacts.map(contact => [
        JSON.stringify([sorted(contact), this.hasEnded(contact.contract_id)]),
        { email: contact.email, customer_id: this.#customer(contact.contract_id) },
      ]),
    )
  }
}

/** R24: with a day of its own a request needs an approval. */
function stateOnceConfirmed({ effective_on, approved_by }: Pick<ModelRequest, 'effective_on' | 'approved_by'>): string {
  if (effective_on === null) return 'ready'
  return approved_by === null ? 'needs_approval' : 'scheduled'
}

function newcomer(
  contract_id: string,
  { family_name, given_name, email, shared_mailbox }: Person,
  role: Role,
): ModelContact {
  return { family_name, given_name, email, shared_mailbox, role, duties: [], contract_id, contact_id: NEW }
}

function patched(contact: ModelContact, { duties, ...patch }: PersonPatch): ModelContact {
  return { ...contact, ...patch, ...(duties !== undefined && { duties: duties ?? [] }) }
}

/** R13: a department is nobody, and nobody has its name already. */
function nameProblems(people: readonly Partial<Person>[]): string[] {
  return people.some(({ family_name }) => family_name === '経理部') ? ['422 name-not-personal'] : []
}

/** R19: the same name at the same address. */
function isSame(a: Person, b: Person): boolean {
  return a.email === b.email && nameOf(a) === nameOf(b)
}

export function nameOf({ family_name, given_name }: Person): string {
  return [family_name, given_name].join(' ')
}

function sorted(contact: ModelContact | undefined): unknown {
  return (
    contact && [
      contact.contact_id,
      contact.role,
      contact.family_name,
      contact.given_name,
      contact.email,
      contact.shared_mailbox,
      contact.duties.toSorted(),
    ]
  )
}

/** R10: losing all contacts, or more than half of three or more, has to be confirmed by number. */
function removalProblems(
  here: readonly ModelContact[],
  after: readonly ModelContact[],
  confirmed: number | undefined,
): string[] {
  const kept = new Set(after.map(({ contact_id }) => contact_id))
  const removals = here.filter(({ contact_id }) => !kept.has(contact_id)).length
  const isEmptied = here.length > 0 && after.length === 0
  const isGuarded = isEmptied || (here.length >= 3 && removals * 2 > here.length)
  const isConfirmed = confirmed === undefined ? !isGuarded : confirmed === removals
  return isConfirmed ? [] : ['409 removals-unconfirmed']
}
