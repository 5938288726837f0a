import t from 'tap'
import { createClient } from '../helpers/api-clients.ts'
import { perform, prepareContracts } from '../helpers/perform-operation.ts'
import { dayFrom } from '../helpers/random-change-requests.ts'
import { randomOperation } from '../helpers/random-operations.ts'
import type { Operation } from '../helpers/registry-operations.ts'
import { numberFrom, seededRandom } from '../helpers/seeded-random.ts'
import { outcomeOf } from '../helpers/tally.ts'
import { secondInstance, testService, type Answer, type Call, type TestService } from '../helpers/test-service.ts'
import { writtenSince } from '../helpers/written-rows.ts'
import { stateOnAsking } from './change-request-rules.ts'
import { assertSame, type ComparedRun } from './compared-run.ts'
import { EXPECTED, isPredicted } from './expected-outcomes.ts'
import { nameOf, type ModelContact } from './model-contact.ts'
import { NOTHING, RegistryComparison, type Touched } from './registry-comparison.ts'
import { RegistryModel } from './registry-model.ts'
import { dueRequests } from './request-steps.ts'
import { applyScheduledRequest } from '#actions/change-requests/apply-change-request.ts'
import { endContract } from '#actions/contracts/end-contract.ts'
import { startContract } from '#actions/contracts/start-contract.ts'
import { listEndsToRecord, listStartsToRecord } from '#db/contracts/contracts.ts'
import { BEFORE_ALL } from '#db/due.ts'
import { listRosters } from '#db/rosters/roster.ts'

// Every operation, over the connections of two instances in turn, one after the other: what it answers, what is there
// after it, and what is said of an earlier moment have to be what a model of the rules says. SEED and STEPS repeat and
// prolong it.
//
// After each change the answers are compared that can have changed. All are at the start of a day, every 100 steps and
// at the end. A wrong write is thus found in its own step, wherever it went, and refusals that wrote anything are found
// before the next change. An earlier moment is asked about when history has grown.
const seed = numberFrom('SEED', 20260403)
const steps = numberFrom('STEPS', 2000)
const CHECKED_EVERY = 100
const NEW_DAYS = Math.min(4, Math.floor(35_000 / steps)) // in a hundred steps; a year at most, which a client lasts
const CHANGES_NOBODY_NEW: readonly string[] = ['update', 'remove', 'hand over', 'bill', 'transfer', 'ask', 'confirm']
let jobs = 0
const job = () => ({ actor: 'madoguchi', request_id: `job-${++jobs}`, source: 'job' as const })

const service = await testService(t)
const { clock, context, database } = service
const other = await secondInstance(t, service)
const random = seededRandom(seed)
const model = new RegistryModel('2026-04-01')
const known = new Set<string>()
/** What was refused since the last look. */
const refused: string[] = []
let time = Date.parse('2026-04-01T00:30:00.000Z')
const checkBy = ({ callWith }: TestService): Call => callWith('senders:check')
const run: ComparedRun = { service, model, random, call: service.call, check: checkBy(service) }
const comparison = new RegistryComparison(run, await writtenSince(database, '0'))
const AGENT_SCOPES = ['requests:write', 'requests:confirm'] as const
const { client_id } = await createClient(run.call, [...AGENT_SCOPES, 'contacts:write'], {
  expires_at: '2027-03-31T00:00:00Z', // after the last of the days
})

t.test(
  `R10, R11, R17–R28, R31, R34–R36: ${steps} random operations in turn end as a model of the rules says (SEED=${seed})`,
  async t => {
    await prepareContracts(run.call)
    await comparison.compareWritten(`SEED=${seed}, the beginning`)
    const met = new Set<string>()
    for (let step = 0; step < steps; step++) {
      const instance = random.pick([service, other])
      Object.assign(run, { call: instance.call, check: checkBy(instance) })
      if (random.isIn(NEW_DAYS)) await startDay(`SEED=${seed}, start of the day before step ${step}`)
      else time += 1 + random.below(60_000)
      clock.set(new Date(time).toISOString(), model.today)
      const operation = randomOperation(random, model.world())
      const problems = model.problemsOf(operation)
      if (problems.length === 0) await checkRefused()
      const answer = await performBy(instance, operation)
      met.add(`${operation.kind} ${outcomeOf(answer)}`)
      const when = `SEED=${seed}, step ${step}, ${JSON.stringify(operation)}`
      if (!isPredicted(answer, operation, problems)) {
        throw new Error(
          `${when} → ${outcomeOf(answer)}, expected ${problems.join(' and ') || 'success'}\n${answer.text}\n` +
            JSON.stringify([...model.contracts, model.contacts]),
        )
      }
      if (problems.length > 0) refused.push(when)
      else await comparison.compareWritten(when, await takeOver(operation, answer))
      if (random.isIn(10)) await reportAccount(when)
      if (step % CHECKED_EVERY === 0) await comparison.compareAll(when)
    }
    await checkRefused()
    await comparison.compareAll('the end')
    for (const outcome of EXPECTED) t.ok(met.has(outcome), `met ${outcome}`)
  },
)

