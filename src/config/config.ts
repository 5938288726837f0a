import type { DocsMode } from '#config/docs-mode.ts'
import { readEnvironment } from '#config/environment.ts'
import { identityProviderConfig, type IdentityProviderConfig } from '#config/identity-provider-config.ts'
import type { NetworkConfig } from '#config/network-config.ts'
import { networkSettings } from '#config/network-settings.ts'

export type Config = {
  host: string
  port: number
  /** Null where the embedded database serves. */
  database_url: string | null
  database_pool_size: number
  /** How long one statement may run, in milliseconds. */
  database_statement_timeout: number
  data_dir: string
  migrate_on_start: boolean
  /** Whether an empty registry in the embedded database gets the demonstration data. */
  demo_data: boolean
  /** Null where the service makes a key: once for the embedded database, for one run with another. */
  admin_api_key: string | null
  /** The environment that API keys name, so that a key of another environment is recognised. */
  api_key_environment: string
  /** Null where the service takes no access tokens. */
  identity_provider: IdentityProviderConfig | null
  time_zone: string
  docs: DocsMode
  /** Whom to tell of a weakness; null where no address is set. */
  security_contact: string | null
  log_level: string
  network: NetworkConfig
}

/**
 * The configuration from the environment, frozen: the only reader of `process.env`. Refuses, by an error that names
 * the variable, what `readEnvironment` refuses, a time zone that does not exist, half of what TLS needs, an identity
 * provider of which only a part is named, a production without its database and key, and demonstration data in a
 * production or in another database than the embedded.
 */
export function readConfig(variables: NodeJS.ProcessEnv = process.env): Config {
  const env = readEnvironment(variables)
  const isProduction = env.NODE_ENV === 'production'
  if (env.DATABASE_URL !== undefined) assertConnectionUrl(env.DATABASE_URL)
  if (isProduction && env.DATABASE_URL === undefined)
    throw new Error('env/DATABASE_URL is required when NODE_ENV is production')
  if (isProduction && env.ADMIN_API_KEY === undefined)
    throw new Error('env/ADMIN_API_KEY is required when NODE_ENV is production: 32 characters or more')
  if (env.DEMO_DATA === 'on' && (isProduction || env.DATABASE_URL !== undefined))
    throw new Error('env/DEMO_DATA can be on for the embedded database alone, and never in production')
  assertTimeZone(env.TIME_ZONE)
  return deepFreeze({
    host: env.HOST,
    port: env.PORT,
    database_url: env.DATABASE_URL ?? null,
    database_pool_size: env.DATABASE_POOL_SIZE,
    database_statement_timeout: env.DATABASE_STATEMENT_TIMEOUT_MS,
    data_dir: env.DATA_DIR,
    migrate_on_start: env.MIGRATE_ON_START ?? !isProduction,
    demo_data: env.DATABASE_URL === undefined && env.DEMO_DATA !== 'off',
    admin_api_key: env.ADMIN_API_KEY ?? null,
    api_key_environment: env.API_KEY_ENVIRONMENT ?? (isProduction ? 'live' : 'dev'),
    identity_provider: identityProviderConfig(env),
    time_zone: env.TIME_ZONE,
    log_level: env.LOG_LEVEL ?? (isProduction ? 'info' : 'warn'),
    docs: env.DOCS,
    security_contact: env.SECURITY_CONTACT ?? null,
    network: networkSettings(env),
  })
}

/** The database to migrate, which needs nothing else of the configuration. Refuses an environment that names none. */
export function readDatabaseUrl(variables: NodeJS.ProcessEnv = process.env): string {
  const { DATABASE_URL } = readEnvironment(variables)
  if (DATABASE_URL === undefined)
    throw new Error(
      'env/DATABASE_URL says which database to migrate; the embedded one is migrated when the service starts',
    )
  assertConnectionUrl(DATABASE_URL)
  return DATABASE_URL
}

function assertTimeZone(time_zone: string): void {
  try {
    Intl.DateTimeFormat('en', { timeZone: time_zone })
  } catch {
    throw new Error('env/TIME_ZONE must be an IANA time zone such as Asia/Tokyo')
  }
}

// PostgreSQL's own form without a host, which means a socket, is not a URL by the standard.
function assertConnectionUrl(url: string): void {
  if (!URL.canParse(url.replace('@/', '@socket/')))
    throw new Error(
      'env/DATABASE_URL must be a URL: ' +
        'write what is special in its user and password as %40 for @, %2F for / and so on',
    )
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part)
  return Object.freeze(value)
}
