import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import pino, { type Logger } from 'pino'
import { adminApiKey } from '#config/admin-api-key.ts'
import { buildApp } from '#app.ts'
import { assertPortFree } from '#start/assert-port-free.ts'
import { systemClock } from '#clock.ts'
import type { Config } from '#config/config.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { newId } from '#new-id.ts'
import { workPace } from '#actions/support/work-pace.ts'
import { demoDataIn } from '#demo/demo-data.ts'
import { openDatabase, type Database } from '#db/driver/database.ts'
import type { DatabaseOptions } from '#db/driver/database-options.ts'
import { loggableError } from '#db/driver/loggable-error.ts'
import { migrateForService } from '#start/migrate-database.ts'
import { checkDatabase } from '#start/check-database.ts'
import { startEmbeddedDatabase } from '#start/embedded-database.ts'
import { authenticateTokens } from '#http/auth/access-tokens.ts'
import { authenticateApiKeys } from '#http/auth/api-key-credentials.ts'
import { authenticateBy } from '#http/auth/credentials.ts'
import type { Authenticate } from '#http/auth/client.ts'
import { remoteJwks } from '#http/auth/jwks.ts'
import { stopServing } from '#http/limits/graceful-stop.ts'
import { jobSender } from '#jobs/job-queues.ts'
import { startEventNumberer } from '#jobs/event-numberer.ts'
import { startExpiryRecorder } from '#jobs/expiry-recorder.ts'
import { startHistoryHeadLog } from '#jobs/history-head-log.ts'
import { startJobWorker } from '#jobs/job-worker.ts'
import { startWebhookSender } from '#jobs/webhook-sender.ts'
import { postWebhook } from '#webhooks/post-webhook.ts'
import { waitAtMost } from '#start/wait-at-most.ts'

export type Service = {
  log: Logger
  /** The addresses of the API and of Swagger UI, and the key to use. */
  greeting: string[]
  /** Stops: after so many milliseconds in which it still serves, but is not ready any more. */
  close(delay?: number): Promise<void>
}

// How long each step of a stop waits, in milliseconds: for running requests and jobs, for the embedded PostgreSQL,
// which has its order to stop by then, and for the reader of the log. The steps are over within ten seconds, also if
// a database does not answer.
const REQUESTS_END = 6_000
const JOBS_END = 7_000
const EMBEDDED_STOPS = 3_000
const LAST_LINES = 1_000

/**
 * Starts everything that the configuration asks for, in order: database, app, listener, jobs. `close` undoes it in
 * reverse, and so does a failure on the way.
 */
export async function startService(config: Config): Promise<Service> {
  const undo = new AsyncDisposableStack()
  const stopping = new AbortController()
  try {
    const log = openLog(config, undo)
    await assertPortFree(config.host, config.port)
    const { url, owner_url } = await databaseUrls(config, undo)
    if (config.migrate_on_start) await migrateForService(url, owner_url)
    const options = databaseOptions(config, url)
    const database = openDatabase(options, code => log.warn({ code }, 'a database connection was lost'))
    undo.defer(async () => await database.close())
    await checkDatabase(database, options, config, log)
    const { key, line } = await adminApiKey(config)
    const context = contextOf(config, database)
    const hasDemoData = await demoDataIn(config, context, log)
    const app = await serviceApp(config, context, { key, log, stopping: stopping.signal })
    const stopRequests = once(async () => await stopServing(app, REQUESTS_END))
    undo.defer(stopRequests)
    await app.listen({ host: config.host, port: config.port })
    const numberer = startEventNumberer(context, err => log.warn({ err }, 'events could not be numbered now'))
    undo.defer(async () => await waitAtMost(JOBS_END, numberer.stop()))
    const expiries = startExpiryRecorder(context, err => log.warn({ err }, 'ends could not be recorded now'))
    undo.defer(async () => await waitAtMost(JOBS_END, expiries.stop()))
    undo.defer(startHistoryHeadLog(database, head => log.info({ history_head: head }, 'head of history')))
    const worker = startJobWorker({ url, context, onError: err => log.warn({ err }, 'a job could not be done now') })
    undo.defer(async () => await waitAtMost(JOBS_END, Promise.all([worker.stop(), stopRequests()])))
    undo.defer(sendingWebhooks(config, context, log))
    const { port } = app.server.address() as AddressInfo // of a server that listens on a port
    const close = async (delay = 0): Promise<void> => {
      stopping.abort()
      await sleep(delay)
      await undo.disposeAsync()
    }
    return { log, close, greeting: greetingOf(config, port, line, hasDemoData) }
  } catch (error) {
    await undo.disposeAsync()
    throw error
  }
}

