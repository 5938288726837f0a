import t from 'tap'
import { racedRegistry } from '../helpers/raced-registry.ts'
import { perform, prepareContracts } from '../helpers/perform-operation.ts'
import { randomOperation } from '../helpers/random-operations.ts'
import type { World } from '../helpers/registry-operations.ts'
import { brokenInvariants } from '../helpers/registry-invariants.ts'
import { numberFrom, seededRandom } from '../helpers/seeded-random.ts'
import { outcomeOf } from '../helpers/tally.ts'
import type { Answer } from '../helpers/test-service.ts'

// SEED repeats a run's operations (their interleaving is the machine's), OPERATIONS prolongs it.
const seed = numberFrom('SEED', 20260401)
const operations = numberFrom('OPERATIONS', 1000)
const BATCH = 40
const WORKERS = 16

const { call, clock, database, instances, race } = await racedRegistry(t)
const random = seededRandom(seed)

race(
  `R10, R16–R21, R24, R27, R28: ${operations} random operations over two instances at once (SEED=${seed})`,
  async t => {
    await prepareContracts(call)
    const seen = new Map<string, number>()
    for (let done = 0; done < operations; done += BATCH) {
      for (const answer of await performAtOnce(BATCH)) {
        seen.set(outcomeOf(answer), (seen.get(outcomeOf(answer)) ?? 0) + 1)
        if (answer.status >= 500) t.fail(`SEED=${seed}, after ${done} operations: ${answer.text}`)
      }
      const broken = await brokenInvariants(database, clock.today())
      if (Object.keys(broken).length > 0)
        throw new Error(`SEED=${seed}, after ${done} operations: ${JSON.stringify(broken)}`)
    }
    t.comment(Object.fromEntries([...seen].toSorted()))
    for (const outcome of [
      '200',
      '201',
      '204',
      '409 seat-limit-reached',
      '409 primary-required',
      '409 primary-exists',
      '409 email-in-use',
      '409 email-taken',
      '409 duplicate-contact',
      '409 contract-not-in-force',
    ]) {
      t.ok(seen.has(outcome), `met ${outcome}`)
    }
  },
)

/**
 * Each worker goes on with its next operation as soon as one is answered; all know the contacts that were there before.
 */
async function performAtOnce(count: number): Promise<Answer[]> {
  const known = await world()
  const waiting = Array.from({ length: count }, () => ({
    call: random.pick(instances),
    operation: randomOperation(random, known),
  }))
  const answers: Answer[] = []
  await Promise.all(
    Array.from({ length: WORKERS }, async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
        answers.push(await perform(next.call, next.operation))
    }),
  )
  return answers
}

const list = async (url: string) => (await call('GET', url)).body.items

async function world(): Promise<World> {
  return {
    today: clock.today(),
    contracts: await list('/v1/contracts?limit=200'),
    contacts: (await list('/v1/contacts?limit=200')).map(known),
    gone: [],
    agent_may_apply: null,
    requests: (
      await list(
        `/v1/change-requests?limit=30&state=${random.pick(['ready', 'needs_primary_confirmation', 'needs_approval'])}`,
      )
    ).slice(-12),
  }
}

function known({
  contact_id,
  contract_id,
  role,
  family_name,
  given_name,
  email,
  duties,
}: World['contacts'][number]): World['contacts'][number] {
  return { contact_id, contract_id, role, family_name, given_name, email, duties }
}
