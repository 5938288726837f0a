import { request as httpRequest, type RequestOptions } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { createClient } from '../../helpers/api-clients.ts'
import { fillContract, person, putContract, register } from '../../helpers/fixtures.ts'
import { operationsOf } from '../../helpers/openapi-document.ts'
import { sendRaw } from '../../helpers/raw-http.ts'
import { testService } from '../../helpers/test-service.ts'

const { app, call } = await testService(t)
await fillContract(call, 'habits', 2)
await app.listen({ host: '127.0.0.1', port: 0 })
const { port } = app.server.address() as AddressInfo
const origin = `http://127.0.0.1:${port}`
const HEADERS = { authorization: 'Bearer test-key' }
const JSON_HEADERS = { ...HEADERS, 'content-type': 'application/json' }
const HEAD = 'Host: x\r\nAuthorization: Bearer test-key\r\nConnection: close\r\n'

const sendRest = async (rest: string, method: string, path: string) =>
  await sendRaw(port, `${method} ${path} HTTP/1.1\r\n${HEAD}Accept: */*\r\n${rest}`)
const until = (expires_at: string) => ({ name: 'moments', scopes: ['catalogue:read'], expires_at })

const EMPTY_BODIES: Record<string, string> = {
  'no header at all': '\r\n',
  'a type without a body': 'Content-Type: application/json\r\n\r\n',
  'a type and a length of 0': 'Content-Type: application/json; charset=utf-8\r\nContent-Length: 0\r\n\r\n',
  'an empty object': 'Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
  'an empty object in chunks':
    'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
  'no chunk': 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
}

for (const [name, rest] of Object.entries(EMPTY_BODIES)) {
  t.test(`where no body is needed, an empty one is taken: ${name}`, async t => {
    const send = sendRest.bind(null, rest)
    const { client_id } = await createClient(call, ['catalogue:read'])
    const contact = await register(call, 'habits')
    t.equal((await send('POST', `/v1/api-clients/${client_id}/keys`)).status, 201, 'an optional body')
    t.equal((await send('DELETE', `/v1/contacts/${contact.contact_id}`)).status, 204, 'DELETE')
    t.equal((await send('DELETE', `/v1/api-clients/${client_id}`)).status, 204, 'DELETE of a client')
    for (const step of ['apply', 'approve', 'withdraw']) {
      const absent = await send('POST', `/v1/change-requests/${client_id}/${step}`)
      t.match(absent, { status: 404, body: { type: '/problems/not-found' } }, step)
    }
  })
}

t.test('a body is optional where no field of it is required', async t => {
  const document: any = app.swagger()
  for (const { operationId, method, requestBody } of operationsOf(document)) {
    const $ref: string | undefined = requestBody?.content['application/json']?.schema.$ref
    if ($ref === undefined || method.toUpperCase() === 'PATCH') continue // a patch is needed, be it empty
    const schema = document.components.schemas[$ref.split('/').at(-1)!]
    const isNeeded = ['required', 'x-exactly-one-of'].some(keyword => keyword in schema)
    t.equal(requestBody?.required, isNeeded, operationId)
  }
})

t.test('a body without a field that is required says which is missing', async t => {
  for (const body of ['', '{}']) {
    const response = await fetch(`${origin}/v1/seat-calculations`, { method: 'POST', headers: JSON_HEADERS, body })
    t.equal(response.status, 400)
  }
})

t.test('moments have up to fifteen decimals, cut to milliseconds, and offsets have a colon', async t => {
  for (const [given, stored] of [
    ['2027-01-01T00:00:00.123456789012345+09:00', '2026-12-31T15:00:00.123Z'],
    ['2027-01-01T00:00:00.999999999999999Z', '2027-01-01T00:00:00.999Z'],
    ['2027-01-01T00:00:00.1Z', '2027-01-01T00:00:00.100Z'],
  ] as const)
    t.match(await call('POST', '/v1/api-clients', until(given)), { status: 201, body: { expires_at: stored } }, given)
  const refused = { status: 400, body: { errors: [{ code: 'invalid-format', detail: /colon in the offset/ }] } }
  for (const given of ['2027-01-01T00:00:00+0900', '2027-01-01T00:00:00+24:00', '2027-01-01T00:00:00+09'])
    t.match(await call('POST', '/v1/api-clients', until(given)), refused, given)
  const as_of = encodeURIComponent('2026-04-01T09:30:00.123456789012345+09:00')
  t.equal((await call('GET', `/v1/contracts/habits/contacts?as_of=${as_of}`)).status, 200)
  t.match(await call('GET', `/v1/contracts/habits/contacts?as_of=2026-04-01T09:30:00%2B0900`), refused)
})

