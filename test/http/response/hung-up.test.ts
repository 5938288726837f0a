import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import t from 'tap'
import { testService } from '../../helpers/test-service.ts'
import { until } from '../../helpers/until.ts'

const { app, log } = await testService(t)
await app.listen({ host: '127.0.0.1', port: 0 })
const { port } = app.server.address() as AddressInfo

const head = (length: number): string =>
  'POST /v1/seat-calculations HTTP/1.1\r\nHost: madoguchi\r\nAuthorization: Bearer test-key\r\n' +
  `Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n{`

t.test('a client that closes its connection in the middle of a request is no outage in the log', async t => {
  for (const [close, length] of [
    ['end', 100],
    ['resetAndDestroy', 100],
    ['resetAndDestroy', 100_000],
  ] as const) {
    const arrived = once(app.server, 'request') as Promise<[IncomingMessage]>
    const socket = connect({ port, host: '127.0.0.1' })
    socket.on('error', () => {}).resume()
    socket.write(head(length))
    const [request] = await arrived
    await until(() => request.listenerCount('end') > 0) // the service reads the body
    const [lines, closed] = [log.length, once(socket, 'close')]
    socket[close]()
    await closed
    await until(async () => log.length > lines)
    const logged = log.slice(lines).map(line => JSON.parse(line))
    t.notOk(
      logged.some(({ level }) => level >= 40),
      `${close}: ${JSON.stringify(logged)}`,
    )
    t.notMatch(JSON.stringify(logged), /database|unavailable|"status":5/)
  }
})
