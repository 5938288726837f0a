import t from 'tap'
import { createClient } from '../helpers/api-clients.ts'
import {
  ADDRESSES,
  dayFrom,
  perform,
  prepareContracts,
  randomOperation,
  type Operation,
} from '../helpers/random-operations.ts'
import { nameOf, RegistryModel, type ModelContact } from '../helpers/registry-model.ts'
import { brokenInvariants } from '../helpers/registry-invariants.ts'
import { numberFrom, seededRandom } from '../helpers/seeded-random.ts'
import { outcomeOf } from '../helpers/tally.ts'
import { secondInstance, testService, type Answer, type TestService } from '../helpers/test-service.ts'
import { writtenSince, type WrittenRows } from '../helpers/written-rows.ts'
import { applyScheduledRequest } from '#actions/apply-change-request.ts'
import { endContract } from '#actions/end-contract.ts'
import { listEndsToRecord } from '#db/contracts.ts'
import { BEFORE_ALL } from '#db/due.ts'
import { listRoster } from '#db/roster.ts'
import { findSupportAccount } from '#db/support-accounts.ts'
import { supportAccountView } from '#domain/support-account-view.ts'

// Every operation, over the connections of two instances in turn, one after the other: what it answers, what is there
// after it, and what is said of an earlier moment have to be what a model of the rules says. SEED and STEPS repeat and
// prolong it.
//
// After each step the answers are compared that can have changed. An answer follows from rows and the day. So each is
// asked again that reads a row which any transaction wrote in the step, or of which the model expects a change; all
// are at the start of a day, every 100 steps and at the end. A wrong write is thus found in its own step, wherever it
// went, and a refusal that wrote anything is found at once. An earlier moment is asked about when history has grown.
const seed = numberFrom('SEED', 20260401)
const steps = numberFrom('STEPS', 2000)
const CHECKED_EVERY = 100
let jobs = 0
const job = () => ({ actor: 'madoguchi', request_id: `job-${++jobs}` })

const service = await testService(t)
const { clock, context, database } = service
const other = await secondInstance(t, service)
const random = seededRandom(seed)
const model = new RegistryModel('2026-04-01')
const known = new Set<string>()
/** What each contract's roster said, and from when on. */
const past = new Map<string, { since: string; text: string }[]>()
let time = Date.parse('2026-04-01T00:30:00.000Z')
let call = service.call
/** What a refused operation touches. */
const NOTHING = Symbol('nothing')
let seen = await writtenSince(database, '0')
const AGENT_SCOPES = ['requests:write', 'requests:confirm'] as const
const { client_id } = await createClient(call, [...AGENT_SCOPES, 'contacts:write'])

t.test(
  `R10, R11, R17–R28: ${steps} random operations one after the other end as a model of the rules says (SEED=${seed})`,
  async t => {
    await prepareContracts(call)
    await compareWritten(`SEED=${seed}, the beginning`)
    const met = new Set<string>()
    for (let step = 0; step < steps; step++) {
      const instance = random.pick([service, other])
      call = instance.call
      if (random.isIn(4)) await startDay(`SEED=${seed}, start of the day before step ${step}`)
      else time += 1 + random.below(60_000)
      clock.set(new Date(time).toISOString(), model.today)
      const operation = randomOperation(random, model.world())
      const problems = model.problemsOf(operation)
      const answer = await performBy(instance, operation)
      met.add(`${operation.kind} ${outcomeOf(answer)}`)
      const when = `SEED=${seed}, step ${step}, ${JSON.stringify(operation)}`
      if (!isPredicted(answer, operation, problems)) {
        throw new Error(
          `${when} → ${outcomeOf(answer)}, expected ${problems.join(' and ') || 'success'}\n${answer.text}\n` +
            JSON.stringify([...model.contracts, model.contacts]),
        )
      }
      const touched = contractOf(operation)
      if (problems.length === 0) await takeOver(operation, answer, touched)
      await compareWritten(when, problems.length === 0 ? touched : NOTHING)
      if (step % CHECKED_EVERY === 0) await compareAll(when)
    }
    await compareAll('the end')
    for (const outcome of EXPECTED) t.ok(met.has(outcome), `met ${outcome}`)
  },
)