t.test('bodies that are equal as JSON are one request under one key', async t => {
  await putContract(call, 'equal-bodies')
  const { email, ...others } = { ...person({ role: 'primary', email: 'equal@example.jp' }) }
  const send = async (body: string) =>
    await call('POST', '/v1/contracts/equal-bodies/contacts', body, { 'idempotency-key': 'equal' })
  const first = await send(JSON.stringify({ email, ...others }))
  t.equal(first.status, 201)
  const escaped = JSON.stringify({ ...others, email }, null, 1).replace('equal@', '\\u0065qual@')
  t.match(await send(escaped), { status: 201, text: first.text, headers: { 'idempotent-replayed': 'true' } })
  t.equal((await send(JSON.stringify({ ...others, email: 'equals@example.jp' }))).status, 422)
  const rotate = async (client_id: string, body?: string) =>
    await call('POST', `/v1/api-clients/${client_id}/keys`, body, { 'idempotency-key': 'rotate' })
  const { client_id } = await createClient(call, ['catalogue:read'])
  t.equal((await rotate(client_id, '{"overlap_seconds":60}')).status, 201)
  t.match(await rotate(client_id, '{ "overlap_seconds": 60.0 }'), { headers: { 'idempotent-replayed': 'true' } })
  t.match(await rotate(client_id, '{"overlap_seconds":6e1}'), { headers: { 'idempotent-replayed': 'true' } })
})

t.test('/ leads to the documentation, without a key', async t => {
  const response = await fetch(`${origin}/`, { redirect: 'manual' })
  t.equal(response.status, 302)
  t.equal(response.headers.get('location'), '/docs')
  t.equal((await fetch(`${origin}/`)).status, 200)
})

const LARGE = Buffer.alloc(5 * 1024 * 1024, 'x')

/** What a client of Node reads that sends a large body to the end, whatever comes back in between. */
async function sendLarge(headers: Record<string, string | number>, options: RequestOptions = {}): Promise<any> {
  return await new Promise((resolve, reject) => {
    const sent = httpRequest(`${origin}/v1/seat-calculations`, {
      method: 'POST',
      ...options,
      headers: { ...JSON_HEADERS, ...headers },
    })
    sent.on('error', reject).on('response', response => {
      let text = ''
      response
        .on('data', data => (text += String(data)))
        .on('end', () => {
          resolve({ status: response.statusCode, body: JSON.parse(text) })
        })
        .on('error', reject)
    })
    if ('expect' in headers) sent.on('continue', () => sent.end(LARGE))
    else sent.end(LARGE)
  })
}

const SENDERS: Record<string, () => Promise<{ status: number; body: any }>> = {
  'with its length': async () => await sendLarge({ 'content-length': LARGE.length }),
  'in chunks': async () => await sendLarge({ 'transfer-encoding': 'chunked' }),
  'after 100 Continue': async () => await sendLarge({ expect: '100-continue', 'content-length': LARGE.length }),
  'by fetch': async () => {
    const init = { method: 'POST', headers: JSON_HEADERS, body: LARGE }
    const response = await fetch(`${origin}/v1/seat-calculations`, init)
    return { status: response.status, body: await response.json() }
  },
  'by a raw socket': async () => {
    const head = `POST /v1/seat-calculations HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\n`
    return await sendRaw(port, Buffer.concat([Buffer.from(`${head}Content-Length: ${LARGE.length}\r\n\r\n`), LARGE]))
  },
}

for (const [name, send] of Object.entries(SENDERS)) {
  t.test(`5 MB are answered with 413 that can be read: ${name}`, async t => {
    const refused = { status: 413, body: { type: '/problems/payload-too-large', limit_bytes: 1024 * 1024 } }
    for (let round = 0; round < 5; round++) t.match(await send(), refused)
  })
}

t.test('a refusal for another reason can be read as well', async t => {
  const headers = { authorization: 'Bearer nobodys-key', 'content-length': LARGE.length }
  t.match(await sendLarge(headers), { status: 401, body: { type: '/problems/unauthenticated' } })
})
