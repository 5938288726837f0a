import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import t, { type Test } from 'tap'
import { opened, sendRaw } from '../../helpers/raw-http.ts'
import { until } from '../../helpers/until.ts'
import { HEAD, listening, get, isClosed, openMany } from './listening.ts'

const MEGABYTE = 1024 * 1024
const pem = (part: 'cert' | 'key'): string =>
  readFileSync(new URL(`../../fixtures/localhost-${part}.pem`, import.meta.url), 'utf8')

/** A connection that has been answered once, and stays. */
const asking = async (t: Test, port: number): Promise<Socket> => {
  const [socket] = (await openMany(t, port, 1)) as [Socket]
  socket.write(`GET /v1/apps?limit=1 HTTP/1.1\r\n${HEAD}\r\n`)
  t.match(String((await once(socket, 'data'))[0]), /^HTTP\/1\.1 200/)
  return socket
}

t.test('two hundred connections that dribble make room for a client that asks', async t => {
  const { port, connections } = await listening(t, { address_connections: 100 })
  const slow = await openMany(t, port, 200)
  for (const socket of slow) socket.write('GET /v1/apps HTTP/1.1\r\nX-Slow: ')
  for (let round = 0; round < 3; round++) {
    for (const socket of slow) socket.write('a')
    t.equal(await get(port), 200)
  }
  await Promise.all(slow.slice(0, 150).map(isClosed))
  t.ok(
    (await connections()) <= 50,
    'the oldest have gone, so that half of what the address may have is left for those who ask',
  )
})

t.test('of an address that has its share, the connection that is idle for longest makes room', async t => {
  const { port, connections } = await listening(t, { address_connections: 4 })
  const idle = [await asking(t, port), await asking(t, port), await asking(t, port), await asking(t, port)]
  idle[0]!.write(`GET /v1/apps?limit=1 HTTP/1.1\r\n${HEAD}\r\n`)
  await once(idle[0]!, 'data')
  t.equal(await get(port), 200)
  await isClosed(idle[1]!)
  t.notOk(idle[0]!.destroyed, 'the one that asked again stays')
  t.equal(await get(port, '127.0.0.2'), 200, 'another address has its own share')
  t.ok((await connections()) <= 4)
})

t.test('no answer is broken off for a new connection', async t => {
  const { port } = await listening(t, { address_connections: 2 })
  const sending = async (): Promise<Socket> => {
    const [socket] = (await openMany(t, port, 1)) as [Socket]
    const fields = 'Content-Type: application/json\r\nContent-Length: 9\r\nExpect: 100-continue\r\n'
    socket.write(`POST /v1/seat-calculations HTTP/1.1\r\n${HEAD}${fields}\r\n`)
    t.match(String((await once(socket, 'data'))[0]), /^HTTP\/1\.1 100/)
    return socket
  }
  const busy = [await sending(), await sending()]
  await isClosed(await opened(port))
  t.notOk(
    busy.some(socket => socket.destroyed),
    'connections whose requests run keep theirs',
  )
})

t.test('a trusted proxy speaks for many, and is not counted', async t => {
  const { port } = await listening(t, { address_connections: 2, trusted_proxies: ['127.0.0.0/8', '::1'] })
  await openMany(t, port, 10)
  for (let i = 0; i < 10; i++) await asking(t, port)
  t.pass('all of them are answered')
})

t.test('fifty connections that once asked for their health shut no client out', async t => {
  const { port, connections } = await listening(t, { connections: 50 })
  const idle = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => await opened(port, `127.0.1.${index + 1}`)),
  )
  t.teardown(() => {
    for (const socket of idle) socket.destroy()
  })
  for (const socket of idle) {
    socket.write('GET /healthz HTTP/1.1\r\nHost: madoguchi\r\n\r\n')
    await once(socket, 'data')
  }
  for (let round = 0; round < 3; round++) t.equal(await get(port, '127.0.0.2'), 200)
  t.ok(idle[0]!.destroyed, 'the one that was idle for longest is closed')
  t.ok((await connections()) <= 50)
})