/** Does an operation as the client that it names. */
async function performBy({ call, callWith, callByClient }: TestService, operation: Operation): Promise<Answer> {
  if (operation.kind === 'grant') {
    const scopes = [...AGENT_SCOPES, ...(operation.agent_may_apply ? ['contacts:write'] : [])]
    return await call('PATCH', `/v1/api-clients/${client_id}`, { scopes })
  }
  const by = 'by' in operation ? operation.by : 'operator'
  if (by === 'agent') return await perform(callByClient(client_id, ...AGENT_SCOPES, 'contacts:write'), operation)
  return await perform(by === 'operator' ? call : callWith(...AGENT_SCOPES), operation)
}

// What thousands of steps always meet: each operation done, and each of its refusals.
const EXPECTED = [
  'register 201',
  'update 200',
  'remove 204',
  'hand over 200',
  'replace 200',
  'bill 200',
  'roster 200',
  'form 409 already-registered',
  'ask 201',
  'confirm 200',
  'approve 200',
  'grant 200',
  'apply 200',
  'reject 200',
  'withdraw 200',
  'roster 409 primary-exists',
  'roster 409 primary-required',
  'roster 409 email-in-use',
  'roster 409 email-taken',
  'roster 409 seat-limit-reached',
  'roster 422 unknown-reference',
  'roster 409 removals-unconfirmed',
  'register 422 name-not-personal',
  'update 422 name-not-personal',
  'roster 422 name-not-personal',
  'ask 422 name-not-personal',
  'ask 422 unknown-reference',
  'ask 409 removals-unconfirmed',
  'confirm 409 confirmation-required',
  'confirm 409 state-conflict',
  'approve 403 forbidden',
  'approve 409 confirmation-required',
  'approve 409 state-conflict',
  'apply 409 confirmation-required',
  'apply 409 state-conflict',
  'reject 409 state-conflict',
]

const SUCCESS: Record<Operation['kind'], string> = {
  register: '201',
  update: '200',
  remove: '204',
  'hand over': '200',
  replace: '200',
  bill: '200',
  roster: '200',
  form: '201',
  ask: '201',
  confirm: '200',
  approve: '200',
  grant: '200',
  apply: '200',
  reject: '200',
  withdraw: '200',
}

/** Where a whole list was asked for, every problem has to be named, and no other. */
function isPredicted(answer: Answer, { kind }: Operation, problems: string[]): boolean {
  if (problems.length === 0) return outcomeOf(answer) === SUCCESS[kind]
  if (kind !== 'roster' && kind !== 'form') return problems.includes(outcomeOf(answer))
  const named = (answer.body.problems ?? [answer.body]).map(
    ({ status, type }: any) => `${status} ${type.replace('/problems/', '')}`,
  )
  return [...new Set(named)].toSorted().join() === problems.toSorted().join()
}

function contractOf(operation: Operation): string | undefined {
  if ('contract_id' in operation) return operation.contract_id
  if ('change_request_id' in operation) return model.requests.get(operation.change_request_id)?.contract_id
  if (operation.kind === 'grant') return undefined
  return model.contacts.find(({ contact_id }) => contact_id === operation.contact_id)?.contract_id
}

/** Who came with an operation: whoever is on the contract now, under an id that was not seen before. */
async function newcomersOf(contract_id: string): Promise<(newcomer: ModelContact) => string> {
  const found = (await listRoster(database, contract_id)).filter(({ contact_id }) => !known.has(contact_id))
  for (const { contact_id } of found) known.add(contact_id)
  return newcomer => {
    const index = found.findIndex(contact => contact.email === newcomer.email && nameOf(contact) === nameOf(newcomer))
    return found.splice(index, 1)[0]?.contact_id ?? 'not found'
  }
}

async function takeOver(operation: Operation, { body }: Answer, contract_id: string | undefined): Promise<void> {
  const idsOf = contract_id === undefined ? () => '' : await newcomersOf(contract_id)
  if (operation.kind === 'ask' && body.state !== model.stateOnAsking(operation))
    throw new Error(`asked: ${body.state}, expected ${model.stateOnAsking(operation)}`)
  model.apply(operation, body?.change_request_id ?? '', idsOf)
}

