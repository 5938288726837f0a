import t from 'tap'
import { putCustomer } from '../../helpers/fixtures.ts'
import { numberFrom } from '../../helpers/seeded-random.ts'
import { testService } from '../../helpers/test-service.ts'
import { webhookReceiver, type Answering } from '../../helpers/webhook-receiver.ts'
import { deliverDue } from '../../helpers/webhooks.ts'

const DELIVERIES = numberFrom('DELIVERIES', 200)
const MEGABYTE = Buffer.alloc(1024 * 1024)
// How often the clock may go on by an hour, until all has to have arrived: retries end after three days.
const HOURS = 72

const service = await testService(t)
const { call, clock } = service

/** Sends on until the receiver goes away. */
function sendMuch(response: Parameters<Answering>[1]): void {
  response.writeHead(200)
  for (let sent = 0; sent < 50; sent++) response.write(MEGABYTE)
  response.end()
}

t.test(`R37: of ${DELIVERIES} deliveries to a faulty receiver all arrive, and nothing else is called`, async t => {
  const trap = await webhookReceiver(t)
  const attempts = new Map<string, string[]>()
  const arrived = new Set<string>()
  /** What a receiver does at an attempt follows from the event and the number of the attempt alone. */
  const faulty: Answering = ({ headers, body }, response) => {
    const event = String(JSON.parse(body).data.event_id)
    const ids = attempts.get(event) ?? []
    attempts.set(event, [...ids, headers['webhook-id'] ?? ''])
    if (event === '4' && ids.length === 0) return // it hangs, until the attempt is over
    const fault = (Number(event) * 7 + ids.length * 3) % 11
    if (ids.length < 4 && fault < 3) return void response.writeHead(500).end()
    if (ids.length < 4 && fault === 3) {
      response.destroy()
      return
    }
    if (ids.length < 4 && fault === 4)
      return void response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end()
    if (ids.length < 4 && fault === 5) return void response.writeHead(307, { location: trap.url }).end()
    arrived.add(event)
    if (Number(event) % 50 === 0) sendMuch(response)
    else response.writeHead(204).end()
  }
  const receiver = await webhookReceiver(t, faulty)
  const gone = await webhookReceiver(t, (_request, response) => void response.writeHead(410).end())
  const types = ['customer.created']
  const made = []
  for (const { url } of [receiver, gone])
    made.push((await call('POST', '/v1/webhook-endpoints', { url, types })).body.endpoint_id)
  for (let index = 0; index < DELIVERIES; index++) await putCustomer(call, `faulty-${index}`)
  for (let hour = 0; hour < HOURS && arrived.size < DELIVERIES; hour++) {
    while ((await deliverDue(service)) > 0);
    clock.set(new Date(Date.parse(clock.now()) + 3_600_000).toISOString())
  }
  t.equal(arrived.size, DELIVERIES, 'all arrive')
  t.ok([...attempts.values()].some(ids => ids.length > 2))
  t.same(
    [...attempts.values()].filter(ids => new Set(ids).size > 1),
    [],
    'an event has one webhook-id',
  )
  t.equal(new Set([...attempts.values()].map(([id]) => id)).size, DELIVERIES, 'and each its own')
  t.same(trap.received, [], 'no redirect is followed')
  const [, ended] = made
  t.match((await call('GET', `/v1/webhook-endpoints/${ended}`)).body, { state: 'disabled', disabled_reason: 'gone' })
  const called = gone.received.length
  await putCustomer(call, 'after-410')
  await deliverDue(service)
  t.equal(gone.received.length, called, 'nothing goes to an endpoint that is gone')
})
