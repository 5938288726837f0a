import t from 'tap'
import { perform, prepareContracts, randomOperation, type Known, type Operation } from '../helpers/random-operations.ts'
import { RegistryModel } from '../helpers/registry-model.ts'
import { brokenInvariants } from '../helpers/registry-invariants.ts'
import { numberFrom, seededRandom } from '../helpers/seeded-random.ts'
import { outcomeOf } from '../helpers/tally.ts'
import { testService, type Answer } from '../helpers/test-service.ts'

const seed = numberFrom('SEED', 20260401)
const steps = numberFrom('STEPS', 1000)
const CHECKED_EVERY = 50

const { call, clock, database } = await testService(t)
const random = seededRandom(seed)
const model = new RegistryModel()
const known: Known[] = []

t.test(`R10, R17–R21, R24, R27, R28: ${steps} random operations one after the other end as a model of the rules says (SEED=${seed})`, async t => {
  await prepareContracts(call)
  for (let step = 0; step < steps; step++) {
    const operation = randomOperation(random, known)
    const problems = model.problemsOf(operation)
    const answer = await perform(call, operation)
    if (!isPredicted(answer, operation, problems)) {
      throw new Error(`SEED=${seed}, step ${step}: ${JSON.stringify(operation)} → ${outcomeOf(answer)}, expected ${problems.join(' or ') || 'success'}\n${answer.text}\n${JSON.stringify([...model.contracts, model.contacts])}`)
    }
    if (problems.length === 0) takeOver(operation, answer)
    if (step % CHECKED_EVERY === 0) await compare(`SEED=${seed}, step ${step}`)
  }
  await compare('the end')
  t.pass('every step ended as predicted')
})

function isPredicted (answer: Answer, operation: Operation, problems: string[]): boolean {
  const success = { 'register': '201', 'update': '200', 'remove': '204', 'hand over': '200', 'replace': '200', 'bill': '200' }[operation.kind]
  return problems.length === 0 ? outcomeOf(answer) === success : problems.includes(outcomeOf(answer))
}

function takeOver (operation: Operation, { body }: Answer): void {
  model.apply(operation, body?.contact_id ?? '')
  if (operation.kind !== 'register' && operation.kind !== 'replace') return
  known.push({ contact_id: body.contact_id, contract_id: body.contract_id })
  if (known.length > 30) known.shift()
}

/** The registry holds what the model holds, as its answers show it. */
async function compare (when: string): Promise<void> {
  for (const [contract_id, { limit }] of model.contracts) {
    const contacts = model.of(contract_id)
    const seats = (await call('GET', `/v1/contracts/${contract_id}`)).body.seats
    assertSame(when, { limit: seats.limit, used: seats.used, over: seats.over }, { limit, used: contacts.length, over: Math.max(contacts.length - limit, 0) })
    const { items } = (await call('GET', `/v1/contracts/${contract_id}/contacts`)).body
    assertSame(when, items.map(shown).toSorted(), contacts.map(shown).toSorted())
  }
  await compareAccounts(when)
  assertSame(when, await brokenInvariants(database, clock.today()), {})
}

async function compareAccounts (when: string): Promise<void> {
  const accounts: any[] = []
  for (let url: string | undefined = '/v1/support-accounts?limit=200'; url !== undefined;) {
    const { body, headers } = await call('GET', url)
    accounts.push(...body.items.filter(({ state }: { state: string }) => state === 'open'))
    url = /<(.*)>/.exec(headers['link'] ?? '')?.[1]
  }
  const behind = accounts.map(({ email, contacts }) => [email, contacts.map(({ contact_id }: Known) => contact_id).toSorted()])
  assertSame(when, behind.toSorted(), [...model.openAccounts()].toSorted())
  for (const { email, residual_access } of accounts) {
    const leavers = new Set(residual_access.map(({ name }: { name: string }) => sortedWords(name)))
    assertSame(`${when}, residual access to ${email}`, [...leavers].toSorted(), model.leaversOf(email).map(sortedWords).toSorted())
  }
}

/** The parts of a name, in whichever order it shows them. */
function sortedWords (name: string): string {
  return name.trim().split(' ').toSorted().join(' ')
}

function shown ({ contact_id, role, family_name, given_name, email, shared_mailbox }: Record<string, unknown>): string {
  return JSON.stringify([contact_id, role, family_name, given_name, email, shared_mailbox])
}

function assertSame (when: string, found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected)) throw new Error(`${when}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`)
}