/** Midnight: ends are recorded and scheduled requests applied, as the jobs of the day do it. */
async function startDay(when: string): Promise<void> {
  const day = dayFrom(model.today, 1)
  time = Math.max(time + 1, Date.parse(clock.startOf(day)))
  clock.set(new Date(time).toISOString(), day)
  model.startDay(day)
  for (const { id } of await listEndsToRecord(database, day, { after: BEFORE_ALL, limit: 100 }))
    await endContract(context, id, job())
  for (const change_request_id of model.due()) {
    const { contract_id } = model.requests.get(change_request_id)!
    await applyScheduledRequest(random.pick([context, other.context]), change_request_id, job())
    model.applyDue(change_request_id, await newcomersOf(contract_id))
    const { state } = (await call('GET', `/v1/change-requests/${change_request_id}`)).body
    assertSame(
      `SEED=${seed}, on ${day}, request ${JSON.stringify(model.requests.get(change_request_id))}`,
      state,
      model.requests.get(change_request_id)!.state,
    )
    await compareWritten(when, contract_id)
    clock.set(new Date(++time).toISOString(), day)
  }
  await compareWritten(when)
  await compareSenders(when, new Set(ADDRESSES))
}

/** Compares what was written since the last look. A refusal may have written nothing. */
async function compareWritten(when: string, touched?: string | typeof NOTHING): Promise<void> {
  const before = seen
  const written = (seen = await writtenSince(database, before.next))
  if (touched === NOTHING) assertSame(`${when}, written`, traceOf(written), traceOf({ ...before, ...NO_ROWS }))
  const contract_ids = new Set(written.contract_ids)
  const customer_ids = new Set(written.customer_ids)
  if (typeof touched === 'string') {
    contract_ids.add(touched)
    customer_ids.add(customerOf(touched))
  }
  for (const contract_id of contract_ids) await compareContract(when, contract_id)
  for (const customer_id of customer_ids) await compareAccounts(when, customer_id)
  await compareSenders(when, new Set(written.emails))
  if (written.last_entry === before.last_entry) return
  await comparePast(when)
  if (random.isIn(50)) await comparePastSenders(when)
}

const NO_ROWS = { contract_ids: [], customer_ids: [], emails: [] }

function traceOf({ next: _next, ...trace }: WrittenRows): string[] {
  return Object.entries(trace)
    .map(([name, value]) => `${name}: ${value}`)
    .toSorted()
}

async function compareContract(when: string, contract_id: string): Promise<void> {
  const { text, body } = await call('GET', `/v1/contracts/${contract_id}/roster`)
  const { limit } = model.contracts.get(contract_id)!
  const contacts = model.of(contract_id)
  assertSame(when, body.seats, {
    limit,
    used: contacts.length,
    available: Math.max(limit - contacts.length, 0),
    over: Math.max(contacts.length - limit, 0),
  })
  assertSame(when, body.contacts.map(shown).toSorted(), contacts.map(shown).toSorted())
  const said = past.get(contract_id) ?? []
  if (said.at(-1)?.text !== text) past.set(contract_id, [...said, { since: clock.now(), text }])
}

/** R26: a random earlier moment of a random contract is answered as it was. */
async function comparePast(when: string): Promise<void> {
  if (past.size === 0) return
  const contract_id = random.pick([...past.keys()])
  const said = past.get(contract_id)!
  const index = random.below(said.length)
  const until = said[index + 1]?.since ?? clock.now()
  const [from, to] = [Date.parse(said[index]!.since), Date.parse(until)]
  if (from === to && index < said.length - 1) return // see comparePastSenders
  const as_of = new Date(from + random.below(Math.max(to - from, 1))).toISOString()
  assertSame(
    `${when}, ${contract_id} as of ${as_of}`,
    (await call('GET', `/v1/contracts/${contract_id}/roster?as_of=${as_of}`)).text,
    said[index]!.text,
  )
}

/** What sender checks said of every address, and from when on. */
const senders: { since: string; reasons: string[] }[] = []
const everHeld = new Set<string>()

/** R29: whether these addresses may ask now, and those of which the model expects a change. */
async function compareSenders(when: string, emails: ReadonlySet<string>): Promise<void> {
  for (const { email } of model.contacts) everHeld.add(email)
  const expected = ADDRESSES.map(reasonOf)
  const last = senders.at(-1)?.reasons
  const asked = ADDRESSES.filter((email, index) => emails.has(email) || last?.[index] !== expected[index])
  const found = new Map((await senderReasons(asked)).map((reason, index) => [asked[index], reason]))
  const reasons = ADDRESSES.map((email, index) => found.get(email) ?? last![index]!)
  assertSame(`${when}, senders`, reasons, expected)
  if (JSON.stringify(last) !== JSON.stringify(reasons)) senders.push({ since: clock.now(), reasons })
}

