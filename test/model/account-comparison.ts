import { assertSame, type ComparedRun } from './compared-run.ts'
import type { ModelAccount } from './model-accounts.ts'
import type { ModelContact } from './model-contact.ts'
import { listSupportAccounts } from '#db/accounts/support-accounts.ts'
import { FIRST_UUID } from '#domain/first-uuid.ts'
import { supportAccountView, type SupportAccountView } from '#domain/accounts/support-account-view.ts'

/**
 * Compares the open accounts of contracts' contacts with the model: that each stays the same account, since when and
 * with which password its people have it, the contacts behind it, and those who may still read it (R21).
 */
export class AccountComparison {
  readonly #run: ComparedRun
  readonly #ids = new Map<ModelAccount, string>()
  readonly #since = new Map<string, string>()

  constructor(run: ComparedRun) {
    this.#run = run
  }

  /** Compares all open accounts of a customer. */
  async compare(when: string, customer_id: string): Promise<void> {
    const { model } = this.#run
    const accounts = await this.#openAccounts(customer_id)
    const behind = accounts.map(({ email, contacts }) => [email, contacts.map(idOf).toSorted()])
    const own = model.inForce().filter(({ contract_id }) => model.customerOf(contract_id) === customer_id)
    const emails = new Set(own.map(({ email }) => email))
    assertSame(when, behind.toSorted(), [...model.openAccounts()].filter(([email]) => emails.has(email)).toSorted())
    for (const account of accounts) this.#compareAccount(`${when}, the account of ${account.email}`, account)
  }

  /** The account of the service that the model knows by its customer and address. */
  idOf(account: ModelAccount): string | undefined {
    return this.#ids.get(account)
  }

  #compareAccount(when: string, account: SupportAccountView): void {
    const { accounts } = this.#run.model
    const { account_id, customer_id, email, password_set_at, in_use_since, residual_access, mail_state } = account
    const expected = accounts.at(customer_id, email!)!
    assertSame(`${when}, open`, expected.isOpen, true)
    const id = this.#ids.get(expected) ?? account_id
    assertSame(`${when}, id`, account_id, id)
    this.#ids.set(expected, id)
    const generation = `${id} ${expected.generation}`
    const since = this.#since.get(generation) ?? in_use_since
    assertSame(`${when}, in use since`, in_use_since, since)
    this.#since.set(generation, since)
    const former = this.#since.get(`${id} ${expected.generation - 1}`)
    assertSame(`${when}, others have it`, former === undefined || former < since, true)
    assertSame(`${when}, mail`, mail_state, expected.mail_state)
    assertSame(`${when}, password`, password_set_at !== null, expected.hasPassword)
    const leavers = new Set(residual_access.map(({ name }) => sortedWords(name)))
    assertSame(
      `${when}, residual access`,
      [...leavers].toSorted(),
      accounts.leaversOf(expected).map(sortedWords).toSorted(),
    )
  }

  async #openAccounts(customer_id: string): Promise<SupportAccountView[]> {
    const { database, clock } = this.#run.service
    const page = { after: FIRST_UUID, limit: 200 }
    const accounts = await listSupportAccounts(database, { customer_id }, clock.today(), page)
    return accounts.map(supportAccountView).filter(({ state }) => state === 'open')
  }
}

function idOf({ contact_id }: Pick<ModelContact, 'contact_id'>): string {
  return contact_id
}

/** The parts of a name, in whichever order it shows them. */
function sortedWords(name: string): string {
  return name.trim().split(' ').toSorted().join(' ')
}
