import type { AddressInfo } from 'node:net'
import type { InjectOptions } from 'fastify'
import t, { type Test } from 'tap'
import { fillContract, putContract } from '../../helpers/fixtures.ts'
import { brokenBodies, exampleOf, malformedBodies, type HostileBody } from '../../helpers/hostile-bodies.ts'
import { operationsOf, type Operation } from '../../helpers/openapi-document.ts'
import { testService } from '../../helpers/test-service.ts'

// Every operation that takes a body gets the worst bodies of up to 1 MB that its schema lets one think of. What is
// measured is processor time, the least of several attempts: other tests run on the same machine.
const MOST_MILLISECONDS = 100
const MOST_BYTES = 256 * 1024
const MOST_LISTED = 50
const ATTEMPTS = 12

const { app, call } = await testService(t)
const contacts = await fillContract(call, 'C-1', 3)
for (const contract_id of ['C-2', 'C-3'])
  await putContract(call, contract_id, { product_id: 'data_link', connections: 2000, customer_id: contract_id })
const document = app.swagger() as any
const operations = operationsOf(document).filter(({ requestBody }) => requestBody !== undefined)

/** Text repeated up to nearly what a request head may hold. */
const many = (text: string): string => text.repeat(Math.floor(12_000 / text.length))
const person = (fields: object): object => ({
  family_name: '山田',
  given_name: '太郎',
  email: 'office@c-1.example.jp',
  privacy_notice_version: '2025-10',
  ...fields,
})
const operationOf = (id: string): Operation => operations.find(({ operationId }) => operationId === id)!

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
  return await measured(path, {
    method: operation.method.toUpperCase(),
    headers: { 'content-type': media_type, ...headers },
    payload: body,
  })
}

// In memory: what a client spends on a socket is not the service's time.
async function measured(url: string, { headers = {}, ...request }: InjectOptions): Promise<Sent> {
  const before = process.cpuUsage()
  const answer = await app.inject({ url, ...request, headers: { authorization: 'Bearer test-key', ...headers } })
  const { user, system } = process.cpuUsage(before)
  return { milliseconds: (user + system) / 1000, status: answer.statusCode, text: answer.body }
}

async function assertBounded(t: Test, target: Target, { name, json }: HostileBody): Promise<void> {
  const body = Buffer.from(json)
  await assertCheap(t, name, async () => await send(target, body))
}

async function assertCheap(t: Test, name: string, ask: () => Promise<Sent>): Promise<void> {
  let least = Infinity
  for (let attempt = 0; attempt < ATTEMPTS && least > MOST_MILLISECONDS; attempt++) {
    const { milliseconds, status, text } = await ask()
    least = Math.min(least, milliseconds)
    const { errors = [], problems = [], warnings = [] } = JSON.parse(text === '' ? '{}' : text)
    const listed = Math.max(...[errors, problems, warnings].map(({ length }) => length))
    const size = Buffer.byteLength(text)
    if (status >= 500 || listed > MOST_LISTED || size > MOST_BYTES)
      t.fail(`${name}: ${status}, ${listed} listed, ${size} bytes`)
  }
  t.ok(least <= MOST_MILLISECONDS, `${name}: ${least.toFixed(0)} ms of processor time`)
}

