import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { dataFolder } from '../../embedded-postgres/test/data-folder.ts'
import { putCustomer } from '../helpers/fixtures.ts'
import { seededRandom } from '../helpers/seeded-random.ts'
import { API_KEY, startServiceProcess } from '../helpers/service-process.ts'
import { testDatabase } from '../helpers/test-database.ts'
import { until } from '../helpers/until.ts'

const CONSUMER = join(import.meta.dirname, '../helpers/feed-consumer.ts')
const random = seededRandom(37)
const CHANGES = 60

const { url } = await testDatabase(t)
const service = await startServiceProcess(t, dataFolder(t), {
  DATABASE_URL: url,
  MIGRATE_ON_START: 'false',
  WEBHOOK_ALLOWED_RANGES: '127.0.0.1',
})
const { call, origin } = service

async function allEvents(): Promise<string[]> {
  const { items } = (await call('GET', '/v1/events?limit=200')).body
  return items.map(({ event_id, type, subject_id }: any) => `${event_id} ${type} ${subject_id}`)
}

const isNumbered = async (): Promise<boolean> => (await allEvents()).length === CHANGES

t.test('R37: a consumer that is killed anywhere misses nothing, and knows repeats by their event_id', async t => {
  const folder = t.testdir()
  const applied = (): string[] =>
    existsSync(join(folder, 'applied')) ? readFileSync(join(folder, 'applied'), 'utf8').split('\n').slice(0, -1) : []
  const consume = () => spawn(process.execPath, [CONSUMER, origin, API_KEY, folder], { stdio: 'inherit' })
  let consumer = consume()
  t.teardown(() => consumer.kill('SIGKILL'))
  const writing = (async () => {
    for (let change = 0; change < CHANGES; change++) await putCustomer(call, `customer-${change}`)
  })()
  for (let kills = 1; kills <= 4; kills++) {
    const seen = applied().length
    await until(() => applied().length > seen) // so that each begins again behind what it has applied
    await sleep(random.below(10))
    const ended = once(consumer, 'exit')
    consumer.kill('SIGKILL')
    await ended
    consumer = consume()
  }
  await writing
  await until(isNumbered)
  const all = await allEvents()
  await until(() => applied().at(-1) === all.at(-1))
  const lines = applied()
  t.same([...new Set(lines)], all, 'each once, in their order, where repeats are passed over')
  t.comment(`${lines.length - all.length} repeats`)
})

t.test('R37: a webhook has one id over its attempts and after a redelivery, whatever the receiver does', async t => {
  const received: { id: string; event_id: number; path: string }[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', chunk => (text += String(chunk)))
    request.on('end', () => {
      const { event_id } = JSON.parse(text).data
      const id = String(request.headers['webhook-id'])
      const isFirst = !received.some(other => other.id === id)
      received.push({ id, event_id, path: request.url! })
      if (isFirst && random.isIn(60))
        request.socket.destroy() // the receiver dies after it took the delivery
      else response.writeHead(204).end()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const fields = { url: `http://127.0.0.1:${port}/hook`, types: ['customer.changed'] }
  const { endpoint_id } = (await call('POST', '/v1/webhook-endpoints', fields)).body
  for (let change = 0; change < 10; change++) await putCustomer(call, `customer-${change}`, '株式会社改名')
  const path = `/v1/webhook-endpoints/${endpoint_id}/deliveries`
  const deliveries = async (): Promise<any[]> => (await call('GET', path)).body.items
  const isDone = async (): Promise<boolean> =>
    (await deliveries()).filter(({ state }: any) => state === 'delivered').length === 10
  await until(isDone)
  const ids = new Map((await deliveries()).map(one => [one.event_id, one.delivery_id]))
  for (const { id, event_id } of received) t.equal(id, ids.get(event_id), `event ${event_id}`)
  t.equal(new Set(received.map(({ id }) => id)).size, 10)
  t.ok(received.length > 10, `${received.length} attempts`)
  const [again] = await deliveries()
  const before = received.length
  await call('POST', `${path}/${again.delivery_id}/redeliver`)
  await until(() => received.length > before)
  t.match(received.at(-1), { id: again.delivery_id, event_id: again.event_id })
})

// The process of the service keeps this one alive until its end.
t.end()