/** Operations that were refused one after the other have written nothing. */
async function checkRefused(): Promise<void> {
  if (refused.length === 0) return
  await comparison.compareWritten(refused.splice(0).join('\n'), NOTHING)
}

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

/** The contacts that an operation registered: those that contracts have now under ids that were not seen before. */
async function newcomersOf(contract_ids: readonly string[]): Promise<(newcomer: ModelContact) => string> {
  const rosters = await listRosters(database, contract_ids, clock.today())
  const found = [...rosters.values()].flat().filter(({ contact_id }) => !known.has(contact_id))
  for (const { contact_id } of found) known.add(contact_id)
  return newcomer => {
    const index = found.findIndex(contact => contact.email === newcomer.email && nameOf(contact) === nameOf(newcomer))
    return found.splice(index, 1)[0]?.contact_id ?? 'not found'
  }
}

/** R21, R31: of a random account, that its password was set, or whether mail reaches it. */
async function reportAccount(when: string): Promise<void> {
  await checkRefused()
  const open = model.accounts.open()
  if (open.length === 0) return
  const account = random.pick(open)
  clock.set(new Date(++time).toISOString(), model.today)
  const url = `/v1/support-accounts/${comparison.idOf(account)}`
  const mail_state = random.pick(['reachable', 'bounced', null])
  const { status } = await run.call('PATCH', url, mail_state ? { mail_state } : { password_set_at: clock.now() })
  assertSame(`${when}, then a report of ${account.email}`, status, 200)
  if (mail_state) model.accounts.reportMail(account, mail_state)
  else model.accounts.setPassword(account)
  await comparison.compareWritten(`${when}, then a report of ${account.email}`)
}

/** Makes an operation in the model too, and answers what it may have changed. */
async function takeOver(operation: Operation, { body }: Answer): Promise<Touched> {
  const contract_ids = model.contractsOfOperation(operation)
  const customersOf = (): string[] => contract_ids.map(contract_id => model.customerOf(contract_id))
  const before = customersOf()
  const idsOf = CHANGES_NOBODY_NEW.includes(operation.kind) ? () => '' : await newcomersOf(contract_ids)
  if (operation.kind === 'ask') assertSame('asked', body.state, stateOnAsking(model, operation))
  model.apply(operation, body?.change_request_id ?? '', idsOf)
  return { contract_ids, customer_ids: [...before, ...customersOf()] }
}

/** Midnight: starts and ends are recorded and scheduled requests applied, as the jobs of the day do it. */
async function startDay(when: string): Promise<void> {
  await checkRefused()
  const day = dayFrom(model.today, 1)
  time = Math.max(time + 1, Date.parse(clock.startOf(day)))
  clock.set(new Date(time).toISOString(), day)
  model.startDay(day)
  for (const { id } of await listStartsToRecord(database, day, { after: BEFORE_ALL, limit: 100 }))
    await startContract(context, id, job())
  for (const { id } of await listEndsToRecord(database, day, { after: BEFORE_ALL, limit: 100 }))
    await endContract(context, id, job())
  for (const change_request_id of dueRequests(model)) {
    const { contract_id } = model.requests.get(change_request_id)!
    await applyScheduledRequest(random.pick([context, other.context]), change_request_id, job())
    model.applyDue(change_request_id, await newcomersOf([contract_id]))
    const { state } = (await run.call('GET', `/v1/change-requests/${change_request_id}`)).body
    assertSame(
      `SEED=${seed}, on ${day}, request ${JSON.stringify(model.requests.get(change_request_id))}`,
      state,
      model.requests.get(change_request_id)!.state,
    )
    await comparison.compareWritten(when, {
      contract_ids: [contract_id],
      customer_ids: [model.customerOf(contract_id)],
    })
    clock.set(new Date(++time).toISOString(), day)
  }
  await comparison.compareWritten(when)
  await comparison.compareSenders(when)
}