t.test('a client that stops reading its answers is cut off, one that reads slowly is not', async t => {
  const { port, connections } = await listening(t, { answer_timeout: 3000 })
  const [stalled] = (await openMany(t, port, 1)) as [Socket]
  const options = { port, host: '127.0.0.1', highWaterMark: MEGABYTE }
  const slow = connect(options).on('error', () => {})
  t.teardown(() => slow.destroy())
  await until(async () => (await connections()) === 2)
  // So many answers are more than the buffers take, and than the slow client reads in half a minute.
  for (const socket of [stalled, slow]) socket.pause().write(`GET /openapi.json HTTP/1.1\r\n${HEAD}\r\n`.repeat(100))
  // The service sees progress where a third of its buffer of some megabytes is free again: a few reads take that much.
  const reading = setInterval(() => slow.read(), 400)
  t.teardown(() => {
    clearInterval(reading)
  })
  await until(async () => (await connections()) < 2)
  const read = slow.bytesRead
  await until(() => slow.bytesRead > read + MEGABYTE)
  t.equal(await connections(), 1, 'the slow one goes on')
  await isClosed(stalled)
  t.ok(stalled.bytesRead < 100 * 300_000, 'and the other never got all of it')
})

t.test('from however many addresses they come, connections that dribble make room', async t => {
  const { port, connections } = await listening(t, { connections: 20 })
  const slow = await Promise.all(
    Array.from({ length: 30 }, async (_, index) => await opened(port, `127.0.1.${index + 1}`)),
  )
  t.teardown(() => {
    for (const socket of slow) socket.destroy()
  })
  for (const socket of slow) socket.write('GET /v1/apps HTTP/1.1\r\nX-Slow: ')
  t.equal(await get(port), 200)
  await Promise.all(slow.slice(0, 10).map(isClosed))
  t.ok((await connections()) <= 20)
})

t.test('over TLS the same holds', async t => {
  const { port } = await listening(t, { address_connections: 4, tls: { cert: pem('cert'), key: pem('key') } })
  const slow = await openMany(t, port, 8)
  for (let i = 0; i < 6; i++) {
    const socket = await new Promise<Socket>(resolve => {
      const tls = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(tls)
      })
    })
    socket.write(`GET /v1/apps?limit=1 HTTP/1.1\r\n${HEAD}Connection: close\r\n\r\n`)
    t.match(String((await once(socket, 'data'))[0]), /^HTTP\/1\.1 200/)
    await isClosed(socket)
  }
  t.ok(slow.some(socket => socket.destroyed) || (await Promise.race(slow.map(isClosed))))
})

t.test('a service that stops does not wait for those who have not asked', async t => {
  const { app, port } = await listening(t)
  const [slow] = (await openMany(t, port, 1)) as [Socket]
  let answer = ''
  slow.on('data', data => {
    answer += String(data)
  })
  slow.write('GET /v1/apps HTTP/1.1\r\nX-Slow: ')
  t.equal(await get(port), 200, 'which it has seen')
  await app.close()
  await isClosed(slow)
  t.equal(answer, '', 'not even the problem of a request that is late')
})

t.test('a client that sends no head, or no whole request, in time gets an answer and is cut off', async t => {
  const { app, port } = await listening(t, { request_timeout: 1000 })
  t.ok(app.server.headersTimeout <= 1000 && app.server.requestTimeout === 1000)
  const [head, body] = await Promise.all([
    sendRaw(port, 'GET /v1/apps HTTP/1.1\r\nX-Slow: '),
    sendRaw(
      port,
      `PUT /v1/customers/slow HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\nContent-Length: 12\r\n\r\n{"name":`,
    ),
  ])
  for (const answer of [head, body])
    t.match(answer, {
      status: 408,
      headers: { 'content-type': 'application/problem+json', 'x-content-type-options': 'nosniff' },
      body: { type: '/problems/request-timeout' },
    })
})
