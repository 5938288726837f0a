import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { Cluster } from '../src/ensure-cluster.ts'
import { EmbeddedPostgresInUseError } from '../src/in-use-error.ts'
import { keepServerRunning } from '../src/keep-server-running.ts'
import type { OwnedServer } from '../src/owned-server.ts'

const PORT = 5432
const PAUSES = [0, 0, 0, 0, 0, 0, 0, 1]

/** A server that is lost when the test says so. */
type FakeServer = { server: OwnedServer; lose: () => void }

function fakeServer(): FakeServer {
  const { promise: ended, resolve: lose } = Promise.withResolvers<void>()
  const client = { ref: () => {}, unref: () => {} }
  return { server: { client, ended, port: PORT, pid: -1 } as unknown as OwnedServer, lose }
}

/** Keeps a server running whose starts the test decides. */
function keptServer(t: Test, start: (attempt: number) => FakeServer) {
  const home = t.testdir()
  const cluster = { folder: { home, log: `${home}/log`, data: home, startLock: `${home}/lock` } } as unknown as Cluster
  let current = fakeServer()
  let attempts = 0
  const end = keepServerRunning(cluster, current.server, {
    pauses: PAUSES,
    start: async (_cluster, port) => {
      t.equal(port, PORT, 'pools find it again')
      current = start(++attempts)
      return current.server
    },
  })
  const stop = async (): Promise<void> => {
    const ended = end()
    current.lose()
    await ended
  }
  t.teardown(stop)
  const attempted = async (count: number): Promise<void> => {
    const hasTried = (): boolean => attempts >= count
    while (!hasTried()) await sleep(1)
  }
  return { lose: () => current.lose(), attempted, attempts: () => attempts, stop }
}

t.test('a server that is lost twenty times is started twenty times, and the ninth loss is said', async t => {
  const { lose, attempted, attempts } = keptServer(t, fakeServer)
  const warned = once(process, 'warning')
  lose()
  for (let loss = 1; loss <= 20; loss++) {
    await attempted(loss)
    await sleep(2)
    t.equal(attempts(), loss)
    lose()
  }
  const [warning] = await warned
  t.match(warning, { name: 'EmbeddedPostgresLost', message: /lost again and again; it is started again/ })
  await attempted(21)
})

t.test('a server that does not start is tried again for as long as it takes', async t => {
  const { promise: running, resolve: isRunning } = Promise.withResolvers<void>()
  const { lose, attempted } = keptServer(t, attempt => {
    if (attempt <= 25) throw new Error('no room on the disk')
    isRunning()
    return fakeServer()
  })
  lose()
  await running
  await attempted(26)
})

t.test('a stop ends the tries', async t => {
  const { lose, attempted, attempts, stop } = keptServer(t, () => {
    throw new Error('no room on the disk')
  })
  lose()
  await attempted(12)
  await stop()
  const tried = attempts()
  await sleep(20)
  t.equal(attempts(), tried)
})

t.test('a folder that another service took ends the process', async t => {
  const ended = new Promise<unknown>(resolve => process.setUncaughtExceptionCaptureCallback(resolve))
  t.teardown(() => process.setUncaughtExceptionCaptureCallback(null))
  const { lose } = keptServer(t, () => {
    throw new EmbeddedPostgresInUseError('/data')
  })
  lose()
  t.match(await ended, { name: 'EmbeddedPostgresInUseError' })
})
