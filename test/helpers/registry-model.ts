import { CONTRACTS, type Operation, type Person, type PersonPatch } from './random-operations.ts'

// The rules of domain.md once more, as one would apply them by hand to a list of people: it shares nothing with src.

export type ModelContact = Person & { contact_id: string, contract_id: string, role: 'primary' | 'secondary', duties: string }
type ModelContract = { customer_id: string, limit: number, ended: boolean }

export class RegistryModel {
  readonly contracts = new Map<string, ModelContract>(Object.entries(CONTRACTS).map(([contract_id, customer_id]) => [contract_id, { customer_id, limit: 4, ended: false }]))
  contacts: ModelContact[] = []
  /** R21: by address, the contacts that left it and may still read it. */
  readonly residual = new Map<string, Set<string>>()
  readonly #names = new Map<string, string>()

  /** Every problem that stands in the way, none where the operation has to succeed. Their order is not settled by the rules. */
  problemsOf (operation: Operation): string[] {
    switch (operation.kind) {
      case 'register': return this.#problemsOfEntering({ ...operation.person, contact_id: '', contract_id: operation.contract_id, role: operation.role, duties: '' }, this.of(operation.contract_id))
      case 'update': return this.#problemsOfUpdate(operation.contact_id, operation.patch)
      case 'remove': return this.#problemsOfRemoval(operation.contact_id)
      case 'hand over': return this.find(operation.contact_id)?.contract_id === operation.contract_id ? [] : ['422 unknown-reference']
      case 'replace': return this.#problemsOfReplacement(operation)
      case 'bill': return this.#problemsOfBilling(operation)
    }
  }

