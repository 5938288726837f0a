import { assertSame, momentWithin, type ComparedRun } from './compared-run.ts'
import { recordOf } from './model-contact.ts'
import { listRosters } from '#db/rosters/roster.ts'

/** Compares the rosters of contracts, now and at earlier moments. */
export class RosterComparison {
  readonly #run: ComparedRun
  /** What each contract's roster said, and from when on. */
  readonly #past = new Map<string, { since: string; text: string }[]>()

  /** Whether each contact was said to share a mailbox, when its roster was shown last. */
  readonly #sharing = new Map<string, boolean>()

  constructor(run: ComparedRun) {
    this.#run = run
  }

  async compare(when: string, contract_id: string): Promise<void> {
    const { call, model, service } = this.#run
    const { text, body } = await call('GET', `/v1/contracts/${contract_id}/roster`)
    const { limit } = model.contracts.get(contract_id)!
    const contacts = model.of(contract_id)
    assertSame(when, body.seats, {
      limit,
      used: contacts.length,
      available: Math.max(limit - contacts.length, 0),
      over: Math.max(contacts.length - limit, 0),
    })
    assertSame(when, body.contacts.map(recordOf).toSorted(), contacts.map(recordOf).toSorted())
    for (const { contact_id, mailbox_shared } of body.contacts) this.#sharing.set(contact_id, mailbox_shared)
    const said = this.#past.get(contract_id) ?? []
    if (said.at(-1)?.text !== text) this.#past.set(contract_id, [...said, { since: service.clock.now(), text }])
  }

  /** Compares who of a customer shares a mailbox, and finds the contracts whose rosters say something else by now. */
  async compareSharing(when: string, customer_id: string): Promise<string[]> {
    const { model, service } = this.#run
    const { database, clock } = service
    const items = [...(await listRosters(database, model.contractsOf(customer_id), clock.today())).values()].flat()
    const own = model.contacts.filter(({ contract_id }) => model.customerOf(contract_id) === customer_id)
    assertSame(`${when}, the contacts of ${customer_id}`, items.map(idOf).toSorted(), own.map(idOf).toSorted())
    for (const { contact_id, contract_id, email, mailbox_shared } of items)
      if (!model.hasEnded(contract_id))
        assertSame(`${when}, whether ${contact_id} shares ${email}`, mailbox_shared, model.isShared(contract_id, email))
    return items
      .filter(({ contact_id, mailbox_shared }) => this.#sharing.get(contact_id) !== mailbox_shared)
      .map(({ contract_id }) => contract_id)
  }

  /** R26: a random earlier moment of a random contract is answered as it was. */
  async comparePast(when: string): Promise<void> {
    const { call, random, service } = this.#run
    if (this.#past.size === 0) return
    const contract_id = random.pick([...this.#past.keys()])
    const said = this.#past.get(contract_id)!
    const index = random.below(said.length)
    const since = Date.parse(said[index]!.since)
    const until = Date.parse(said[index + 1]?.since ?? service.clock.now())
    if (since === until && index < said.length - 1) return // see SenderComparison
    const as_of = momentWithin(this.#run, since, until)
    const { text } = await call('GET', `/v1/contracts/${contract_id}/roster?as_of=${as_of}`)
    assertSame(`${when}, ${contract_id} as of ${as_of}`, text, said[index]!.text)
  }
}

function idOf({ contact_id }: { contact_id: string }): string {
  return contact_id
}