t.test('a body that is no good JSON is refused cheaply', async t => {
  const target = await targetOf(operationOf('putRoster'))
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

t.test('a thousand people who are in conflict with each other are refused, or planned, cheaply', async t => {
  const CROWDS: Record<string, (index: number) => object> = {
    'one address': index => person({ given_name: `太郎${index}` }),
    'one mailbox that is shared': index => person({ given_name: `太郎${index}`, shared_mailbox: true }),
    'names that are alike': index => person({ family_name: index % 2 === 0 ? '高橋' : '髙橋', shared_mailbox: true }),
    'two names': index => person({ given_name: index % 2 === 0 ? '太郎' : '次郎' }),
    'names that are too long': index => person({ family_name: 'ﷺ'.repeat(64), email: `p${index}@c-1.example.jp` }),
    'an address each': index => person({ email: `p${index}@c-1.example.jp` }),
    'only primaries': index => person({ email: `p${index}@c-1.example.jp`, role: 'primary' }),
    'ids that no person has': index => person({ contact_id: `019354a8-6c00-7c41-9d2e-3f5b8a1c${7000 + index}` }),
    'one id': () => person({ contact_id: contacts[1].contact_id }),
  }
  const roster = await targetOf(operationOf('putRoster'))
  const plan = await targetOf(operationOf('planRoster'))
  const form = { ...(await targetOf(operationOf('submitApplicationForm'))), path: '/v1/contracts/C-3/application-form' }
  const request = await targetOf(operationOf('requestChange'))
  for (const [name, described] of Object.entries(CROWDS)) {
    const crowd = Array.from({ length: 1000 }, (_, index) => described(index))
    await assertBounded(t, roster, { name: `a roster: ${name}`, json: JSON.stringify({ contacts: crowd }) })
    await assertBounded(t, plan, { name: `a plan: ${name}`, json: JSON.stringify({ contacts: crowd }) })
    const [{ contact_id: _id, ...first }, ...others] = crowd as [{ contact_id?: string }, ...object[]]
    const written = {
      form_version: '2022-09',
      privacy_notice_version: '2025-10',
      contacts: [first, first, ...others.slice(1)],
    }
    await assertBounded(t, form, { name: `a form: ${name}`, json: JSON.stringify(written) })
    const operations = crowd.slice(0, 200).map(({ contact_id: _id, ...contact }: any) => ({ op: 'add', contact }))
    const asked = { contract_id: 'C-1', requested_by: { name: '山田', channel: 'mail' }, operations }
    await assertBounded(t, request, { name: `a change request: ${name}`, json: JSON.stringify(asked) })
  }
})

t.test('a refusal that is kept under a key is as short when it is repeated', async t => {
  const form = { ...(await targetOf(operationOf('submitApplicationForm'))), path: '/v1/contracts/C-3/application-form' }
  const contact = { family_name: '株式会社', email: 'none' }
  const json = JSON.stringify({
    form_version: '2022-09',
    privacy_notice_version: '2025-10',
    contacts: Array.from({ length: 1000 }, () => contact),
  })
  const keyed = { ...form, headers: { 'idempotency-key': 'kept' } }
  for (const name of ['the first time', 'again']) await assertBounded(t, keyed, { name, json })
  const { body } = await call('POST', form.path, json, keyed.headers)
  t.match(body, { truncated: true, errors: { length: 50 }, problems: { length: 50 } })
})

t.test('long queries and header fields are refused, or answered, cheaply', async t => {
  const query = Array.from({ length: 1500 }, (_, index) => `u${index}=1`)
    .join('&')
    .slice(0, 8000)
  const REQUESTS: Record<string, [path: string, headers: Record<string, string>]> = {
    'unknown parameters': [`/v1/customers?${query}`, {}],
    'one parameter': [`/v1/customers?${many('limit=1&').slice(0, 8000)}`, {}],
    controls: [`/v1/customers?${many('a=%01&').slice(0, 8000)}`, {}],
    brackets: [`/v1/customers?a${many('[]').slice(0, 7000)}=1`, {}],
    accept: ['/v1/customers', { accept: many('text/html;q=0.1,') }],
    'accept-language': ['/v1/customers', { 'accept-language': many('de;q=0.1,') }],
    'if-none-match': ['/v1/customers/customer-1', { 'if-none-match': many('"a" , ').slice(0, -3) }],
    'an unclosed tag': ['/v1/customers/customer-1', { 'if-none-match': `"${many('a" "')}` }],
    'spaces between tags': ['/v1/customers/customer-1', { 'if-none-match': `"a"${many(' \t')}` }],
    authorization: ['/v1/customers', { authorization: `Bearer ${many('a.')}` }],
    'an encoded path': [`/v1/contacts/${many('%E3%81%82').slice(0, 1800)}`, {}],
    cursor: [`/v1/customers?cursor=${many('W').slice(0, 4000)}`, {}],
  }
  for (const [name, [path, headers]] of Object.entries(REQUESTS))
    await assertCheap(t, name, async () => await measured(path, { headers }))
})

t.test('the health is answered while the worst bodies are', async t => {
  await app.listen({ host: '127.0.0.1', port: 0 })
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const { operation, path, headers, media_type } = await targetOf(operationOf('putRoster'))
  const refusals = Array.from({ length: 6 }, async () => {
    const body = `{"contacts":[${'{},'.repeat(300_000)}{}]}`
    const sent = { authorization: 'Bearer test-key', 'content-type': media_type, ...headers }
    return await fetch(origin + path, { method: operation.method.toUpperCase(), headers: sent, body })
  })
  for (let round = 0; round < 6; round++) t.equal((await fetch(`${origin}/healthz`)).status, 200)
  for (const { status } of await Promise.all(refusals)) t.equal(status, 400)
})
