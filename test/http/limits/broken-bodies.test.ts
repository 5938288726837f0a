import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { fillContract, putContract } from '../../helpers/fixtures.ts'
import { brokenBodies, exampleOf, malformedBodies, type HostileBody } from '../../helpers/hostile-bodies.ts'
import { operationsOf, type Operation } from '../../helpers/openapi-document.ts'
import { testService } from '../../helpers/test-service.ts'

// Every operation that takes a body gets the worst bodies of up to 1 MB that its schema lets one think of. What is
// measured is processor time, and the least of three attempts: other tests run on the same machine.
const MOST_MILLISECONDS = 100
const MOST_BYTES = 256 * 1024
const MOST_LISTED = 50
const ATTEMPTS = 3

const { app, call } = await testService(t)
const contacts = await fillContract(call, 'C-1', 3)
await putContract(call, 'C-2', { product_id: 'data_link', connections: 2000, customer_id: 'customer-2' })
await app.listen({ host: '127.0.0.1', port: 0 })
const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
const document = app.swagger() as any
const operations = operationsOf(document).filter(({ requestBody }) => requestBody !== undefined)

const IDS: Record<string, string> = {
  contract_id: 'C-1',
  contact_id: contacts[1].contact_id,
  account_id: contacts[1].account_id,
  customer_id: 'customer-1',
  product_id: 'manage',
  app_id: 'attendance',
  change_request_id: '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90',
  client_id: '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90',
}

type Target = { operation: Operation; path: string; headers: Record<string, string>; media_type: string; content: any }
type Sent = { milliseconds: number; status: number; text: string }

/** An operation on things that exist, in a state in which it takes a body as far as it can. */
async function targetOf(operation: Operation): Promise<Target> {
  const [media_type, content] = Object.entries(operation.requestBody!.content)[0]!
  const ids = operation.operationId === 'submitApplicationForm' ? { ...IDS, contract_id: 'C-2' } : IDS
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? 'x')
  const isRoster = path.includes('/roster')
  const tag = isRoster ? (await call('GET', '/v1/contracts/C-1/roster')).headers['etag'] : undefined
  return { operation, path, headers: tag === undefined ? {} : { 'if-match': tag }, media_type, content }
}

async function send({ operation, path, headers, media_type }: Target, body: Buffer): Promise<Sent> {
  const before = process.cpuUsage()
  const answer = await fetch(origin + path, {
    method: operation.method.toUpperCase(),
    headers: { authorization: 'Bearer test-key', 'content-type': media_type, ...headers },
    body: new Uint8Array(body),
  })
  const text = await answer.text()
  const { user, system } = process.cpuUsage(before)
  return { milliseconds: (user + system) / 1000, status: answer.status, text }
}

async function assertBounded(t: Test, target: Target, { name, json }: HostileBody): Promise<void> {
  const body = Buffer.from(json)
  let least = Infinity
  for (let attempt = 0; attempt < ATTEMPTS && least > MOST_MILLISECONDS; attempt++) {
    const { milliseconds, status, text } = await send(target, body)
    least = Math.min(least, milliseconds)
    const { errors = [], problems = [], warnings = [] } = JSON.parse(text)
    const listed = Math.max(...[errors, problems, warnings].map(({ length }) => length))
    const size = Buffer.byteLength(text)
    if (status >= 500 || listed > MOST_LISTED || size > MOST_BYTES)
      t.fail(`${name}: ${status}, ${listed} listed, ${size} bytes`)
  }
  t.ok(least <= MOST_MILLISECONDS, `${name}: ${least.toFixed(0)} ms of processor time`)
}

t.test('a body that is no good JSON is refused cheaply', async t => {
  const target = await targetOf(operations.find(({ operationId }) => operationId === 'putRoster')!)
  for (const body of malformedBodies()) await assertBounded(t, target, body)
})

const seen = new Set<unknown>()
for (const operation of operations) {
  t.test(`${operation.operationId} refuses the worst bodies cheaply, with few mistakes and few bytes`, async t => {
    const target = await targetOf(operation)
    const { schema, examples } = target.content
    const example: any = Object.values<any>(examples ?? {})[0]?.value ?? exampleOf(document, schema)
    if (operation.operationId === 'requestChange') example.contract_id = 'C-1'
    for (const body of brokenBodies(document, schema, example, seen)) await assertBounded(t, target, body)
  })
}