function contextOf({ time_zone, retention }: Config, database: Database): ActionContext {
  const clock = systemClock(time_zone)
  return { database, clock, newId, enqueue: jobSender(database), retention, pace: workPace() }
}

/** Sends webhooks until what it gives back is called. */
function sendingWebhooks(config: Config, context: ActionContext, log: Logger): () => Promise<void> {
  const sender = startWebhookSender({
    context,
    send: async message => await postWebhook(message, config.webhooks),
    onError: err => log.warn({ err }, 'webhooks could not be sent now'),
  })
  return async () => await waitAtMost(JOBS_END, sender.stop())
}

async function serviceApp(
  config: Config,
  context: ActionContext,
  { key, log, stopping }: { key: string; log: Logger; stopping: AbortSignal },
): Promise<Awaited<ReturnType<typeof buildApp>>> {
  return await buildApp({
    context,
    authenticate: authenticationOf(config, context, key, log),
    logger: log,
    key_environment: config.api_key_environment,
    network: config.network,
    docs: config.docs,
    webhooks: config.webhooks,
    security_contact: config.security_contact,
    stopping,
  })
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined
  return () => (result ??= work())
}

/** Lines leave together, after a second at the latest: a system call for each would cost as much as a check does. */
function openLog({ log_level }: Config, undo: AsyncDisposableStack): Logger {
  const output = pino.destination({ minLength: 4096, periodicFlush: 1000 })
  // Not at once, in one call: that would try for ever where the reader of the log has gone.
  undo.defer(async () => await waitAtMost(LAST_LINES, new Promise(resolve => output.flush(resolve))))
  return pino(
    {
      base: null,
      level: log_level,
      serializers: { err: loggableError },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    output,
  )
}

async function databaseUrls(
  { database_url, migration_url, data_dir }: Config,
  undo: AsyncDisposableStack,
): Promise<{ url: string; owner_url: string | null }> {
  if (database_url !== null) return { url: database_url, owner_url: migration_url }
  const embedded = await startEmbeddedDatabase(data_dir)
  undo.defer(async () => await waitAtMost(EMBEDDED_STOPS, embedded.stop()))
  return { url: embedded.service_url, owner_url: embedded.owner_url }
}

function databaseOptions({ database_pool_size, database_statement_timeout }: Config, url: string): DatabaseOptions {
  return {
    url,
    pool_size: database_pool_size,
    connect_timeout: 2_500,
    statement_timeout: database_statement_timeout,
    lock_timeout: 5_000,
  }
}

/** Every kind of credential that the configuration accepts. */
function authenticationOf(
  { admin_api_key_next, api_key_environment, identity_provider }: Config,
  context: ActionContext,
  admin_api_key: string,
  log: Logger,
): Authenticate {
  return authenticateBy({
    admin_api_key,
    admin_api_key_next,
    apiKey: authenticateApiKeys(context, api_key_environment),
    ...(identity_provider !== null && {
      token: authenticateTokens(identity_provider, remoteJwks({ url: identity_provider.jwks_url }), context, reason =>
        log.info({ reason }, 'an access token was refused'),
      ),
    }),
  })
}

function greetingOf({ host, network, docs }: Config, port: number, keyLine: string, hasDemoData: boolean): string[] {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  const origin = `${network.tls === null ? 'http' : 'https'}://${shown.includes(':') ? `[${shown}]` : shown}:${port}`
  return [
    `API         ${origin}/v1  (contract: ${origin}/openapi.json)`,
    ...(docs === 'off' ? [] : [`Swagger UI  ${origin}/docs`]),
    `API key     ${keyLine}`,
    ...(hasDemoData
      ? ['Demo data   株式会社青空商事 and others; for none, start with DEMO_DATA=off and another DATA_DIR']
      : []),
  ]
}