/** R29, R26: whether each address might ask at a random earlier moment. */
async function comparePastSenders(when: string): Promise<void> {
  const index = random.below(senders.length)
  const [from, to] = [senders[index]!.since, senders[index + 1]?.since ?? clock.now()].map(Date.parse) as [
    number,
    number,
  ]
  // Two changes within one millisecond leave the first no moment of its own: that moment answers with the second.
  if (from === to && index < senders.length - 1) return
  const as_of = new Date(from + random.below(Math.max(to - from, 1))).toISOString()
  assertSame(`${when}, senders as of ${as_of}`, await senderReasons(ADDRESSES, as_of), senders[index]!.reasons)
}

async function senderReasons(addresses: string[], as_of?: string): Promise<string[]> {
  if (addresses.length === 0) return []
  const senders = addresses.map(from => ({ from, ...(as_of !== undefined && { as_of }) }))
  return (await call('POST', '/v1/sender-check-batches', { senders })).body.items.map(
    ({ reason }: { reason: string }) => reason,
  )
}

function reasonOf(email: string): string {
  if (model.openAccounts().has(email)) return 'registered'
  if (model.contacts.some(contact => contact.email === email)) return 'contract_ended'
  return everHeld.has(email) ? 'removed' : 'never_registered'
}

async function compareAll(when: string): Promise<void> {
  for (const contract_id of model.contracts.keys()) {
    await compareContract(when, contract_id)
    const { state } = (await call('GET', `/v1/contracts/${contract_id}`)).body
    assertSame(when, state, model.hasEnded(contract_id) ? 'ended' : 'in_force')
  }
  for (const { change_request_id, state } of [...model.requests.values()].slice(-20))
    assertSame(when, (await call('GET', `/v1/change-requests/${change_request_id}`)).body.state, state)
  await compareAccounts(when)
  await compareSenders(when, new Set(ADDRESSES))
  assertSame(when, await brokenInvariants(database, clock.today()), {})
}

function customerOf(contract_id: string): string {
  return model.contracts.get(contract_id)!.customer_id
}

/** The accounts behind which somebody is, of everybody or of one customer: nothing else can change at once. */
async function compareAccounts(when: string, customer_id?: string): Promise<void> {
  const contacts = model.contacts.filter(
    ({ contract_id }) => customer_id === undefined || customerOf(contract_id) === customer_id,
  )
  const accounts = await accountsOf(new Set(contacts.map(({ contract_id }) => contract_id)))
  const behind = accounts.map(({ email, contacts }) => [
    email,
    contacts.map(({ contact_id }: ModelContact) => contact_id).toSorted(),
  ])
  const emails = new Set(contacts.filter(({ contract_id }) => !model.hasEnded(contract_id)).map(({ email }) => email))
  assertSame(when, behind.toSorted(), [...model.openAccounts()].filter(([email]) => emails.has(email)).toSorted())
  for (const { email, residual_access } of accounts) {
    const leavers = new Set(residual_access.map(({ name }: { name: string }) => sortedWords(name)))
    assertSame(
      `${when}, residual access to ${email}`,
      [...leavers].toSorted(),
      model.leaversOf(email).map(sortedWords).toSorted(),
    )
  }
}

/** The open accounts of the contacts of these contracts. */
async function accountsOf(contract_ids: ReadonlySet<string>): Promise<any[]> {
  const account_ids = new Set(
    [...contract_ids].flatMap(contract_id =>
      JSON.parse(past.get(contract_id)!.at(-1)!.text).contacts.map(
        ({ account_id }: { account_id: string }) => account_id,
      ),
    ),
  )
  const accounts = await Promise.all(
    [...account_ids].map(async account_id =>
      supportAccountView((await findSupportAccount(database, account_id, clock.today()))!),
    ),
  )
  return accounts.filter(({ state }) => state === 'open')
}

/** The parts of a name, in whichever order it shows them. */
function sortedWords(name: string): string {
  return name.trim().split(' ').toSorted().join(' ')
}

function shown({ contact_id, role, family_name, given_name, email, shared_mailbox, duties }: ModelContact): string {
  return JSON.stringify([contact_id, role, family_name, given_name, email, shared_mailbox, duties.toSorted()])
}

function assertSame(when: string, found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`${when}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`)
}
