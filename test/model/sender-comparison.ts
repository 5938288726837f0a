import { ADDRESSES } from '../helpers/registry-operations.ts'
import { assertSame, momentWithin, type ComparedRun } from './compared-run.ts'

/** R29: compares whether addresses may ask support, now and at earlier moments. */
export class SenderComparison {
  readonly #run: ComparedRun
  /** What sender checks said of every address, and from when on. */
  readonly #past: { since: string; reasons: string[] }[] = []
  readonly #everHeld = new Set<string>()

  constructor(run: ComparedRun) {
    this.#run = run
  }

  /** Asks about these addresses, and about those of which the model expects a change. */
  async compare(when: string, emails: ReadonlySet<string>): Promise<void> {
    for (const { email } of this.#run.model.contacts) this.#everHeld.add(email)
    const expected = ADDRESSES.map(email => this.#expectedReason(email))
    const last = this.#past.at(-1)?.reasons
    const asked = ADDRESSES.filter((email, index) => emails.has(email) || last?.[index] !== expected[index])
    const found = new Map((await this.#reasonsOf(asked)).map((reason, index) => [asked[index], reason]))
    const reasons = ADDRESSES.map((email, index) => found.get(email) ?? last![index]!)
    assertSame(`${when}, senders`, reasons, expected)
    if (JSON.stringify(last) !== JSON.stringify(reasons))
      this.#past.push({ since: this.#run.service.clock.now(), reasons })
  }

  /** R26: whether each address might ask at a random earlier moment. */
  async comparePast(when: string): Promise<void> {
    const past = this.#past
    const index = this.#run.random.below(past.length)
    const since = Date.parse(past[index]!.since)
    const until = Date.parse(past[index + 1]?.since ?? this.#run.service.clock.now())
    // Two changes within one millisecond leave the first no moment of its own: that moment answers with the second.
    if (since === until && index < past.length - 1) return
    const as_of = momentWithin(this.#run, since, until)
    assertSame(`${when}, senders as of ${as_of}`, await this.#reasonsOf(ADDRESSES, as_of), past[index]!.reasons)
  }

  async #reasonsOf(addresses: string[], as_of?: string): Promise<string[]> {
    if (addresses.length === 0) return []
    const senders = addresses.map(from => ({ from, ...(as_of !== undefined && { as_of }) }))
    const { body } = await this.#run.check('POST', '/v1/sender-check-batches', { senders })
    return body.items.map(({ reason }: { reason: string }) => reason)
  }

  #expectedReason(email: string): string {
    const { model } = this.#run
    const contracts = model.behind(email).map(({ contract_id }) => contract_id)
    if (contracts.some(contract_id => model.hasBegun(contract_id))) return 'registered'
    if (contracts.length > 0) return 'not_yet_in_force'
    if (model.contacts.some(contact => contact.email === email)) return 'contract_ended'
    return this.#everHeld.has(email) ? 'removed' : 'never_registered'
  }
}
