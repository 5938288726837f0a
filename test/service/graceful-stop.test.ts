import { existsSync } from 'node:fs'
import { Agent } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { dataFolder } from '../../embedded-postgres/test/data-folder.ts'
import { putContract } from '../helpers/fixtures.ts'
import { API_KEY, embeddedServer, startServiceProcess, type ServiceProcess } from '../helpers/service-process.ts'
import { ask, startBalancer } from '../helpers/readiness-balancer.ts'
import { sendRaw } from '../helpers/raw-http.ts'
import { silentProxy } from '../helpers/silent-proxy.ts'
import { testDatabase } from '../helpers/test-database.ts'
import { until } from '../helpers/until.ts'

const { url, database } = await testDatabase(t)
const SETTINGS = { DATABASE_URL: url, MIGRATE_ON_START: 'false' }
const start = async (t: Test, settings: Record<string, string> = {}): Promise<ServiceProcess> =>
  await startServiceProcess(t, dataFolder(t), { ...SETTINGS, ...settings })

t.test('a service that stops is not ready first, then closes connections with their answers', async t => {
  const service = await start(t, { SHUTDOWN_DELAY_MS: '4000' })
  await putContract(service.call, 'stopping')
  const holder = await database.connect()
  await holder.query('begin')
  await holder.query("select from contracts where contract_id = 'stopping' for update")
  const running = service.call('DELETE', '/v1/contracts/stopping')
  await waitingForLock()
  service.signal('SIGTERM')
  await until(async () => (await service.call('GET', '/readyz')).status === 503)
  t.match(await service.call('GET', '/readyz'), { body: { detail: /stopping/ }, headers: { connection: 'close' } })
  t.equal((await service.call('GET', '/healthz')).status, 200)
  for (const path of ['/v1/customers', '/v1/customers/none', '/none', '/v1/%'])
    t.equal((await service.call('GET', path)).headers['connection'], 'close', path)
  await holder.query('rollback')
  holder.release()
  t.match(await running, { status: 204, headers: { connection: 'close' } }, 'a request that ran before too')
  t.equal(await service.exit, 0)
})

t.test('connections that stay open without a request do not delay a stop', async t => {
  const service = await start(t)
  const agent = new Agent({ keepAlive: true })
  t.teardown(() => agent.destroy())
  await Promise.all(Array.from({ length: 5 }, async () => await ask(agent, 'GET', `${service.origin}/healthz`)))
  service.signal('SIGTERM')
  t.equal(await Promise.race([service.exit, sleep(5000, 'still there', { ref: false })]), 0)
})

t.test('a database that no longer answers does not keep the service from stopping with status 0', async t => {
  const proxy = await silentProxy(t, url)
  const service = await start(t, { DATABASE_URL: proxy.url })
  await putContract(service.call, 'standing')
  proxy.silence()
  const running = service.call('DELETE', '/v1/contracts/standing').catch(() => {}) // cut, or answered with 503
  await sleep(100)
  service.signal('SIGTERM')
  t.equal(await Promise.race([service.exit, sleep(15_000, 'still there', { ref: false })]), 0)
  await running
})

t.test('nor does an embedded PostgreSQL that does not answer', async t => {
  const data_dir = dataFolder(t)
  const service = await startServiceProcess(t, data_dir)
  await service.call('GET', '/v1/customers')
  const { pid } = embeddedServer(data_dir)
  process.kill(pid, 'SIGSTOP')
  t.teardown(() => endedByForce(pid))
  service.signal('SIGTERM')
  t.equal(await Promise.race([service.exit, sleep(20_000, 'still there', { ref: false })]), 0)
  process.kill(pid, 'SIGCONT')
  // It stops now, and the files of its folder are its own until then.
  await until(() => !existsSync(join(data_dir, 'pg18/postmaster.pid')))
})

t.test('nor does a log whose reader has gone', async t => {
  const service = await start(t, { LOG_LEVEL: 'info' }) // the test reads its output up to the greeting
  await service.call('GET', '/v1/customers') // a line that waits in memory, for a second at most
  service.signal('SIGTERM')
  t.equal(await Promise.race([service.exit, sleep(20_000, 'still there', { ref: false })]), 0)
})

t.test('SIGUSR2 stops nothing, and SIGUSR1 opens no debugger', async t => {
  // A debugger of a parser that takes what proxies read otherwise, on a port of its own.
  const service = await start(t, { NODE_OPTIONS: '--inspect-port=0 --insecure-http-parser --no-warnings' })
  for (const signal of ['SIGUSR1', 'SIGUSR2'] as const) service.signal(signal)
  await sleep(200)
  t.equal((await service.call('GET', '/readyz')).status, 200)
  t.notMatch(service.errors(), 'Debugger listening')
  const ambiguous = 'Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'
  const answer = await sendRaw(Number(new URL(service.origin).port), `GET /healthz HTTP/1.1\r\nHost: x\r\n${ambiguous}`)
  t.equal(answer.status, 400, 'whatever options Node has')
})

t.test('two processes restart in turn under load, and a balancer that follows readiness loses no request', async t => {
  const settings = { SHUTDOWN_DELAY_MS: '2000' }
  let processes: ServiceProcess[] = await Promise.all([start(t, settings), start(t, settings)])
  const balancer = await startBalancer(() => processes.map(({ origin }) => origin))
  t.teardown(balancer.close)
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  t.teardown(() => agent.destroy())
  const failed: unknown[] = []
  let asked = 0
  const over = new AbortController()
  const clients = Array.from({ length: 16 }, async () => {
    while (!over.signal.aborted) {
      asked++
      const answer = await ask(agent, 'GET', `${balancer.origin}/v1/customers`, {
        authorization: `Bearer ${API_KEY}`,
      }).catch((error: unknown) => ({ status: 0, text: String(error) }))
      if (answer.status !== 200) failed.push(answer)
      await sleep(5)
    }
  })
  for (const index of [0, 1]) {
    const next = await start(t, settings)
    const old = processes[index]!
    old.signal('SIGTERM')
    processes = processes.with(index, next)
    t.equal(await old.exit, 0)
  }
  over.abort()
  await Promise.all(clients)
  t.strictSame(failed, [], `of ${asked}`)
  t.ok(asked > 200)
})

/** Ends a process that is there; one that has stopped is not there any more. */
function endedByForce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as { code?: string }).code !== 'ESRCH') throw error
  }
}

async function waitingForLock(): Promise<void> {
  await until(async () => {
    const text = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    return (await database.run({ name: '', text, values: [] })).length > 0
  })
}
