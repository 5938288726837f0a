import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { dataFolder } from '../../embedded-postgres/test/data-folder.ts'
import { person, putContract, register } from '../helpers/fixtures.ts'
import { brokenInvariants } from '../helpers/registry-invariants.ts'
import { embeddedServer, startServiceProcess } from '../helpers/service-process.ts'
import { outcomeOf } from '../helpers/tally.ts'
import { openPool } from '../helpers/test-database.ts'
import type { Answer } from '../helpers/test-service.ts'
import { until } from '../helpers/until.ts'

const data_dir = dataFolder(t)
const CONTRACTS = ['k1', 'k2', 'k3', 'k4']
const today = new Date().toISOString().slice(0, 10)

const whole = t
let service = await startServiceProcess(whole, data_dir)
for (const contract_id of CONTRACTS) {
  await putContract(service.call, contract_id, { product_id: 'data_link', connections: 9000 })
  await register(service.call, contract_id, { role: 'primary', email: `primary@${contract_id}.example.jp` })
}

t.test('after kill -9 of the service every acknowledged registration is there, and nothing is half done', async t => {
  const acknowledged = new Set<string>()
  const asked = askOn(async (contract_id, index) => {
    // The service is killed during the call.
    const answer = await registerOnce(contract_id, index, 'killed').catch(() => undefined)
    if (answer?.status === 201) acknowledged.add(answer.body.contact_id)
  })
  await until(() => acknowledged.size > 100)
  await service.kill()
  await asked.stop()
  service = await startServiceProcess(whole, data_dir)
  await assertKept(t, acknowledged)
})

t.test('after kill -9 of Postgres requests get 503 until it is back, and repeats lose and double nothing', async t => {
  const outcomes = new Set<string>()
  const unavailable: Answer[] = []
  const acknowledged = new Set<string>()
  const asked = askOn(async (contract_id, index) => {
    for (let status = 0; status !== 201; await sleep(5)) {
      const answer = await registerOnce(contract_id, index, 'postgres')
      status = answer.status
      outcomes.add(outcomeOf(answer))
      if (status === 201) acknowledged.add(answer.body.contact_id)
      if (status === 503) unavailable.push(answer)
    }
  })
  await until(() => acknowledged.size > 50)
  const { pid } = embeddedServer(data_dir)
  process.kill(pid, 'SIGKILL')
  await until(() => unavailable.length > 0)
  t.equal((await service.call('GET', '/healthz')).status, 200, 'the service itself is alive')
  const before = acknowledged.size
  await until(() => acknowledged.size > before + 50)
  const requests = await asked.stop()
  t.strictSame(
    [...outcomes].filter(outcome => !['201', '503 unavailable', '409 idempotency-key-in-use'].includes(outcome)),
    [],
  )
  t.ok(
    unavailable.every(
      ({ headers }) =>
        headers['content-type']?.startsWith('application/problem+json') && Number(headers['retry-after']) > 0,
    ),
    'with the time after which to repeat',
  )
  t.equal(acknowledged.size, requests, 'every request has a registration of its own')
  t.not(embeddedServer(data_dir).pid, pid)
  t.equal((await service.call('GET', '/readyz')).status, 200)
  await assertKept(t, acknowledged)
  const people = (
    await database(t).run<{ count: number }>({
      name: 'people',
      text: "select count(*)::integer as count from contacts where email like '%@postgres.example.jp'",
      values: [],
    })
  )[0]
  t.equal(people?.count, requests, 'and no person was registered twice')
})

/** Registers a person under a key of their own: again the same, where it has been asked before. */
async function registerOnce(contract_id: string, index: number, stage: string): Promise<Answer> {
  return await service.call(
    'POST',
    `/v1/contracts/${contract_id}/contacts`,
    person({ family_name: `人${inKanji(index)}`, email: `p${index}@${stage}.example.jp` }),
    { 'idempotency-key': `${stage}-${index}` },
  )
}

/** Asks for registrations, two of each contract at once, until `stop` is called; answers how many it asked for. */
function askOn(request: (contract_id: string, index: number) => Promise<unknown>): { stop: () => Promise<number> } {
  const stopping = new AbortController()
  let index = 0
  const workers = [...CONTRACTS, ...CONTRACTS].map(async contract_id => {
    while (!stopping.signal.aborted) await request(contract_id, index++)
  })
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all(workers)
      return index
    },
  }
}

const database = (t: Test) => openPool(t, embeddedServer(data_dir).url, 1)

async function assertKept(t: Test, acknowledged: ReadonlySet<string>): Promise<void> {
  t.strictSame(await brokenInvariants(database(t), today), {}, 'nothing is half done')
  const answers = await Promise.all(
    [...acknowledged].map(async contact_id => await service.call('GET', `/v1/contacts/${contact_id}`)),
  )
  t.ok(
    answers.every(({ status, body }) => status === 200 && body.removed_at === null),
    `all ${acknowledged.size} acknowledged registrations are there`,
  )
}

/** A number as a name may hold it: three digits would be a telephone number's. */
function inKanji(number: number): string {
  return String(number).replace(/\d/g, digit => '〇一二三四五六七八九'.charAt(Number(digit)))
}
