import type { AddressInfo } from 'node:net'
import type { FastifyBaseLogger } from 'fastify'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { adminApiKey } from '#config/admin-api-key.ts'
import { buildApp } from './app.ts'
import { systemClock } from './clock.ts'
import type { Config } from '#config/config.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { openDatabase } from '#db/driver/database.ts'
import { loggableError } from '#db/driver/loggable-error.ts'
import { migrateDatabase } from './migrate-database.ts'
import { startEmbeddedPostgres } from '@madoguchi/embedded-postgres'
import { authenticateTokens } from '#http/auth/access-tokens.ts'
import { authenticateApiKeys } from '#http/auth/api-key-credentials.ts'
import { authenticateBy } from '#http/auth/authentication.ts'
import type { Authenticate } from '#http/auth/scopes.ts'
import { remoteJwks } from '#http/auth/jwks.ts'
import { jobSender } from '#jobs/job-queues.ts'
import { startJobWorker } from '#jobs/job-worker.ts'

export type Service = {
  log: FastifyBaseLogger
  /** Where the API and its explorer are, and the key to use. */
  greeting: string[]
  close(): Promise<void>
}

/** Starts everything that the configuration asks for, in order; `close` undoes it in reverse. What fails on the way undoes what was started. */
export async function startService(config: Config): Promise<Service> {
  // Lines leave together, after a second at the latest: a system call for each costs as much as answering a check.
  const output = pino.destination({ minLength: 4096, periodicFlush: 1000 })
  const log = pino(
    {
      base: null,
      level: config.log_level,
      serializers: { err: loggableError },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    output,
  )
  const undo: (() => Promise<unknown>)[] = []
  const close = async (): Promise<void> => {
    await undoAll(undo.splice(0).toReversed()).finally(() => output.flushSync())
  }
  try {
    const url = config.database_url ?? (await startEmbedded(config, undo))
    if (config.migrate_on_start) await migrateDatabase(url)
    const database = openDatabase(
      {
        url,
        pool_size: config.database_pool_size,
        connect_timeout: 3_000,
        statement_timeout: config.database_statement_timeout,
        lock_timeout: 5_000,
      },
      code => log.warn({ code }, 'a database connection was lost'),
    )
    undo.push(async () => await database.close())
    const { key, line } = await adminApiKey(config)
    const context = { database, clock: systemClock(config.time_zone), newId: uuidv7, enqueue: jobSender(database) }
    const app = await buildApp({
      context,
      authenticate: authenticationOf(config, context, key, log),
      logger: log,
      key_environment: config.api_key_environment,
      network: config.network,
      docs: config.docs,
    })
    undo.push(async () => await app.close())
    await app.listen({ host: config.host, port: config.port })
    const worker = startJobWorker({ url, context, onError: err => log.warn({ err }, 'a job could not be done now') })
    undo.push(async () => await worker.stop())
    return { log, close, greeting: greetingOf(config, app.server.address() as AddressInfo, line) }
  } catch (error) {
    await close()
    throw error
  }
}

/** Every credential that the configuration lets in. */
function authenticationOf(
  { api_key_environment, identity_provider }: Config,
  context: ActionContext,
  admin_api_key: string,
  log: FastifyBaseLogger,
): Authenticate {
  return authenticateBy({
    admin_api_key,
    apiKey: authenticateApiKeys(context, api_key_environment),
    ...(identity_provider !== null && {
      token: authenticateTokens(identity_provider, remoteJwks({ url: identity_provider.jwks_url }), context, reason =>
        log.info({ reason }, 'an access token was refused'),
      ),
    }),
  })
}

/** Every step is taken, also after one has failed; the first failure is thrown at the end. */
async function undoAll(steps: (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = []
  for (const step of steps) await step().catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}

async function startEmbedded({ data_dir }: Config, undo: (() => Promise<unknown>)[]): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir: data_dir, database: 'madoguchi' })
  undo.push(async () => await postgres.stop())
  return postgres.url
}

function greetingOf({ host, network, docs }: Config, { port }: AddressInfo, keyLine: string): string[] {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  const origin = `${network.tls === null ? 'http' : 'https'}://${shown.includes(':') ? `[${shown}]` : shown}:${port}`
  return [
    `API         ${origin}/v1  (contract: ${origin}/openapi.json)`,
    ...(docs === 'off' ? [] : [`Swagger UI  ${origin}/docs`]),
    `API key     ${keyLine}`,
  ]
}
