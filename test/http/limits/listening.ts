import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import type { Test } from 'tap'
import { opened, sendRaw } from '../../helpers/raw-http.ts'
import { testService, type TestService } from '../../helpers/test-service.ts'
import type { NetworkConfig } from '#config/network-config.ts'

export const HEAD = 'Host: madoguchi\r\nAuthorization: Bearer test-key\r\n'

export async function listening(
  t: Test,
  network: Partial<NetworkConfig> = {},
): Promise<TestService & { port: number; connections: () => Promise<number> }> {
  const service = await testService(t, undefined, network)
  await service.app.listen({ host: '127.0.0.1', port: 0 })
  return {
    ...service,
    port: (service.app.server.address() as AddressInfo).port,
    connections: async () =>
      await new Promise(resolve => {
        service.app.server.getConnections((_error, count) => {
          resolve(count)
        })
      }),
  }
}

export const get = async (port: number, from?: string): Promise<number> =>
  (await sendRaw(port, `GET /v1/apps?limit=1 HTTP/1.1\r\n${HEAD}Connection: close\r\n\r\n`, from)).status
export const isClosed = async (socket: Socket): Promise<unknown> =>
  socket.destroyed || (await once(socket.resume(), 'close'))
export const openMany = async (t: Test, port: number, count: number): Promise<Socket[]> => {
  const sockets = await Promise.all(Array.from({ length: count }, async () => await opened(port)))
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
  })
  return sockets
}
