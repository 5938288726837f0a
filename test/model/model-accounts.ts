import { addressOf, firstOf, heldAt, isPerson, newAddress, type Held } from './account-people.ts'
import { nameOf, recordOf, type ModelContact } from './model-contact.ts'
import type { ModelState } from './model-state.ts'

/** R21: the one account of a customer's address. */
export type ModelAccount = {
  customer_id: string
  email: string
  isOpen: boolean
  hasPassword: boolean
  mail_state: string
  /** How often others got it. */
  generation: number
  /** The contacts that left it and may still read it. */
  leavers: Set<string>
  /** The contacts that used it when it closed. */
  atClosing: Set<string>
}

// R21: accounts that stay while people come and go.
export class ModelAccounts {
  readonly #state: ModelState
  readonly #accounts: ModelAccount[] = []
  readonly #names = new Map<string, string>()
  /** The account that each contact has, or had when its contract ended. */
  readonly #last = new Map<string, ModelAccount>()

  constructor(state: ModelState) {
    this.#state = state
  }

  /** The account of a customer's address. */
  at(customer_id: string, email: string): ModelAccount | undefined {
    return this.#accounts.find(account => account.customer_id === customer_id && account.email === email)
  }

  open(): ModelAccount[] {
    return this.#accounts.filter(({ isOpen }) => isOpen)
  }

