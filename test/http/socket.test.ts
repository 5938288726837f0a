import t from 'tap'
import { connect, type AddressInfo } from 'node:net'
import { putCustomer } from '../helpers/fixtures.ts'
import { rowCounts } from '../helpers/history.ts'
import { sendRaw, type RawAnswer } from '../helpers/raw-http.ts'
import { testService } from '../helpers/test-service.ts'
import { securityHeaders } from '#http/response/security-headers.ts'
import { HEAD, post, REFUSED } from './refused-bytes.ts'

const { app, call, database } = await testService(t)
await putCustomer(call, 'customer-1')
await app.listen({ host: '127.0.0.1', port: 0 })
const { port } = app.server.address() as AddressInfo
const SECURITY = securityHeaders({ with_tls: false })

const send = async (bytes: string | Buffer): Promise<RawAnswer> => await sendRaw(port, bytes)
for (const [name, [bytes, status, type]] of Object.entries(REFUSED)) {
  t.test(`answered with its problem: ${name}`, async t => {
    const before = await rowCounts(database)
    const answer = await send(bytes)
    t.match(answer, {
      status,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
      body: { type: `/problems/${type}`, status },
    })
    t.equal(answer.headers['request-id'], answer.body.instance)
    for (const [name, value] of Object.entries(SECURITY)) t.equal(answer.headers[name], value, name)
    t.same(await rowCounts(database), before)
  })
}

t.test('what is merely unusual is answered', async t => {
  for (const [name, bytes] of Object.entries({
    'an unknown expectation': `GET /v1/customers HTTP/1.1\r\n${HEAD}Expect: wonders\r\n\r\n`,
    'an upgrade that is not taken':
      `GET /v1/customers HTTP/1.1\r\nUpgrade: websocket\r\nHost: x\r\nAuthorization: Bearer test-key\r\n` +
      `Connection: close, upgrade\r\n\r\n`,
    'an absolute URL': `GET http://madoguchi/v1/customers HTTP/1.1\r\n${HEAD}\r\n`,
    'odd bytes in headers': Buffer.from(
      `GET /v1/customers HTTP/1.1\r\n${HEAD}Request-Id: \xe9\xff\r\nIf-None-Match: "\xe9"\r\n\r\n`,
      'latin1',
    ),
    'HTTP/1.0 without Host': 'GET /v1/customers HTTP/1.0\r\nAuthorization: Bearer test-key\r\n\r\n',
  })) {
    t.match(await send(bytes), { status: 200, body: { items: [{ customer_id: 'customer-1' }] } }, name)
  }
  const body = '{"product_id":"manage"}'
  t.match(await send(post(`Transfer-Encoding: chunked\r\n`, `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`)), {
    status: 200,
    body: { seats: { limit: 4 } },
  })
})

t.test('a body that breaks off changes nothing, and the service goes on', async t => {
  const before = await rowCounts(database)
  await new Promise<void>(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `PUT /v1/customers/half HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\nContent-Length: 12\r\n` +
          `\r\n{"name":`,
      )
      socket.end()
    })
    socket
      .on('close', () => {
        resolve()
      })
      .on('error', () => {})
      .resume()
  })
  t.equal((await call('GET', '/v1/customers/half')).status, 404)
  t.same(await rowCounts(database), before)
})

t.test('a request of HTTP/0.9 gets no answer: the connection closes', async t => {
  for (const bytes of ['GET /v1/apps\r\n\r\n', 'GET /v1/%zz\r\n\r\n', `GET /healthz HTTP/0.9\r\n${HEAD}\r\n`]) {
    const received: Buffer[] = []
    const socket = connect({ port, host: '127.0.0.1' })
    socket.on('data', data => received.push(data)).on('error', () => {})
    const closed = new Promise(resolve => socket.once('close', resolve))
    socket.write(bytes)
    await closed
    t.equal(Buffer.concat(received).toString(), '', bytes)
  }
})

t.test('a head that is plain to every proxy is taken', async t => {
  for (const host of [
    'madoguchi',
    'madoguchi:3000',
    'api_1.internal',
    '127.0.0.1:3000',
    '[::1]:3000',
    'a-b.example.jp',
  ])
    t.equal(
      (await send(`GET /v1/apps HTTP/1.1\r\n${HEAD}\r\n`.replace('Host: madoguchi', `Host: ${host}`))).status,
      200,
    )
  t.equal((await send('GET /healthz HTTP/1.0\r\n\r\n')).status, 200, 'HTTP/1.0 needs no Host')
  t.equal((await send(`GET /v1/apps HTTP/1.1\r\n${HEAD}Accept: */*\r\nAccept: text/html\r\n\r\n`)).status, 200)
})
