import { ADDRESSES, CUSTOMERS } from '../helpers/registry-operations.ts'
import { brokenInvariants } from '../helpers/registry-invariants.ts'
import { writtenSince, type WrittenRows } from '../helpers/written-rows.ts'
import { AccountComparison } from './account-comparison.ts'
import type { ModelAccount } from './model-accounts.ts'
import { assertSame, type ComparedRun } from './compared-run.ts'
import { RosterComparison } from './roster-comparison.ts'
import { SenderComparison } from './sender-comparison.ts'

/** What a refused operation touches: nothing may be written. */
export const NOTHING = Symbol('nothing')
/** The contracts and customers of which the model expects a change. */
export type Touched = { contract_ids: readonly string[]; customer_ids: readonly string[] }
const NONE: Touched = { contract_ids: [], customer_ids: [] }
const NO_ROWS = { contract_ids: [], customer_ids: [], emails: [] }

// Compares the answers that can have changed. An answer follows from rows and the day. So each is asked again that
// reads a row which any transaction wrote since the last look, or of which the model expects a change.
export class RegistryComparison {
  readonly #run: ComparedRun
  readonly #rosters: RosterComparison
  readonly #senders: SenderComparison
  readonly #accounts: AccountComparison
  #seen: WrittenRows

  constructor(run: ComparedRun, seen: WrittenRows) {
    this.#run = run
    this.#rosters = new RosterComparison(run)
    this.#senders = new SenderComparison(run)
    this.#accounts = new AccountComparison(run)
    this.#seen = seen
  }

  /** Compares what was written since the last look. A refusal may have written nothing. */
  async compareWritten(when: string, touched: Touched | typeof NOTHING = NONE): Promise<void> {
    const { random, service } = this.#run
    const before = this.#seen
    const written = await writtenSince(service.database, before.next)
    this.#seen = written
    if (touched === NOTHING) assertSame(`${when}, written`, traceOf(written), traceOf({ ...before, ...NO_ROWS }))
    const expected = touched === NOTHING ? NONE : touched
    const contract_ids = new Set([...written.contract_ids, ...expected.contract_ids])
    const customer_ids = new Set([...written.customer_ids, ...expected.customer_ids])
    // Whether a mailbox is shared is a matter of all contracts of a customer.
    for (const customer_id of customer_ids)
      for (const contract_id of await this.#rosters.compareSharing(when, customer_id)) contract_ids.add(contract_id)
    for (const contract_id of contract_ids) await this.#rosters.compare(when, contract_id)
    for (const customer_id of customer_ids) await this.#accounts.compare(when, customer_id)
    await this.#senders.compare(when, new Set(written.emails))
    if (written.last_entry === before.last_entry) return
    if (random.isIn(50)) await this.#rosters.comparePast(when)
    else await this.#senders.comparePast(when)
  }

  async compareSenders(when: string): Promise<void> {
    await this.#senders.compare(when, new Set(ADDRESSES))
  }

  async compareAll(when: string): Promise<void> {
    const { call, model, service } = this.#run
    for (const contract_id of model.contracts.keys()) {
      await this.#rosters.compare(when, contract_id)
      const { state } = (await call('GET', `/v1/contracts/${contract_id}`)).body
      assertSame(when, state, stateOf(model, contract_id))
    }
    for (const { change_request_id, state } of [...model.requests.values()].slice(-20))
      assertSame(when, (await call('GET', `/v1/change-requests/${change_request_id}`)).body.state, state)
    for (const customer_id of CUSTOMERS) {
      await this.#rosters.compareSharing(when, customer_id)
      await this.#accounts.compare(when, customer_id)
    }
    await this.compareSenders(when)
    assertSame(when, await brokenInvariants(service.database, service.clock.today()), {})
  }

  idOf(account: ModelAccount): string | undefined {
    return this.#accounts.idOf(account)
  }
}

function stateOf(model: ComparedRun['model'], contract_id: string): string {
  if (model.hasEnded(contract_id)) return 'ended'
  return model.hasBegun(contract_id) ? 'in_force' : 'not_yet_in_force'
}

function traceOf({ next: _next, ...trace }: WrittenRows): string[] {
  return Object.entries(trace)
    .map(([name, value]) => `${name}: ${value}`)
    .toSorted()
}
