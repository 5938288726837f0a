import type { Test } from 'tap'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { buildApp } from '#app.ts'
import { fullPace } from './full-pace.ts'
import { openPool, testDatabase, type TestDatabase } from './test-database.ts'
import { calendarOf, type Clock } from '#clock.ts'
import { NETWORK_DEFAULTS, type NetworkConfig } from '#config/network-config.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { authenticateApiKeys } from '#http/auth/api-key-credentials.ts'
import { authenticateBy } from '#http/auth/credentials.ts'
import { RETENTION_DEFAULTS } from '#domain/personal-data/retention.ts'
import { ALL_SCOPES, type Scope } from '#domain/api-clients/scopes.ts'
import type { Client } from '#http/auth/client.ts'
import { jobSender } from '#jobs/job-queues.ts'
import type { TypedApp } from '#http/route-config.ts'
import type { WebhookRules } from '#webhooks/webhook-targets.ts'

/** The root credential of every instance. */
export const ADMIN_KEY = 'the-root-credential-of-the-tests-is-long'

export type Answer = { status: number; headers: Record<string, string | undefined>; body: any; text: string }

/** A request to the service: anything but text and buffers is sent as JSON. */
export type Call = (method: string, url: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

export type TestService = TestDatabase & {
  app: TypedApp
  context: ActionContext
  call: Call
  clock: SettableClock
  /** Calls as a client that has only these scopes. */
  callWith: (...scopes: Scope[]) => Call
  /** Calls as an API client that has these scopes, without its key: what it may do is not remembered for a second. */
  callByClient: (client_id: string, ...scopes: Scope[]) => Call
  /** Calls with a key that the service itself knows. */
  callAs: (key: string) => Call
  log: string[]
}

/** A clock that a test sets. It does not go on by itself. */
export type SettableClock = Clock & { set(now: string, today?: string): void }

function settableClock(now = '2026-04-01T00:30:00.000Z', today = '2026-04-01'): SettableClock {
  return {
    now: () => now,
    today: () => today,
    ...calendarOf('Asia/Tokyo'),
    set: (newNow, newToday = newNow.slice(0, 10)) => {
      now = newNow
      today = newToday
    },
  }
}

// A machine that is busy with other tests is not to turn requests away, and a test may ask as often as it likes.
export const NETWORK_OF_TESTS: NetworkConfig = {
  ...NETWORK_DEFAULTS,
  event_loop_delay: 0,
  address_requests: 1_000_000,
  failed_authentications: 1_000_000,
  confirmation_domains: 1_000_000,
}

/** Receivers of tests are on this machine. */
export const WEBHOOKS_OF_TESTS: WebhookRules = { allowed_ranges: ['127.0.0.1'], is_production: false, ca: null }

/** The whole service on a database of its own, asked in memory, with the options of production but for limits. */
export async function testService(
  t: Test,
  pool_size?: number,
  network: Partial<NetworkConfig> = {},
): Promise<TestService> {
  return await instanceOn(t, await testDatabase(t, pool_size), settableClock(), network)
}

/** Another instance of the service on the same database, with a pool of its own and the same clock. */
export async function secondInstance(
  t: Test,
  { url, owner_url, clock }: TestService,
  network: Partial<NetworkConfig> = {},
): Promise<TestService> {
  return await instanceOn(t, { url, owner_url, database: openPool(t, url) }, clock, network)
}

/** An instance of the service on a database that is there. */
export async function instanceOn(
  t: Test,
  db: TestDatabase,
  clock: SettableClock,
  network: Partial<NetworkConfig> = {},
): Promise<TestService> {
  const log: string[] = []
  const context = contextOn(db.database, clock)
  const clients = new Map<string, Client>([
    ['test-key', { name: 'test', credential: 'root', names_requester: false, scopes: new Set(ALL_SCOPES) }],
  ])
  const real = authenticateBy({ admin_api_key: ADMIN_KEY, apiKey: authenticateApiKeys(context, 'dev') })
  const app = await buildApp({
    context,
    authenticate: (token, ip) => clients.get(token) ?? real(token, ip),
    logger: pino({ level: 'info' }, { write: line => void log.push(line) }),
    network: { ...NETWORK_OF_TESTS, ...network },
    webhooks: WEBHOOKS_OF_TESTS,
  }).then(shareDocument)
  t.teardown(async () => {
    await app.close()
  })
  const callBy = (name: string, client: Client): Call => {
    clients.set(name, client)
    return callWithKey(app, name)
  }
  return {
    ...db,
    app,
    context,
    clock,
    log,
    callAs: key => callWithKey(app, key),
    call: callWithKey(app, 'test-key'),
    callByClient: (client_id, ...scopes) =>
      callBy(client_id, { name: client_id, credential: 'api_client', names_requester: false, scopes: new Set(scopes) }),
    callWith: (...scopes) => callBy(`scoped-${scopes.join('.')}`, { ...SCOPED, scopes: new Set(scopes) }),
  }
}

let document: ReturnType<TypedApp['swagger']> | undefined

/** Every instance publishes the same document: the first that is asked for it builds it for all of this process. */
function shareDocument(app: TypedApp): TypedApp {
  const build = app.swagger.bind(app)
  const shared = (options?: { yaml: true }) => (options === undefined ? (document ??= build()) : build(options))
  return Object.assign(app, { swagger: shared })
}

function contextOn(database: TestDatabase['database'], clock: Clock): ActionContext {
  const enqueue = jobSender(database)
  return { database, clock, newId: uuidv7, enqueue, retention: RETENTION_DEFAULTS, pace: fullPace() }
}

const SCOPED = { name: 'scoped', credential: 'access_token', names_requester: false } as const

/** Where the body is a file. */
function isFilePath(url: string): boolean {
  return /^\/v1\/imports(?:\?|$)/.test(url)
}

function callWithKey(app: TypedApp, key: string): Call {
  return async (method, url, body, headers = {}) => {
    const raw = typeof body === 'string' || body instanceof Buffer
    const answer = await app.inject({
      method: method as 'GET',
      url,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'content-type': isFilePath(url) ? 'application/x-ndjson' : 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { payload: raw ? body : JSON.stringify(body) }),
    })
    const isJson = /[/+]json/.test(String(answer.headers['content-type']))
    return {
      status: answer.statusCode,
      headers: answer.headers as Record<string, string>,
      body: isJson && answer.body !== '' ? answer.json() : undefined,
      text: answer.body,
    }
  }
}
