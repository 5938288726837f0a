import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { dataFolder } from '../../embedded-postgres/test/data-folder.ts'
import { createClient } from '../helpers/api-clients.ts'
import { person, putContract, register } from '../helpers/fixtures.ts'
import { startServiceProcess } from '../helpers/service-process.ts'
import { testDatabase } from '../helpers/test-database.ts'
import type { Answer, Call } from '../helpers/test-service.ts'

const { url, database } = await testDatabase(t)
const settings = {
  DATABASE_URL: url,
  MIGRATE_ON_START: 'false',
  DATABASE_POOL_SIZE: '4',
  API_KEY_ENVIRONMENT: 'staging',
}
const [doomed, survivor] = await Promise.all([
  startServiceProcess(t, dataFolder(t), settings),
  startServiceProcess(t, dataFolder(t), settings),
])
await putContract(survivor.call, 'two', { product_id: 'data_link', connections: 9000 })
await register(survivor.call, 'two', { role: 'primary', email: 'primary@two.example.jp' })

const people = (index: number) => person({ family_name: `人${index}`, email: `p${index}@two.example.jp` })
const ask = async (call: Call, index: number): Promise<Answer> =>
  await call('POST', '/v1/contracts/two/contacts', people(index), { 'idempotency-key': `two-${index}` })

t.test('a key that one process made is known to the other, and bears the environment of both', async t => {
  const { key } = await createClient(survivor.call, ['customers:read'])
  t.match(key, /^mdg_staging_/)
  t.equal((await doomed.call('GET', '/v1/customers', undefined, { authorization: `Bearer ${key}` })).status, 200)
})

t.test(
  'one of two processes is killed amid requests: the other repeats its answers, and finishes what was not answered',
  async t => {
    const answered = new Map<number, string>()
    let asked = 0
    const stopping = new AbortController()
    const callers = Array.from({ length: 6 }, async () => {
      while (!stopping.signal.aborted) {
        const index = asked++
        const answer = await ask(doomed.call, index).catch(() => undefined) // the process is killed under it
        if (answer?.status === 201) answered.set(index, answer.text)
      }
    })
    while (answered.size < 60) await sleep(2)
    await doomed.kill()
    stopping.abort()
    await Promise.all(callers)
    t.ok(asked > answered.size, 'some were cut off')
    for (let index = 0; index < asked; index++) {
      let repeated = await ask(survivor.call, index)
      // Until the database finds that the killed process is gone, its transaction holds the key.
      while (repeated.body.type === '/problems/idempotency-key-in-use') repeated = await ask(survivor.call, index)
      t.equal(repeated.status, 201, repeated.text)
      if (answered.has(index)) {
        t.equal(repeated.text, answered.get(index), 'the first answer again')
        t.equal(repeated.headers['idempotent-replayed'], 'true')
      }
    }
    const [counted] = await database.run<{ people: number }>({
      name: 'people',
      text: "select count(*) as people from contacts where contract_id = 'two'",
      values: [],
    })
    t.equal(counted?.people, asked + 1, 'no person is registered twice, no person is missing')
  },
)
