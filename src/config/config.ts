import { clientSettings, type ClientSettings } from '#config/client-settings.ts'
import { assertConnectionUrls, withOptions } from '#config/connection-urls.ts'
import type { DocsMode } from '#config/docs-mode.ts'
import { readEnvironment, type Environment } from '#config/environment.ts'
import { identityProviderConfig, type IdentityProviderConfig } from '#config/identity-provider-config.ts'
import type { NetworkConfig } from '#config/network-config.ts'
import { assertProductionProcess } from '#config/production-process.ts'
import { assertProductionSecrets } from '#config/production-secrets.ts'
import { networkSettings, webhookSettings } from '#config/network-settings.ts'
import type { Retention } from '#domain/personal-data/retention.ts'
import type { WebhookRules } from '#webhooks/webhook-targets.ts'

export type Config = {
  host: string
  port: number
  /** Null where the embedded database serves. */
  database_url: string | null
  /** The same database as the role that owns it: null where the embedded database serves, or one role does all. */
  migration_url: string | null
  /** Whether the service refuses to work as a role that could rewrite its history (R40). */
  demands_service_role: boolean
  database_pool_size: number
  /** How long one statement may run, in milliseconds. */
  database_statement_timeout: number
  data_dir: string
  migrate_on_start: boolean
  /** Whether an empty registry in the embedded database gets the demonstration data. */
  demo_data: boolean
  /** Null where the service makes a key: once for the embedded database, for one run with another. */
  admin_api_key: string | null
  /** A second root credential, for the time in which clients change from one to the other. */
  admin_api_key_next: string | null
  /** The environment that API keys name, so that a key of another environment is recognised. */
  api_key_environment: string
  /** Null where the service takes no access tokens. */
  identity_provider: IdentityProviderConfig | null
  time_zone: string
  docs: DocsMode
  /** Where to report a weakness; null where no address is set. */
  security_contact: string | null
  log_level: string
  /** How long the service goes on serving after it was asked to stop, in milliseconds. */
  shutdown_delay: number
  network: NetworkConfig
  webhooks: WebhookRules
  /** For how long the service keeps what is no longer needed. */
  retention: Retention
}

/**
 * The configuration from the environment, frozen: the only reader of `process.env`. Refuses, by an error that names
 * the variable, what `readEnvironment` refuses, a time zone that does not exist, half of what TLS needs, an identity
 * provider of which only a part is named, a production without its database and key or that migrates without an owner,
 * and demonstration data in a production or in another database than the embedded.
 */
export function readConfig(variables: NodeJS.ProcessEnv = process.env): Config {
  const env = readEnvironment(variables)
  const isProduction = env.NODE_ENV === 'production'
  assertConnectionUrls(env)
  if (isProduction) assertProduction(env, variables)
  if (isProduction && env.MIGRATE_ON_START === true && env.MIGRATION_DATABASE_URL === undefined)
    throw new Error(OWNER_REQUIRED)
  if (env.DEMO_DATA === 'on' && (isProduction || env.DATABASE_URL !== undefined))
    throw new Error('env/DEMO_DATA can be on for the embedded database alone, and never in production')
  assertTimeZone(env.TIME_ZONE)
  return deepFreeze({
    host: env.HOST,
    port: env.PORT,
    database_url: withOptions(env.DATABASE_URL, variables['PGOPTIONS']),
    migration_url: withOptions(env.MIGRATION_DATABASE_URL, variables['PGOPTIONS']),
    demands_service_role: isProduction,
    database_pool_size: env.DATABASE_POOL_SIZE,
    database_statement_timeout: env.DATABASE_STATEMENT_TIMEOUT_MS,
    data_dir: env.DATA_DIR,
    migrate_on_start: env.MIGRATE_ON_START ?? !isProduction,
    demo_data: env.DATABASE_URL === undefined && env.DEMO_DATA !== 'off',
    admin_api_key: env.ADMIN_API_KEY ?? null,
    admin_api_key_next: env.ADMIN_API_KEY_NEXT ?? null,
    api_key_environment: env.API_KEY_ENVIRONMENT ?? (isProduction ? 'live' : 'dev'),
    identity_provider: identityProviderConfig(env),
    time_zone: env.TIME_ZONE,
    log_level: env.LOG_LEVEL ?? (isProduction ? 'info' : 'warn'),
    docs: env.DOCS,
    security_contact: env.SECURITY_CONTACT ?? null,
    shutdown_delay: env.SHUTDOWN_DELAY_MS ?? (isProduction ? 5_000 : 0),
    network: networkSettings(env),
    webhooks: webhookSettings(env),
    retention: {
      removed_people: env.REMOVED_PEOPLE_DAYS ?? null,
      rejected_requests: env.REJECTED_REQUESTS_DAYS,
      ended_imports: env.ENDED_IMPORTS_DAYS,
      events: env.EVENTS_DAYS ?? null,
    },
  })
}

/**
 * The database to migrate, as its owner and as the service, which needs nothing else of the configuration. Refuses an
 * environment that names no database, and a production in which the owner is not named apart.
 */
export function readMigrationUrls(
  variables: NodeJS.ProcessEnv = process.env,
): Required<Pick<Config, 'database_url' | 'migration_url'>> & { database_url: string } {
  const env = readEnvironment(variables)
  if (env.DATABASE_URL === undefined)
    throw new Error(
      'env/DATABASE_URL says which database to migrate, and which role the service works as; ' +
        'the embedded one is migrated when the service starts',
    )
  assertConnectionUrls(env)
  if (env.NODE_ENV === 'production') {
    assertProductionSecrets(env)
    assertProductionProcess(variables)
  }
  if (env.NODE_ENV === 'production' && env.MIGRATION_DATABASE_URL === undefined) throw new Error(OWNER_REQUIRED)
  return { database_url: env.DATABASE_URL, migration_url: env.MIGRATION_DATABASE_URL ?? null }
}

/** The service that a command calls. */
export function readClientSettings(variables: NodeJS.ProcessEnv = process.env): ClientSettings {
  return clientSettings(variables)
}

/** Refuses a production without its database and key, with weak secrets, or whose process does more than it should. */
function assertProduction(env: Environment, variables: NodeJS.ProcessEnv): void {
  if (env.DATABASE_URL === undefined) throw new Error('env/DATABASE_URL is required when NODE_ENV is production')
  if (env.ADMIN_API_KEY === undefined)
    throw new Error('env/ADMIN_API_KEY is required when NODE_ENV is production: 32 characters or more')
  assertProductionSecrets(env)
  assertProductionProcess(variables)
}

const OWNER_REQUIRED =
  'env/MIGRATION_DATABASE_URL is required to migrate when NODE_ENV is production: ' +
  'it names the same database and the role that owns it (migrations/roles.sql makes that role)'

function assertTimeZone(time_zone: string): void {
  try {
    Intl.DateTimeFormat('en', { timeZone: time_zone })
  } catch {
    throw new Error('env/TIME_ZONE must be an IANA time zone such as Asia/Tokyo')
  }
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part)
  return Object.freeze(value)
}