  /** Takes over an operation that succeeded; `contact_id` is what the service called a new contact. */
  apply (operation: Operation, contact_id: string): void {
    const before = new Map([...this.#addresses()].map(email => [email, this.#behind(email)]))
    const records = this.#records()
    this.#change(operation, contact_id)
    for (const [record, { email, customer_id }] of [...records, ...this.#records()]) {
      if (!records.has(record) || !this.#records().has(record)) this.#noticeReturns(email, customer_id)
    }
    for (const [email, people] of before) this.#leave(email, people)
    for (const contact of this.contacts) this.#names.set(contact.contact_id, nameOf(contact))
  }

  /** The names of those who left an address and may still read it, as the people are called today. */
  leaversOf (email: string): string[] {
    return [...new Set([...this.residual.get(email) ?? []].map(contact_id => this.#names.get(contact_id)!))]
  }

  find (contact_id: string): ModelContact | undefined {
    return this.contacts.find(contact => contact.contact_id === contact_id)
  }

  of (contract_id: string): ModelContact[] {
    return this.contacts.filter(contact => contact.contract_id === contract_id)
  }

  /** R21, R28: by address, the contacts behind its account; an address without any has no open account. */
  openAccounts (): Map<string, string[]> {
    return new Map([...this.#addresses()].map(email => [email, this.#behind(email).map(({ contact_id }) => contact_id).toSorted()]))
  }

  /** Contacts of contracts that have not ended. */
  #inForce (): ModelContact[] {
    return this.contacts.filter(({ contract_id }) => !this.contracts.get(contract_id)!.ended)
  }

  #addresses (): Set<string> {
    return new Set(this.#inForce().map(({ email }) => email))
  }

  #behind (email: string): { contact_id: string, name: string }[] {
    return this.#inForce().filter(contact => contact.email === email).map(contact => ({ contact_id: contact.contact_id, name: nameOf(contact) }))
  }

  #customerOf (contact: ModelContact): string {
    return this.contracts.get(contact.contract_id)!.customer_id
  }

  /** Somebody comes to a contract that would otherwise be left with `others`. */
  #problemsOfEntering (newcomer: ModelContact, others: ModelContact[]): string[] {
    const { limit } = this.contracts.get(newcomer.contract_id)!
    const used = this.of(newcomer.contract_id).length
    const isFirst = newcomer.role === 'secondary' && !others.some(({ role }) => role === 'primary')
    const isSecondPrimary = newcomer.role === 'primary' && others.some(({ role }) => role === 'primary')
    return [
      ...isFirst ? ['409 primary-required'] : [], // R10
      ...isSecondPrimary ? ['409 primary-exists'] : [], // R10
      ...others.length + 1 > Math.max(limit, used) ? ['409 seat-limit-reached'] : [], // R24, R27
      ...this.#problemsOfAddress(newcomer, others)
    ]
  }

  /** Somebody comes to an address. */
  #problemsOfAddress (newcomer: ModelContact, others: ModelContact[]): string[] {
    const { ended, customer_id } = this.contracts.get(newcomer.contract_id)!
    const holders = [...this.#inForce().filter(({ contract_id }) => contract_id !== newcomer.contract_id), ...others].filter(({ email }) => email === newcomer.email)
    const isTaken = holders.some(holder => this.#customerOf(holder) !== customer_id)
    const [names, name] = [holders.filter(holder => this.#customerOf(holder) === customer_id).map(nameOf), nameOf(newcomer)]
    const isUsed = names.some(other => other !== name)
    const isKnown = names.includes(name) // R19
    return [
      ...ended ? ['409 contract-not-in-force'] : [], // R28
      ...isTaken ? ['409 email-taken'] : [], // R20
      ...isUsed && !newcomer.shared_mailbox && !isKnown ? ['409 email-in-use'] : [], // R17
      ...isTwice(newcomer, others) ? ['409 duplicate-contact'] : [] // R19
    ]
  }

  /** Whether other persons of the customer have the address. */
  #isShared (contact: ModelContact, others: ModelContact[]): boolean {
    const holders = [...this.#inForce().filter(({ contract_id }) => contract_id !== contact.contract_id), ...others].filter(({ email }) => email === contact.email)
    return holders.some(holder => this.#customerOf(holder) === this.#customerOf(contact) && nameOf(holder) !== nameOf(contact))
  }

  #problemsOfUpdate (contact_id: string, patch: PersonPatch): string[] {
    const contact = this.find(contact_id)
    if (contact === undefined) return ['404 not-found']
    const changed = { ...contact, ...patch, duties: '' }
    const others = this.of(contact.contract_id).filter(other => other !== contact)
    if (changed.email !== contact.email) return this.#problemsOfAddress(changed, others)
    const isWithdrawn = contact.shared_mailbox && !changed.shared_mailbox
    return [
      ...isTwice(changed, others) ? ['409 duplicate-contact'] : [],
      ...isWithdrawn && this.#isShared(changed, others) ? ['409 email-in-use'] : [] // R17: others are there, so shared it is
    ]
  }

  #problemsOfRemoval (contact_id: string): string[] {
    const contact = this.find(contact_id)
    if (contact === undefined) return ['404 not-found']
    return contact.role === 'primary' && this.of(contact.contract_id).length > 1 ? ['409 primary-required'] : [] // R10
  }

  #problemsOfReplacement ({ contract_id, person, former_primary }: Extract<Operation, { kind: 'replace' }>): string[] {
    if (this.#isPrimary(contract_id, person)) return [] // a repeat
    const others = this.of(contract_id).filter(({ role }) => role === 'secondary' || former_primary === 'secondary').map(contact => ({ ...contact, role: 'secondary' as const }))
    return this.#problemsOfEntering({ ...person, contact_id: '', contract_id, role: 'primary', duties: '' }, others)
  }

  #problemsOfBilling ({ contract_id, customer_id, ends_on }: Extract<Operation, { kind: 'bill' }>): string[] {
    const contract = this.contracts.get(contract_id)!
    if (contract.customer_id !== customer_id) return ['409 customer-fixed']
    if (!contract.ended || ends_on !== null) return []
    const taken = new Set(this.#inForce().filter(holder => this.#customerOf(holder) !== customer_id).map(({ email }) => email))
    return this.of(contract_id).some(({ email }) => taken.has(email)) ? ['409 email-taken'] : [] // R20, R28
  }

  #change (operation: Operation, contact_id: string): void {
    switch (operation.kind) {
      case 'register': this.contacts.push({ ...operation.person, contact_id, contract_id: operation.contract_id, role: operation.role, duties: '' }); break
      case 'update': this.#update(this.find(operation.contact_id)!, operation.patch); break
      case 'remove': this.contacts = this.contacts.filter(contact => contact.contact_id !== operation.contact_id); break
      case 'hand over': this.#makePrimary(operation.contract_id, operation.contact_id, operation.former_primary === 'removed'); break
      case 'replace':
        if (this.#isPrimary(operation.contract_id, operation.person)) break
        this.contacts.push({ ...operation.person, contact_id, contract_id: operation.contract_id, role: 'secondary', duties: '' })
        this.#makePrimary(operation.contract_id, contact_id, operation.former_primary === 'removed')
        break
      case 'bill': this.contracts.set(operation.contract_id, { customer_id: operation.customer_id, limit: 2 + operation.connections, ended: operation.ends_on !== null })
    }
  }

  #isPrimary (contract_id: string, person: Person): boolean {
    return this.of(contract_id).some(contact => contact.role === 'primary' && contact.email === person.email && nameOf(contact) === nameOf(person))
  }

  #update (contact: ModelContact, { duties, ...patch }: PersonPatch): void {
    Object.assign(contact, patch, duties === undefined ? {} : { duties: (duties ?? []).toSorted().join() })
  }

  /** R11 */
  #makePrimary (contract_id: string, contact_id: string, isFormerRemoved: boolean): void {
    const former = this.of(contract_id).find(({ role }) => role === 'primary')
    if (former?.contact_id === contact_id) return
    if (isFormerRemoved) this.contacts = this.contacts.filter(contact => contact !== former)
    else if (former !== undefined) former.role = 'secondary'
    this.find(contact_id)!.role = 'primary'
  }

  /** R21: who was behind an address and is not any more may still read it, while the account is open. Whoever is only renamed has not left. */
  #leave (email: string, before: { contact_id: string, name: string }[]): void {
    const now = this.#behind(email)
    if (now.length === 0) return void this.residual.delete(email)
    const left = before.filter(({ contact_id, name }) => !now.some(other => other.contact_id === contact_id || other.name === name))
    this.residual.set(email, new Set([...this.residual.get(email) ?? [], ...left.map(({ contact_id }) => contact_id)]))
  }

  /** R21: whoever is back is no leaver. Looked at when anything about the address changes: people are told apart by names, and names change. */
  #noticeReturns (email: string, customer_id: string): void {
    const now = this.#behind(email)
    if (this.#inForce().some(contact => contact.email === email && this.#customerOf(contact) !== customer_id)) return
    for (const leaver of this.residual.get(email) ?? []) {
      if (now.some(({ contact_id, name }) => contact_id === leaver || name === this.#names.get(leaver))) this.residual.get(email)!.delete(leaver)
    }
  }

  /** Everything that is said of each contact: what differs before and after an operation has been touched by it. */
  #records (): Map<string, { email: string, customer_id: string }> {
    return new Map(this.contacts.map(contact => [
      JSON.stringify([contact, this.contracts.get(contact.contract_id)!.ended]), { email: contact.email, customer_id: this.#customerOf(contact) }
    ]))
  }
}

/** R19: the same name at the same address. */
function isTwice (contact: ModelContact, others: readonly ModelContact[]): boolean {
  return others.some(other => other.email === contact.email && nameOf(other) === nameOf(contact))
}

function nameOf ({ family_name, given_name }: Person): string {
  return [family_name, given_name].join(' ')
}