  /** The names of those who left an open account and may still read it, as the people are called today. */
  leaversOf({ leavers }: ModelAccount): string[] {
    return [...new Set([...leavers].map(contact_id => this.#names.get(contact_id)!))]
  }

  /** The support site reports a new password. */
  setPassword(account: ModelAccount): void {
    account.hasPassword = true
    account.leavers.clear()
  }

  /** R31: the mail gateway reports whether mail reaches the address. */
  reportMail(account: ModelAccount, mail_state: string): void {
    account.mail_state = mail_state
  }

  /**
   * R36: the accounts of contacts that go to another customer go along, where people of them are in force, or no other
   * person has them who stays. Of several at one address the customer keeps the open one, else the first that comes. /
   */
  transfer(isMoving: (contact: ModelContact) => boolean, customer_id: string, move: () => void): void {
    const coming = this.#accounts.filter(account => this.#goesAlong(account, isMoving))
    move()
    const own = this.#accounts.filter(account => account.customer_id === customer_id)
    for (const account of coming) account.customer_id = customer_id
    for (const { email } of coming) {
      const [, ...others] = [...coming, ...own]
        .filter(account => account.email === email)
        .toSorted((a, b) => Number(b.isOpen) - Number(a.isOpen))
      for (const account of others) account.email = `${account.email}, closed for good`
    }
  }

  #goesAlong(account: ModelAccount, isMoving: (contact: ModelContact) => boolean): boolean {
    const having = this.#state.contacts.filter(
      ({ contact_id, contract_id }) =>
        this.#last.get(contact_id) === account && this.#state.customerOf(contract_id) === account.customer_id,
    )
    const moving = having.filter(contact => contact.email === account.email && isMoving(contact))
    const isInForce = moving.some(({ contract_id }) => !this.#state.hasEnded(contract_id))
    return isInForce || (moving.length > 0 && having.every(isMoving))
  }

  /** Makes a change, and finds what becomes of the accounts. */
  follow(change: () => void): void {
    const [before, former] = [this.#inForce(), this.#records()]
    change()
    const [after, present] = [this.#inForce(), this.#records()]
    const changed = [...former, ...present].filter(([record]) => !former.has(record) || !present.has(record))
    const touched = new Set(changed.map(([, address]) => address))
    const emails = new Map(this.#accounts.map(account => [account, account.email]))
    this.#move(before, after)
    for (const [account, email] of emails) {
      const now = heldAt(after, account.customer_id, account.email)
      this.#settle(account, heldAt(before, account.customer_id, email), now)
      if (touched.has(addressOf(account))) this.#return(account, now)
    }
    for (const { customer_id, email } of after)
      if (this.at(customer_id, email) === undefined) this.#open(customer_id, email)
    for (const contact of this.#state.contacts) this.#names.set(contact.contact_id, nameOf(contact))
    for (const { contact_id, customer_id, email } of after) this.#last.set(contact_id, this.at(customer_id, email)!)
  }

  #open(customer_id: string, email: string): void {
    const account = { customer_id, email, isOpen: true, hasPassword: false, mail_state: 'unknown', generation: 0 }
    this.#accounts.push({ ...account, leavers: new Set(), atClosing: new Set() })
  }

  /** Accounts go along with the people who alone use them, unless the customer has another at the new address. */
  #move(before: readonly Held[], after: readonly Held[]): void {
    const moves = new Map<string, { account: ModelAccount; email: string }>()
    const users = this.open().map(account => ({ account, was: heldAt(before, account.customer_id, account.email) }))
    for (const { account, was } of users.toSorted((a, b) => (firstOf(a.was) < firstOf(b.was) ? -1 : 1))) {
      const email = newAddress(account.email, was, after)
      if (email !== undefined && !moves.has(email)) moves.set(email, { account, email })
    }
    const isBlocked = ({ account, email }: { account: ModelAccount; email: string }): boolean => {
      const there = this.at(account.customer_id, email)
      return there !== undefined && ![...moves.values()].some(move => move.account === there)
    }
    for (let blocked = [...moves.values()].find(isBlocked); blocked !== undefined;) {
      moves.delete(blocked.email)
      blocked = [...moves.values()].find(isBlocked)
    }
    for (const { account, email } of moves.values()) Object.assign(account, { email, mail_state: 'unknown' })
  }

  #settle(account: ModelAccount, was: readonly Held[], now: readonly Held[]): void {
    const { leavers, atClosing } = account
    if (now.length === 0) {
      account.isOpen = false
      for (const { contact_id } of was) if (!leavers.has(contact_id)) atClosing.add(contact_id)
      return
    }
    if (account.isOpen) {
      const left = was.filter(contact => !now.some(other => isPerson(other, contact.contact_id, nameOf(contact))))
      if (left.length === was.length) takeOver(account)
      for (const { contact_id } of left) leavers.add(contact_id)
      return
    }
    const isBack = now.every(contact => [...atClosing].some(id => isPerson(contact, id, this.#names.get(id)!)))
    if (!isBack) takeOver(account)
    account.isOpen = true
    for (const contact_id of atClosing) leavers.add(contact_id)
    atClosing.clear()
    this.#return(account, now)
  }

  /**
   * A person who has returned is no leaver. The check is due whenever anything about the address changes: names tell
   * the people at one address apart, and names change.
   */
  #return({ leavers, isOpen }: ModelAccount, now: readonly Held[]): void {
    if (!isOpen) return
    for (const id of leavers) if (now.some(contact => isPerson(contact, id, this.#names.get(id)!))) leavers.delete(id)
  }

  #inForce(): Held[] {
    return this.#state
      .inForce()
      .map(contact => ({ ...contact, customer_id: this.#state.customerOf(contact.contract_id) }))
      .toSorted((a, b) => (a.contact_id < b.contact_id ? -1 : 1))
  }

  /** All that is said of each contact: a record that is there only before or only after a change was changed by it. */
  #records(): Map<string, string> {
    return new Map(
      this.#state.contacts.map(contact => [
        JSON.stringify([recordOf(contact), this.#state.hasEnded(contact.contract_id)]),
        addressOf({ customer_id: this.#state.customerOf(contact.contract_id), email: contact.email }),
      ]),
    )
  }
}

/** Others have the account from now on, and have yet to set its password. */
function takeOver(account: ModelAccount): void {
  account.hasPassword = false
  account.generation++
}
