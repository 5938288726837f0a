import { nameOf, recordOf, type ModelContact } from './model-contact.ts'
import type { ModelState } from './model-state.ts'

// R21: the contacts that left an address and may still read it, by address.
export class ResidualAccess {
  readonly #state: ModelState
  readonly #leavers = new Map<string, Set<string>>()
  readonly #names = new Map<string, string>()

  constructor(state: ModelState) {
    this.#state = state
  }

  /** The names of those who left an address and may still read it, as the people are called today. */
  leaversOf(email: string): string[] {
    return [...new Set([...(this.#leavers.get(email) ?? [])].map(contact_id => this.#names.get(contact_id)!))]
  }

  /** Makes a change, and finds who leaves an address by it, and who returns to one. */
  follow(change: () => void): void {
    const emails = [...this.#state.openAccounts().keys()]
    const before = new Map(emails.map(email => [email, this.#state.behind(email)]))
    const former = this.#records()
    change()
    const present = this.#records()
    for (const [record, { email, customer_id }] of [...former, ...present]) {
      if (!former.has(record) || !present.has(record)) this.#return(email, customer_id)
    }
    for (const [email, people] of before) this.#leave(email, people)
    for (const contact of this.#state.contacts) this.#names.set(contact.contact_id, nameOf(contact))
  }

  /**
   * A person who was behind an address and is not any more may still read it, while the account is open. A person who
   * is only renamed has not left.
   */
  #leave(email: string, before: ModelContact[]): void {
    const now = this.#state.behind(email)
    if (now.length === 0) return void this.#leavers.delete(email)
    const left = before.filter(
      contact => !now.some(other => other.contact_id === contact.contact_id || nameOf(other) === nameOf(contact)),
    )
    const all = [...(this.#leavers.get(email) ?? []), ...left.map(({ contact_id }) => contact_id)]
    this.#leavers.set(email, new Set(all))
  }

  /**
   * A person who has returned is no leaver. The check is due whenever anything about the address changes: names tell
   * the people at one address apart, and names change.
   */
  #return(email: string, customer_id: string): void {
    const now = this.#state.behind(email)
    if (now.some(({ contract_id }) => this.#state.customerOf(contract_id) !== customer_id)) return
    const leavers = this.#leavers.get(email)
    for (const leaver of leavers ?? []) {
      if (now.some(contact => contact.contact_id === leaver || nameOf(contact) === this.#names.get(leaver)))
        leavers?.delete(leaver)
    }
  }

  /** All that is said of each contact: a record that is there only before or only after a change was changed by it. */
  #records(): Map<string, { email: string; customer_id: string }> {
    return new Map(
      this.#state.contacts.map(contact => [
        JSON.stringify([recordOf(contact), this.#state.hasEnded(contact.contract_id)]),
        { email: contact.email, customer_id: this.#state.customerOf(contact.contract_id) },
      ]),
    )
  }
}
