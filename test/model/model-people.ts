import type { OperationOf } from '../helpers/registry-operations.ts'
import { isSame, NEW, nameOf, type ModelContact } from './model-contact.ts'
import type { ModelState } from './model-state.ts'
import { judgeRoster } from './roster-judgement.ts'

/** A contact had this name and address until a step. */
type Former = { contact_id: string; before: ModelContact; at: number; day: string; of_person: boolean }

// R34: who is who, while people are called otherwise, leave and come back.
export class ModelPeople {
  readonly #state: ModelState
  readonly #former: Former[] = []
  readonly #gone = new Map<string, { contact: ModelContact; at: number }>()
  /** In which step each contact, or the one that it goes on from, was first registered. */
  readonly #first = new Map<string, { at: number; day: string }>()
  readonly #carried = new Map<string, string>()
  #step = 0

  constructor(state: ModelState) {
    this.#state = state
  }

  /** Makes a change, and remembers who was called otherwise before it, or has gone. */
  follow(change: () => void, of_person = false): void {
    const before = this.#state.contacts
    const at = ++this.#step
    change()
    for (const contact of before) {
      const after = this.#state.find(contact.contact_id)
      if (after === undefined) this.#gone.set(contact.contact_id, { contact, at })
      else if (!isSame(contact, after))
        this.#former.push({ contact_id: contact.contact_id, before: contact, at, day: this.#state.today, of_person })
    }
    const day = this.#state.today
    for (const { contact_id } of this.#state.contacts)
      if (!this.#first.has(contact_id)) this.#first.set(contact_id, { at, day })
  }

  gone(contact_id: string): ModelContact | undefined {
    return this.#gone.get(contact_id)?.contact
  }

  /** Whether something was said of a contact, or of one from which it goes on. */
  #isOf({ contact_id }: Former, contact: ModelContact): boolean {
    for (let id: string | undefined = contact.contact_id; id !== undefined; id = this.#carried.get(id))
      if (id === contact_id) return true
    return false
  }

  /** A contact goes on from another one. */
  carry(contact_id: string, carried_from: string): void {
    this.#carried.set(contact_id, carried_from)
    this.#first.set(contact_id, this.#first.get(carried_from)!)
  }

  /** R34: the contacts of a contract that comes back into force, as their people are called by then. */
  ofReinstated(contract_id: string): ModelContact[] {
    const { ends_on } = this.#state.contracts.get(contract_id)!
    const list = this.#state.of(contract_id).toSorted((a, b) => (a.contact_id < b.contact_id ? -1 : 1))
    const others = this.#othersOf(contract_id).filter(other => other.contract_id !== contract_id)
    const taken = [...list]
    return list.map(contact => {
      const own = this.#former.findLast(former => this.#isOf(former, contact))?.at ?? 0
      const after = this.#asNow(contact, others, ({ at, day }) => day > ends_on! && at > own)
      if (taken.some(other => isSame(other, after))) return contact
      taken.push(after)
      return after
    })
  }

  /** R17: whether the contacts of a contract only return to a mailbox, or still have it: all were there with them. */
  wasThere(contract_id: string, email: string): boolean {
    const { ends_on } = this.#state.contracts.get(contract_id)!
    if (!this.#state.hasEnded(contract_id)) return true
    return this.#othersOf(contract_id)
      .filter(other => other.email === email)
      .every(other => {
        const { day } = this.#first.get(other.contact_id)!
        return day <= ends_on! && !this.#hasMoved(other, former => former.day > ends_on!)
      })
  }

  /** What restoring a contact leads to; the problem where it is not away. */
  restored({ contact_id, role, shared_mailbox = false }: OperationOf<'restore'>): ModelContact | string {
    const gone = this.#gone.get(contact_id)
    if (gone === undefined) return this.#state.find(contact_id) ? '409 duplicate-contact' : '404 not-found'
    const { contact, at } = gone
    const { contract_id } = contact
    if (this.#state.of(contract_id).some(other => this.#carried.get(other.contact_id) === contact_id))
      return '409 duplicate-contact'
    const others = this.#othersOf(contract_id)
    const present = this.#asNow(contact, others, former => former.at >= at)
    const isShared = others
      .filter(({ email }) => email === contact.email)
      .every(other => this.#first.get(other.contact_id)!.at < at && !this.#hasMoved(other, since => since.at >= at))
    return {
      ...present,
      contact_id: NEW,
      role: role ?? contact.role,
      shared_mailbox: shared_mailbox || isShared,
    }
  }

  problemsOfRestoring(operation: OperationOf<'restore'>): string[] {
    const contact = this.restored(operation)
    if (typeof contact === 'string') return [contact]
    const { contract_id } = contact
    return judgeRoster(this.#state, { contract_id, after: [...this.#state.of(contract_id), contact], problems: [] })
  }

  /** The contacts in force of a contract's customer. */
  #othersOf(contract_id: string): ModelContact[] {
    const customer_id = this.#state.customerOf(contract_id)
    return this.#state
      .inForce()
      .filter(other => this.#state.customerOf(other.contract_id) === customer_id)
      .toSorted((a, b) => (a.contact_id < b.contact_id ? -1 : 1))
  }

  #hasMoved(contact: ModelContact, isSince: (former: Former) => boolean): boolean {
    return this.#former.some(
      former => this.#isOf(former, contact) && isSince(former) && former.before.email !== contact.email,
    )
  }

  #asNow(contact: ModelContact, others: ModelContact[], isMeant: (former: Former) => boolean): ModelContact {
    if (others.some(other => isSame(other, contact))) return contact
    const same = others.find(other =>
      this.#former.some(
        former =>
          this.#isOf(former, other) &&
          isMeant(former) &&
          isSame(former.before, contact) &&
          (former.of_person || isStill(contact, other)),
      ),
    )
    if (same === undefined) return contact
    const { family_name, given_name, email } = same
    return { ...contact, family_name, given_name, email }
  }
}

/** One that gets another family name and another given name is another person. */
function isStill(before: ModelContact, after: ModelContact): boolean {
  if (nameOf(before) === nameOf(after) || before.family_name === after.family_name) return true
  return before.given_name !== null && before.given_name === after.given_name
}
